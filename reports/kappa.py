"""The kappas: Cohen's for two raters, its mean over all pairs of raters, Fleiss' for many."""

import math
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from reports import counts
from reports.bootstrap import Resampling
from reports.estimates import NO_PAIR, Redraw, all_the_same, estimate
from reports.results import Statistic
from reports.tables import Floats, Ratings

NO_DISAGREEMENT = 1e-12

Weighting: TypeAlias = Literal["unweighted", "linear", "quadratic"]


def cohen_kappa(
    ratings: Ratings, weighting: Weighting = "unweighted", *, resampling: Resampling | None = None
) -> Statistic:
    """Agreement of two raters beyond what their own habits would give by chance.

    1 - observed over expected disagreement, disagreement being 1, the distance or its square on the scale.
    Cohen (1960, 1968); standard error of Fleiss, Cohen & Everitt (1969), for large samples.

    >>> from reports.tables import Ratings, Scale
    >>> rows = [("Ann", "Iris", 1), ("Ann", "Ivo", 1), ("Ben", "Iris", 5), ("Ben", "Ivo", 4)]
    >>> round(cohen_kappa(Ratings.from_rows(rows, scale=Scale(1, 5)), "quadratic").value, 2)
    0.92
    """
    key = "cohen_kappa" if weighting == "unweighted" else f"cohen_kappa_{weighting}"
    method = f"Cohen's kappa, {weighting}"
    pairs = counts.rater_pairs(ratings)
    number = len(np.unique(ratings.rater))
    if number > 2:
        because = f"Cohen's kappa is for two raters; these ratings come from {number}."
        return estimate(key, ratings, None, method=method, undefined_because=because)
    if not len(pairs):
        return estimate(key, ratings, None, method=method, undefined_because=NO_PAIR)

    points = ratings.scale.points
    distance = np.abs(np.subtract.outer(np.arange(points), np.arange(points))).astype(np.float64)
    disagreement = {"unweighted": np.sign(distance), "linear": distance, "quadratic": distance**2}[weighting]
    candidates, candidate = np.unique(pairs.candidate, return_inverse=True)
    cell = (candidate * points + pairs.level) * points + pairs.other_level
    tables = (
        np.bincount(cell, minlength=len(candidates) * points**2).reshape(-1, points**2).astype(np.float64)
    )

    def replicate(weights: Floats) -> Floats:
        return _kappa_of((weights @ tables).reshape(-1, points, points), disagreement)

    table = tables.sum(axis=0).reshape(points, points)
    value = float(_kappa_of(table, disagreement))
    if math.isnan(value):
        return estimate(key, ratings, None, method=method, undefined_because=all_the_same(ratings))
    se = _large_sample_se(table, disagreement)
    redraw = Redraw(len(tables), replicate)
    return estimate(key, ratings, value, method=method, se=se, resampling=resampling, redraw=redraw)


