"""The guide to a loop: read by its hiring team beforehand, and by candidates on their link."""

import json

import pytest
from sqlalchemy import select

from app.audit.models import AuditEvent
from app.candidates import services as candidates
from app.core import clock
from app.core.db import db
from app.identity import queries as identity
from app.identity.models import Person
from app.loops import services
from app.loops.models import Loop
from app.packs.queries import scenario_of
from tests.client import Client, words
from tests.factories import debrief, scoring
from tests.factories.jobs import job, team
from tests.factories.loops import closed_loop, draft_loop, open_loop
from tests.factories.people import actor
from tests.factories.scoring import NOON


def confirm(browser: Client, loop: Loop, *, version: int | None = None, expect: int) -> str:
    data = {"version": str(loop.version if version is None else version)}
    return words(browser.post(f"/loops/{loop.public_id}/guide", data=data, expect=expect))


def read(browser: Client, loop: Loop) -> str:
    return words(browser.get(f"/loops/{loop.public_id}/guide", expect=200))


# The team ---------------------------------------------------------------------------------------------------


def test_hana_reads_the_guide_as_a_candidate_will_and_says_so(
    client: Client, hana: Person, iris: Person, ivo: Person
) -> None:
    loop = draft_loop(job(hana), panel=[iris, ivo])
    browser = client.as_(hana)
    page = f"/jobs/{loop.job.public_id}/loop"
    assert "Nobody has read the candidate's guide" in words(browser.get(page))

    confirm(browser, loop, expect=303)

    assert loop.guide_read_at is not None
    assert "The candidate's guide was read" in words(browser.get(page))
    assert "Read as it is now" in read(browser, loop)
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "guide:read")).one()
    assert (event.actor_id, event.subject_id, event.job_id) == (hana.id, loop.public_id, loop.job_id)
    assert json.loads(event.facts) == {}


def test_its_recruiter_may_read_it_for_the_team_too(
    client: Client, hana: Person, rina: Person, iris: Person
) -> None:
    loop = draft_loop(team(job(hana), recruiter=rina), panel=[iris])
    confirm(client.as_(rina), loop, expect=303)
    assert loop.guide_read_at is not None


def test_saying_so_twice_is_saying_it_once(client: Client, hana: Person, iris: Person) -> None:
    loop = draft_loop(job(hana), panel=[iris])
    confirm(client.as_(hana), loop, expect=303)
    at = loop.guide_read_at
    confirm(client.as_(hana), loop, expect=303)
    assert loop.guide_read_at == at
    assert len(db.session.scalars(select(AuditEvent).where(AuditEvent.event == "guide:read")).all()) == 1


def test_it_waits_to_be_read_again_when_the_stages_change(hana: Person, iris: Person, ivo: Person) -> None:
    loop = draft_loop(job(hana), panel=[iris, ivo])
    services.confirm_guide(actor(hana), loop, version=loop.version)
    services.remove_stage(actor(hana), loop.stages[2], version=loop.version)
    assert loop.guide_read_at is None


def test_what_changed_since_the_page_was_opened_was_not_read(
    client: Client, hana: Person, iris: Person, ivo: Person
) -> None:
    loop = draft_loop(job(hana), panel=[iris, ivo])
    seen = loop.version
    services.remove_stage(actor(hana), loop.stages[2], version=loop.version)
    answer = confirm(client.as_(hana), loop, version=seen, expect=409)
    assert "Somebody else changed this loop meanwhile." in answer
    assert loop.guide_read_at is None


def test_of_an_open_loop_it_can_be_read_and_no_more_confirmed(
    client: Client, hana: Person, iris: Person, ivo: Person
) -> None:
    loop = open_loop(job(hana), panel=[iris, ivo])
    reason = "The loop is open: its stages, versions and weights are fixed."
    assert f"I have read it as a candidate will {reason}" in read(client.as_(hana), loop)
    assert reason in confirm(client.as_(hana), loop, expect=403)


@pytest.mark.parametrize("who", ["olga", "iris", "ada", "remi"])
def test_to_anybody_else_the_loop_is_not_there(
    client: Client, request: pytest.FixtureRequest, hana: Person, iris: Person, who: str
) -> None:
    loop = draft_loop(job(hana), panel=[iris])
    browser = client.as_(request.getfixturevalue(who))
    browser.get(f"/loops/{loop.public_id}/guide", expect=404)
    confirm(browser, loop, expect=404)


# What it says -----------------------------------------------------------------------------------------------


def test_it_says_what_is_asked_for_how_long_and_what_good_means(
    client: Client, hana: Person, iris: Person, ivo: Person
) -> None:
    page = read(client.as_(hana), draft_loop(job(hana), panel=[iris, ivo]))
    assert "3 stages, 43 minutes in all, in this order" in page
    assert "A day with more work than time." in page
    assert "To read 2 min To answer 6 min For questions 4 min Who is there 2 people score" in page
    assert (
        "Safety-first judgment critical Noticing risk, stopping, stabilizing, checking, then continuing."
        in page
    )
    assert "Not: bravery, calm voice. Stages 1 and 2. Enough for this job: level 3 of 5." in page
    assert "One question is about something you did once." in page
    assert "You may bring Heat or cold safety checklist, blank or simulated." in page
    assert "every criterion counts the same" in page
    assert "You hear the decision within 5 working days of your last interview." in page


def test_it_holds_back_whatever_would_tell_an_answer(
    client: Client, hana: Person, iris: Person, ivo: Person
) -> None:
    loop = draft_loop(job(hana), panel=[iris, ivo])
    page = read(client.as_(hana), loop)
    for stage in loop.stages:
        scenario = scenario_of(stage.scenario_version)
        anchors = [anchor for one in scenario.criteria for anchor in one.anchors]
        probes = [probe.text for probe in scenario.probes]
        hidden = [scenario.title, scenario.prompt, *scenario.facts, *anchors, *probes, *scenario.red_flags]
        assert [text for text in hidden if " ".join(text.split()) in page] == []
    assert "Ivo" not in page


