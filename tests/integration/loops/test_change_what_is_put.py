"""What a stage puts and scores: why it is there, its own minutes, and the criteria that are left out."""

import pytest

from app.core.errors import Invalid
from app.identity.models import Person
from app.jobs.rules import Profile
from app.loops import rules, services
from app.loops.models import Loop, Stage
from app.loops.rules import Minutes
from app.loops.services import Content
from app.packs import queries as packs
from app.packs.models import ScenarioVersion
from scenarios import Level, Role, Scenario, Setting, load_pack, shipped_packs
from tests.client import Client, words
from tests.factories.jobs import job
from tests.factories.loops import draft_loop
from tests.factories.people import actor

ALL = {one.id: one for path in shipped_packs() for one in load_pack(path).scenarios}
DESK = Profile(Setting.CLINIC_FRONT_DESK, Role.COORDINATOR, Level.MID)


def version(key: str) -> ScenarioVersion:
    return next(one for one in packs.latest_versions() if one.key == key)


def typed(loop: Loop, stage: Stage, **more: str | list[str]) -> dict[str, str | list[str]]:
    """The stage's form as a browser sends it: every criterion ticked that can be."""
    scenario = str(stage.scenario_version.public_id)
    return {
        "do": "save",
        "version": str(loop.version),
        "scenario": scenario,
        "scored_of": scenario,
        "criteria": [one.code for one in stage.criteria],
        **dict.fromkeys(("reason", "read", "answer", "probes"), ""),
        **more,
    }


def codes(stage: Stage) -> list[str]:
    return [one.code for one in stage.criteria]


def test_hana_says_why_a_stage_is_there_and_how_long_it_takes(client: Client, hana: Person) -> None:
    loop = draft_loop(job(hana))
    stage = loop.stages[0]
    data = typed(loop, stage, reason="Own lapse, at a calm desk.", read="3", answer="7", probes="5")

    client.as_(hana).post(f"/stages/{stage.public_id}", data=data, expect=303)

    page = words(client.as_(hana).get(f"/jobs/{loop.job.public_id}/loop", expect=200))
    assert "Own lapse, at a calm desk." in page
    assert "Time 15 min: 3, 7, 5 · its own" in page
    assert "46 minutes with the candidate" in page
    client.as_(hana).post(f"/stages/{stage.public_id}", data=typed(loop, stage), expect=303)
    assert (stage.time_box.total, stage.has_own_time_box, stage.reason) == (12, False, "")


@pytest.mark.parametrize(("read", "answer"), [("3", ""), ("0", "5"), ("121", "5")])
def test_minutes_are_given_in_full_and_in_reason(
    client: Client, hana: Person, read: str, answer: str
) -> None:
    loop = draft_loop(job(hana))
    stage = loop.stages[0]
    data = typed(loop, stage, read=read, answer=answer, probes="5")

    answer_page = client.as_(hana).post(f"/stages/{stage.public_id}", data=data, expect=422)

    assert "A whole number from 1 to 120." in words(answer_page)
    assert f'value="{read}"' in answer_page.text
    assert not stage.has_own_time_box


def test_a_criterion_is_left_out_and_taken_in_again_and_weights_stay(client: Client, hana: Person) -> None:
    loop = draft_loop(job(hana))
    stage = loop.stages[0]
    stage.criteria[0].weight = 2  # type: ignore[assignment]  # a whole number is one, too
    path = f"/stages/{stage.public_id}"

    client.as_(hana).post(path, data=typed(loop, stage, criteria=["SAF", "ESC", "DOC"]), expect=303)
    assert codes(stage) == ["SAF", "ESC", "DOC"]
    assert stage.criteria[0].weight == 2

    every = ["SAF", "ESC", "DOC", "HND"]
    client.as_(hana).post(path, data=typed(loop, stage, criteria=every), expect=303)
    assert codes(stage) == every


def test_what_the_work_rests_on_cannot_be_switched_off_in_a_clinical_role(
    client: Client, hana: Person
) -> None:
    loop = draft_loop(job(hana))
    stage = loop.stages[0]

    page = client.as_(hana).get(f"/stages/{stage.public_id}", expect=200)
    assert "in clinical roles they cannot be switched off" in words(page)
    for code in ("SAF", "ESC", "DOC"):
        assert f'value="{code}" checked disabled aria-describedby="fixed"' in page.text
    client.as_(hana).post(f"/stages/{stage.public_id}", data=typed(loop, stage, criteria=["HND"]), expect=303)

    assert codes(stage) == ["SAF", "ESC", "DOC", "HND"], "whatever is sent"


