"""Which weeks a file holds whole, and which weeks of which clinicians stand for the job.

The unit is a clinician-week: what one clinician did in one week, Monday to Sunday. Where the job is described
by the day it is a clinician-day.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from reports.visits.table import Array, Mask, Visits

Period = Literal["week", "day"]

MONDAY = -3  # the first day of a week, counted from 1970
DAYS = 7
MOST_WEEKS = 104
USUAL_SHARE = 0.5


def week_of(day: Array) -> Array:
    """The number of the week each day is in."""
    return (day.astype(np.int64) - MONDAY) // DAYS


@dataclass(frozen=True, slots=True)
class Window:
    """The whole weeks that are measured, as numbers of weeks; the last is among them."""

    first: int
    last: int

    @property
    def weeks(self) -> int:
        """How many there are, whether or not anybody worked in each."""
        return self.last - self.first + 1

    def holds(self, visits: Visits) -> Mask:
        week = week_of(visits.day)
        return np.asarray((week >= self.first) & (week <= self.last))


def window_of(visits: Visits, *, most: int = MOST_WEEKS) -> Window | None:
    """The whole weeks of a file, the latest `most` of them; None if there is no whole one.

    The first week is whole if the file begins on the first of its working days, the last if the file ends on
    the last of them. Its working days are the weekdays on which it has any visit.
    """
    if not len(visits):
        return None
    weekday = (visits.day.astype(np.int64) - MONDAY) % DAYS
    ends = np.array([visits.day.min(), visits.day.max()])
    begins_on, ends_on = (ends - MONDAY) % DAYS
    first, last = (int(week) for week in week_of(ends))
    first += int(begins_on > weekday.min())
    last -= int(ends_on < weekday.max())
    return Window(max(first, last - most + 1), last) if first <= last else None


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """Clinician-weeks or clinician-days, ordered by clinician and time, and the one each visit belongs to."""

    clinician: Array
    first: Array  # Its first day.
    length: int
    of_visit: Array
    is_part: Mask

    @property
    def week(self) -> Array:
        """The number of the week each is in."""
        return week_of(self.first)


def units_of(visits: Visits, period: Period) -> Units:
    """The clinician-weeks in which there is any visit, or the clinician-days.

    A week in which a clinician has no visit at all is none of theirs: leave is not an easy week. One with
    visits on fewer than half of the days that are usual in the file is part of a week: somebody was away for
    most of it, or covered a visit or two. The usual number is the median over all clinician-weeks.
    """
    length = DAYS if period == "week" else 1
    start = MONDAY if period == "week" else 0
    day, whose = visits.day.astype(np.int64) - start, visits.clinician.astype(np.int64) * 2**32
    days = np.unique(whose + day + 2**31)
    keys, of_visit = np.unique(whose + day // length + 2**31, return_inverse=True)
    of_day = days // 2**32 * 2**32 + (days % 2**32 - 2**31) // length + 2**31
    worked = np.bincount(np.searchsorted(keys, of_day), minlength=len(keys))
    return Units(
        clinician=keys // 2**32,
        first=(keys % 2**32 - 2**31) * length + start,
        length=length,
        of_visit=of_visit,
        is_part=worked < USUAL_SHARE * np.median(worked),
    )
