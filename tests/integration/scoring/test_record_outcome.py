"""An interview that did not go to plan: the candidate did not come, or it was cut short, or they withdrew."""

import pytest
from flask import Flask

from app.core.db import db
from app.identity.models import Person
from app.scoring import queries
from app.scoring.models import AssignmentState, Interview, Outcome
from tests.client import Client, words
from tests.factories.people import actor
from tests.factories.scoring import card_of, interview_with, save, seat_of, submit


@pytest.fixture
def interview(app: Flask, iris: Person, ivo: Person) -> Interview:
    """An interview of Cleo's that is over, with nothing handed in."""
    return interview_with([iris, ivo])


def record(browser: Client, interview: Interview, outcome: str, expect: int = 303):
    name = interview.public_id
    return browser.post(
        f"/interviews/{name}",
        data={"do": "record", f"{name}-outcome": outcome, f"{name}-note": "Called twice."},
        expect=expect,
    )


def test_after_a_no_show_nobody_owes_a_scorecard(
    client: Client, rina: Person, iris: Person, interview: Interview
):
    save(card_of(interview, iris), note_1="Waited twenty minutes.")
    browser = client.as_(rina)
    record(browser, interview, "candidate did not come")

    assert {seat.state for seat in interview.assignments} == {AssignmentState.WAIVED}
    assert {seat.reason for seat in interview.assignments} == {"Candidate did not come."}
    assert queries.open_assignments_in(interview.application) == []
    page = words(browser.get(f"/applications/{interview.application.public_id}"))
    assert "Candidate did not come. Called twice." in page
    assert "Schedule it again" in page
    own = client.as_(iris).get(f"/scorecards/{card_of(interview, iris).public_id}")
    assert "Waited twenty minutes." in own.text, "what was begun is kept with its author"


def test_after_a_no_show_the_next_one_is_a_new_attempt(
    app: Flask, iris: Person, ivo: Person, interview: Interview
):
    interview.outcome = Outcome.NO_SHOW
    again = interview_with([iris, ivo], of=interview.application)

    assert again.attempt == 2
    assert seat_of(again, iris).is_open
    assert interview.attempt == 1


def test_an_interview_cut_short_is_still_scored(
    client: Client, rina: Person, iris: Person, interview: Interview
):
    record(client.as_(rina), interview, "cut short")

    assert seat_of(interview, iris).is_open
    submit(card_of(interview, iris))
    assert seat_of(interview, iris).state is AssignmentState.SUBMITTED


def test_an_outcome_is_recorded_once(client: Client, rina: Person, interview: Interview):
    browser = client.as_(rina)
    record(browser, interview, "cut short")
    refused = record(browser, interview, "candidate did not come", expect=409)

    assert "recorded already" in words(refused)
    db.session.refresh(interview)
    assert interview.outcome is Outcome.CUT_SHORT


def test_an_outcome_has_to_be_chosen(client: Client, rina: Person, interview: Interview):
    refused = record(client.as_(rina), interview, "", expect=422)
    assert "Choose what happened" in words(refused)
    assert "Called twice." in refused.text


def test_an_interview_that_is_over_is_not_moved(client: Client, rina: Person, interview: Interview):
    browser = client.as_(rina)
    record(browser, interview, "candidate did not come")
    refused = browser.post(
        f"/interviews/{interview.public_id}",
        data={
            "do": "move",
            f"{interview.public_id}-starts_at": "2026-03-12T09:00",
            f"{interview.public_id}-minutes": "20",
        },
        expect=409,
    )
    assert "This interview is over" in words(refused)


def test_outsiders_and_interviewers_do_not_find_it(
    client: Client, iris: Person, olga: Person, ada: Person, interview: Interview
):
    for somebody in (iris, olga, ada):
        record(client.as_(somebody), interview, "cut short", expect=404)


def test_a_withdrawal_closes_what_is_open_and_keeps_what_is_in(
    client: Client, rina: Person, iris: Person, ivo: Person
):
    interview = interview_with([iris, ivo], submitted=[iris])
    client.as_(rina).post(
        f"/applications/{interview.application.public_id}/withdrawal",
        data={"reason": "Took another job."},
        expect=303,
    )

    assert seat_of(interview, iris).state is AssignmentState.SUBMITTED
    assert seat_of(interview, ivo).state is AssignmentState.WAIVED
    assert seat_of(interview, ivo).reason == "The candidate withdrew."
    assert queries.sight(actor(rina), interview.application).all_settled
