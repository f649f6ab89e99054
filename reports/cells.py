"""What is counted, in a form that adds up: distinct cells, how often each occurs, for which candidates.

A cell is a row of whole numbers: how many raters gave each score to one thing, or two raters with their two
scores. However many ratings there are, few cells differ, so that coefficients work on a short table. Two
tables of different candidates add up to the table of both.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from reports.bootstrap import Keys
from reports.tables import Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Distinct cells in ascending order, how often each occurs, and each occurrence with its candidate.

    `candidate` holds the key of the candidate of each occurrence, `place` the cell it falls in and `times`
    how often. They are empty when cells were counted without their candidates: nothing can be drawn again.
    """

    cells: Ints
    frequency: Floats
    candidate: Keys = field(repr=False)
    place: Ints = field(repr=False)
    times: Floats = field(repr=False)

    @classmethod
    def empty(cls, width: int) -> "Cells":
        """No cell at all."""
        nothing = np.zeros(0, dtype=np.int64)
        return cls(
            np.zeros((0, width), dtype=np.int64),
            np.zeros(0),
            np.zeros(0, dtype=np.uint64),
            nothing,
            np.zeros(0),
        )

    @classmethod
    def of(cls, rows: Ints, candidate: Keys | None = None, times: Floats | None = None) -> "Cells":
        """Count rows (occurrences x width), each of a candidate and occurring `times` (1)."""
        many = np.ones(len(rows)) if times is None else np.asarray(times, dtype=np.float64)
        codes, place = _distinct(rows)
        frequency = _counted(place, many, len(codes))
        if candidate is None:
            nothing = np.zeros(0, dtype=np.int64)
            return cls(codes, frequency, np.zeros(0, dtype=np.uint64), nothing, np.zeros(0))
        return cls(codes, frequency, candidate, place, many)

    @classmethod
    def joined(cls, parts: Sequence["Cells"], width: int) -> "Cells":
        """Add up tables of different candidates."""
        kept = [part for part in parts if len(part.cells)]
        if not kept:
            return cls.empty(width)
        if len(kept) == 1:
            return kept[0]
        codes, place = _distinct(np.concatenate([part.cells for part in kept]))
        starts = np.cumsum([0, *(len(part.cells) for part in kept)])
        frequency = _counted(place, np.concatenate([part.frequency for part in kept]), len(codes))
        complete = all(len(part.place) for part in kept)
        chosen = kept if complete else []
        return cls(
            codes,
            frequency,
            np.concatenate([np.zeros(0, dtype=np.uint64), *(part.candidate for part in chosen)]),
            np.concatenate(
                [
                    np.zeros(0, dtype=np.int64),
                    *(place[start + part.place] for start, part in zip(starts, chosen, strict=False)),
                ]
            ),
            np.concatenate([np.zeros(0), *(part.times for part in chosen)]),
        )

    @property
    def has_candidates(self) -> bool:
        """Whether each occurrence came with its candidate."""
        return len(self.place) > 0


def _distinct(rows: Ints) -> tuple[Ints, Ints]:
    """The distinct rows in ascending order, and for each row which of them it is."""
    if not len(rows):
        return rows, np.zeros(0, dtype=np.int64)
    reach = rows.max(axis=0) + 1
    packed = np.zeros(len(rows), dtype=np.int64)
    if float(np.prod(reach.astype(np.float64))) >= 2**62:
        found, place = np.unique(rows, axis=0, return_inverse=True)
        return found, place.reshape(-1)
    for column, size in zip(rows.T, reach, strict=True):
        packed = packed * size + column
    return unpack(*number_densely(packed, int(np.prod(reach))), reach)


def _counted(place: Ints, weights: Floats, size: int) -> Floats:
    return np.asarray(np.bincount(place, weights=weights, minlength=size), dtype=np.float64)


def number_densely(packed: Ints, reach: int) -> tuple[Ints, Ints]:
    """The distinct numbers below `reach` in ascending order, and for each number which of them it is."""
    if reach <= max(4 * len(packed), 65_536):
        seen = np.bincount(packed, minlength=reach) > 0
        return np.flatnonzero(seen), (np.cumsum(seen) - 1)[packed]
    found, place = np.unique(packed, return_inverse=True)
    return found, place.reshape(-1)


def unpack(found: Ints, place: Ints, reach: Ints) -> tuple[Ints, Ints]:
    """Undo the packing of rows into one number each."""
    columns = np.empty((len(found), len(reach)), dtype=np.int64)
    rest = found
    for position in range(len(reach) - 1, -1, -1):
        rest, columns[:, position] = np.divmod(rest, reach[position])
    return columns, place
