"""The packs that come with the product, and what a reader gets from one."""

from itertools import chain

import pytest
from pydantic import ValidationError

from scenarios import (
    IncidentSource,
    Kind,
    Level,
    Pack,
    Role,
    Scenario,
    Setting,
    StageType,
    Status,
    canonical,
    competency_library,
    digest,
    load_pack,
    read_pack,
    shipped_packs,
)
from tests.scenarios.files import changed, folder, outpatient

SHIPPED = [load_pack(path) for path in shipped_packs()]
SCENARIOS = list(chain.from_iterable(pack.scenarios for pack in SHIPPED))
SHIPPED_BY_ID = {scenario.id: scenario for scenario in SCENARIOS}

every_scenario = pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)


@pytest.fixture
def pack() -> Pack:
    return load_pack(folder("outpatient-ot"))


def scenario_of(pack: Pack, kind: Kind) -> Scenario:
    return next(scenario for scenario in pack.scenarios if scenario.kind is kind)


def test_every_shipped_pack_lies_in_the_folder_of_its_id():
    assert [pack.id for pack in SHIPPED] == [path.name for path in shipped_packs()]
    assert "outpatient-ot" in [pack.id for pack in SHIPPED]


def test_no_two_shipped_scenarios_share_an_id():
    assert len({scenario.id for scenario in SCENARIOS}) == len(SCENARIOS)


@pytest.mark.parametrize(
    ("field", "words"),
    [("kind", Kind), ("stage_type", StageType), ("setting", Setting), ("role", Role), ("written_for", Level)],
)
def test_the_shipped_packs_use_every_word_of_the_vocabulary(field, words):
    assert {getattr(scenario, field) for scenario in SCENARIOS} == set(words)


def test_the_packs_of_therapy_serve_both_roles_and_one_pack_serves_another_profession():
    professions = {pack.profession: set() for pack in SHIPPED}
    for pack in SHIPPED:
        professions[pack.profession] |= {scenario.role for scenario in pack.scenarios}

    assert professions == {
        "Occupational therapy": {Role.OT, Role.OTA, Role.EITHER},
        "Clinic administration": {Role.COORDINATOR},
    }


@every_scenario
def test_a_shipped_scenario_is_a_pilot_on_an_invented_incident(scenario):
    assert scenario.status is Status.PILOT
    assert scenario.job_analysis.incident_source is IncidentSource.INVENTED_COMPOSITE


@every_scenario
def test_a_shipped_scenario_has_a_critical_criterion(scenario):
    assert any(criterion.critical for criterion in scenario.criteria)


@every_scenario
def test_a_scenario_can_be_rebuilt_from_its_canonical_text(scenario):
    rebuilt = Scenario.model_validate_json(canonical(scenario))

    assert rebuilt == scenario
    assert digest(rebuilt) == digest(scenario)


@every_scenario
def test_a_scenario_cannot_be_changed_after_reading(scenario):
    with pytest.raises(ValidationError, match="frozen"):
        scenario.title = "Another"


def test_a_loop_of_the_outpatient_pack_has_three_kinds_and_at_most_eight_competencies(pack):
    assert {scenario.kind for scenario in pack.scenarios if scenario.role is Role.OT} == {
        Kind.SAFETY_NEAR_MISS,
        Kind.HIGH_VOLUME_DAY,
        Kind.CASE_WALKTHROUGH,
    }
    assert all(Level.MID in scenario.levels for scenario in pack.scenarios)
    assert set(pack.competencies) == {"SAF", "ESC", "DOC", "HND", "PRI", "ASM", "POC", "EDU"}
    assert pack.stage_types == (StageType.CASE_DISCUSSION, StageType.DOCUMENTATION)


def test_a_pack_brings_the_words_of_its_competencies(pack):
    assert pack.competencies["SAF"].name == "Safety-first judgment"
    assert pack.competencies["SAF"].not_about == "Bravery, calm voice"
    assert pack.competencies.items() <= competency_library().items()


def test_the_same_anchors_have_a_higher_bar_at_a_higher_level(pack):
    near_miss = scenario_of(pack, Kind.SAFETY_NEAR_MISS)

    assert near_miss.bars[Level.ENTRY].minimum == {"SAF": 3, "ESC": 3, "DOC": 3, "HND": 2}
    assert near_miss.bars[Level.MID].minimum == {"SAF": 3, "ESC": 3, "DOC": 3, "HND": 3}


def test_a_senior_bar_asks_for_two_strong_criteria_among_three():
    count = SHIPPED_BY_ID["cw-irf-ot-senior"].bars[Level.SENIOR].count

    assert (count.at_least, count.of, count.level) == (2, ("ASM", "POC", "ESC"), 4)
    assert not count.over_loop


def test_a_senior_bar_may_count_criteria_that_other_stages_rate():
    day = SHIPPED_BY_ID["hvd-irf-ota-senior"]

    count = day.bars[Level.SENIOR].count
    assert (count.at_least, count.of, count.level) == (2, ("ASM", "POC", "ESC", "VER"), 4)
    assert count.over_loop
    assert set(day.codes) == {"PRI", "ESC", "DOC", "VER"}


def test_the_twins_tell_one_story_to_two_roles():
    for ot, ota in (
        ("cw-outpatient-ot-mid", "cw-outpatient-ota-mid"),
        ("snm-irf-ot-mid", "snm-irf-ota-mid"),
    ):
        pair = SHIPPED_BY_ID[ot], SHIPPED_BY_ID[ota]
        assert [one.role for one in pair] == [Role.OT, Role.OTA]
        assert len({one.title for one in pair}) == 1
        assert len({one.setting for one in pair}) == 1
        assert pair[0].criteria != pair[1].criteria


