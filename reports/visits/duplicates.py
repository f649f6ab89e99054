"""Rows that tell of the same visit twice."""

import numpy as np

from reports.visits.rows import NEVER
from reports.visits.table import Ints, Visits

_SAME = ("clinician", "day", "kind", "booked", "arrived", "minutes", "booked_at", "begun", "opened", "signed")
_TIMES = ("booked_at", "begun", "opened", "signed")
_MIXER, _HALF = np.uint64(0x9E3779B97F4A7C15), np.uint64(29)


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

    Half of the mixed bits are sorted, which lays what is the same side by side. The first half of those picks
    the few rows that are worth another look.
    """
    mixed = visits.clinician.astype(np.uint64)
    timed = np.zeros(len(visits), dtype=np.bool_)
    for name in _TIMES:
        column = getattr(visits, name)
        timed |= column != NEVER
        mixed ^= column.view(np.uint64)
        mixed *= _MIXER
        mixed ^= mixed >> _HALF
    bits = (mixed >> np.uint64(32)).astype(np.uint32)
    ordered = np.sort(bits[timed])
    twice = ordered[1:][ordered[1:] == ordered[:-1]]
    near = np.zeros(2**16, dtype=np.bool_)
    near[twice >> 16] = True
    worth = np.flatnonzero(near.take(bits >> 16) & timed)
    return worth[np.isin(bits[worth], twice)]
