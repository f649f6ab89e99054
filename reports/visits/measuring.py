"""What a job's week is like, measured: the fields of a disclosure from the visits of a file.

Each value is that of one clinician in one week (of one clinician on one day where the job is described by the
day): a number of visits, a mean over the visits of that week, a share. `typical` is the median over all
clinician-weeks, `low` and `high` the 10th and 90th percentile (linear between neighbors), or the least and
the most where there are fewer than 20.

The bad week is one week, the same for every field, so that its values can be added up: of the last 12 weeks
the one that asked most of the clinicians at work, in minutes with patients and minutes of writing outside
visits, at the median over them; of two that asked the same, the later one. Where the file has three or more
clinicians, weeks in which fewer than three were at work are passed over: they would be somebody's own record.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

import numpy as np

from reports.visits.notes import Spans, Writing, writing
from reports.visits.rows import KINDS, NEVER
from reports.visits.table import Array, Floats, Mask, Visits
from reports.visits.weeks import (
    DAYS,
    MONDAY,
    MOST_WEEKS,
    Period,
    Units,
    by_clinician,
    units_of,
    window_of,
)

FEWEST_CLINICIANS = 3
FEWEST_FOR_PERCENTILES = 20
BAD_AMONG = 12
LONGEST_NOTE = 120
_EPOCH = date(1970, 1, 1).toordinal()
# By kind: how many are booked and completed, minutes with the patient, minutes of writing outside the visit.
FIELDS_OF = {
    "evaluation": (
        "evaluations_booked",
        "evaluations_completed",
        "evaluation_minutes",
        "evaluation_writing",
    ),
    "follow-up": ("follow_ups_booked", "follow_ups_completed", "follow_up_minutes", "follow_up_writing"),
    "other": ("other_visits_booked", "other_visits", "other_minutes", "other_writing"),
}

NO_NOTES = "No row has both the time a note was opened and the time it was signed, at most {} minutes apart."
NO_VISIT = "The file has no visit of this kind."
NO_ARRIVALS = "No visit of this kind has the time it began and a note that could be measured."
NO_PAID_DAY = "Say when the paid day begins and ends."


class NothingToMeasure(ValueError):
    """Why nothing could be measured of a file whose rows could be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the file does not say: paid hours, the period, how many weeks at most, which notes stayed open."""

    paid_from: time | None = None
    paid_until: time | None = None
    period: Period = "week"
    weeks: int = MOST_WEEKS
    longest_note: int = LONGEST_NOTE

    def __post_init__(self) -> None:
        if (self.paid_from is None) != (self.paid_until is None):
            raise ValueError("The paid day needs both its beginning and its end.")
        if self.paid_from and self.paid_until and self.paid_from >= self.paid_until:
            raise ValueError("The paid day ends after it begins.")
        if not 1 <= self.weeks <= MOST_WEEKS:
            raise ValueError(f"From 1 to {MOST_WEEKS} weeks.")
        if self.longest_note < 1:
            raise ValueError("The longest note is open for a minute at least.")

    @property
    def paid(self) -> tuple[int, int] | None:
        """The paid part of a day in seconds."""
        if self.paid_from is None or self.paid_until is None:
            return None
        return _seconds(self.paid_from), _seconds(self.paid_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One field, measured: over `n` clinician-weeks of `clinicians` people."""

    typical: float
    low: float
    high: float
    bad_week: float | None
    n: int
    clinicians: int

    @property
    def needs_consent(self) -> bool:
        """Whether so few are behind it that it is their own record, to be shown only if they agreed to it."""
        return self.clinicians < FEWEST_CLINICIANS


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Every field by its key, or why it could not be measured; and what it all rests on."""

    values: Mapping[str, Value]
    unmeasured: Mapping[str, str]
    weeks: int
    first_day: date
    as_of: date
    clinicians: int
    n: int
    period: Period
    bad_week: date | None  # Its Monday, or the bad day.
    visits: int
    outside: int  # Visits before or after the whole weeks.
    part_weeks: int  # Clinician-weeks left out because somebody was away for most of them.
    notes: int
    notes_too_long: int

    @property
    def needs_consent(self) -> bool:
        """Whether any value is the record of fewer than three."""
        return any(value.needs_consent for value in self.values.values())


def measure(visits: Visits, options: Options) -> Measured:
    """Measure the whole weeks of a file."""
    window = window_of(visits, most=options.weeks)
    if window is None:
        raise NothingToMeasure(
            "The file holds no whole week. A week is whole if the file has it from its first to its last "
            "working day."
        )
    inside = window.holds(visits)
    places = by_clinician(visits.clinician)
    some = visits.at(places if inside.all() else places[inside[places]])
    units = units_of(some, options.period)
    spans = Spans(units.clinician, units.first, units.first + units.length)
    days = Spans(*units.days, units.days[1] + 1)
    written = writing(some, spans, days, paid=options.paid or (0, 0), longest=options.longest_note * 60)
    found = _Columns(some, units, written, units.of_visit * len(KINDS) + some.kind)
    bad = _bad_unit(found, last_week=window.last)
    columns = found.fields(options)
    return Measured(
        values={
            key: value
            for key, column in columns.items()
            if not isinstance(column, str) and (value := found.value(column, bad)) is not None
        },
        unmeasured={
            key: column if isinstance(column, str) else "No visit of this kind was measured."
            for key, column in columns.items()
            if isinstance(column, str) or np.isnan(column[found.counts]).all()
        },
        weeks=window.weeks,
        first_day=_date(window.first * DAYS + MONDAY),
        as_of=_date(int(some.day.max())),
        clinicians=len(np.unique(units.clinician[found.counts])),
        n=int(found.counts.sum()),
        period=options.period,
        bad_week=None if bad is None else _date(bad),
        visits=len(some),
        outside=len(visits) - len(some),
        part_weeks=int(units.is_part.sum()),
        notes=int((~np.isnan(written.of_notes)).sum()),
        notes_too_long=int(written.too_long.sum()),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Columns:
    """One number for each clinician-week, nan where it has none."""

    visits: Visits
    units: Units
    writing: Writing
    cell: Array  # For each visit the number of its clinician-week and kind.

    @property
    def counts(self) -> Mask:
        """Which of them stand for the job."""
        return ~self.units.is_part

    def fields(self, options: Options) -> dict[str, Floats | str]:
        """The columns by the key of the disclosure's field, or why there is none."""
        visits = self.visits
        booked, completed, came = (
            self._by_kind(which) for which in (None, visits.arrived, visits.arrived & visits.booked)
        )
        promised = self._by_kind(visits.booked).sum(axis=1)
        minutes = self._by_kind(weights=visits.minutes)
        notes = ~np.isnan(self.writing.of_notes)
        placed = notes & (visits.begun != NEVER)
        written = self._by_kind(weights=np.where(placed, self.writing.of_notes, 0)) / 60
        measured = self._by_kind(placed)
        found: dict[str, Floats | str] = {
            "visits_booked": booked.sum(axis=1),
            "visits_completed": completed.sum(axis=1),
            "no_show": 100 - 100 * _share(came.sum(axis=1), promised),
        }
        for kind, keys in enumerate(FIELDS_OF.values()):
            if not booked[:, kind].any():
                found |= dict.fromkeys(keys, NO_VISIT)
                continue
            found |= {
                keys[0]: booked[:, kind],
                keys[1]: completed[:, kind],
                keys[2]: _share(minutes[:, kind], completed[:, kind]),
                keys[3]: _share(written[:, kind], measured[:, kind])
                if measured[:, kind].any()
                else NO_ARRIVALS,
            }
        if not notes.any():
            found["after_hours"] = NO_NOTES.format(options.longest_note)
        elif options.paid is None:
            found["after_hours"] = NO_PAID_DAY
        else:
            noted = self._by_kind(notes).sum(axis=1) > 0
            found["after_hours"] = np.where(noted, self.writing.after_hours / 60, np.nan)
        return found

    @property
    def load(self) -> Floats:
        """Minutes with patients and minutes of writing outside visits."""
        with_patients: Floats = self._by_kind(weights=self.visits.minutes).sum(axis=1)
        return with_patients + self.writing.in_spans / 60

    def value(self, column: Floats, bad: int | None) -> Value | None:
        """The column's median, range and bad week, over the clinician-weeks that have a number."""
        has = self.counts & ~np.isnan(column)
        numbers = column[has]
        if not len(numbers):
            return None
        ends = (0.1, 0.9) if len(numbers) >= FEWEST_FOR_PERCENTILES else (0.0, 1.0)
        low, typical, high = np.quantile(numbers, [ends[0], 0.5, ends[1]]).tolist()
        in_bad = column[has & (self.units.first == bad)] if bad is not None else numbers[:0]
        return Value(
            typical=typical,
            low=low,
            high=high,
            bad_week=float(np.median(in_bad)) if len(in_bad) else None,
            n=len(numbers),
            clinicians=len(np.unique(self.units.clinician[has])),
        )

    def _by_kind(self, which: Mask | None = None, *, weights: Floats | None = None) -> Floats:
        """How many visits each clinician-week has, or what they weigh: a column for each kind."""
        cells = self.cell if which is None else self.cell[which]
        size = len(self.units.first) * len(KINDS)
        found = np.bincount(cells, weights=weights, minlength=size)
        return found.astype(np.float64).reshape(-1, len(KINDS))


def _share(part: Floats, whole: Floats) -> Floats:
    """One divided by the other, nan where there is nothing to divide by."""
    found = np.full(len(whole), np.nan)
    np.divide(part, whole, out=found, where=whole > 0)
    return found


def _bad_unit(found: _Columns, *, last_week: int) -> int | None:
    """The first day of the bad week, or the bad day."""
    units = found.units
    late = found.counts & (units.week > last_week - BAD_AMONG)
    if not late.any():
        return None
    enough = min(FEWEST_CLINICIANS, len(np.unique(units.clinician[found.counts])))
    starts, load = units.first[late], found.load[late]
    asked = {
        int(start): float(np.median(load[starts == start]))
        for start in np.unique(starts)
        if (starts == start).sum() >= enough
    }
    return max(asked, key=lambda start: (asked[start], start), default=None)


def _seconds(at: time) -> int:
    return at.hour * 3600 + at.minute * 60 + at.second


def _date(day: int) -> date:
    return date.fromordinal(day + _EPOCH)
