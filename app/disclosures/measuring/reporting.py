"""The door to the measuring of visits. It brings NumPy, so whoever needs it imports it when they do."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time
from typing import BinaryIO

from app.core.errors import Invalid
from reports.visits.files import MOST_LISTED, Unread, VisitsError, read
from reports.visits.measuring import LONGEST_NOTE, Measured, NothingToMeasure, Options
from reports.visits.measuring import measure as measure_visits
from reports.workload.budget import Period

__all__ = ["LONGEST_NOTE", "MOST_LISTED", "Found", "measure"]

_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Found:
    """What a file says, and the rows that could not be read: how many, and the first of them."""

    measured: Measured
    rows: int
    unread_count: int
    unread: tuple[Unread, ...]

    @property
    def more(self) -> int:
        """How many rows are left out without being listed."""
        return self.unread_count - len(self.unread)


def measure(
    file: BinaryIO,
    *,
    today: date,
    period: Period = "week",
    paid_from: time | None = None,
    paid_until: time | None = None,
    longest_note: int = LONGEST_NOTE,
    clinicians: Collection[str] = (),
) -> Found:
    """Measure a CSV file of visits; what cannot be measured at all is refused at the field it is about."""
    try:
        options = Options(
            paid_from=paid_from, paid_until=paid_until, period=period, longest_note=longest_note
        )
    except ValueError as problem:
        raise Invalid(paid_until=str(problem)) from None
    try:
        found = read(file, today=today.toordinal() - _EPOCH, only=clinicians)
        measured = measure_visits(found.visits, options)
    except (NothingToMeasure, VisitsError) as problem:
        raise Invalid(file=str(problem)) from None
    return Found(measured, found.rows, found.unread_count, found.unread)
