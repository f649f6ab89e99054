"""What the model score = mean + unit + rater + error needs to know of the data: sums, by size of the panel.

For a unit scored by m raters let s = (who scored it as 0 and 1, m, sum of its scores). The sums over units of
s s', one matrix for each m, and of the squared scores are sufficient for the restricted likelihood. They add
up over units: chunks of a file, answers of a database and partitions on other machines give the same state,
as long as no unit is cut in two.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from reports.counting.grouped import counts_of, numbered, numbers_of, rows_of
from reports.ratings.tables import Floats, Ints, Label, Ratings

CELLS_AT_ONCE = 4_000_000
FEW_RATERS_A_SEAT = 4
SAME = 1e-9  # sums of the same scores, added up in another order


@dataclass(frozen=True, slots=True, eq=False)
class Blocks:
    """Sums over units, the sizes of panels (K of them) in rows and raters (R) in columns.

    `units`: how many units had a panel of that size. `given`, `sums`: how many scores the rater gave in such
    panels, and their sum. `unit_sums`: the sum, over the units the rater scored, of all scores of the unit.
    `squared_unit_sums`, `squares`: sums over units of the squared sum, and over scores of the squared score.
    `pairs` numbers two raters first * R + second, first < second; `together` counts the units they share.
    """

    raters: tuple[Label, ...]
    sizes: Ints
    units: Floats
    given: Floats
    sums: Floats
    unit_sums: Floats
    squared_unit_sums: Floats
    squares: Floats
    pairs: Ints
    together: Floats

    @classmethod
    def of(
        cls,
        unit: npt.ArrayLike,
        rater: npt.ArrayLike,
        y: npt.ArrayLike,
        *,
        raters: Sequence[Label],
    ) -> "Blocks":
        """Blocks of one score for each (unit, rater); `rater` is the position of its label in `raters`.

        >>> blocks = Blocks.of([0, 0, 1, 1], [0, 1, 0, 1], [1, 1, 5, 4], raters=["Iris", "Ivo"])
        >>> blocks.sizes.tolist(), blocks.units.tolist(), blocks.together.tolist()
        ([2], [2.0], [[2.0]])
        """
        number = len(raters)
        units, who, scores = _checked(unit, rater, y, number)
        key = units * number + who
        if not np.all(key[1:] > key[:-1]):
            order = np.argsort(key, kind="stable")
            key, units, who, scores = key[order], units[order], who[order], scores[order]
            if not np.all(key[1:] > key[:-1]):
                raise ValueError(
                    "A rater has one score for a unit here. Take the mean of several first: mean_scores()."
                )

        starts = np.flatnonzero(np.diff(units, prepend=-1))
        panel = np.diff(starts, append=len(units))
        totals = np.add.reduceat(scores, starts) if len(starts) else scores
        sizes = np.flatnonzero(np.bincount(panel))
        place = np.searchsorted(sizes, panel)
        row = np.repeat(place, panel)
        shape = (len(sizes), number)
        cell = row * number + who

        def by_size(rows: Ints, weights: Floats | None) -> Floats:
            return np.bincount(rows, weights, minlength=len(sizes)).astype(np.float64)

        def by_rater(weights: Floats | None) -> Floats:
            summed = np.bincount(cell, weights, minlength=shape[0] * shape[1])
            return summed.astype(np.float64).reshape(shape)

        shared = [
            _pairs_of(who[starts[place == k, np.newaxis] + np.arange(size)], number)
            for k, size in enumerate(sizes)
        ]
        pairs, together = _side_by_side(shared)
        return cls(
            raters=tuple(raters),
            sizes=sizes,
            units=by_size(place, None),
            given=by_rater(None),
            sums=by_rater(scores),
            unit_sums=by_rater(np.repeat(totals, panel)),
            squared_unit_sums=by_size(place, totals * totals),
            squares=by_size(row, scores * scores),
            pairs=pairs,
            together=together,
        )

    @classmethod
    def from_ratings(cls, ratings: Ratings) -> "Blocks":
        """Blocks of the mean over everything a rater scored of a unit: its criteria, its stages."""
        unit, rater, y = mean_scores(ratings.unit, ratings.rater, ratings.score, len(ratings.raters))
        return cls.of(unit, rater, y, raters=ratings.raters)

    @classmethod
    def from_rows(
        cls,
        pairs: Iterable[Sequence[Any]],
        sums: Iterable[Sequence[Any]],
        totals: Iterable[Sequence[Any]],
        *,
        raters: Sequence[Label] | None = None,
    ) -> "Blocks":
        """Blocks of what a database has grouped, from one score for each (unit, rater), by panel size m.

        `pairs`: m, rater, rater, number of units both scored (a pair once; a rater with themself may be
        among them). `sums`: m, rater, number of scores, their sum, sum of the unit's sum over them. `totals`:
        m, number of units, sum of scores, sum of squared sums of a unit, sum of squared scores. Rows that do
        not fit together are refused.
        """
        of_pairs = rows_of(pairs, "pairs", [4], "m, two raters and how many units both scored")
        of_sums = rows_of(sums, "sums", [5], "m, a rater, how many scores, their sum and that of their units")
        of_totals = rows_of(totals, "totals", [5], "m, how many units, their sum and two sums of squares")
        labels = tuple(numbered((row[1] for row in of_sums), "rater")) if raters is None else tuple(raters)
        number, position = len(labels), {label: place for place, label in enumerate(labels)}
        of_size = counts_of([row[:1] for row in of_totals], "totals", 1)[:, 0].astype(np.int64)
        sizes, often = np.unique(of_size, return_counts=True)
        if (often > 1).any():
            raise ValueError(f"A panel size of {sizes[np.argmax(often)]} occurs twice among the totals.")
        place = {int(size): k for k, size in enumerate(sizes)}
        by_size = np.zeros((4, len(sizes)))
        by_rater = np.zeros((3, len(sizes), number))
        found: list[list[tuple[int, float]]] = [[] for _ in sizes]
        together_of = counts_of([row[3:] for row in of_pairs], "pairs", 1)[:, 0].tolist()
        try:
            for (size, *_), values in zip(
                of_totals, numbers_of([row[1:] for row in of_totals], "totals", 4), strict=True
            ):
                by_size[:, place[size]] = values
            for (size, label, *_), values in zip(
                of_sums, numbers_of([row[2:] for row in of_sums], "sums", 3), strict=True
            ):
                by_rater[:, place[size], position[label]] = values
            for (size, one, other, _), count in zip(of_pairs, together_of, strict=True):
                first, second = sorted((position[one], position[other]))
                if first != second:
                    found[place[size]].append((first * number + second, count))
        except KeyError as error:
            raise ValueError(
                f"{error.args[0]!r} is a rater or a panel size in one result and not in the others."
            ) from None
        shared = [np.array(sorted(cells), dtype=np.float64).reshape(-1, 2).T for cells in found]
        expected = by_size[0] * sizes
        seated = np.array([counted[1].sum() for counted in shared]).reshape(-1)
        if not (
            np.array_equal(by_rater[0].sum(axis=1), expected)
            and np.array_equal(2 * seated, expected * (sizes - 1))
            and np.allclose(by_rater[1].sum(axis=1), by_size[1], rtol=SAME, atol=SAME)
            and np.allclose(by_rater[2].sum(axis=1), by_size[1] * sizes, rtol=SAME, atol=SAME)
        ):
            raise ValueError("The three results do not count the same scores. Ask them of the same rows.")
        pair_numbers, together = _side_by_side([(keys.astype(np.int64), n) for keys, n in shared])
        return cls(
            raters=labels,
            sizes=sizes,
            units=by_size[0],
            given=by_rater[0],
            sums=by_rater[1],
            unit_sums=by_rater[2],
            squared_unit_sums=by_size[2],
            squares=by_size[3],
            pairs=pair_numbers,
            together=together,
        )

    def merge(self, other: "Blocks") -> "Blocks":
        """Return the blocks of both, which must have no unit in common; raters are matched by label."""
        raters = self.raters if self.raters == other.raters else _in_order({*self.raters, *other.raters})
        sizes = np.union1d(self.sizes, other.sizes)
        one, two = self.aligned(raters, sizes), other.aligned(raters, sizes)
        pairs = np.union1d(one.pairs, two.pairs)
        together = np.zeros((len(pairs), len(sizes)))
        for part in (one, two):
            together[np.searchsorted(pairs, part.pairs)] += part.together
        return Blocks(
            raters=raters,
            sizes=sizes,
            units=one.units + two.units,
            given=one.given + two.given,
            sums=one.sums + two.sums,
            unit_sums=one.unit_sums + two.unit_sums,
            squared_unit_sums=one.squared_unit_sums + two.squared_unit_sums,
            squares=one.squares + two.squares,
            pairs=pairs,
            together=together,
        )

    @property
    def n_scores(self) -> int:
        """How many scores there are, one for each unit a rater scored."""
        return round(float(self.given.sum()))

    @property
    def n_units(self) -> int:
        """How many units were scored."""
        return round(float(self.units.sum()))

    @property
    def n_units_shared(self) -> int:
        """How many units two raters or more scored."""
        return round(float(self.units[self.sizes >= 2].sum()))

    @property
    def shared(self) -> Ints:
        """For each rater, how many units they scored that somebody else scored, too."""
        return np.asarray(self.given[self.sizes >= 2].sum(axis=0).astype(np.int64))

    @property
    def corated(self) -> Ints:
        """For each rater, with how many others they share a unit."""
        first, second = np.divmod(self.pairs, max(len(self.raters), 1))
        return np.asarray(np.bincount(np.concatenate([first, second]), minlength=len(self.raters)))

    def components(self) -> tuple[int, Ints]:
        """Number the groups of raters connected by shared units; a rater without any is a group of one."""
        from scipy.sparse import coo_array
        from scipy.sparse.csgraph import connected_components

        number = len(self.raters)
        if not number:
            return 0, np.zeros(0, dtype=np.int64)
        links = coo_array((np.ones(len(self.pairs)), np.divmod(self.pairs, number)), shape=(number, number))
        count, labels = connected_components(links, directed=False)
        return int(count), labels.astype(np.int64)

    def aligned(self, raters: tuple[Label, ...], sizes: Ints) -> "Blocks":
        """Return the same sums for more raters and more sizes of panels."""
        position = {label: place for place, label in enumerate(raters)}
        column = np.array([position[label] for label in self.raters], dtype=np.int64)
        row = np.searchsorted(sizes, self.sizes)

        def by_size(values: Floats) -> Floats:
            wide = np.zeros(len(sizes))
            wide[row] = values
            return wide

        def by_rater(values: Floats) -> Floats:
            wide = np.zeros((len(sizes), len(raters)))
            wide[row[:, np.newaxis], column] = values
            return wide

        first, second = np.divmod(self.pairs, max(len(self.raters), 1))
        one, other = column[first], column[second]
        pairs = np.minimum(one, other) * len(raters) + np.maximum(one, other)
        order = np.argsort(pairs)
        together = np.zeros((len(pairs), len(sizes)))
        together[:, row] = self.together[order]
        return Blocks(
            raters=raters,
            sizes=sizes,
            units=by_size(self.units),
            given=by_rater(self.given),
            sums=by_rater(self.sums),
            unit_sums=by_rater(self.unit_sums),
            squared_unit_sums=by_size(self.squared_unit_sums),
            squares=by_size(self.squares),
            pairs=pairs[order],
            together=together,
        )


def mean_scores(unit: Ints, rater: Ints, score: Floats, raters: int) -> tuple[Ints, Ints, Floats]:
    """Reduce ratings to one score for each unit a rater saw, the mean over all they scored of it.

    >>> import numpy as np
    >>> unit, rater = np.array([0, 0, 0, 1]), np.array([0, 1, 0, 1])
    >>> [column.tolist() for column in mean_scores(unit, rater, np.array([1.0, 5.0, 2.0, 4.0]), raters=2)]
    [[0, 0, 1], [0, 1, 1], [1.5, 5.0, 4.0]]
    """
    key = unit * raters + rater
    if np.all(key[1:] > key[:-1]):
        return unit, rater, score
    # Ratings come ordered by unit, so that a sort which makes use of order is nearly one pass.
    order = np.argsort(key, kind="stable")
    key = key[order]
    starts = np.flatnonzero(np.diff(key, prepend=-1))
    means = np.add.reduceat(score[order], starts) / np.diff(starts, append=len(key))
    cell = key[starts]
    return cell // raters, cell % raters, means


def _checked(
    unit: npt.ArrayLike, rater: npt.ArrayLike, y: npt.ArrayLike, raters: int
) -> tuple[Ints, Ints, Floats]:
    units, who = np.asarray(unit, dtype=np.int64), np.asarray(rater, dtype=np.int64)
    scores = np.asarray(y, dtype=np.float64)
    if not (units.ndim == 1 and units.shape == who.shape == scores.shape):
        raise ValueError("Unit, rater and score are three columns of the same length.")
    if len(who) and not (who.min() >= 0 and who.max() < raters and units.min() >= 0):
        raise ValueError("Units and raters are numbered from 0, raters by their place among the labels.")
    if not np.isfinite(scores).all():
        raise ValueError("A score is a finite number. Leave out the row of a missing one.")
    return units, who, scores


def _pairs_of(seats: Ints, raters: int) -> tuple[Ints, Floats]:
    """Count the units two raters share; `seats` has a unit in each row, its raters in rising order."""
    units, size = seats.shape
    if size < 2:
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    first, second = np.triu_indices(size, 1)
    # Where a panel is a good part of all raters a matrix product is faster than to count pair by pair.
    crowded = raters <= FEW_RATERS_A_SEAT * size
    rows = max(1, CELLS_AT_ONCE // (raters if crowded else len(first)))
    dense = crowded or raters**2 <= max(CELLS_AT_ONCE, units * len(first))
    found: list[tuple[Ints, Floats]] = []
    counted = np.zeros(raters**2 if dense else 0)
    for start in range(0, units, rows):
        some = seats[start : start + rows]
        if crowded:
            seen = np.zeros((len(some), raters))
            seen[np.arange(len(some))[:, np.newaxis], some] = 1
            counted += np.triu(seen.T @ seen, 1).ravel()
        elif dense:
            counted += np.bincount((some[:, first] * raters + some[:, second]).ravel(), minlength=raters**2)
        else:
            keys, number = np.unique(some[:, first] * raters + some[:, second], return_counts=True)
            found.append((keys, number.astype(np.float64)))
    if dense:
        keys = np.flatnonzero(counted)
        return keys, counted[keys]
    keys, together = _side_by_side(found)
    return keys, np.asarray(together.sum(axis=1))


def _side_by_side(counts: Sequence[tuple[Ints, Floats]]) -> tuple[Ints, Floats]:
    """Put counts with keys of their own into the columns of one table."""
    keys = np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *(found for found, _ in counts)]))
    table = np.zeros((len(keys), len(counts)))
    for column, (found, number) in enumerate(counts):
        table[np.searchsorted(keys, found), column] = number
    return keys, table


def _in_order(labels: Iterable[Label]) -> tuple[Label, ...]:
    return tuple(sorted(labels, key=lambda label: (isinstance(label, str), label)))
