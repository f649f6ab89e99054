"""Rows that tell of the same visit twice."""

import numpy as np

from reports.visits.rows import NEVER
from reports.visits.table import Ints, Visits

_SAME = ("clinician", "day", "kind", "booked", "arrived", "minutes", "booked_at", "begun", "opened", "signed")
_TIMES = ("booked_at", "begun", "opened", "signed")
_MIXER = np.uint64(0x9E3779B97F4A7C15)


def duplicates(visits: Visits) -> tuple[Ints, Ints]:
    """The numbers of rows that repeat an earlier one in every cell, and those of the rows they repeat.

    Only rows that name a time are looked at: two visits of a day told without any may well look the same.
    """
    timed = np.flatnonzero(np.logical_or.reduce([getattr(visits, name) != NEVER for name in _TIMES]))
    mixed = np.zeros(len(timed), dtype=np.uint64)
    for name in _SAME:
        column = getattr(visits, name)[timed]
        bits = column.view(np.uint64) if column.dtype.itemsize == 8 else column.astype(np.uint64)
        mixed = (mixed ^ bits) * _MIXER
        mixed ^= mixed >> np.uint64(29)
    order = np.lexsort((visits.row[timed], mixed))
    ordered = mixed[order]
    places = timed[order]
    heads = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]])) if len(order) else order
    first = places[np.repeat(heads, np.diff(np.append(heads, len(order))))]
    same = places != first
    for name in _SAME:
        column = getattr(visits, name)
        same &= column[places] == column[first]
    by_row = np.argsort(visits.row[places[same]])
    return visits.row[places[same]][by_row], visits.row[first[same]][by_row]
