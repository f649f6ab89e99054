"""The patterns in which things were scored: all the data that agreement within things needs.

A pattern says how many raters gave each score to one thing. Panels of three on five points have at most 55
patterns however many ratings there are, so each coefficient is a function of a short table and of how often
each of its rows occurs. The same function gives the value (how often it occurred), the samples of a bootstrap
(how often it was drawn) and, pattern by pattern, the linearized standard error.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from reports.agreement.disagreement import Disagreement
from reports.counting.bootstrap import Keys, Resampling, times_drawn
from reports.ratings.tables import Floats, Ints, Label

CANDIDATES_AT_ONCE = 2_048
CELLS_AT_ONCE = 4_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Patterns:
    """Patterns (rows of `counts`) over the scores `values`, and how often each occurs.

    `counts` and `shares` are dense, or sparse where nearly every thing has a pattern of its own. `points` are
    all points of the known scale, None on a continuous one. `candidate`, `place` and `times` say which of the
    `units` each occurrence belongs to. `raters` says how many ratings a pattern has, `twice` is 1 for those
    that have two or more, else 0.
    """

    values: Floats
    points: Floats | None
    counts: Any
    frequency: Floats
    candidate: Ints = field(repr=False)
    place: Ints = field(repr=False)
    times: Floats = field(repr=False)
    units: Sequence[Label] = field(repr=False)
    raters: Floats = field(repr=False)
    twice: Floats = field(repr=False)
    shares: Any = field(repr=False)
    _kept: dict[Hashable, Floats] = field(default_factory=dict, repr=False)

    @classmethod
    def of(
        cls,
        values: Floats,
        points: Floats | None,
        counts: Any,
        frequency: Floats,
        candidate: Ints,
        place: Ints,
        times: Floats,
        units: Sequence[Label],
    ) -> "Patterns":
        """Patterns from their table; what follows from it is worked out once."""
        raters = np.asarray(counts.sum(axis=1), dtype=np.float64).reshape(-1)
        of_one = (1 / raters)[:, np.newaxis]
        shares = counts * of_one if isinstance(counts, np.ndarray) else counts.multiply(of_one).tocsr()
        twice = (raters >= 2).astype(np.float64)
        return cls(values, points, counts, frequency, candidate, place, times, units, raters, twice, shares)

    def kept(self, name: Hashable, make: Callable[[], Floats]) -> Floats:
        """What is kept under a name, made the first time: several coefficients ask for the same."""
        if name not in self._kept:
            self._kept[name] = make()
        return self._kept[name]

    @property
    def things(self) -> int:
        """How many things at least two people rated."""
        return round(float(self.frequency @ self.twice))

    def disagreement(self, distance: Disagreement) -> Floats:
        """For each pattern the sum of the distances of its ordered pairs of ratings."""
        return self.over_pairs((distance.weighting, distance.largest), distance.between)

    def near(self, within: float) -> Floats:
        """For each pattern how many of its ordered pairs lie at most `within` score points apart."""

        def is_near(one: Any, other: Any) -> Floats:
            apart = np.abs(self.values[one] - self.values[other])
            return np.asarray(apart <= within + 1e-9, dtype=np.float64)

        return self.over_pairs(("near", within), is_near)

    def over_pairs(self, name: Hashable, of: Callable[[Any, Any], Floats]) -> Floats:
        """For each pattern the sum over its ordered pairs of ratings of a function of two positions.

        The sums are kept under `name`.
        """
        dense = isinstance(self.counts, np.ndarray)
        return self.kept(
            name, lambda: self._over_pairs_of_scores(of) if dense else self._over_pairs_of_ratings(of)
        )

    def _over_pairs_of_scores(self, of: Callable[[Any, Any], Floats]) -> Floats:
        """The same from how often each two scores meet."""
        every = np.arange(len(self.values))
        matrix = of(every[:, np.newaxis], every[np.newaxis, :])
        itself = self.counts @ np.diagonal(matrix)
        return np.asarray(((self.counts @ matrix) * self.counts).sum(axis=1) - itself)

    def _over_pairs_of_ratings(self, of: Callable[[Any, Any], Floats]) -> Floats:
        """The same by going through the pairs themselves, at each distance between two places in turn."""
        repeated = np.repeat(np.arange(self.counts.nnz), self.counts.data.astype(np.int64))
        level = self.counts.indices.astype(np.int64)[repeated]
        pattern = np.repeat(np.arange(len(self.raters)), self.raters.astype(np.int64))
        total = np.zeros(len(self.raters))
        for lag in range(1, int(self.raters.max(initial=0))):
            start = np.flatnonzero(pattern[lag:] == pattern[:-lag])
            total += 2 * np.bincount(
                pattern[start], weights=of(level[start], level[start + lag]), minlength=len(total)
            )
        return total

    @property
    def candidates(self) -> int:
        """How many candidates at least two people rated on the same thing."""
        rated = np.zeros(len(self.units), dtype=np.bool_)
        rated[self.candidate[self.twice[self.place] > 0]] = True
        return int(rated.sum())

    def drawn(self, resampling: Resampling) -> Iterator[Floats]:
        """How often each pattern is in each sample (samples x patterns), some samples at a time."""
        size, samples = len(self.raters), resampling.samples
        keys = resampling.keys(self.units)
        if samples * size <= CELLS_AT_ONCE:
            yield self._drawn_at_once(keys, samples)
            return
        block = max(4, CELLS_AT_ONCE // max(size, 1) // 4 * 4)
        for first in range(0, samples, block):
            rows = min(block, samples - first)
            weights = times_drawn(keys, rows, first)
            drawn = np.zeros((rows, size))
            for sample in range(rows):
                chosen = weights[self.candidate, sample] * self.times
                drawn[sample] = np.bincount(self.place, weights=chosen, minlength=size)
            yield drawn

    def _drawn_at_once(self, keys: Keys, samples: int) -> Floats:
        size = len(self.raters)
        candidate, place, times = self.candidate, self.place, self.times
        if (candidate[1:] < candidate[:-1]).any():
            order = np.argsort(candidate, kind="stable")
            candidate, place, times = candidate[order], place[order], times[order]
        drawn = np.zeros((size, samples))
        for first in range(0, len(keys), CANDIDATES_AT_ONCE):
            some = keys[first : first + CANDIDATES_AT_ONCE]
            rows = slice(*np.searchsorted(candidate, [first, first + len(some)]))
            # Whole numbers below 2 ** 24, so that single precision is exact and takes half the time.
            held = np.bincount(
                (candidate[rows] - first) * size + place[rows],
                weights=times[rows],
                minlength=len(some) * size,
            )
            of_whom = held.astype(np.float32).reshape(-1, size)
            drawn += of_whom.T @ drawn_weights(some.tobytes(), samples)
        return np.ascontiguousarray(drawn.T)


@lru_cache(maxsize=4)
def drawn_weights(keys: bytes, samples: int) -> npt.NDArray[np.float32]:
    """How often each of some candidates is in each sample: criteria of the same candidates ask alike."""
    weights = times_drawn(np.frombuffer(keys, dtype=np.uint64), samples)
    weights.flags.writeable = False
    return weights
