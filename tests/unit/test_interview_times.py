"""When an interview is, where clocks go forward and back."""

from datetime import UTC, datetime

import pytest

from app.core.errors import Invalid
from app.scoring import rules

CHICAGO = "America/Chicago"


def local(*at: int) -> datetime:
    return datetime(*at)  # noqa: DTZ001 (what a wall clock shows)


def test_a_time_is_read_on_the_clock_of_the_site():
    assert rules.instant(local(2026, 3, 10, 10, 30), CHICAGO) == datetime(2026, 3, 10, 15, 30, tzinfo=UTC)


def test_a_time_that_the_clocks_jump_over_is_refused():
    with pytest.raises(Invalid) as refused:
        rules.instant(local(2026, 3, 8, 2, 30), CHICAGO)
    assert "does not exist" in refused.value.fields["starts_at"]


def test_a_time_that_comes_twice_asks_which_one():
    with pytest.raises(Invalid) as refused:
        rules.instant(local(2026, 11, 1, 1, 30), CHICAGO)
    assert "comes twice" in refused.value.fields["which"]


def test_the_first_and_the_second_are_an_hour_apart():
    first, second = (
        rules.instant(local(2026, 11, 1, 1, 30), CHICAGO, which) for which in ("first", "second")
    )
    assert (second - first).total_seconds() == 3600


def test_the_wall_clock_shows_what_was_typed():
    at = rules.instant(local(2026, 7, 1, 9, 0), CHICAGO)
    assert rules.wall_clock(at, CHICAGO) == local(2026, 7, 1, 9, 0)


def test_a_scorecard_is_due_a_day_after_the_interview_ended():
    assert rules.due(datetime(2026, 3, 10, 15, 30, tzinfo=UTC), 20) == datetime(
        2026, 3, 11, 15, 50, tzinfo=UTC
    )


@pytest.mark.parametrize(("time_box", "planned"), [(15, 20), (16, 25), (20, 25)])
def test_an_interview_is_planned_in_whole_fives(time_box: int, planned: int):
    assert rules.usual_minutes(time_box) == planned
