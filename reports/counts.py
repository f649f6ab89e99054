"""Counting, which is all the data a coefficient needs: levels for each thing rated, and pairs of raters."""

from dataclasses import dataclass

import numpy as np

from reports.results import Tally
from reports.tables import Floats, Ints, Ratings


@dataclass(frozen=True, slots=True, eq=False)
class LevelCounts:
    """How many raters gave each level to each thing rated; rows are ordered by candidate."""

    counts: Floats
    candidate: Ints
    values: Floats

    @property
    def raters(self) -> Floats:
        """How many people rated each thing."""
        return np.asarray(self.counts.sum(axis=1))

    def rated_twice(self) -> "LevelCounts":
        """Only the things that at least two people rated."""
        rows = self.raters >= 2
        return LevelCounts(self.counts[rows], self.candidate[rows], self.values)

    def used_levels(self) -> "LevelCounts":
        """Without the levels nobody gave, for coefficients that do not depend on them."""
        used = self.counts.any(axis=0)
        return LevelCounts(self.counts[:, used], self.candidate, self.values[used])

    def by_candidate(self, per_thing: Floats) -> Floats:
        """Sum over the things of each candidate, which the bootstrap always draws together."""
        starts = np.flatnonzero(np.diff(self.candidate, prepend=-1))
        return np.asarray(np.add.reduceat(per_thing, starts, axis=0)) if len(starts) else per_thing


@dataclass(frozen=True, slots=True, eq=False)
class RaterPairs:
    """Every pair of ratings of one thing by two raters: who, of which candidate, which two levels."""

    first: Ints
    second: Ints
    candidate: Ints
    level: Ints
    other_level: Ints

    def __len__(self) -> int:
        return len(self.first)


def things(ratings: Ratings) -> Ints:
    """Number the things rated, each (unit, criterion) one of them, in the order of units."""
    key = ratings.unit * max(len(ratings.criteria), 1) + ratings.criterion
    return np.asarray(np.cumsum(np.diff(key, prepend=key[:1]) != 0), dtype=np.int64)


def level_counts(ratings: Ratings) -> LevelCounts:
    """Count the ratings of each thing by level, on the whole known scale."""
    thing, points = things(ratings), ratings.scale.points
    number = int(thing[-1]) + 1 if len(thing) else 0
    counts = np.bincount(thing * points + ratings.code, minlength=number * points).reshape(number, points)
    candidate = ratings.unit[np.flatnonzero(np.diff(thing, prepend=-1))]
    return LevelCounts(counts.astype(np.float64), candidate, ratings.scale.values)


def rater_pairs(ratings: Ratings) -> RaterPairs:
    """All pairs of ratings of the same thing, the rater with the lower number first."""
    thing = things(ratings)
    found: list[tuple[Ints, Ints]] = []
    lag = 1
    while lag < len(thing):
        start = np.flatnonzero(thing[lag:] == thing[:-lag])
        if not len(start):
            break
        found.append((start, start + lag))
        lag += 1
    one = np.concatenate([pair[0] for pair in found]) if found else np.zeros(0, dtype=np.int64)
    other = np.concatenate([pair[1] for pair in found]) if found else np.zeros(0, dtype=np.int64)
    return RaterPairs(
        ratings.rater[one], ratings.rater[other], ratings.unit[one], ratings.code[one], ratings.code[other]
    )


def closeness(table: LevelCounts, within: float) -> Floats:
    """For each thing, how many of its pairs of ratings lie at most `within` score points apart."""
    near = np.abs(np.subtract.outer(table.values, table.values)) <= within + 1e-9
    return np.asarray((((table.counts @ near) * table.counts).sum(axis=1) - table.raters) / 2)


def pairs_of(table: LevelCounts) -> Floats:
    """For each thing, how many pairs of ratings it has."""
    return table.raters * (table.raters - 1) / 2


def tally(ratings: Ratings) -> Tally:
    """Count candidates, things, raters and pairs."""
    table = level_counts(ratings)
    twice = table.rated_twice()
    return Tally(
        candidates=len(np.unique(table.candidate)),
        candidates_rated_twice=len(np.unique(twice.candidate)),
        units=len(table.candidate),
        units_rated_twice=len(twice.candidate),
        raters=len(np.unique(ratings.rater)),
        largest_panel=int(table.raters.max(initial=0)),
        pairs=round(pairs_of(twice).sum()),
        same=round(closeness(twice, 0).sum()),
        within_one=round(closeness(twice, 1).sum()),
    )


def raters_in_pairs(ratings: Ratings) -> int:
    """How many people rated a thing that somebody else rated too."""
    if not len(ratings):
        return 0
    thing = things(ratings)
    shared = np.bincount(thing)[thing] >= 2
    return len(np.unique(ratings.rater[shared]))
