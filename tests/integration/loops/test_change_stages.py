"""Adding, changing and removing the stages of a draft."""

from typing import Any

import pytest

from app.core.db import db
from app.core.errors import Conflict, Forbidden
from app.identity.models import Person
from app.loops import services
from app.loops.models import Loop, Stage
from app.loops.services import Content
from app.packs import queries as packs
from app.packs.models import ScenarioVersion
from app.packs.services import import_pack
from app.policy import NOBODY
from scenarios import load_pack, shipped_packs
from tests.client import Client, words
from tests.factories.jobs import job, team
from tests.factories.loops import draft_loop, open_loop
from tests.factories.people import actor


def version(key: str) -> ScenarioVersion:
    return next(one for one in packs.latest_versions() if one.key == key)


def typed(loop: Loop, scenario: ScenarioVersion, **more: str) -> dict[str, str]:
    """The stage's form with this scenario."""
    return {"do": "save", "version": str(loop.version), "scenario": str(scenario.public_id), **more}


def titles(loop: Loop) -> list[str]:
    db.session.refresh(loop)
    return [f"{stage.position} {stage.scenario_version.title}" for stage in loop.stages]


def test_another_scenario_brings_its_own_criteria(hana: Person, iris: Person) -> None:
    loop = draft_loop(job(hana), panel=[iris])
    stage = loop.stages[0]

    change(hana, stage, version("snm-acute-ot-mid"))

    db.session.refresh(stage)
    assert [one.code for one in stage.criteria] == ["SAF", "ESC", "DOC", "HND", "VER"]
    assert [seat.person for seat in stage.panel] == [iris], "its panel stays"


def test_a_stage_is_added_at_the_end_and_removed_from_the_middle(client: Client, hana: Person) -> None:
    loop = draft_loop(job(hana))
    data = typed(loop, version("snm-acute-ot-mid"))
    client.as_(hana).post(f"/loops/{loop.public_id}/stages", data=data, expect=303)
    assert titles(loop)[3] == "4 The chair by the window"

    path = f"/stages/{loop.stages[1].public_id}"
    client.as_(hana).post(path, data={"do": "remove", "version": loop.version}, expect=303)

    assert titles(loop) == ["1 Twenty-two minutes", "2 Five visits left", "3 The chair by the window"]


def test_a_scenario_without_a_bar_for_the_level_is_scored_against_the_standard_bar(
    client: Client, hana: Person
) -> None:
    loop = draft_loop(job(hana))
    stage = loop.stages[0]

    change(hana, stage, version("hvd-acute-ot-lead"))

    assert [(one.code, one.bar) for one in stage.criteria] == [
        ("PRI", 3), ("ESC", 3), ("RLT", 3), ("SYS", 3), ("VER", 3),
    ]  # fmt: skip
    page = words(client.as_(hana).get(f"/jobs/{loop.job.public_id}/loop", expect=200))
    assert "Standard bar for mid level: the scenario has none of its own." in page


def test_a_draft_may_keep_a_version_that_has_become_old(client: Client, hana: Person) -> None:
    loop = draft_loop(job(hana))
    stage, held = loop.stages[0], loop.stages[0].scenario_version
    pack = load_pack(next(path for path in shipped_packs() if path.name == "outpatient-ot"))
    newer = [one.model_copy(update={"version": 2}) for one in pack.scenarios]
    import_pack(NOBODY, pack.model_copy(update={"scenarios": tuple(newer)}))

    page = client.as_(hana).get(f"/stages/{stage.public_id}").get_data(as_text=True)
    assert "Twenty-two minutes, occupational therapist, version 1" in page
    assert "Twenty-two minutes, occupational therapist, version 2" in page
    client.as_(hana).post(f"/stages/{stage.public_id}", data=typed(loop, held), expect=303)
    db.session.refresh(stage)
    assert stage.scenario_version_id == held.id


def test_a_new_stage_needs_a_scenario_and_keeps_what_was_typed(client: Client, hana: Person) -> None:
    loop = draft_loop(job(hana))
    data = typed(loop, version("snm-acute-ot-mid"), reason="For the wards.", read="3") | {"scenario": ""}
    answer = client.as_(hana).post(f"/loops/{loop.public_id}/stages", data=data, expect=422)
    assert "Choose a scenario." in words(answer)
    assert "For the wards." in words(answer)
    assert 'value="3"' in answer.text
    assert len(titles(loop)) == 3


@pytest.mark.parametrize("what", ["change", "add", "remove"])
def test_the_second_tab_is_told_that_the_loop_has_changed(client: Client, hana: Person, what: str) -> None:
    loop = draft_loop(job(hana))
    stage = loop.stages[0]
    path = f"/loops/{loop.public_id}/stages" if what == "add" else f"/stages/{stage.public_id}"
    second_tab = typed(loop, stage.scenario_version, reason="Mine.") | (
        {"do": "remove"} if what == "remove" else {}
    )
    first_tab = typed(loop, loop.stages[1].scenario_version, reason="Theirs.")
    client.as_(hana).post(f"/stages/{loop.stages[1].public_id}", data=first_tab, expect=303)

    answer = client.as_(hana).post(path, data=second_tab, expect=409)

    assert "Somebody else changed this loop meanwhile." in words(answer)
    assert len(titles(loop)) == 3
    assert stage.reason == ""


