"""Counting ratings, in parts that add up: chunks of a file, rows of a database, the shares of many machines.

Parts are cut between candidates, never through one. A part knows the patterns in which things were scored,
which scores each pair of raters gave to the same things, and how often each rater gave each score.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from reports.bootstrap import Keys, Resampling
from reports.cells import Cells, number_densely, unpack
from reports.pairs import Pairs
from reports.patterns import Patterns
from reports.results import Tally
from reports.tables import Floats, Ints, Label, Ratings, Scale

MOST_POINTS_IN_A_PATTERN = 16
UNSEEDED = Resampling("", 0)


@dataclass(frozen=True, slots=True, eq=False)
class Things:
    """Things with the positions of their scores one after another: for scales with too many points."""

    key: Keys
    length: Ints
    code: Ints

    @classmethod
    def none(cls) -> "Things":
        """No thing at all."""
        return cls(np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """What was counted of some candidates. `values` are the scores, and codes are positions in them."""

    scale: Scale
    values: Floats
    raters: tuple[Label, ...]
    levels: Floats = field(repr=False)
    patterns_of_things: Cells = field(repr=False)
    things: Things = field(repr=False)
    pairs_of_raters: Cells = field(repr=False)

    @classmethod
    def of(cls, ratings: Ratings, resampling: Resampling = UNSEEDED) -> "Counts":
        """Count the ratings of whole candidates."""
        size = len(ratings.values)
        keys = resampling.keys(ratings.units)
        begins = np.flatnonzero(np.diff(ratings.thing, prepend=-1))
        key = keys[ratings.unit[begins]] if len(begins) else np.zeros(0, dtype=np.uint64)
        levels = np.bincount(ratings.rater * size + ratings.code, minlength=len(ratings.raters) * size)
        patterns, things = Cells.empty(size), Things.none()
        if is_narrow(ratings.scale):
            patterns = _patterns(ratings, len(begins), key)
        else:
            length = np.diff(np.append(begins, len(ratings)))
            things = Things(key, length, _sorted_within(ratings))
        return cls(
            ratings.scale,
            ratings.values,
            ratings.raters,
            levels.reshape(len(ratings.raters), size).astype(np.float64),
            patterns,
            things,
            _pairs(ratings, keys),
        )

    @classmethod
    def from_rows(
        cls,
        patterns: Iterable[Sequence[Any]],
        pairs: Iterable[Sequence[Any]],
        levels: Iterable[Sequence[Any]],
        *,
        scale: Scale,
        resampling: Resampling = UNSEEDED,
    ) -> "Counts":
        """Counts from the rows that the queries of `reports.sql` give for a stepped scale.

        patterns: candidate, how many raters gave each score (lowest first), how many things;
        pairs: first rater, second rater, their scores, how many things, and optionally the candidate;
        levels: rater, score, how many ratings.
        """
        values = scale.values
        size = len(values)
        given = [tuple(row) for row in levels]
        raters = tuple(sorted({row[0] for row in given}))
        number = {rater: place for place, rater in enumerate(raters)}

        def position(scores: list[Any]) -> Ints:
            return np.rint((np.array(scores, dtype=np.float64) - scale.low) / (scale.step or 1)).astype(
                np.int64
            )

        table = np.zeros((len(raters), size))
        for place, code, times in zip(
            [number[row[0]] for row in given], position([row[1] for row in given]), given, strict=True
        ):
            table[place, code] += times[2]
        seen = [tuple(row) for row in patterns]
        counted = np.array([row[1:-1] for row in seen], dtype=np.int64).reshape(len(seen), size)
        shared = [tuple(row) for row in pairs]
        cells = np.array([[number[row[0]], number[row[1]], 0, 0] for row in shared], dtype=np.int64).reshape(
            len(shared), 4
        )
        cells[:, 2], cells[:, 3] = (position([row[at] for row in shared]) for at in (2, 3))
        # A database may sort labels in another order; the rater with the lower number comes first here.
        turned = cells[:, 0] > cells[:, 1]
        cells[turned] = cells[turned][:, [1, 0, 3, 2]]
        with_candidates = bool(shared) and len(shared[0]) > 5
        return cls(
            scale,
            values,
            raters,
            table,
            Cells.of(
                counted,
                resampling.keys([row[0] for row in seen]),
                np.array([row[-1] for row in seen], dtype=np.float64),
            ),
            Things.none(),
            Cells.of(
                cells,
                resampling.keys([row[5] for row in shared]) if with_candidates else None,
                np.array([row[4] for row in shared], dtype=np.float64),
            ),
        )

    @classmethod
    def joined(cls, parts: Sequence["Counts"]) -> "Counts":
        """Add up the counts of different candidates, all on the same scale."""
        first = parts[0]
        if len(parts) == 1:
            return first
        if any(part.scale != first.scale for part in parts):
            raise ValueError("Ratings on different scales cannot be counted together.")
        values = first.values
        if any(not np.array_equal(part.values, values) for part in parts):
            values = np.unique(np.concatenate([part.values for part in parts]))
        raters = tuple(sorted({rater for part in parts for rater in part.raters}))
        number = {rater: place for place, rater in enumerate(raters)}
        levels = np.zeros((len(raters), len(values)))
        moved = []
        for part in parts:
            place = np.searchsorted(values, part.values)
            who = np.array([number[rater] for rater in part.raters], dtype=np.int64)
            levels[np.ix_(who, place)] += part.levels
            moved.append(part.renumbered(who, place))
        return cls(
            first.scale,
            values,
            raters,
            levels,
            Cells.joined([part.patterns_of_things for part in parts], len(values)),
            Things(
                np.concatenate([part.things.key for part in parts]),
                np.concatenate([part.things.length for part in parts]),
                np.concatenate([things for things, _ in moved]),
            ),
            Cells.joined([pairs for _, pairs in moved], 4),
        )

    def renumbered(self, who: Ints, place: Ints) -> tuple[Ints, Cells]:
        """The scores of things, and the pairs, with the numbers that they have in a larger table."""
        cells = self.pairs_of_raters
        if not len(cells.cells):
            return place[self.things.code], cells
        columns = np.column_stack([who[cells.cells[:, :2]], place[cells.cells[:, 2:]]])
        return place[self.things.code], Cells(
            columns, cells.frequency, cells.candidate, cells.place, cells.times
        )

    def at_line(self, line: float) -> "Counts":
        """The same with 1 for scores on the line or above it, and 0 for those below."""
        above = np.asarray(self.values >= line - 1e-9, dtype=np.int64)
        side = np.stack([1 - above, above], axis=1)
        if is_narrow(self.scale):
            seen = self.patterns_of_things
            cells, times, key, place = seen.cells @ side, seen.frequency, seen.candidate, seen.place
            patterns = Cells.of(cells[place], key, seen.times) if len(place) else Cells.of(cells, None, times)
        else:
            row = np.repeat(np.arange(len(self.things.length)), self.things.length)
            count = np.bincount(row * 2 + above[self.things.code], minlength=2 * len(self.things.length))
            patterns = Cells.of(count.reshape(-1, 2), self.things.key)
        pairs = self.pairs_of_raters
        cells = np.column_stack([pairs.cells[:, :2], above[pairs.cells[:, 2:]]])
        return Counts(
            Scale(0, 1),
            np.array([0.0, 1.0]),
            self.raters,
            self.levels @ side,
            patterns,
            Things.none(),
            Cells.of(cells[pairs.place], pairs.candidate, pairs.times)
            if pairs.has_candidates
            else Cells.of(cells, None, pairs.frequency),
        )

    def patterns(self) -> Patterns:
        """The patterns in which things were scored, for the coefficients of agreement."""
        points = None if self.scale.is_continuous else self.scale.values
        if is_narrow(self.scale):
            cells = self.patterns_of_things
            return Patterns.of(
                self.values,
                points,
                cells.cells.astype(np.float64),
                cells.frequency,
                cells.candidate,
                cells.place,
                cells.times,
            )
        return self._pattern_of_each_thing(points)

    def _pattern_of_each_thing(self, points: Floats | None) -> Patterns:
        from scipy.sparse import csr_array

        things = self.things
        # In the order of candidates, so that the same things are drawn however the parts were cut.
        order = np.argsort(things.key, kind="stable")
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order))
        row = np.repeat(rank, things.length)
        counts = csr_array((np.ones(len(row)), (row, things.code)), shape=(len(order), len(self.values)))
        counts.sum_duplicates()
        every = np.ones(len(order))
        return Patterns.of(
            self.values, points, counts, every, things.key[order], np.arange(len(order)), every
        )

    def pairs(self) -> Pairs:
        """The pairs of raters with their scores, for the kappas."""
        cells = self.pairs_of_raters
        first, second, x, y = np.ascontiguousarray(cells.cells.T)
        start = np.flatnonzero(np.diff(first * max(len(self.raters), 1) + second, prepend=-1))
        candidates, candidate = np.unique(cells.candidate, return_inverse=True)
        return Pairs(
            *(self.raters, self.values, first, second, x, y, cells.frequency, start),
            *(len(candidates), candidate, cells.place, cells.times),
        )


def patterns_of(ratings: Ratings, resampling: Resampling = UNSEEDED) -> Patterns:
    """The patterns in which the things of a table were scored."""
    return Counts.of(ratings, resampling).patterns()


def is_narrow(scale: Scale) -> bool:
    """Whether a scale has so few points that things share patterns."""
    return not scale.is_continuous and len(scale.values) <= MOST_POINTS_IN_A_PATTERN


def tally(patterns: Patterns, raters: int) -> Tally:
    """Count candidates, things, raters and pairs."""
    frequency, twice = patterns.frequency, patterns.twice
    pairs = patterns.raters * (patterns.raters - 1) / 2
    return Tally(
        candidates=len(np.unique(patterns.candidate)),
        candidates_rated_twice=candidates_rated_twice(patterns),
        units=round(float(frequency.sum())),
        units_rated_twice=patterns.things,
        raters=raters,
        largest_panel=int(patterns.raters.max(initial=0)),
        pairs=round(float(frequency @ (pairs * twice))),
        same=round(float(frequency @ patterns.near(0)) / 2),
        within_one=round(float(frequency @ patterns.near(1)) / 2),
        only_score=_only_score(patterns),
    )


def _only_score(patterns: Patterns) -> float | None:
    """The score that every rating of the things rated twice has, None when there are several or none."""
    given = np.flatnonzero(np.asarray((patterns.frequency * patterns.twice) @ patterns.counts) > 0)
    return float(patterns.values[given[0]]) if len(given) == 1 else None


def candidates_rated_twice(patterns: Patterns) -> int:
    """How many candidates at least two people rated on the same thing."""
    return len(np.unique(patterns.candidate[patterns.twice[patterns.place] > 0]))


def _patterns(ratings: Ratings, things: int, key: Keys) -> Cells:
    """Count how many raters gave each score to each thing, and the things that look alike."""
    size = len(ratings.values)
    largest = int(np.bincount(ratings.thing).max(initial=0)) if things else 0
    base = largest + 1
    if float(base) ** size >= 2**52:
        counted = np.bincount(ratings.thing * size + ratings.code, minlength=things * size)
        return Cells.of(counted.reshape(things, size), key)
    weight = np.array([float(base) ** (size - 1 - code) for code in range(size)])
    packed = np.bincount(ratings.thing, weights=weight[ratings.code], minlength=things).astype(np.int64)
    found, place = number_densely(packed, base**size)
    columns, place = unpack(found, place, np.full(size, base, dtype=np.int64))
    every = np.ones(things)
    return Cells(columns, np.bincount(place, minlength=len(found)).astype(np.float64), key, place, every)


def _pairs(ratings: Ratings, keys: Keys) -> Cells:
    """Every two ratings of the same thing, the rater with the lower number first."""
    size, raters = len(ratings.values), max(len(ratings.raters), 1)
    who = ratings.rater * size + ratings.code
    packed, unit = [], []
    lag = 1
    while lag < len(ratings):
        start = np.flatnonzero(ratings.thing[lag:] == ratings.thing[:-lag])
        if not len(start):
            break
        one, other = who[start], who[start + lag]
        packed.append(((one // size * raters + other // size) * size + one % size) * size + other % size)
        unit.append(ratings.unit[start])
        lag += 1
    if not packed:
        return Cells.empty(4)
    found, place = number_densely(np.concatenate(packed), (raters * size) ** 2)
    columns, place = unpack(found, place, np.array([raters, raters, size, size], dtype=np.int64))
    frequency = np.bincount(place, minlength=len(found)).astype(np.float64)
    return Cells(columns, frequency, keys[np.concatenate(unit)], place, np.ones(len(place)))


def _sorted_within(ratings: Ratings) -> Ints:
    """The scores of each thing in ascending order, thing after thing."""
    return np.asarray(ratings.code[np.lexsort((ratings.code, ratings.thing))])
