"""Rows that tell of the same visit twice."""

import numpy as np

from reports.visits.rows import NEVER
from reports.visits.table import Ints, Visits

_SAME = ("clinician", "day", "kind", "booked", "arrived", "minutes", "booked_at", "begun", "opened", "signed")
_TIMES = ("booked_at", "begun", "opened", "signed")
_MIXER, _HALF = np.uint64(0x9E3779B97F4A7C15), np.uint64(29)
_BITS = 21


def duplicates(visits: Visits) -> tuple[list[int], list[int]]:
    """The numbers of rows that repeat an earlier one in every cell, and those of the rows they repeat.

    Only rows that name a time are looked at: two visits of a day told without any may well look the same.
    Those whose times are the same in a mixture of their bits are compared whole.
    """
    suspects = _suspects(visits)
    if not len(suspects):
        return [], []
    some = visits.at(suspects[np.argsort(visits.row[suspects])])
    seen: dict[tuple[object, ...], int] = {}
    again, first = [], []
    columns = [getattr(some, name).tolist() for name in _SAME]
    for row, *cells in zip(some.row.tolist(), *columns, strict=True):
        if (known := seen.setdefault(tuple(cells), row)) != row:
            again.append(row)
            first.append(known)
    return again, first


def _suspects(visits: Visits) -> Ints:
    """The places of rows whose clinician and times another row has, too, as far as their bits, mixed, tell.

    Every row puts its place into a slot; whoever finds another's place there with the same mixture is a
    suspect, and so is that one. Those that only met in a slot try again with other slots.
    """
    mixed = visits.clinician.astype(np.uint64)
    timed = np.zeros(len(visits), dtype=np.bool_)
    for name in _TIMES:
        column = getattr(visits, name)
        timed |= column != NEVER
        mixed ^= column.view(np.uint64)
        mixed *= _MIXER
        mixed ^= mixed >> _HALF
    rest = np.flatnonzero(timed)
    slots, found = np.empty(2**_BITS, dtype=np.int64), []
    while len(rest):
        slot = (mixed.take(rest) >> np.uint64(64 - _BITS)).view(np.int64)
        slots[slot] = rest
        other = slots.take(slot)
        same = (mixed.take(rest) == mixed.take(other)) & (rest != other)
        found += [rest[same], other[same]]
        rest = rest[(rest != other) & ~same]
        mixed[rest] *= _MIXER
    return np.unique(np.concatenate(found)) if found else rest
