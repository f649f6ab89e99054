"""Excusing somebody from their scorecard, and giving a seat to somebody else."""

from datetime import timedelta

import pytest
from flask import Flask

from app.core import clock
from app.core.db import db
from app.identity.models import Person
from app.jobs import services as jobs
from app.loops.models import AssignmentPart
from app.policy import Part
from app.scoring import queries, services
from app.scoring.models import Assignment, AssignmentState, Interview
from tests.client import Client, words
from tests.factories import people
from tests.factories.people import actor
from tests.factories.scoring import NOON, card_of, interview_with, save, seat_of, submit


@pytest.fixture
def interview(app: Flask, iris: Person, ivo: Person) -> Interview:
    """An interview whose Iris is in and whose Ivo is not."""
    return interview_with([iris, ivo], submitted=[iris])


def waive(browser: Client, seat: Assignment, reason: str = "Was called to a patient.", expect: int = 303):
    name = seat.public_id
    return browser.post(f"/assignments/{name}", data={"do": "waive", f"{name}-reason": reason}, expect=expect)


def replace(browser: Client, seat: Assignment, by: Person, reason: str = "Is ill.", expect: int = 303):
    name = seat.public_id
    return browser.post(
        f"/assignments/{name}",
        data={"do": "replace", f"{name}-by": str(by.public_id), f"{name}-reason": reason},
        expect=expect,
    )


# Waiving ----------------------------------------------------------------------------------------------------


def test_a_waived_scorecard_completes_the_panel(
    client: Client, rina: Person, iris: Person, ivo: Person, interview: Interview
):
    browser = client.as_(rina)
    waive(browser, seat_of(interview, ivo))

    assert seat_of(interview, ivo).state is AssignmentState.WAIVED
    assert seat_of(interview, ivo).settled_by_id == rina.id
    assert queries.sight(actor(iris), interview.application, interview).panel_complete
    page = words(browser.get(f"/applications/{interview.application.public_id}"))
    assert "Waived: Was called to a patient." in page


def test_a_waiver_needs_its_reason(client: Client, rina: Person, ivo: Person, interview: Interview):
    refused = waive(client.as_(rina), seat_of(interview, ivo), reason=" ", expect=422)
    assert "Say why, in a few words" in words(refused)
    assert seat_of(interview, ivo).is_open


def test_what_is_handed_in_cannot_be_waived(client: Client, rina: Person, iris: Person, interview: Interview):
    refused = waive(client.as_(rina), seat_of(interview, iris), expect=403)
    assert "not open any more" in words(refused)
    assert seat_of(interview, iris).state is AssignmentState.SUBMITTED


def test_a_manager_who_owes_a_scorecard_cannot_waive_that_of_a_colleague(
    client: Client, hana: Person, ivo: Person
):
    interview = interview_with([hana, ivo])
    refused = waive(client.as_(hana), seat_of(interview, ivo), expect=403)
    assert "Closed until yours is in" in words(refused)
    assert seat_of(interview, ivo).is_open


def test_nobody_outside_the_job_finds_a_seat(
    client: Client, iris: Person, ivo: Person, ada: Person, olga: Person, interview: Interview
):
    for somebody in (iris, ada, olga):
        waive(client.as_(somebody), seat_of(interview, ivo), expect=404)
        replace(client.as_(somebody), seat_of(interview, ivo), iris, expect=404)
    assert seat_of(interview, ivo).is_open


def test_a_waived_interviewer_keeps_what_they_began_and_sees_no_colleague(
    client: Client, rina: Person, ivo: Person, interview: Interview
):
    save(card_of(interview, ivo), note_1="“I call him first.”")
    waive(client.as_(rina), seat_of(interview, ivo))

    own = client.as_(ivo).get(f"/scorecards/{card_of(interview, ivo).public_id}", expect=200)
    assert "“I call him first.”" in own.text
    assert "Waived" in words(own)
    assert not any(one.is_open for one in queries.panel_scores(actor(ivo), interview.application))


# Replacing --------------------------------------------------------------------------------------------------


def test_a_seat_goes_to_somebody_else_with_a_scorecard_of_their_own(
    client: Client, rina: Person, hana: Person, ivo: Person, interview: Interview
):
    save(card_of(interview, ivo), note_1="“I call him first.”")
    replace(client.as_(rina), seat_of(interview, ivo), hana)

    assert seat_of(interview, ivo).state is AssignmentState.REPLACED
    taken = seat_of(interview, hana)
    assert taken.is_open
    assert taken.part is AssignmentPart.CO_INTERVIEWER
    assert not taken.is_informed
    assert queries.saved_fields(taken.scorecard) == {}
    own = client.as_(ivo).get(f"/scorecards/{card_of(interview, ivo).public_id}", expect=200)
    assert "“I call him first.”" in own.text
    assert "does not count" in words(own)


def test_the_newcomer_has_a_day_when_the_scorecard_was_due_already(
    app: Flask, rina: Person, hana: Person, ivo: Person, interview: Interview
):
    late = NOON + timedelta(days=4)
    with clock.at(late):
        taken = services.replace_interviewer(
            actor(rina), seat_of(interview, ivo), by=hana, reason="Left the employer."
        )
    assert taken.due_at == late + timedelta(hours=24)


def test_the_replaced_one_is_not_waited_for_and_does_not_count(
    app: Flask, rina: Person, hana: Person, iris: Person, ivo: Person, interview: Interview
):
    services.replace_interviewer(actor(rina), seat_of(interview, ivo), by=hana, reason="Is ill.")
    submit(card_of(interview, hana))

    assert queries.sight(actor(iris), interview.application, interview).panel_complete
    names = {
        card.name for one in queries.panel_scores(actor(iris), interview.application) for card in one.cards
    }
    assert names == {"Iris Okafor", "Hana Sato"}


def test_whoever_has_or_had_a_seat_cannot_take_another(
    client: Client, rina: Person, iris: Person, ivo: Person, interview: Interview
):
    refused = replace(client.as_(rina), seat_of(interview, ivo), iris, expect=422)
    assert "has or had a seat in this interview already" in words(refused)
    assert seat_of(interview, ivo).is_open


def test_a_shadow_replaced_by_somebody_who_could_read_the_panel_is_informed_and_does_not_count(
    app: Flask, rina: Person, hana: Person, iris: Person, ivo: Person
):
    tess = people.person("Tess Moor", *iris.roles)
    interview = interview_with([iris, ivo, tess])
    jobs.add_to_team(actor(hana), interview.application.job, tess, Part.INTERVIEWER)
    seat_of(interview, tess).part = AssignmentPart.SHADOW
    submit(card_of(interview, iris))
    submit(card_of(interview, ivo))
    taken = services.replace_interviewer(actor(rina), seat_of(interview, tess), by=hana, reason="Is ill.")

    assert taken.is_informed
    assert not taken.counts


def test_a_seat_is_settled_once(app: Flask, rina: Person, ivo: Person, interview: Interview):
    seat = seat_of(interview, ivo)
    services.waive(actor(rina), seat, reason="Is ill.")
    db.session.commit()
    assert not queries.assignment_sight(actor(rina), seat).assignment_is_open
