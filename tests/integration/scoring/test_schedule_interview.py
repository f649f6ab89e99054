"""Scheduling an interview, and moving it."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app.candidates.models import Application
from app.core.db import db
from app.identity.models import Person
from app.loops import services as loops
from app.loops.models import AssignmentPart, Stage
from app.scoring import queries
from app.scoring.models import Interview
from tests.client import Client, words
from tests.factories.loops import open_loop
from tests.factories.people import actor
from tests.factories.scoring import application, interview_with


@pytest.fixture
def cleo(app: Flask, iris: Person, ivo: Person) -> Application:
    """Cleo's application, with nothing scheduled."""
    return application([iris, ivo])


def first_stage(cleo: Application) -> Stage:
    loop = queries.loop_of(cleo)
    assert loop is not None
    return loop.stages[0]


def schedule(
    browser: Client, cleo: Application, at: Stage | None = None, expect: int = 303, **fields: object
):
    stage = at or first_stage(cleo)
    usual = {"starts_at": "2026-03-10T10:30", "minutes": "20", "place": "Room 2"}
    return browser.post(
        f"/applications/{cleo.public_id}",
        data={"stage": str(stage.public_id)}
        | {f"{stage.public_id}-{name}": value for name, value in (usual | fields).items()},
        expect=expect,
    )


def only_interview() -> Interview:
    return db.session.query(Interview).one()


def test_a_recruiter_schedules_the_panel_that_the_stage_plans(
    client: Client, rina: Person, cleo: Application, iris: Person, ivo: Person
):
    browser = client.as_(rina)
    schedule(browser, cleo)

    interview = only_interview()
    assert interview.starts_at == datetime(2026, 3, 10, 15, 30, tzinfo=UTC), "10:30 on the clock of Chicago"
    assert [(seat.person, seat.part) for seat in interview.assignments] == [
        (iris, AssignmentPart.LEAD),
        (ivo, AssignmentPart.CO_INTERVIEWER),
    ]
    assert interview.assignments[0].due_at == datetime(2026, 3, 11, 15, 50, tzinfo=UTC)
    page = words(browser.get(f"/applications/{cleo.public_id}", expect=200))
    assert "10 March, 10:30 am, 20 minutes, Room 2" in page
    assert "1 of 3 stages scheduled" in page


def test_another_panel_can_be_chosen_from_the_hiring_team(
    client: Client, rina: Person, cleo: Application, hana: Person, ivo: Person
):
    schedule(client.as_(rina), cleo, panel=[str(hana.public_id), str(ivo.public_id)])

    assert {seat.person for seat in only_interview().assignments} == {hana, ivo}
    assert AssignmentPart.LEAD in {seat.part for seat in only_interview().assignments}


def test_whoever_is_not_on_the_hiring_team_cannot_be_chosen(
    client: Client, rina: Person, cleo: Application, olga: Person
):
    schedule(client.as_(rina), cleo, panel=[str(olga.public_id)], expect=422)
    assert db.session.query(Interview).count() == 0


def test_a_time_that_the_clocks_jump_over_is_refused_and_everything_typed_stays(
    client: Client, rina: Person, cleo: Application
):
    refused = schedule(
        client.as_(rina), cleo, starts_at="2026-03-08T02:30", place="The quiet room", expect=422
    )

    assert "does not exist in America/Chicago" in words(refused)
    assert "2026-03-08T02:30" in refused.text
    assert "The quiet room" in refused.text


def test_a_time_that_comes_twice_is_taken_once_it_is_said_which(
    client: Client, rina: Person, cleo: Application
):
    browser = client.as_(rina)
    asked = schedule(browser, cleo, starts_at="2026-11-01T01:30", expect=422)
    assert "Which of the two" in words(asked)
    schedule(browser, cleo, starts_at="2026-11-01T01:30", which="second")

    assert only_interview().starts_at == datetime(2026, 11, 1, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("minutes", "3", "A whole number from 5 to 240."),
        ("minutes", "soon", "Not a valid integer value."),
        ("starts_at", "", "Choose a day and a time."),
    ],
)
def test_a_field_that_cannot_be_taken_says_why(
    client: Client, rina: Person, cleo: Application, field: str, value: str, sentence: str
):
    assert sentence in words(schedule(client.as_(rina), cleo, expect=422, **{field: value}))


def test_a_stage_is_scheduled_once(client: Client, rina: Person, cleo: Application):
    browser = client.as_(rina)
    schedule(browser, cleo)
    assert "scheduled already" in words(schedule(browser, cleo, expect=409))


