"""Counting ratings, in parts that add up: chunks of a file, rows of a database, the shares of many machines.

Parts are cut between candidates, never through one. A part knows the patterns in which things were scored,
which scores each pair of raters gave to the same things, and how often each rater gave each score.
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from reports.counting.cells import NONE, Cells
from reports.counting.grouped import (
    check_same_ratings,
    counts_of,
    numbered,
    places_of,
    positions_of,
    rows_of,
)
from reports.counting.pairs import Pairs
from reports.counting.patterns import Patterns
from reports.ratings.tables import Floats, Ints, Label, Ratings, Scale
from reports.results import Tally

MOST_POINTS_IN_A_PATTERN = 16
THINGS_AT_ONCE = 1 << 12


@dataclass(frozen=True, slots=True, eq=False)
class Things:
    """Things with the positions of their scores one after another: for scales with too many points."""

    candidate: Ints
    length: Ints
    code: Ints

    @classmethod
    def none(cls) -> "Things":
        """No thing at all."""
        return cls(NONE, NONE, NONE)


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """What was counted of some candidates, the `units`. `values` are the scores, and codes places in them."""

    scale: Scale
    values: Floats
    units: tuple[Label, ...] = field(repr=False)
    raters: tuple[Label, ...]
    levels: Floats = field(repr=False)
    patterns_of_things: Cells = field(repr=False)
    things: Things = field(repr=False)
    pairs_of_raters: Cells = field(repr=False)

    @classmethod
    def of(cls, ratings: Ratings) -> "Counts":
        """Count the ratings of whole candidates."""
        size = len(ratings.values)
        levels = np.bincount(ratings.rater * size + ratings.code, minlength=len(ratings.raters) * size)
        narrow = is_narrow(ratings.scale)
        return cls(
            ratings.scale,
            ratings.values,
            ratings.units,
            ratings.raters,
            levels.reshape(len(ratings.raters), size).astype(np.float64),
            count_patterns(ratings) if narrow else Cells.empty(size),
            Things.none() if narrow else _things(ratings),
            count_pairs(ratings),
        )

    @classmethod
    def from_rows(
        cls,
        patterns: Iterable[Sequence[Any]],
        pairs: Iterable[Sequence[Any]],
        levels: Iterable[Sequence[Any]],
        *,
        scale: Scale,
    ) -> "Counts":
        """Counts from the rows that the queries of `reports.counting.sql` give for a stepped scale.

        patterns: candidate, how many raters gave each score (lowest first), how many things;
        pairs: first rater, second rater, their scores, how many things, and optionally the candidate;
        levels: rater, score, how many ratings.
        Rows that do not fit together are refused.
        """
        if not is_narrow(scale):
            raise ValueError(f"Patterns are counted on scales of few points; this one is {scale}.")
        size = len(scale.values)
        seen = rows_of(
            patterns,
            "patterns",
            [size + 2],
            f"a candidate, a count for each of {size} scores and how many things",
        )
        shared = rows_of(
            pairs,
            "pairs",
            [5, 6],
            "two raters, their scores, how many things and in all or none the candidate",
        )
        given = rows_of(levels, "levels", [3], "a rater, a score and how many ratings")
        raters, units = (
            numbered((row[0] for row in given), "rater"),
            numbered((row[0] for row in seen), "candidate"),
        )
        table = np.zeros((len(raters), size))
        who = places_of((row[0] for row in given), raters, "rater", "levels")
        of_level = counts_of([row[2:] for row in given], "levels", 1)[:, 0]
        np.add.at(table, (who, positions_of([row[1] for row in given], scale, "levels")), of_level)
        counted = counts_of([row[1:] for row in seen], "patterns", size + 1)
        cells = np.zeros((len(shared), 4), dtype=np.int64)
        for column in (0, 1):
            cells[:, column] = places_of((row[column] for row in shared), raters, "rater", "pairs")
            cells[:, 2 + column] = positions_of([row[2 + column] for row in shared], scale, "pairs")
        of_pair = counts_of([row[4:5] for row in shared], "pairs", 1)[:, 0]
        check_same_ratings(table, counted[:, :-1], counted[:, -1], cells, of_pair)
        # A database may sort labels in another order; the rater with the lower number comes first here.
        turned = cells[:, 0] > cells[:, 1]
        cells[turned] = cells[turned][:, [1, 0, 3, 2]]
        of_whom = None
        if shared and len(shared[0]) == 6:
            of_whom = places_of((row[5] for row in shared), units, "candidate", "pairs")
        of_pattern = places_of((row[0] for row in seen), units, "candidate", "patterns")
        return cls(
            scale,
            scale.values,
            tuple(units),
            tuple(raters),
            table,
            Cells.of(counted[:, :-1].astype(np.int64), of_pattern, counted[:, -1]),
            Things.none(),
            Cells.of(cells, of_whom, of_pair),
        )

    @classmethod
    def joined(cls, parts: Sequence["Counts"]) -> "Counts":
        """Add up the counts of different candidates or of different criteria, all on the same scale."""
        first = parts[0]
        if len(parts) == 1:
            return first
        if any(part.scale != first.scale for part in parts):
            raise ValueError("Ratings on different scales cannot be counted together.")
        values = first.values
        if any(not np.array_equal(part.values, values) for part in parts):
            values = np.unique(np.concatenate([part.values for part in parts]))
        units, raters = (
            numbered((label for part in parts for label in labels(part)), what)
            for what, labels in (
                ("candidate", lambda part: part.units),
                ("rater", lambda part: part.raters),
            )
        )
        moved = [part.renumbered(units, raters, values) for part in parts]
        return cls(
            first.scale,
            values,
            tuple(units),
            tuple(raters),
            np.sum([part.levels for part in moved], axis=0),
            Cells.joined([part.patterns_of_things for part in moved], len(values)),
            Things(
                np.concatenate([part.things.candidate for part in moved]),
                np.concatenate([part.things.length for part in moved]),
                np.concatenate([part.things.code for part in moved]),
            ),
            Cells.joined([part.pairs_of_raters for part in moved], 4),
        )

    def renumbered(self, units: Mapping[Label, int], raters: Mapping[Label, int], values: Floats) -> "Counts":
        """The same with the numbers that candidates, raters and scores have in a larger table."""
        whom = np.array([units[label] for label in self.units], dtype=np.int64)
        who = np.array([raters[label] for label in self.raters], dtype=np.int64)
        code = np.searchsorted(values, self.values)
        levels = np.zeros((len(raters), len(values)))
        levels[np.ix_(who, code)] = self.levels
        seen, pairs, things = self.patterns_of_things, self.pairs_of_raters, self.things
        cells = np.column_stack([who[pairs.cells[:, :2]], code[pairs.cells[:, 2:]]])
        return replace(
            self,
            levels=levels,
            patterns_of_things=replace(seen, candidate=whom[seen.candidate]),
            things=Things(whom[things.candidate], things.length, code[things.code]),
            pairs_of_raters=replace(pairs, cells=cells, candidate=whom[pairs.candidate]),
        )

    def at_line(self, line: float) -> "Counts":
        """The same with 1 for scores on the line or above it, and 0 for those below."""
        above = np.asarray(self.values >= line - 1e-9, dtype=np.int64)
        side = np.stack([1 - above, above], axis=1)
        seen, things, pairs = self.patterns_of_things, self.things, self.pairs_of_raters
        if is_narrow(self.scale):
            patterns = _recounted(seen, seen.cells @ side)
        else:
            row = np.repeat(np.arange(len(things.length)), things.length)
            count = np.bincount(row * 2 + above[things.code], minlength=2 * len(things.length))
            patterns = Cells.of(count.reshape(-1, 2), things.candidate)
        cells = np.column_stack([pairs.cells[:, :2], above[pairs.cells[:, 2:]]])
        return replace(
            self,
            scale=Scale(0, 1),
            values=np.array([0.0, 1.0]),
            levels=self.levels @ side,
            patterns_of_things=patterns,
            things=Things.none(),
            pairs_of_raters=_recounted(pairs, cells),
        )

    def patterns(self) -> Patterns:
        """The patterns in which things were scored, for the coefficients of agreement."""
        return _patterns(self.scale, self.values, self.patterns_of_things, self.things, self.units)

    def pairs(self) -> Pairs:
        """The pairs of raters with their scores, for the kappas."""
        return Pairs.of(self.raters, self.values, self.pairs_of_raters)


def patterns_of(ratings: Ratings) -> Patterns:
    """The patterns in which the things of a table were scored."""
    narrow = is_narrow(ratings.scale)
    seen = count_patterns(ratings) if narrow else Cells.empty(len(ratings.values))
    things = Things.none() if narrow else _things(ratings)
    return _patterns(ratings.scale, ratings.values, seen, things, ratings.units)


def pairs_of(ratings: Ratings) -> Pairs:
    """The pairs of raters of a table with their scores."""
    return Pairs.of(ratings.raters, ratings.values, count_pairs(ratings))


def is_narrow(scale: Scale) -> bool:
    """Whether a scale has so few points that things share patterns."""
    return not scale.is_continuous and len(scale.values) <= MOST_POINTS_IN_A_PATTERN


def tally(patterns: Patterns, raters: int) -> Tally:
    """Count candidates, things, raters and pairs."""
    frequency, twice = patterns.frequency, patterns.twice
    pairs = patterns.raters * (patterns.raters - 1) / 2
    rated = np.zeros(len(patterns.units), dtype=np.bool_)
    rated[patterns.candidate] = True
    return Tally(
        candidates=int(rated.sum()),
        candidates_rated_twice=patterns.candidates,
        units=round(float(frequency.sum())),
        units_rated_twice=patterns.things,
        raters=raters,
        largest_panel=int(patterns.raters.max(initial=0)),
        pairs=round(float(frequency @ (pairs * twice))),
        same=round(float(frequency @ patterns.near(0)) / 2),
        within_one=round(float(frequency @ patterns.near(1)) / 2),
        only_score=_only_score(patterns),
    )


def count_patterns(ratings: Ratings) -> Cells:
    """Count how many raters gave each score to each thing, and the things that look alike."""
    if not len(ratings):
        return Cells.empty(len(ratings.values))
    size, begins = len(ratings.values), begins_of_things(ratings)
    things, candidate = len(begins), ratings.unit[begins]
    base = float(max(np.diff(begins).max(initial=0), len(ratings) - begins[-1]) + 1)
    if base**size >= 2**52:
        counted = np.bincount(ratings.thing * size + ratings.code, minlength=things * size)
        return Cells.of(counted.reshape(-1, size), candidate)
    # Whole numbers below 2 ** 52, which floats hold exactly.
    weight = base ** np.arange(size - 1, -1, -1)
    packed = np.empty(things, dtype=np.int64)
    for some, rows in _pieces(begins, len(ratings)):
        packed[some] = np.bincount(ratings.thing[rows] - some.start, weights=weight[ratings.code[rows]])
    return Cells.of_packed(packed, np.full(size, int(base), dtype=np.int64), candidate)


def count_pairs(ratings: Ratings) -> Cells:
    """Every two ratings of the same thing, the rater with the lower number first."""
    size, raters = len(ratings.values), max(len(ratings.raters), 1)
    packed, unit = [], []
    for _, rows in _pieces(begins_of_things(ratings), len(ratings)):
        thing, candidate = ratings.thing[rows], ratings.unit[rows]
        rater, code = ratings.rater[rows], ratings.code[rows]
        one, other = (rater * (raters * size) + code) * size, rater * (size * size) + code
        lag = 1
        while len(start := np.flatnonzero(thing[lag:] == thing[:-lag])):
            packed.append(one[start] + other[lag:][start])
            unit.append(candidate[start])
            lag += 1
    if not packed:
        return Cells.empty(4)
    reach = np.array([raters, raters, size, size], dtype=np.int64)
    return Cells.of_packed(np.concatenate(packed), reach, np.concatenate(unit))


def begins_of_things(ratings: Ratings) -> Ints:
    """Where the ratings of each thing begin."""
    return np.flatnonzero(np.concatenate([[True], ratings.thing[1:] != ratings.thing[:-1]]))


def _pieces(begins: Ints, ratings: int) -> Iterator[tuple[slice, slice]]:
    """Some things at a time and their ratings, as fit into the cache."""
    edges = [*begins[::THINGS_AT_ONCE].tolist(), ratings]
    for piece, ends in enumerate(itertools.pairwise(edges)):
        yield slice(piece * THINGS_AT_ONCE, (piece + 1) * THINGS_AT_ONCE), slice(*ends)


def _things(ratings: Ratings) -> Things:
    """The scores of each thing in ascending order, thing after thing."""
    if not len(ratings):
        return Things.none()
    begins = begins_of_things(ratings)
    code = ratings.code[np.lexsort((ratings.code, ratings.thing))]
    return Things(ratings.unit[begins], np.diff(np.append(begins, len(ratings))), code)


def _patterns(scale: Scale, values: Floats, seen: Cells, things: Things, units: Sequence[Label]) -> Patterns:
    if is_narrow(scale):
        counts = seen.cells.astype(np.float64)
        place, times = seen.place, seen.times
        return Patterns.of(values, scale.values, counts, seen.frequency, seen.candidate, place, times, units)
    from scipy.sparse import csr_array

    points = None if scale.is_continuous else scale.values
    # In the order of candidates, so that the same things are drawn however the parts were cut.
    order = np.argsort(things.candidate, kind="stable")
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    row = np.repeat(rank, things.length)
    of_things = csr_array((np.ones(len(row)), (row, things.code)), shape=(len(order), len(values)))
    of_things.sum_duplicates()
    every, place = np.ones(len(order)), np.arange(len(order))
    return Patterns.of(values, points, of_things, every, things.candidate[order], place, every, units)


def _recounted(seen: Cells, cells: Ints) -> Cells:
    """Cells that have become alike, as one."""
    if seen.has_candidates:
        return Cells.of(cells[seen.place], seen.candidate, seen.times)
    return Cells.of(cells, None, seen.frequency)


def _only_score(patterns: Patterns) -> float | None:
    """The score that every rating of the things rated twice has, None when there are several or none."""
    given = np.flatnonzero(np.asarray((patterns.frequency * patterns.twice) @ patterns.counts) > 0)
    return float(patterns.values[given[0]]) if len(given) == 1 else None