def test_changing_nothing_leaves_the_version_as_it_was(hana: Person, iris: Person) -> None:
    loop = draft_loop(job(hana), panel=[iris])
    before = loop.version
    change(hana, loop.stages[0], loop.stages[0].scenario_version)
    assert loop.version == before


def test_an_open_loop_keeps_its_stages(client: Client, hana: Person, iris: Person, ivo: Person) -> None:
    loop = open_loop(job(hana), panel=[iris, ivo])
    reason = "The loop is open: its stages, versions and weights are fixed."
    for answer in every_request(client.as_(hana), loop, expect=403):
        assert reason in words(answer)
    assert len(titles(loop)) == 3


def test_its_recruiter_cannot_change_stages(client: Client, hana: Person, rina: Person) -> None:
    loop = draft_loop(team(job(hana), recruiter=rina))
    for answer in every_request(client.as_(rina), loop, expect=403):
        assert "Only the job's hiring manager can do this." in words(answer)
    with pytest.raises(Forbidden):
        change(rina, loop.stages[0], loop.stages[0].scenario_version)


@pytest.mark.parametrize("who", ["olga", "iris", "ada", "remi"])
def test_to_anybody_else_the_stages_are_not_there(
    client: Client, request: pytest.FixtureRequest, hana: Person, iris: Person, who: str
) -> None:
    loop = draft_loop(job(hana), panel=[iris])
    every_request(client.as_(request.getfixturevalue(who)), loop, expect=404)
    assert len(titles(loop)) == 3


def test_two_people_cannot_change_a_loop_at_once(hana: Person) -> None:
    loop = draft_loop(job(hana))
    with pytest.raises(Conflict):
        services.remove_stage(actor(hana), loop.stages[0], version=loop.version - 1)


def change(by: Person, stage: Stage, scenario: ScenarioVersion, **more: Any) -> None:
    """Give the stage this scenario, and what else is said of it."""
    services.change_stage(actor(by), stage, Content(scenario, **more), version=stage.loop.version)


def every_request(browser: Client, loop: Loop, *, expect: int) -> list[Any]:
    """Whatever can be asked about stages, with sound input."""
    stage = loop.stages[0]
    data = typed(loop, version("snm-acute-ot-mid"))
    return [
        browser.get(f"/stages/{stage.public_id}", expect=expect),
        browser.post(f"/stages/{stage.public_id}", data=data, expect=expect),
        browser.post(f"/stages/{stage.public_id}", data=data | {"do": "remove"}, expect=expect),
        browser.get(f"/loops/{loop.public_id}/stages", expect=expect),
        browser.post(f"/loops/{loop.public_id}/stages", data=data, expect=expect),
    ]


def test_hana_moves_a_stage_earlier_and_later_by_its_buttons(client: Client, hana: Person) -> None:
    loop = draft_loop(job(hana))
    before = [title.partition(" ")[2] for title in titles(loop)]
    browser = client.as_(hana)

    def press(stage: Stage, verb: str, expect: int = 303, version: int | None = None) -> None:
        data = {"do": verb, "version": str(version or loop.version)}
        browser.post(f"/stages/{stage.public_id}", data=data, expect=expect)

    press(loop.stages[2], "earlier")
    assert titles(loop) == [f"1 {before[0]}", f"2 {before[2]}", f"3 {before[1]}"]

    press(loop.stages[0], "later")
    assert titles(loop) == [f"1 {before[2]}", f"2 {before[0]}", f"3 {before[1]}"]
    assert {one.code for one in loop.stages[0].criteria}, "criteria stay with their stage"

    press(loop.stages[0], "earlier", expect=409)
    press(loop.stages[2], "later", expect=409)
    press(loop.stages[1], "later", expect=409, version=loop.version - 1)
    assert titles(loop) == [f"1 {before[2]}", f"2 {before[0]}", f"3 {before[1]}"]


def test_the_first_stage_has_no_earlier_and_the_last_no_later(client: Client, hana: Person) -> None:
    loop = draft_loop(job(hana))

    page = words(client.as_(hana).get(f"/jobs/{loop.job.public_id}/loop", expect=200))

    assert "Earlier : stage 1" not in page
    assert "Earlier : stage 2" in page
    assert "Later : stage 2" in page
    assert "Later : stage 3" not in page


def test_the_order_of_an_open_loop_stays(client: Client, hana: Person, iris: Person, ivo: Person) -> None:
    loop = open_loop(job(hana), [iris, ivo])
    stage = loop.stages[1]

    data = {"do": "earlier", "version": str(loop.version)}
    client.as_(hana).post(f"/stages/{stage.public_id}", data=data, expect=403)


def test_the_page_advises_on_what_the_grid_shows_with_a_way_to_mend_it(
    client: Client, hana: Person, iris: Person
) -> None:
    loop = draft_loop(job(hana), panel=[iris])

    page = client.as_(hana).get(f"/jobs/{loop.job.public_id}/loop", expect=200)

    assert "What would make it stronger" in words(page)
    assert "is critical, and one person alone rates it" in words(page)
    assert "Iris Okafor sits in all 3 stages" in words(page)
    assert f'href="/loops/{loop.public_id}/panels">Add somebody to the panel' in page.text