def test_a_closed_loop_takes_no_new_interview(client: Client, rina: Person, hana: Person, cleo: Application):
    loops.close_loop(actor(hana), first_stage(cleo).loop)
    assert "The loop is not open" in words(schedule(client.as_(rina), cleo, expect=409))


def test_whoever_began_a_loop_finishes_it_after_it_closed(
    client: Client, rina: Person, hana: Person, cleo: Application
):
    browser, loop = client.as_(rina), first_stage(cleo).loop
    schedule(browser, cleo)
    loops.close_loop(actor(hana), loop)
    schedule(browser, cleo, loop.stages[1], expect=303)


def test_whoever_began_a_loop_does_not_go_on_in_another(
    client: Client, rina: Person, hana: Person, iris: Person, ivo: Person, cleo: Application
):
    browser, first = client.as_(rina), first_stage(cleo).loop
    schedule(browser, cleo)
    loops.close_loop(actor(hana), first)
    second = open_loop(cleo.job, [iris, ivo])
    answer = words(schedule(browser, cleo, second.stages[1], expect=409))
    assert "This candidate began loop 1 of the job and finishes that one." in answer


def test_a_withdrawn_candidate_is_not_scheduled(client: Client, rina: Person, cleo: Application):
    browser = client.as_(rina)
    browser.post(
        f"/applications/{cleo.public_id}/withdrawal", data={"reason": "Took another job."}, expect=303
    )
    assert "decided or withdrawn" in words(schedule(browser, cleo, expect=403))


def test_the_stage_of_another_job_is_not_found(client: Client, rina: Person, cleo: Application, iris: Person):
    other = first_stage(application([iris], name="Theo Brandt"))
    client.as_(rina).post(
        f"/applications/{cleo.public_id}",
        data={
            "stage": str(other.public_id),
            f"{other.public_id}-starts_at": "2026-03-10T10:30",
            f"{other.public_id}-minutes": "20",
        },
        expect=404,
    )


def test_interviewers_and_outsiders_do_not_find_the_application(
    client: Client, cleo: Application, iris: Person, ada: Person, remi: Person, olga: Person
):
    for somebody in (iris, ada, remi, olga):
        browser = client.as_(somebody)
        browser.get(f"/applications/{cleo.public_id}", expect=404)
        schedule(browser, cleo, expect=404)


def test_moving_an_interview_moves_what_is_due(client: Client, rina: Person, iris: Person, ivo: Person):
    interview = interview_with([iris, ivo], submitted=[ivo])
    due = {seat.person: seat.due_at for seat in interview.assignments}
    client.as_(rina).post(
        f"/interviews/{interview.public_id}",
        data={"do": "move"}
        | {
            f"{interview.public_id}-{name}": value
            for name, value in {"starts_at": "2026-03-12T09:00", "minutes": "30", "place": "Call"}.items()
        },
        expect=303,
    )

    db.session.refresh(interview)
    assert interview.starts_at == datetime(2026, 3, 12, 14, 0, tzinfo=UTC)
    moved = {seat.person: seat.due_at for seat in interview.assignments}
    assert moved[iris] == datetime(2026, 3, 13, 14, 30, tzinfo=UTC)
    assert moved[ivo] == due[ivo], "what is handed in stays as it was"


def test_a_refused_move_keeps_what_was_typed(client: Client, rina: Person, iris: Person, ivo: Person):
    interview = interview_with([iris, ivo])
    refused = client.as_(rina).post(
        f"/interviews/{interview.public_id}",
        data={
            "do": "move",
            f"{interview.public_id}-starts_at": "",
            f"{interview.public_id}-place": "The quiet room",
        },
        expect=422,
    )
    assert "The quiet room" in refused.text


def test_outsiders_do_not_find_an_interview_to_move(
    client: Client, iris: Person, ivo: Person, olga: Person, ada: Person
):
    interview = interview_with([iris, ivo])
    for somebody in (iris, olga, ada):
        client.as_(somebody).post(f"/interviews/{interview.public_id}", expect=404)


def test_an_interview_far_ahead_is_due_a_day_after_its_end(app: Flask, iris: Person, ivo: Person):
    starts_at = datetime(2026, 6, 1, 15, 0, tzinfo=UTC)
    interview = interview_with([iris, ivo], starts_at=starts_at)
    assert interview.assignments[0].due_at == starts_at + timedelta(minutes=20, hours=24)
