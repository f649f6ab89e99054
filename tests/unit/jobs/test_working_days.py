"""Working days run from Monday to Friday."""

from datetime import date

import pytest

from app.jobs.rules import working_days_after

TUESDAY, FRIDAY, SUNDAY = date(2026, 3, 10), date(2026, 3, 13), date(2026, 3, 15)


@pytest.mark.parametrize(
    ("day", "days", "then"),
    [
        (TUESDAY, 0, TUESDAY),
        (TUESDAY, 3, FRIDAY),
        (TUESDAY, 5, date(2026, 3, 17)),
        (FRIDAY, 1, date(2026, 3, 16)),
        (SUNDAY, 1, date(2026, 3, 16)),
    ],
)
def test_a_weekend_does_not_count(day, days, then):
    assert working_days_after(day, days) == then
