"""What is counted, in a form that adds up: distinct cells, how often each occurs, for which candidates.

A cell is a row of whole numbers: how many raters gave each score to one thing, or two raters with their two
scores. However many ratings there are, few cells differ, so that coefficients work on a short table. Two
tables of different candidates add up to the table of both.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from reports.ratings.tables import Floats, Ints

NONE = np.zeros(0, dtype=np.int64)
SMALL = 65_536


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Distinct cells in ascending order, how often each occurs, and each occurrence with its candidate.

    `candidate` numbers the candidate of each occurrence, `place` is the cell it falls in and `times` how
    often. They are empty when cells were counted without their candidates: nothing can be drawn again.
    """

    cells: Ints
    frequency: Floats
    candidate: Ints = field(repr=False)
    place: Ints = field(repr=False)
    times: Floats = field(repr=False)

    @classmethod
    def empty(cls, width: int) -> "Cells":
        """No cell at all."""
        return cls(np.zeros((0, width), dtype=np.int64), np.zeros(0), NONE, NONE, np.zeros(0))

    @classmethod
    def of(cls, rows: Ints, candidate: Ints | None = None, times: Floats | None = None) -> "Cells":
        """Count rows (occurrences x width), each of a candidate and occurring `times` (1)."""
        if not len(rows):
            return cls.empty(rows.shape[1])
        reach = rows.max(axis=0) + 1
        if float(np.prod(reach.astype(np.float64))) >= 2**62:
            cells, place = np.unique(rows, axis=0, return_inverse=True)
            return cls._placed(cells, place.reshape(-1), candidate, times)
        packed = np.zeros(len(rows), dtype=np.int64)
        for column, size in zip(rows.T, reach, strict=True):
            packed = packed * size + column
        return cls.of_packed(packed, reach, candidate, times)

    @classmethod
    def of_packed(
        cls, packed: Ints, reach: Ints, candidate: Ints | None = None, times: Floats | None = None
    ) -> "Cells":
        """The same, each row packed into one number whose digits are below `reach`."""
        size = int(np.prod(reach))
        if size <= max(4 * len(packed), SMALL):
            often = np.bincount(packed, weights=times, minlength=size)
            # Of cells that occur, however little: a count of 0 is as good as none.
            found = np.flatnonzero(often != 0)
            number = np.zeros(size, dtype=np.int64)
            number[found] = np.arange(len(found))
            place = number[packed] if candidate is not None else NONE
            return cls._of(unpacked(found, reach), often[found], candidate, place, times)
        found, place = np.unique(packed, return_inverse=True)
        return cls._placed(unpacked(found, reach), place.reshape(-1), candidate, times)

    @classmethod
    def _placed(cls, cells: Ints, place: Ints, candidate: Ints | None, times: Floats | None) -> "Cells":
        often = np.bincount(place, weights=times, minlength=len(cells))
        return cls._of(cells, often, candidate, place, times)

    @classmethod
    def _of(
        cls, cells: Ints, often: Ints | Floats, candidate: Ints | None, place: Ints, times: Floats | None
    ) -> "Cells":
        frequency = np.asarray(often, dtype=np.float64)
        if candidate is None:
            return cls(cells, frequency, NONE, NONE, np.zeros(0))
        return cls(
            cells, frequency, candidate, place, np.broadcast_to(1.0, len(place)) if times is None else times
        )

    @classmethod
    def joined(cls, parts: Sequence["Cells"], width: int) -> "Cells":
        """Add up tables of different candidates, numbered alike."""
        kept = [part for part in parts if len(part.cells)]
        if len(kept) < 2:
            return kept[0] if kept else cls.empty(width)
        cells = np.concatenate([part.cells for part in kept])
        if not all(part.has_candidates for part in kept):
            return cls.of(cells, None, np.concatenate([part.frequency for part in kept]))
        once = cls.of(
            cells, np.zeros(len(cells), dtype=np.int64), np.concatenate([p.frequency for p in kept])
        )
        starts = np.cumsum([0, *(len(part.cells) for part in kept[:-1])])
        place = [once.place[start + part.place] for start, part in zip(starts, kept, strict=True)]
        return cls(
            once.cells,
            once.frequency,
            np.concatenate([part.candidate for part in kept]),
            np.concatenate(place),
            np.concatenate([part.times for part in kept]),
        )

    @property
    def has_candidates(self) -> bool:
        """Whether each occurrence came with its candidate."""
        return len(self.place) > 0


def unpacked(packed: Ints, reach: Ints) -> Ints:
    """The rows (numbers x columns) that were packed into one number each."""
    columns = np.empty((len(reach), len(packed)), dtype=np.int64)
    rest = packed
    for position in range(len(reach) - 1, -1, -1):
        above = rest // reach[position]
        np.subtract(rest, above * reach[position], out=columns[position])
        rest = above
    return columns.T
