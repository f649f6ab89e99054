"""Percent agreement: how often two raters of the same thing gave the same score, or nearly the same."""

import numpy as np

from reports.agreement import chance
from reports.counting.patterns import Patterns
from reports.ratings.tables import Floats


def percent_agreement(patterns: Patterns, frequency: Floats) -> Floats:
    """Mean over the things rated twice or more of the share of their pairs of ratings that are equal.

    Blind to agreement by chance: never shown alone.

    >>> from reports.counting.counts import patterns_of
    >>> from reports.ratings.tables import Ratings, Scale
    >>> rows = [("Ann", "Iris", 3), ("Ann", "Ivo", 3), ("Ben", "Iris", 2), ("Ben", "Ivo", 4)]
    >>> patterns = patterns_of(Ratings.from_rows(rows, scale=Scale(1, 5)))
    >>> float(percent_agreement(patterns, patterns.frequency))
    0.5
    """
    return chance.mean_over_things(patterns, frequency, share_near(patterns, 0))


def percent_agreement_adjacent(patterns: Patterns, frequency: Floats) -> Floats:
    """The same with pairs at most one score point apart, whatever the step of the scale.

    >>> from reports.counting.counts import patterns_of
    >>> from reports.ratings.tables import Ratings, Scale
    >>> rows = [("Ann", "Iris", 3), ("Ann", "Ivo", 2), ("Ben", "Iris", 2), ("Ben", "Ivo", 4)]
    >>> patterns = patterns_of(Ratings.from_rows(rows, scale=Scale(1, 5)))
    >>> float(percent_agreement_adjacent(patterns, patterns.frequency))
    0.5
    """
    return chance.mean_over_things(patterns, frequency, share_near(patterns, 1))


def share_near(patterns: Patterns, within: float) -> Floats:
    """For each pattern the share of its pairs at most `within` score points apart; 0 for a single rating."""

    def share() -> Floats:
        pairs = patterns.raters * (patterns.raters - 1)
        return np.where(pairs > 0, patterns.near(within) / np.where(pairs > 0, pairs, 1), 0.0)

    return patterns.kept(("share near", within), share)
