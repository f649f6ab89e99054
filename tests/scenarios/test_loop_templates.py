"""The templates that come with the product, and every way in which one can be wrong."""

import pytest

from scenarios import Level, Role, Setting, StageType, load_pack, shipped_packs
from scenarios.clinical import CORE
from scenarios.templates import find_template, problems_of, read_templates, shipped_templates
from scenarios.templates.checking import ROLES_OWED, problems_of_shipped, scored
from scenarios.templates.reading import HERE, shipped_files

ALL = {one.id: one for path in shipped_packs() for one in load_pack(path).scenarios}
SOUND = """\
id: outpatient-ot
setting: outpatient
role: ot
about: >-
  One case to reason through, one talk with a family, one lapse to make safe, one day that does not fit.
panel: 2
stages:
  - scenario: cw-outpatient-ot-mid
    why: It stands here for a reason.
    leave_out: [POC]
  - scenario: cw-peds-ot-mid
    why: It stands here for a reason.
    leave_out: [POC]
  - scenario: snm-outpatient-ot-entry
    why: It stands here for a reason.
  - scenario: hvd-homehealth-ot-mid
    why: It stands here for a reason.
"""


def found(text: str, name: str = "outpatient-ot.yaml") -> list[str]:
    """The problems of one template written so; the other nine are as they are."""
    files = {f"{HERE}/{one.id}.yaml": (HERE / f"{one.id}.yaml").read_bytes() for one in shipped_templates()}
    files.pop(str(HERE / "outpatient-ot.yaml"))
    read, problems = read_templates(files | {str(HERE / name): text.encode()})
    every = [*problems, *problems_of(read, ALL)]
    return [f"{one.line} {one.path}: {one.message}. {one.remedy}" for one in every]


def test_the_ten_that_are_shipped_are_sound() -> None:
    assert len(shipped_templates()) == 10
    assert problems_of_shipped([]) != [], "without packs no scenario is known"
    read, problems = read_templates(shipped_files())
    assert (problems, problems_of(read, ALL)) == ([], [])


def test_each_setting_of_therapy_has_one_for_either_role() -> None:
    for setting in (one for one in Setting if find_template(one, Role.OT)):
        for role in ROLES_OWED:
            template = find_template(setting, role)
            assert template is not None
            assert template.title == f"{setting.label}, {role.label.lower()}"
    assert find_template(Setting.CLINIC_FRONT_DESK, Role.COORDINATOR) is None


def test_every_choice_is_explained_in_whole_sentences() -> None:
    for template in shipped_templates():
        for text in [template.about, *template.without.values(), *(one.why for one in template.stages)]:
            assert text.endswith("."), text
            assert len(text.split()) >= 12, text


def test_what_is_owed_is_scored_twice_by_every_template() -> None:
    for template in shipped_templates():
        codes = [code for place in template.stages for code in scored(place, ALL[place.scenario])]
        assert all(codes.count(code) >= 2 for code in CORE), template.id


def test_the_level_of_a_job_does_not_change_the_stages() -> None:
    assert Level not in {type(value) for one in shipped_templates() for _, value in one}


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("cw-peds-ot-mid", "cw-nowhere", "11 stages.2.scenario: There is no scenario cw-nowhere."),
        ("id: outpatient-ot", "id: other", "1 id: The file is called outpatient-ot."),
        ("cw-peds-ot-mid", "cw-outpatient-ot-mid", "stages.2.scenario: This scenario is put twice."),
        ("cw-peds-ot-mid", "cw-homehealth-ota-mid", "It is for the occupational therapy assistant."),
        ("leave_out: [POC]", "leave_out: [DOC]", "DOC is scored wherever it can be."),
        ("leave_out: [POC]", "leave_out: [SYS]", "SYS is not a criterion of this scenario."),
        ("leave_out: [POC]", "leave_out: [POC, ASM]", "Fewer than 3 criteria remain."),
        ("    leave_out: [POC]\n", "", "9 competencies are scored."),
        ("hvd-homehealth-ot-mid", "snm-acute-ot-mid", "No stage of setting fit. Add one, or say why not"),
        ("snm-outpatient-ot-entry", "snm-irf-ot-mid", "No stage of documentation and prioritization."),
        ("snm-outpatient-ot-entry", "hvd-outpatient-ot-mid", "No safety near miss is among them. Put one."),
        ("panel: 2", "panel: 7", "panel: The number is too large."),
        ("panel: 2", "panel: 2\nwithout:\n  screen: None.", "without.screen: This type is not missing."),
        ("panel: 2", "color: red", "No field is called so here."),
    ],
)
def test_a_fault_is_found_at_its_line_with_a_remedy(old: str, new: str, problem: str) -> None:
    assert old in SOUND
    problems = found(SOUND.replace(old, new))
    assert any(problem in one for one in problems), problems


def test_a_template_that_is_not_there_is_missed() -> None:
    read, _ = read_templates({"outpatient-ot.yaml": SOUND.encode()})
    missed = [one.message for one in problems_of(read, ALL)]
    assert len(missed) == 9
    assert "No template for home health, occupational therapy assistant" in missed


def test_the_types_of_stage_come_from_the_setting_itself_where_it_has_them() -> None:
    for template in shipped_templates():
        kinds = {ALL[place.scenario].stage_type for place in template.stages}
        assert kinds | template.without.keys() >= {
            StageType.CASE_DISCUSSION,
            StageType.COMMUNICATION,
            StageType.DOCUMENTATION,
            StageType.SETTING_FIT,
        }