def mean_pairwise_kappa(
    ratings: Ratings, *, least_shared: int = 1, resampling: Resampling | None = None
) -> Statistic:
    """Mean of the quadratic kappas of all pairs of raters who share things rated, each counting once.

    Light (1971). Each pair's kappa by its moments, 2 cov / (var + var + squared difference of means), which
    is the quadratic kappa on the known scale. Pairs who share fewer than `least_shared` things, and pairs
    whose ratings are all equal, have none.

    >>> from reports.tables import Ratings, Scale
    >>> rows = [("Ann", "Iris", 1), ("Ann", "Ivo", 1), ("Ben", "Iris", 5), ("Ben", "Ivo", 4)]
    >>> round(mean_pairwise_kappa(Ratings.from_rows(rows, scale=Scale(1, 5))).value, 2)
    0.92
    """
    key, method = "mean_pairwise_kappa_quadratic", "mean over pairs of raters of the quadratic kappa"
    pairs = counts.rater_pairs(ratings)
    if not len(pairs):
        return estimate(key, ratings, None, method=method, undefined_because=NO_PAIR)

    who = pairs.first * len(ratings.raters) + pairs.second
    candidates, candidate = np.unique(pairs.candidate, return_inverse=True)
    x, y = pairs.level.astype(np.float64), pairs.other_level.astype(np.float64)
    moments = np.column_stack([np.ones_like(x), x, y, x * x, y * y, x * y])
    entries, entry = np.unique(who * len(candidates) + candidate, return_inverse=True)
    entry_moments = np.zeros((len(entries), moments.shape[1]))
    np.add.at(entry_moments, entry, moments)
    starts = np.flatnonzero(np.diff(entries // len(candidates), prepend=-1))
    drawn_with = entries % len(candidates)
    enough = np.add.reduceat(entry_moments[:, 0], starts) >= least_shared

    def replicate(weights: Floats) -> Floats:
        drawn = weights[:, drawn_with]
        sums = [np.add.reduceat(drawn * column, starts, axis=1) for column in entry_moments.T]
        return _mean_where_defined(_kappa_by_moments(*sums), enough)

    every = np.add.reduceat(entry_moments, starts, axis=0)
    kappas = _kappa_by_moments(*every.T)
    value = float(_mean_where_defined(kappas, enough))
    method += f" ({int((np.isfinite(kappas) & enough).sum())} of {len(starts)} pairs)"
    if math.isnan(value):
        return estimate(
            key, ratings, None, method=method, undefined_because=_no_pair_kappa(ratings, enough, least_shared)
        )
    redraw = Redraw(len(candidates), replicate)
    return estimate(key, ratings, value, method=method, resampling=resampling, redraw=redraw)


def fleiss_kappa(ratings: Ratings, *, resampling: Resampling | None = None) -> Statistic:
    """Nominal agreement of many raters beyond chance, as Fleiss (1971) when everyone rated everything.

    With unequal numbers of ratings, Gwet's generalization: observed agreement over things rated twice or
    more, chance from the mean over all things of the shares of their ratings on each level.

    >>> from reports.tables import Ratings, Scale
    >>> rows = [("Ann", "Iris", 1), ("Ann", "Ivo", 1), ("Ben", "Iris", 5), ("Ben", "Ivo", 4)]
    >>> round(fleiss_kappa(Ratings.from_rows(rows, scale=Scale(1, 5))).value, 2)
    0.2
    """
    key, method = "fleiss_kappa", "Fleiss' kappa, unequal numbers of ratings as Gwet"
    table = counts.level_counts(ratings)
    twice = table.raters >= 2
    if not twice.any():
        return estimate(key, ratings, None, method=method, undefined_because=NO_PAIR)
    agreement = counts.closeness(table, 0) / np.where(twice, counts.pairs_of(table), 1)
    shares = table.counts / table.raters[:, np.newaxis]
    sums = table.by_candidate(np.column_stack([agreement, twice, np.ones_like(agreement), shares]))

    def kappa_of(drawn: Floats) -> Floats:
        observed = drawn[..., 0] / np.where(drawn[..., 1] > 0, drawn[..., 1], np.nan)
        chance = ((drawn[..., 3:] / drawn[..., 2:3]) ** 2).sum(axis=-1)
        return np.asarray((observed - chance) / np.where(chance < 1 - NO_DISAGREEMENT, 1 - chance, np.nan))

    def replicate(weights: Floats) -> Floats:
        return kappa_of(weights @ sums)

    value = float(kappa_of(sums.sum(axis=0)))
    if math.isnan(value):
        return estimate(key, ratings, None, method=method, undefined_because=all_the_same(ratings))
    redraw = Redraw(len(sums), replicate)
    return estimate(key, ratings, value, method=method, resampling=resampling, redraw=redraw)


def _kappa_of(tables: Floats, disagreement: Floats) -> Floats:
    """Kappa of tables (..., levels, levels); not a number where chance would always agree."""
    total = tables.sum(axis=(-1, -2))
    chance = tables.sum(axis=-1)[..., :, np.newaxis] * tables.sum(axis=-2)[..., np.newaxis, :]
    observed = (tables * disagreement).sum(axis=(-1, -2))
    expected = (chance * disagreement).sum(axis=(-1, -2))
    return np.asarray(1 - observed * total / np.where(expected > 0, expected, np.nan))


def _large_sample_se(table: Floats, disagreement: Floats) -> float | None:
    """Fleiss, Cohen & Everitt (1969), for kappas other than zero, written with weights of agreement."""
    total = float(table.sum())
    shares = table / total
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    weight = 1 - disagreement / disagreement.max()
    observed, chance = float((weight * shares).sum()), float(rows @ weight @ columns)
    kappa = (observed - chance) / (1 - chance)
    habits = (weight @ columns)[:, np.newaxis] + (rows @ weight)[np.newaxis, :]
    spread = (
        float((shares * (weight - habits * (1 - kappa)) ** 2).sum()) - (kappa - chance * (1 - kappa)) ** 2
    )
    return math.sqrt(max(spread, 0.0) / total) / (1 - chance)


def _kappa_by_moments(n: Floats, x: Floats, y: Floats, xx: Floats, yy: Floats, xy: Floats) -> Floats:
    """2 cov / (var + var + difference of means squared), every term times n squared."""
    below = (n * xx - x * x) + (n * yy - y * y) + (x - y) ** 2
    return np.asarray(2 * (n * xy - x * y) / np.where(below > 0, below, np.nan))


def _mean_where_defined(kappas: Floats, enough: npt.NDArray[np.bool_]) -> Floats:
    usable = np.isfinite(kappas) & enough
    number = usable.sum(axis=-1)
    total = np.where(usable, kappas, 0).sum(axis=-1)
    return np.asarray(total / np.where(number > 0, number, np.nan))


def _no_pair_kappa(ratings: Ratings, enough: npt.NDArray[np.bool_], least_shared: int) -> str:
    if not enough.any():
        return f"No two raters share {least_shared} things they both rated."
    if len(counts.level_counts(ratings).rated_twice().used_levels().values) == 1:
        return all_the_same(ratings)
    return "Every pair of raters gave one and the same score throughout: nothing to correct for chance"