def test_at_a_desk_every_criterion_may_be_left_out_but_three(client: Client, hana: Person) -> None:
    loop = draft_loop(job(hana, profile=DESK), pack="clinic-front-desk")
    stage = loop.stages[0]
    path = f"/stages/{stage.public_id}"

    answer = client.as_(hana).post(path, data=typed(loop, stage, criteria=["VER"]), expect=422)
    assert "Score at least 3 criteria." in words(answer)
    client.as_(hana).post(path, data=typed(loop, stage, criteria=["SAF", "ESC", "VER"]), expect=303)

    assert codes(stage) == ["SAF", "ESC", "VER"]


@pytest.mark.parametrize(
    ("key", "profile", "fixed"),
    [
        ("snm-outpatient-ot-entry", Profile(Setting.OUTPATIENT, Role.OT, Level.MID), ("SAF", "ESC", "DOC")),
        ("cw-outpatient-ota-mid", Profile(Setting.OUTPATIENT, Role.OTA, Level.MID), ("ESC", "DOC")),
        ("snm-frontdesk-coordinator-entry", DESK, ()),
    ],
)
def test_what_is_fixed_follows_from_the_role(key: str, profile: Profile, fixed: tuple[str, ...]) -> None:
    assert rules.fixed_codes(ALL[key], profile) == fixed


def test_a_short_kind_may_have_the_few_it_has() -> None:
    sample: Scenario = ALL["ws-outpatient-either-entry"]
    rules.check_scored(sample, ["DOC", "VER"])
    with pytest.raises(Invalid):
        rules.check_scored(sample, ["DOC"])


def test_another_scenario_is_scored_whole_whatever_was_ticked_for_the_one_before(
    client: Client, hana: Person
) -> None:
    loop = draft_loop(job(hana))
    stage = loop.stages[0]
    other = str(version("snm-acute-ot-mid").public_id)

    client.as_(hana).post(f"/stages/{stage.public_id}", data=typed(loop, stage, scenario=other), expect=303)

    assert codes(stage) == ["SAF", "ESC", "DOC", "HND", "VER"]


def test_a_scenario_taken_from_the_library_is_chosen_already(client: Client, hana: Person) -> None:
    loop = draft_loop(job(hana))
    chosen = version("snm-acute-ot-mid").public_id
    for path in (f"/loops/{loop.public_id}/stages", f"/stages/{loop.stages[0].public_id}"):
        page = client.as_(hana).get(f"{path}?scenario={chosen}", expect=200)
        assert f'selected value="{chosen}"' in page.text
        assert "VER Verification and learning" in words(page)
    fragment = client.as_(hana).get(
        f"/loops/{loop.public_id}/stages?scenario={chosen}", headers={"HX-Request": "true"}, expect=200
    )
    assert "<h1" not in fragment.text
    assert "VER" in fragment.text


def test_a_stage_that_is_dragged_stands_where_it_was_dropped(client: Client, hana: Person) -> None:
    loop = draft_loop(job(hana))
    first, second, third = loop.stages

    def drop(stage: Stage, place: str, expect: int = 303) -> None:
        data = {"do": "place", "version": str(loop.version), "place": place}
        client.as_(hana).post(f"/stages/{stage.public_id}", data=data, expect=expect)

    drop(third, "1")
    assert [(one.position, one.id) for one in loop.stages] == [(1, third.id), (2, first.id), (3, second.id)]
    drop(third, "3")
    assert [one.id for one in loop.stages] == [first.id, second.id, third.id]
    version_before = loop.version
    drop(third, "3")
    assert loop.version == version_before, "nothing has moved"
    drop(third, "4", expect=409)
    drop(third, "somewhere", expect=409)


def test_the_same_criteria_and_words_change_nothing(hana: Person) -> None:
    loop = draft_loop(job(hana))
    stage = loop.stages[0]
    content = Content(stage.scenario_version, "Why.", Minutes(2, 6, 4), codes(stage))
    services.change_stage(actor(hana), stage, content, version=loop.version)
    before = loop.version
    services.change_stage(actor(hana), stage, content, version=before)
    assert loop.version == before
