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


def by_clinician(clinician: Array) -> Array:
    """The places of visits, one clinician after another, otherwise in the order of the file."""
    few = not len(clinician) or clinician.max() <= np.iinfo(np.int16).max
    return np.argsort(clinician.astype(np.int16) if few else clinician, kind="stable")


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """Clinician-weeks or clinician-days, ordered by clinician and time, and the one each visit belongs to."""

    clinician: Array
    first: Array  # Its first day.
    length: int
    of_visit: Array
    is_part: Mask
    days: tuple[Array, Array]  # Of whom each day with a visit is, and which, in the same order.

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
    day = visits.day.astype(np.int64) - start
    unit = day // length
    keys, of_visit = _numbered(visits.clinician, unit)
    days, _ = _numbered(visits.clinician, day)
    worked = np.bincount(np.searchsorted(_packed(*keys), _packed(days[0], days[1] // length)))
    return Units(
        clinician=keys[0],
        first=keys[1] * length + start,
        length=length,
        of_visit=of_visit,
        is_part=worked < USUAL_SHARE * np.median(worked),
        days=(days[0], days[1] + start),
    )


def _numbered(clinician: Array, time: Array) -> tuple[tuple[Array, Array], Array]:
    """The pairs that occur, in order, and the number of the one at each place.

    By counting where they lie close together, else by sorting.
    """
    first, span = int(time.min()), int(time.max() - time.min()) + 1
    people = int(clinician.max()) + 1
    if people * span > 8 * len(time) + 100_000:
        keys, numbers = np.unique(_packed(clinician, time), return_inverse=True)
        return (keys // 2**32, keys % 2**32 - 2**31), numbers
    places = clinician.astype(np.int64) * span + (time - first)
    occurs = np.zeros(people * span, dtype=np.bool_)
    occurs[places] = True
    found = np.flatnonzero(occurs)
    return (found // span, found % span + first), (np.cumsum(occurs) - 1).take(places)


def _packed(clinician: Array, time: Array) -> Array:
    return clinician.astype(np.int64) * 2**32 + time + 2**31
