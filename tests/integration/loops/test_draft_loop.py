"""Drafting a loop from a pack."""

import pytest
from sqlalchemy import select

from app.core.db import db
from app.core.errors import Invalid
from app.identity.models import Person
from app.jobs.rules import Profile
from app.loops import beginnings, queries, services
from app.loops.models import Loop
from app.packs.queries import scenario_of
from scenarios import Level, Role, Setting
from tests.client import Client, words
from tests.factories.jobs import job, team
from tests.factories.loops import closed_loop, draft_loop
from tests.factories.people import actor

SENIOR = Profile(Setting.INPATIENT_REHAB, Role.OT, Level.SENIOR)
AT_THE_DESK = Profile(Setting.CLINIC_FRONT_DESK, Role.COORDINATOR, Level.MID)


def test_hana_begins_with_the_pack_that_fits_and_gets_its_three_stages(client: Client, hana: Person) -> None:
    made = job(hana)
    page = words(client.as_(hana).get(f"/jobs/{made.public_id}/loop", expect=200))
    assert page.index("Outpatient occupational therapy Fits this job") < page.index("Home health")
    assert "Safety near miss: Twenty-two minutes, 12 min, written for entry level" in page

    client.as_(hana).post(
        f"/jobs/{made.public_id}/loop", data={"do": "pack", "pack": "outpatient-ot"}, expect=303
    )

    loop = queries.latest_loop(made)
    assert loop is not None
    assert loop.is_draft
    titles = [stage.scenario_version.title for stage in loop.stages]
    assert titles == ["Twenty-two minutes", "Ten on the book", "Five visits left"]


def test_criteria_come_from_the_scenario_with_the_bar_of_the_job(hana: Person) -> None:
    stage = draft_loop(job(hana)).stages[0]

    found = [(one.code, one.name, one.is_critical, one.weight, one.bar) for one in stage.criteria]

    assert found == [
        ("SAF", "Safety-first judgment", True, 1, 3),
        ("ESC", "Scope and escalation", True, 1, 3),
        ("DOC", "Documentation", True, 1, 3),
        ("HND", "Handoff and team communication", False, 1, 3),
    ]
    entry = draft_loop(job(hana, profile=Profile(Setting.OUTPATIENT, Role.OT, Level.ENTRY)))
    assert [one.bar for one in entry.stages[0].criteria] == [3, 3, 3, 2]


def test_packs_of_other_settings_can_be_chosen_and_are_not_said_to_fit(hana: Person) -> None:
    offers = beginnings.offers(job(hana, profile=SENIOR))

    fitting = [offer.pack for offer in offers if offer.fits]
    assert [offer.pack for offer in offers[: len(fitting)]] == fitting == ["inpatient-rehab-ot"]
    [acute] = [offer for offer in offers if offer.pack == "inpatient-acute-ot"]
    assert "One line by two o'clock" in [scenario_of(one).title for one in acute.versions]


def test_a_job_at_the_front_desk_gets_its_loop_as_any_other(
    client: Client, hana: Person, iris: Person, ivo: Person
) -> None:
    made = job(hana, profile=AT_THE_DESK)
    page = words(client.as_(hana).get(f"/jobs/{made.public_id}/loop", expect=200))
    assert "Clinic front desk Fits this job" in page

    loop = draft_loop(made, [iris, ivo], pack="clinic-front-desk")
    titles = [stage.scenario_version.title for stage in loop.stages]
    assert titles == ["Two men, one letter apart", "Monday, one clerk short"]
    services.open_loop(
        actor(hana), loop, version=loop.version, gaps_reason="The near miss is for entry level."
    )
    assert [one.code for one in loop.stages[1].criteria] == ["SAF", "PRI", "HND", "RLT"]


def test_no_pack_chosen_is_said_at_the_choice(client: Client, hana: Person) -> None:
    answer = client.as_(hana).post(f"/jobs/{job(hana).public_id}/loop", data={"do": "pack"}, expect=422)
    assert "Choose a pack." in words(answer)
    assert db.session.scalars(select(Loop)).all() == []


def test_a_job_has_one_loop_at_a_time(client: Client, hana: Person) -> None:
    made = job(hana)
    draft_loop(made)
    answer = client.as_(hana).post(
        f"/jobs/{made.public_id}/loop", data={"do": "pack", "pack": "outpatient-ot"}, expect=409
    )
    assert "This job has a loop already." in words(answer)


def test_after_a_closed_loop_comes_another(client: Client, hana: Person, iris: Person, ivo: Person) -> None:
    made = job(hana)
    closed_loop(made, panel=[iris, ivo])
    assert "Draft another loop" in words(client.as_(hana).get(f"/jobs/{made.public_id}/loop"))

    client.as_(hana).post(
        f"/jobs/{made.public_id}/loop", data={"do": "pack", "pack": "home-health"}, expect=303
    )

    loop = queries.latest_loop(made)
    assert loop is not None
    assert (loop.number, loop.is_draft, len(loop.stages)) == (2, True, 3)


def test_its_recruiter_sees_the_packs_and_cannot_draft(client: Client, hana: Person, rina: Person) -> None:
    made = team(job(hana), recruiter=rina)
    reason = "Only the job's hiring manager can do this."
    assert reason in words(client.as_(rina).get(f"/jobs/{made.public_id}/loop", expect=200))
    answer = client.as_(rina).post(
        f"/jobs/{made.public_id}/loop", data={"do": "pack", "pack": "outpatient-ot"}, expect=403
    )
    assert reason in words(answer)


@pytest.mark.parametrize("who", ["olga", "iris", "ada", "remi"])
def test_to_anybody_else_the_loop_is_not_there(
    client: Client, request: pytest.FixtureRequest, hana: Person, iris: Person, who: str
) -> None:
    path = f"/jobs/{team(job(hana), interviewers=[iris]).public_id}/loop"
    browser = client.as_(request.getfixturevalue(who))
    browser.get(path, expect=404)
    browser.post(path, data={"do": "pack", "pack": "outpatient-ot"}, expect=404)


def test_a_pack_that_is_not_there_is_refused_below_the_form_too(hana: Person) -> None:
    made = job(hana)
    with pytest.raises(Invalid, match="Choose a pack of the list"):
        services.draft_loop(actor(hana), made, pack="riddles")