def test_the_employer_says_once_what_is_recorded(
    client: Client, hana: Person, ada: Person, iris: Person
) -> None:
    loop = draft_loop(job(hana), panel=[iris])
    assert "Nothing is said here yet about recording." in read(client.as_(hana), loop)
    profile = identity.get_employer()
    data = {
        "do": "save",
        "name": profile.name,
        "time_zone": profile.time_zone,
        "recording": "Only with your word, and kept for a year.",
        "version": str(profile.version),
    }
    client.as_(ada).post("/employer", data=data, expect=303)
    assert "Only with your word, and kept for a year." in read(client.as_(hana), loop)


# Candidates -------------------------------------------------------------------------------------------------


def link_of(made: object, rina: Person) -> str:
    application = scoring.application([], "Cleo Marsh", made)
    _, token = candidates.make_link(actor(rina), application, days=60)
    db.session.commit()
    return token


def test_cleo_reads_it_on_her_link_without_an_account(
    client: Client, hana: Person, rina: Person, iris: Person, ivo: Person
) -> None:
    made = team(job(hana), recruiter=rina)
    open_loop(made, panel=[iris, ivo])
    token = link_of(made, rina)
    assert "Your interviews" in words(client.get(f"/c/{token}", expect=200))

    response = client.get(f"/c/{token}/guide", expect=200)

    page = words(response)
    assert "For Cleo Marsh" in page
    assert "3 stages, 43 minutes in all" in page
    assert "Iris" not in page
    assert "I have read it" not in page
    assert response.headers["Cache-Control"] == "no-store"


def test_it_says_the_same_whatever_happens_to_others(
    client: Client, hana: Person, rina: Person, iris: Person, ivo: Person
) -> None:
    made = team(job(hana), recruiter=rina, interviewers=[iris, ivo])
    open_loop(made, panel=[iris, ivo])
    token = link_of(made, rina)
    before = client.get(f"/c/{token}/guide").data
    debrief.decision(debrief.met([iris, ivo], {}, {}, {}, name="Noor Haddad", job=made))
    db.session.commit()
    assert client.get(f"/c/{token}/guide").data == before


def test_before_a_loop_is_open_nothing_is_planned(
    client: Client, hana: Person, rina: Person, iris: Person
) -> None:
    made = team(job(hana), recruiter=rina)
    draft_loop(made, panel=[iris])
    page = words(client.get(f"/c/{link_of(made, rina)}/guide", expect=200))
    assert "The interviews are not planned yet" in page
    assert "Stage 1" not in page


def test_a_closed_loop_is_nothing_to_prepare_for_unless_it_was_begun(
    client: Client, hana: Person, rina: Person, iris: Person, ivo: Person
) -> None:
    made = team(job(hana), recruiter=rina)
    loop = open_loop(made, panel=[iris, ivo])
    begun = scoring.application([], "Cleo Marsh", made)
    scoring.interview_with([iris, ivo], of=begun, starts_at=NOON)
    _, of_cleo = candidates.make_link(actor(rina), begun, days=900)
    services.close_loop(actor(hana), loop)
    of_noor = candidates.make_link(actor(rina), scoring.application([], "Noor Haddad", made), days=900)[1]
    db.session.commit()
    assert "3 stages" in words(client.get(f"/c/{of_cleo}/guide"))
    assert "not planned yet" in words(client.get(f"/c/{of_noor}/guide"))


def test_whoever_began_a_loop_prepares_for_that_one(
    client: Client, hana: Person, rina: Person, iris: Person, ivo: Person
) -> None:
    made = team(job(hana), recruiter=rina)
    first = open_loop(made, panel=[iris, ivo])
    cleo = scoring.application([], "Cleo Marsh", made)
    scoring.interview_with([iris, ivo], of=cleo, starts_at=NOON)
    services.close_loop(actor(hana), first)
    open_loop(made, panel=[iris, ivo], besides="cw-irf-ot-senior")
    _, token = candidates.make_link(actor(rina), cleo, days=900)
    db.session.commit()
    assert "3 stages, 43 minutes" in words(client.get(f"/c/{token}/guide"))


def test_a_link_that_is_over_shows_no_guide(client: Client, hana: Person, rina: Person, iris: Person) -> None:
    made = team(job(hana), recruiter=rina)
    open_loop(made, panel=[iris])
    application = scoring.application([], "Cleo Marsh", made)
    link, token = candidates.make_link(actor(rina), application, days=60)
    candidates.revoke_link(actor(rina), link)
    db.session.commit()
    client.get(f"/c/{token}/guide", expect=410)
    client.get("/c/no-such-token/guide", expect=404)


def test_opening_the_guide_changes_nothing(client: Client, hana: Person, rina: Person, iris: Person) -> None:
    made = team(job(hana), recruiter=rina)
    loop = open_loop(made, panel=[iris])
    token = link_of(made, rina)
    before = loop.version, len(db.session.scalars(select(AuditEvent)).all())
    with clock.at(NOON):
        client.get(f"/c/{token}/guide")
        client.post(f"/c/{token}/guide", expect=405)
    db.session.refresh(loop)
    assert (loop.version, len(db.session.scalars(select(AuditEvent)).all())) == before


def test_a_closed_loop_is_said_to_be_closed_to_the_team(
    client: Client, hana: Person, iris: Person, ivo: Person
) -> None:
    loop = closed_loop(job(hana), panel=[iris, ivo])
    assert "3 stages" in read(client.as_(hana), loop)