def test_a_work_sample_hands_over_a_sheet_and_tells_the_rest_only_when_asked():
    sample = SHIPPED_BY_ID["ws-outpatient-either-entry"]

    assert sample.handout[0] == "Booked 10:00 to 10:45; he came at 10:06."
    assert "Pressure after: blank." in sample.handout
    assert "Nobody took the second pressure." in sample.facts
    assert "no AI drafting for anyone" in sample.procedure
    assert sample.bars[Level.ENTRY].minimum == {"DOC": 3, "VER": 2}
    assert sample.bars[Level.SENIOR].minimum == {"DOC": 3, "VER": 3}


def test_a_screen_decides_three_answers_and_rates_two():
    screen = SHIPPED_BY_ID["scr-any-either-all"]

    assert [question.criteria for question in screen.questions] == [(), (), (), ("ESC",), ("DOC",)]
    assert [question.verdict is None for question in screen.questions] == [False, False, False, True, True]
    assert screen.questions[1].verdict.to_pass == "yes"
    assert screen.questions[1].verdict.to_fail == "no"
    assert [probe.after for probe in screen.probes] == [4, 5, 4]
    assert screen.levels == tuple(Level)
    assert screen.artifact.review == ()


def test_a_scenario_that_may_hurt_says_so_before_it_is_read():
    assert {scenario.id: scenario.before_reading for scenario in SCENARIOS if scenario.before_reading} == {
        "hvd-peds-ot-mid": "Tell the candidate before reading that the case mentions possible harm to a "
        "child and that a pause is fine."
    }


def test_a_desk_is_scored_on_the_same_competencies_as_therapy():
    desk = load_pack(folder("clinic-front-desk"))

    assert set(desk.competencies) == {"SAF", "ESC", "DOC", "VER", "PRI", "HND", "RLT"}
    assert desk.settings == (Setting.CLINIC_FRONT_DESK,)
    assert all(Level.MID in scenario.levels for scenario in desk.scenarios)


def test_a_scenario_tells_its_minutes_and_its_anchors(pack):
    day = scenario_of(pack, Kind.HIGH_VOLUME_DAY)

    assert (day.time_box.read, day.time_box.answer, day.time_box.probes, day.time_box.total) == (3, 7, 5, 15)
    assert day.time_box.paper_allowed
    assert day.codes == ("PRI", "SAF", "DOC", "HND")
    assert [criterion.code for criterion in day.criteria if criterion.critical] == ["SAF", "DOC"]
    assert day.criteria[0].anchor(1) == "Says yes to all, or no order"
    assert day.criteria[0].anchor(5).startswith("as 4, plus adds the minutes")


def test_only_the_scenarios_that_need_it_ask_to_read_the_disclosure_first():
    assert [scenario.id for scenario in SCENARIOS if scenario.disclosure_read_first] == [
        "hvd-frontdesk-coordinator-mid",
        "hvd-homehealth-ot-mid",
    ]


def test_words_keep_the_form_they_were_written_in(pack):
    near_miss = scenario_of(pack, Kind.SAFETY_NEAR_MISS)

    assert near_miss.facts[-1] == "Her husband can collect the grandson."
    assert near_miss.anti_signals[0] == '"She should have said something"'
    assert "It is 3:02 when you lift the pack." in near_miss.prompt


def test_text_that_looks_like_something_else_stays_text():
    pack = read_pack(changed(("title: Twenty-two minutes", "title: 12:30")))

    assert scenario_of(pack, Kind.SAFETY_NEAR_MISS).title == "12:30"


def test_a_work_sample_may_have_fewer_criteria():
    walkthrough = "cw-outpatient-ot-mid.yaml"
    text = outpatient()[walkthrough].decode()
    last_two_criteria = text[text.index("  - code: DOC") : text.index("bars:")]

    files = changed(
        ("kind: case-walkthrough", "kind: work-sample"),
        (last_two_criteria, ""),
        ("criteria: [EDU]", "criteria: [ASM]"),
        ("criteria: [DOC]", "criteria: [ASM]"),
        (", DOC: 3, EDU: 3", ""),
        file=walkthrough,
    )

    assert scenario_of(read_pack(files), Kind.WORK_SAMPLE).codes == ("ASM", "POC")


def test_the_digest_is_the_same_however_the_file_is_laid_out(pack):
    relaid = read_pack(changed(("levels: [entry, mid]", "levels:\n- entry\n\n# a remark\n- 'mid'")))

    assert [digest(scenario) for scenario in relaid.scenarios] == [
        digest(scenario) for scenario in pack.scenarios
    ]


def test_the_digest_is_the_same_whether_a_default_is_written_or_not(pack):
    written = read_pack(changed(("  - code: HND", "  - code: HND\n    critical: false\n    weight: 1")))

    assert digest(scenario_of(written, Kind.SAFETY_NEAR_MISS)) == digest(
        scenario_of(pack, Kind.SAFETY_NEAR_MISS)
    )


def test_the_digest_changes_with_a_single_letter(pack):
    edited = read_pack(changed(("It was lovely.", "It was lovelY.")))

    assert digest(scenario_of(edited, Kind.SAFETY_NEAR_MISS)) != digest(
        scenario_of(pack, Kind.SAFETY_NEAR_MISS)
    )


def test_a_digest_is_the_sha_256_of_the_canonical_text(pack):
    day = scenario_of(pack, Kind.HIGH_VOLUME_DAY)

    assert canonical(day).startswith('{"anti_signals":["\\"I just work faster\\"",')
    assert digest(day) == "1c7c916953d40bac057d58c3e930ae8c0993a6121f4869b3d02eb52d75ea841c"
