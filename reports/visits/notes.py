"""How long notes were written outside visits, and how much of it outside paid hours.

A minute is a minute of writing while a note is open and its author is with nobody. It is shared equally by
the notes that are open at once, so that no minute counts twice. A note that stays open for longer than
`longest` outside visits tells when it was signed, but not how long it was written: it is not measured, and
how many there are is said.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from reports.visits.rows import NEVER, SECONDS_A_DAY
from reports.visits.table import Array, Floats, Ints, Mask, Visits

ROWS_AT_A_TIME = 100_000


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """Stretches of days, from one on until before another, each of one clinician, ordered by clinician."""

    clinician: Array
    first: Array
    end: Array

    def within(self, first: int, last: int) -> tuple["Spans", slice]:
        """Those of the clinicians from one to another, and where they are."""
        low, high = np.searchsorted(self.clinician, [first, last + 1])
        here = slice(int(low), int(high))
        return Spans(self.clinician[here], self.first[here], self.end[here]), here


@dataclass(frozen=True, slots=True, eq=False)
class Writing:
    """Seconds of writing: of each note (nan where it is not measured), and in each span of days."""

    of_notes: Floats
    too_long: Mask
    in_spans: Floats
    after_hours: Floats


def writing(visits: Visits, spans: Spans, days: Spans, *, paid: tuple[int, int], longest: int) -> Writing:
    """Measure the notes of visits that are ordered by clinician.

    `paid` are the seconds of a day between which hours are paid, on each of these days: those on which the
    clinician has a visit booked or done. On any other day none are.
    """
    of_notes, too_long = np.full(len(visits), np.nan), np.zeros(len(visits), dtype=np.bool_)
    in_spans, after_hours = np.zeros(len(spans.first)), np.zeros(len(spans.first))
    for low, high in _blocks(visits.clinician):
        some = visits.at(slice(low, high, None))
        first, last = int(some.clinician[0]), int(some.clinician[-1])
        some_spans, here = spans.within(first, last)
        found = _of_some(some, some_spans, days.within(first, last)[0], paid, longest)
        of_notes[low:high], too_long[low:high] = found.of_notes, found.too_long
        in_spans[here], after_hours[here] = found.in_spans, found.after_hours
    return Writing(of_notes, too_long, in_spans, after_hours)


def _blocks(clinician: Array) -> Iterator[tuple[int, int]]:
    """Stretches of rows that hold every row of whichever clinician they hold."""
    low = 0
    while low < len(clinician):
        last = clinician[min(low + ROWS_AT_A_TIME, len(clinician)) - 1]
        high = int(np.searchsorted(clinician, last, side="right"))
        yield low, high
        low = high


def _of_some(visits: Visits, spans: Spans, days: Spans, paid: tuple[int, int], longest: int) -> Writing:
    """Everything that begins or ends, in order; between two such moments nothing changes."""
    noted = np.flatnonzero((visits.opened != NEVER) & (visits.signed != NEVER))
    placed = np.flatnonzero(visits.begun != NEVER)
    of_note, of_visit = visits.clinician[noted], visits.clinician[placed]
    opened, signed, begun = visits.opened[noted], visits.signed[noted], visits.begun[placed]
    left = begun + np.rint(visits.minutes[placed] * 60).astype(np.int64)
    midnight = days.first.astype(np.int64) * SECONDS_A_DAY
    starts = spans.first.astype(np.int64) * SECONDS_A_DAY
    ends = spans.end.astype(np.int64) * SECONDS_A_DAY

    line = _Line.of(
        [
            (of_visit, begun, left),
            (of_note, opened, signed),
            (days.clinician, midnight + paid[0], midnight + paid[1]),
            (spans.clinician, starts, ends),
        ]
    )
    free = line.length * (line.running(0) == 0)
    too_long = signed - opened > longest
    if too_long.any():
        too_long = line.between(free, 1) > longest
    open_at_once = line.running(1, ~too_long)
    written = free * (open_at_once > 0)
    share = line.between(written / np.maximum(open_at_once, 1), 1)
    unpaid = written * (line.running(2) == 0)

    of_notes, marked = np.full(len(visits), np.nan), np.zeros(len(visits), dtype=np.bool_)
    of_notes[noted], marked[noted] = np.where(too_long, np.nan, share), too_long
    return Writing(of_notes, marked, line.within(written), line.within(unpaid))


@dataclass(frozen=True, slots=True, eq=False)
class _Line:
    """The beginnings and ends of several kinds of thing on one line of time, one clinician after another.

    `places` has for each kind where on the line its things begin and where they end.
    """

    length: Ints  # From each moment to the next.
    places: list[tuple[Ints, Ints]]

    @classmethod
    def of(cls, kinds: list[tuple[Array, Array, Array]]) -> "_Line":
        """Put them in order; each kind is told by whose its things are, when they begin and when they end."""
        whose = np.concatenate([one for of, _, _ in kinds for one in (of, of)]).astype(np.int64)
        times = np.concatenate([one for _, first, end in kinds for one in (first, end)])
        times -= times.min()
        times += (whose - whose.min()) * (int(times.max()) + 1)
        order = np.argsort(times, kind="stable")  # quick where rows are in order, as they mostly are
        place = np.empty(len(order), dtype=np.int64)
        place[order] = np.arange(len(order))
        ordered = times.take(order)
        cuts = np.cumsum([len(one) for _, first, end in kinds for one in (first, end)])[:-1]
        parts = np.split(place, cuts)
        return cls(np.diff(ordered, append=ordered[-1]), list(zip(parts[::2], parts[1::2], strict=True)))

    def running(self, kind: int, which: Mask | None = None) -> Array:
        """How many things of a kind, of these if a mask is given, are going on from each moment on."""
        begin, end = self.places[kind]
        if which is not None:
            begin, end = begin[which], end[which]
        change = np.zeros(len(self.length), dtype=np.int8)
        change[begin], change[end] = 1, -1
        return np.cumsum(change, dtype=np.int32)

    def between(self, amount: Array, kind: int) -> Array:
        """What amounts at each moment add up to from the beginning to the end of each thing of a kind."""
        upto = np.zeros(len(amount) + 1, dtype=amount.dtype)
        np.cumsum(amount, out=upto[1:])
        begin, end = self.places[kind]
        return np.asarray(upto.take(end) - upto.take(begin))

    def within(self, amount: Array) -> Floats:
        """The same for the things of the last kind, which follow each other."""
        begin, end = self.places[-1]
        both = np.stack([begin, end], axis=1).ravel()
        return np.add.reduceat(amount, both)[::2].astype(np.float64) if len(both) else np.zeros(0)
