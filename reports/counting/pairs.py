"""Pairs of raters: how often each two gave which two scores to the same thing."""

from dataclasses import dataclass, field

import numpy as np

from reports.agreement.disagreement import Disagreement
from reports.counting.cells import Cells
from reports.ratings.tables import Floats, Ints, Label

CELLS_AT_ONCE = 4_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Cells of (pair of raters, score of the first, score of the second), and how often each occurs.

    Cells are ordered by pair; `start` is where each pair's begin. `x` and `y` are positions in `values`.
    `candidate`, `place` and `times` say to which candidate each occurrence of a cell belongs, below
    `candidates`; they are empty when the pairs were counted without their candidates.
    """

    raters: tuple[Label, ...]
    values: Floats
    first: Ints
    second: Ints
    x: Ints
    y: Ints
    number: Floats
    start: Ints
    candidates: int
    candidate: Ints = field(repr=False)
    place: Ints = field(repr=False)
    times: Floats = field(repr=False)

    @classmethod
    def of(cls, raters: tuple[Label, ...], values: Floats, cells: Cells) -> "Pairs":
        """Pairs from their cells, which are in ascending order."""
        first, second, x, y = np.ascontiguousarray(cells.cells.T)
        start = np.flatnonzero(np.diff(first * max(len(raters), 1) + second, prepend=-1))
        candidates = int(cells.candidate.max(initial=-1)) + 1
        return cls(
            *(raters, values, first, second, x, y, cells.frequency, start),
            *(candidates, cells.candidate, cells.place, cells.times),
        )

    def __len__(self) -> int:
        """How many pairs of raters share things they both rated."""
        return len(self.start)

    @property
    def pair(self) -> Ints:
        """The number of each cell's pair."""
        lengths = np.diff(np.append(self.start, len(self.number)))
        return np.repeat(np.arange(len(self.start)), lengths)

    @property
    def shared(self) -> Floats:
        """How many things each pair shares."""
        return self.over_cells(self.number)

    def over_cells(self, of_cell: Floats) -> Floats:
        """Sum over the cells of each pair."""
        return np.asarray(np.add.reduceat(of_cell, self.start)) if len(self.start) else np.zeros(0)

    def apart(self, distance: Disagreement) -> Floats:
        """The distance of the two scores of each cell."""
        return distance.between(self.x, self.y)

    def tables(self, some: slice) -> tuple[Floats, Floats]:
        """How often each of the two raters of some pairs gave each score (pairs x scores, twice)."""
        first, last = int(self.start[some][0]), some.stop
        end = int(self.start[last]) if last < len(self) else len(self.number)
        rows = slice(first, end)
        pair, size = self.pair[rows] - some.start, len(self.values)
        shape = (len(self.start[some]), size)

        def of(code: Ints) -> Floats:
            cell = pair * size + code[rows]
            counted = np.bincount(cell, weights=self.number[rows], minlength=shape[0] * size)
            return np.asarray(counted, dtype=np.float64).reshape(shape)

        return of(self.x), of(self.y)

    def blocks(self) -> list[slice]:
        """Pairs in runs whose tables fit into memory."""
        step = max(1, CELLS_AT_ONCE // max(len(self.values), 1))
        return [slice(at, min(at + step, len(self))) for at in range(0, len(self), step)]
