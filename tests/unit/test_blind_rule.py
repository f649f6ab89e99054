"""The blind rule, and the next step that must not tell what it hides."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from app.scoring import rules
from app.scoring.rules import Owed, Planned, Seat, StageState, Step

NOW = datetime(2026, 3, 10, 17, tzinfo=UTC)
IRIS, IVO, HANA = 1, 2, 3
TODAY, OTHER_STAGE = 10, 11


def seat(
    person: int, interview: int = TODAY, *, is_open: bool = False, is_in: bool = False, counts: bool = True
) -> Seat:
    return Seat(interview, person, is_open, is_in, counts)


def sight(viewer: int, *seats: Seat) -> rules.Sight:
    return rules.sight(viewer, seats, job_id=7, is_active=True, interview_id=TODAY)


def test_the_panel_is_complete_when_every_counting_seat_is_settled():
    assert sight(IRIS, seat(IRIS, is_in=True), seat(IVO, is_in=True)).panel_complete
    assert sight(IRIS, seat(IRIS, is_in=True), seat(IVO)).panel_complete, "a waived seat is settled"
    assert not sight(IRIS, seat(IRIS, is_in=True), seat(IVO, is_open=True)).panel_complete


def test_a_seat_that_does_not_count_keeps_nobody_waiting():
    assert sight(IRIS, seat(IRIS, is_in=True), seat(IVO, is_open=True, counts=False)).panel_complete


def test_a_seat_of_mine_in_another_stage_closes_this_one():
    assert sight(
        IRIS, seat(IRIS, is_in=True), seat(IVO, is_in=True), seat(IRIS, OTHER_STAGE, is_open=True)
    ).mine_open


def test_whoever_was_waived_or_replaced_does_not_sit_on_the_panel():
    assert not sight(IRIS, seat(IRIS), seat(IVO, is_in=True)).sits_on_panel


def test_nothing_is_complete_where_nobody_sits():
    assert not sight(HANA).panel_complete


def test_a_decision_waits_for_every_seat_whether_it_counts_or_not():
    assert not sight(HANA, seat(IVO, is_in=True), seat(IRIS, is_open=True, counts=False)).all_settled


def state(**facts: object) -> StageState:
    usual = {"starts_at": NOW, "is_no_show": False, "mine_open": False, "complete": False, "some_in": False}
    return rules.stage_state(**(usual | facts), now=NOW)  # type: ignore[arg-type]


@pytest.mark.parametrize("complete", [True, False])
@pytest.mark.parametrize("some_in", [True, False])
def test_a_stage_is_closed_alike_whatever_lies_behind(complete: bool, some_in: bool):
    assert state(mine_open=True, complete=complete, some_in=some_in) is StageState.CLOSED


def test_a_stage_is_not_yet_until_its_interview_began():
    assert state(starts_at=None) is StageState.NOT_YET
    assert state(starts_at=NOW + timedelta(hours=1)) is StageState.NOT_YET
    assert state(is_no_show=True, complete=True) is StageState.NOT_YET
    assert state() is StageState.WAITING
    assert state(complete=True) is StageState.COMPLETE


def planned(state: StageState, hours: int | None = -1) -> Planned:
    return Planned("Ten on the book", state, None if hours is None else NOW + timedelta(hours=hours))


def step(stages: list[Planned], owed: list[Owed] | None = None) -> Step:
    return rules.next_step(stages, owed or [], is_active=True, now=NOW).step


def test_the_next_step_goes_from_scheduling_to_the_debrief():
    assert step([planned(StageState.COMPLETE), planned(StageState.NOT_YET, None)]) is Step.SCHEDULE
    assert step([planned(StageState.WAITING), planned(StageState.NOT_YET, 3)]) is Step.INTERVIEW
    assert step([planned(StageState.COMPLETE), planned(StageState.WAITING)]) is Step.WAIT
    assert step([planned(StageState.COMPLETE), planned(StageState.COMPLETE)]) is Step.DEBRIEF


def test_whoever_owes_a_scorecard_is_told_of_that_and_nothing_else():
    owed = [Owed("Ten on the book", uuid.uuid4(), NOW - timedelta(hours=1), NOW)]
    assert step([planned(StageState.CLOSED)], owed) is Step.SCORE
    later = [Owed("Ten on the book", uuid.uuid4(), NOW + timedelta(hours=1), NOW)]
    assert step([planned(StageState.CLOSED)], later) is Step.MEET


def test_nothing_comes_after_the_end():
    assert rules.next_step([], [], is_active=False, now=NOW).step is Step.ENDED
