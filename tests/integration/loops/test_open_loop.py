"""Opening a loop: what blocks, what needs a reason, and what is fixed by it."""

import json

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.audit.models import AuditEvent
from app.core.db import db
from app.identity.models import Person
from app.jobs import services as jobs
from app.jobs.rules import Profile
from app.loops import queries, services
from app.loops.models import Loop
from scenarios import Level, Role, Setting
from tests.client import Client, words
from tests.factories.jobs import OUTPATIENT, facts, job, team
from tests.factories.loops import GAPS, draft_loop, open_loop, seat
from tests.factories.people import actor


def post(browser: Client, loop: Loop, reason: str = GAPS, *, expect: int) -> str:
    data = {"do": "open", "version": str(loop.version), "gaps_reason": reason}
    return words(browser.post(f"/loops/{loop.public_id}", data=data, expect=expect))


def test_hana_opens_her_loop_with_a_reason_for_its_gaps(
    client: Client, hana: Person, iris: Person, ivo: Person
) -> None:
    loop = draft_loop(job(hana), panel=[iris, ivo])
    page = words(client.as_(hana).get(f"/jobs/{loop.job.public_id}/loop", expect=200))
    assert "8 competencies, at most 4 a stage" in page
    assert "Each critical criterion has two raters" in page
    assert "Stage 1: written for entry level" in page
    assert "No workload disclosure published" in page

    post(client.as_(hana), loop, expect=303)

    assert (loop.is_open, loop.opened_by_id, loop.gaps_reason) == (True, hana.id, GAPS)
    found = queries.open_loop(loop.job_id)
    assert found is not None
    assert found.id == loop.id
    page = words(client.as_(hana).get(f"/jobs/{loop.job.public_id}/loop"))
    assert "The loop is open: its stages, versions and weights are fixed." in page
    assert GAPS in page
    assert "Change stage" not in page


def test_opening_is_recorded_with_the_versions_and_the_gaps(hana: Person, iris: Person, ivo: Person) -> None:
    loop = open_loop(job(hana), panel=[iris, ivo])
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "loop:opened")).one()
    assert (event.actor_id, event.subject_id, event.job_id) == (hana.id, loop.public_id, loop.job_id)
    assert json.loads(event.facts) == {
        "stages": [stage.scenario_version.digest for stage in loop.stages],
        "gaps": ["scenarios", "role", "disclosure", "guide"],
    }


def test_a_gap_needs_a_reason(client: Client, hana: Person, iris: Person, ivo: Person) -> None:
    loop = draft_loop(job(hana), panel=[iris, ivo])
    assert "Say why the loop opens as it is." in post(client.as_(hana), loop, "  ", expect=422)
    assert loop.is_draft


def test_a_loop_without_a_pay_range_does_not_open(
    client: Client, hana: Person, iris: Person, ivo: Person
) -> None:
    loop = draft_loop(job(hana, pay_low=None, pay_high=None), panel=[iris, ivo])
    page = words(client.as_(hana).get(f"/jobs/{loop.job.public_id}/loop"))
    assert "Open the loop Not yet. No pay range yet." in page
    assert "Set the pay range" in page
    answer = post(client.as_(hana), loop, expect=422)
    assert "No pay range yet." in answer
    assert GAPS in answer
    assert loop.is_draft


def test_a_loop_does_not_open_while_a_stage_has_no_panel(
    client: Client, hana: Person, iris: Person, ivo: Person
) -> None:
    loop = draft_loop(job(hana), panel=[iris, ivo])
    seat(loop, {2: []})
    assert "Stage 2: no panel." in post(client.as_(hana), loop, expect=422)


def test_a_loop_without_stages_does_not_open(client: Client, hana: Person) -> None:
    loop = draft_loop(job(hana))
    for stage in list(loop.stages):
        services.remove_stage(actor(hana), stage, version=loop.version)
    assert "No stage yet." in post(client.as_(hana), loop, expect=422)
    client.as_(hana).get(f"/loops/{loop.public_id}/weights", expect=200)


def test_a_loop_opens_at_a_level_its_scenarios_have_no_bar_for_with_the_standard_bar(
    client: Client, hana: Person, iris: Person, ivo: Person
) -> None:
    made = job(hana)
    loop = draft_loop(made, panel=[iris, ivo])
    leader = Profile(Setting.OUTPATIENT, Role.OT, Level.LEADERSHIP)
    jobs.change_job(actor(hana), made, facts(profile=leader), version=made.version)

    post(client.as_(hana), loop, expect=303)

    assert {one.bar for stage in loop.stages for one in stage.criteria} == {3}


def test_opening_takes_the_bars_of_the_level_the_job_then_has(
    hana: Person, iris: Person, ivo: Person
) -> None:
    entry = Profile(Setting.OUTPATIENT, Role.OT, Level.ENTRY)
    made = job(hana, profile=entry)
    loop = draft_loop(made, panel=[iris, ivo])
    jobs.change_job(actor(hana), made, facts(profile=OUTPATIENT), version=made.version)

    services.open_loop(actor(hana), loop, version=loop.version, gaps_reason=GAPS)

    assert [one.bar for one in loop.stages[0].criteria] == [3, 3, 3, 3]
    assert made.is_fixed


def test_the_second_tab_is_told_that_the_loop_has_changed(
    client: Client, hana: Person, iris: Person, ivo: Person
) -> None:
    loop = draft_loop(job(hana), panel=[iris, ivo])
    data = {"do": "open", "version": str(loop.version), "gaps_reason": GAPS}
    services.remove_stage(actor(hana), loop.stages[2], version=loop.version)
    answer = client.as_(hana).post(f"/loops/{loop.public_id}", data=data, expect=409)
    assert "Somebody else changed this loop meanwhile." in words(answer)
    assert loop.is_draft


def test_a_loop_opens_once(client: Client, hana: Person, iris: Person, ivo: Person) -> None:
    loop = open_loop(job(hana), panel=[iris, ivo])
    answer = post(client.as_(hana), loop, expect=403)
    assert "The loop is open: its stages, versions and weights are fixed." in answer


def test_its_recruiter_sees_the_draft_and_cannot_open_it(
    client: Client, hana: Person, rina: Person, iris: Person, ivo: Person
) -> None:
    loop = draft_loop(team(job(hana), recruiter=rina), panel=[iris, ivo])
    page = words(client.as_(rina).get(f"/jobs/{loop.job.public_id}/loop", expect=200))
    assert "Open the loop Only the job's hiring manager can do this." in page
    assert "Add a stage" not in page
    assert "Only the job's hiring manager can do this." in post(client.as_(rina), loop, expect=403)


@pytest.mark.parametrize("who", ["olga", "iris", "ada", "remi"])
def test_to_anybody_else_the_loop_is_not_there(
    client: Client, request: pytest.FixtureRequest, hana: Person, iris: Person, who: str
) -> None:
    loop = draft_loop(job(hana), panel=[iris])
    browser = client.as_(request.getfixturevalue(who))
    post(browser, loop, expect=404)
    browser.get(f"/jobs/{loop.job.public_id}/loop", expect=404)


def test_the_database_itself_wants_to_know_who_opened(hana: Person, iris: Person, ivo: Person) -> None:
    loop = open_loop(job(hana), panel=[iris, ivo])
    loop.opened_by = None
    with pytest.raises(IntegrityError, match="opening_has_author"):
        db.session.flush()
