"""Percent agreement: how often two raters of the same thing gave the same score, or nearly the same."""

import math

import numpy as np

from reports import counts
from reports.bootstrap import Resampling
from reports.estimates import NO_PAIR, Redraw, estimate
from reports.results import Statistic
from reports.tables import Floats, Ratings


def percent_agreement(ratings: Ratings, *, resampling: Resampling | None = None) -> Statistic:
    """Mean over the things rated twice or more of the share of their pairs of ratings that are equal.

    Standard error: Gwet's linearized variance over all things rated (Gwet 2014).
    Blind to agreement by chance: never shown alone.

    >>> from reports.tables import Ratings, Scale
    >>> rows = [("Ann", "Iris", 3), ("Ann", "Ivo", 3), ("Ben", "Iris", 2), ("Ben", "Ivo", 4)]
    >>> percent_agreement(Ratings.from_rows(rows, scale=Scale(1, 5))).value
    0.5
    """
    return _share_of_pairs(
        "percent_agreement", ratings, 0, "share of equal pairs, mean over things rated", resampling
    )


def percent_agreement_adjacent(ratings: Ratings, *, resampling: Resampling | None = None) -> Statistic:
    """The same with pairs at most one score point apart.

    >>> from reports.tables import Ratings, Scale
    >>> rows = [("Ann", "Iris", 3), ("Ann", "Ivo", 2), ("Ben", "Iris", 2), ("Ben", "Ivo", 4)]
    >>> percent_agreement_adjacent(Ratings.from_rows(rows, scale=Scale(1, 5))).value
    0.5
    """
    method = "share of pairs at most one point apart, mean over things rated"
    return _share_of_pairs("percent_agreement_adjacent", ratings, 1, method, resampling)


def _share_of_pairs(
    key: str, ratings: Ratings, within: float, method: str, resampling: Resampling | None
) -> Statistic:
    table = counts.level_counts(ratings)
    twice = table.rated_twice()
    if not len(twice.candidate):
        return estimate(key, ratings, None, method=method, undefined_because=NO_PAIR)
    shares = counts.closeness(twice, within) / counts.pairs_of(twice)
    value = float(shares.mean())
    sums = twice.by_candidate(np.column_stack([shares, np.ones_like(shares)]))

    def replicate(weights: Floats) -> Floats:
        drawn = weights @ sums
        return np.asarray(drawn[:, 0] / drawn[:, 1])

    se = _gwet_se(shares, len(table.candidate))
    redraw = Redraw(len(sums), replicate)
    return estimate(key, ratings, value, method=method, se=se, resampling=resampling, redraw=redraw)


def _gwet_se(shares: Floats, rated: int) -> float | None:
    """Spread over all things rated: those rated once count as none, the others are scaled up for it."""
    if rated < 2:
        return None
    value = float(shares.mean())
    scaled = shares * rated / len(shares)
    squares = float(((scaled - value) ** 2).sum()) + (rated - len(shares)) * value**2
    return math.sqrt(squares / (rated * (rated - 1)))
