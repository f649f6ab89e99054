"""The list of a job's candidates: where each stands, who is waited on, and what comes next."""

from datetime import timedelta

import pytest
from flask import Flask

from app.candidates import services as candidates
from app.core import cache, clock
from app.core.db import db
from app.identity.models import Person
from app.jobs.models import Job
from app.scoring import queries
from app.scoring.results import BoardRow
from app.scoring.rules import Group, StageState, Step
from tests.client import Client, count_queries
from tests.factories.people import actor
from tests.factories.scoring import NOON, application, card_of, interview_with

LATER = NOON + timedelta(hours=3)


def row_of(person: Person, job: Job) -> BoardRow:
    (row,) = queries.board(actor(person), job, 1).rows
    return row


def test_a_candidate_with_nothing_scheduled_waits_for_that(
    app: Flask, rina: Person, iris: Person, ivo: Person
):
    row = row_of(rina, application([iris, ivo]).job)

    assert [cell.state for cell in row.stages] == [StageState.NOT_YET] * 3
    assert row.waited_on == ()
    assert (row.next_step.step, row.next_step.title) == (Step.SCHEDULE, row.stages[0].title)


def test_whoever_has_not_handed_in_is_waited_on_once_the_interview_is_over(
    app: Flask, rina: Person, iris: Person, ivo: Person
):
    job = interview_with([iris, ivo], submitted=[iris]).application.job

    with clock.at(NOON - timedelta(hours=1)):
        assert row_of(rina, job).waited_on == ()
    with clock.at(LATER):
        row = row_of(rina, job)
        assert [(who.name, who.is_past_due) for who in row.waited_on] == [("Ivo Lind", False)]
        assert row.stages[0].state is StageState.WAITING


def test_past_due_is_a_badge(app: Flask, rina: Person, iris: Person, ivo: Person):
    job = interview_with([iris, ivo], submitted=[iris]).application.job
    with clock.at(NOON + timedelta(days=2)):
        assert [who.is_past_due for who in row_of(rina, job).waited_on] == [True]


def test_the_next_interview_comes_before_waiting(app: Flask, rina: Person, iris: Person, ivo: Person):
    first = interview_with([iris, ivo], submitted=[iris])
    second = interview_with([iris, ivo], of=first.application, stage=2, starts_at=NOON + timedelta(days=1))
    with clock.at(LATER):
        step = row_of(rina, first.application.job).next_step
    assert (step.step, step.at) == (Step.INTERVIEW, second.starts_at)


def test_all_panels_complete_leads_to_the_debrief(app: Flask, rina: Person, iris: Person, ivo: Person):
    first = interview_with([iris, ivo], submitted=[iris, ivo])
    for stage in (2, 3):
        interview_with([iris, ivo], of=first.application, stage=stage, submitted=[iris, ivo])
    with clock.at(LATER):
        row = row_of(rina, first.application.job)
    assert [cell.state for cell in row.stages] == [StageState.COMPLETE] * 3
    assert row.next_step.step is Step.DEBRIEF


@pytest.mark.parametrize("submitted", [[], ["ivo"]])
def test_a_manager_who_owes_a_scorecard_learns_only_that(
    app: Flask, hana: Person, iris: Person, ivo: Person, submitted: list[str]
):
    interview = interview_with([hana, ivo], submitted=[ivo] if submitted else [])
    interview_with([iris, ivo], of=interview.application, stage=2, submitted=[iris, ivo] if submitted else [])
    with clock.at(LATER):
        row = row_of(hana, interview.application.job)

    assert [cell.state for cell in row.stages] == [StageState.CLOSED, StageState.CLOSED, StageState.NOT_YET]
    assert row.waited_on == ()
    assert row.mine_open
    assert (row.next_step.step, row.next_step.card) == (Step.SCORE, card_of(interview, hana).public_id)


def test_the_recruiter_sees_of_the_same_candidate_who_is_waited_on(
    app: Flask, rina: Person, hana: Person, ivo: Person
):
    interview = interview_with([hana, ivo], submitted=[ivo])
    with clock.at(LATER):
        assert [who.name for who in row_of(rina, interview.application.job).waited_on] == ["Hana Sato"]


def test_an_outsider_has_an_empty_board(app: Flask, iris: Person, ivo: Person, olga: Person, ada: Person):
    job = interview_with([iris, ivo]).application.job
    for somebody in (iris, olga, ada):
        assert queries.board(actor(somebody), job, 1).rows == ()


def test_who_withdrew_is_counted_apart(client: Client, rina: Person, iris: Person, ivo: Person):
    found = application([iris, ivo])
    application([iris, ivo], name="Theo Brandt", job=found.job)
    client.as_(rina).post(
        f"/applications/{found.public_id}/withdrawal", data={"reason": "Took another job."}, expect=303
    )

    board = queries.board(actor(rina), found.job, 1, group=Group.WITHDRAWN)
    assert board.by_group == {Group.ACTIVE: 1, Group.DECIDED: 0, Group.WITHDRAWN: 1}
    assert [row.application.candidate.name for row in board.rows] == ["Cleo Marsh"]
    assert board.rows[0].next_step.step is Step.ENDED


def test_the_board_takes_as_many_queries_for_a_thousand_candidates_as_for_ten(
    client: Client, rina: Person, iris: Person, ivo: Person
):
    job = interview_with([iris, ivo], submitted=[iris]).application.job
    job_id, address = job.id, f"/jobs/{job.public_id}"
    recruiter, browser = actor(rina), client.as_(rina)

    def add(names: range) -> None:
        for number in names:
            candidates.add_candidate(recruiter, db.session.get_one(Job, job_id), name=f"Candidate {number}")
        db.session.commit()

    def queries_sent() -> tuple[int, int]:
        db.session.expunge_all()
        cache.forget()
        found = db.session.get_one(Job, job_id)
        with count_queries() as board:
            queries.board(recruiter, found, 1)
        db.session.expunge_all()
        with count_queries() as page:
            browser.get(address, expect=200)
        return len(board), len(page)

    add(range(9))
    for row in queries.board(recruiter, job, 1).rows[1:]:
        interview_with([iris, ivo], of=row.application, submitted=[iris])
    with_ten = queries_sent()
    add(range(9, 1_000))

    assert queries_sent() == with_ten
    assert with_ten[0] <= 6
    assert with_ten[1] <= 15
