"""Fleiss' kappa, nominal or weighted, for any number of raters."""

import numpy as np

from reports.agreement import chance
from reports.agreement.disagreement import Disagreement
from reports.counting.patterns import Patterns
from reports.ratings.tables import Floats


def fleiss_kappa(patterns: Patterns, frequency: Floats, distance: Disagreement) -> Floats:
    """Agreement of many raters beyond chance, as Fleiss (1971) when everyone rated everything.

    With unequal numbers of ratings Gwet's generalization (2014): chance comes from the mean over all things
    rated of the shares of their ratings on each score. Checked against Fleiss (1971, table 1, .430).

    >>> from reports.counting.counts import patterns_of
    >>> from reports.ratings.tables import Ratings, Scale
    >>> rows = [("Ann", "Iris", 1), ("Ann", "Ivo", 2), ("Ben", "Iris", 4), ("Ben", "Ivo", 4)]
    >>> patterns = patterns_of(Ratings.from_rows(rows, scale=Scale(1, 5)))
    >>> nominal = Disagreement.on_points("nominal", patterns.values)
    >>> round(float(fleiss_kappa(patterns, patterns.frequency, nominal)), 3)
    0.2
    """
    observed = chance.mean_over_things(patterns, frequency, chance.agreement_of_patterns(patterns, distance))
    return chance.corrected(observed, expected(patterns, frequency, distance))


def expected(patterns: Patterns, frequency: Floats, distance: Disagreement) -> Floats:
    """Agreement by chance: sum over pairs of scores of (1 - distance) times the shares of both."""
    shares = chance.shares_of_levels(patterns, frequency)
    return np.asarray(1 - (distance.times(shares) * shares).sum(axis=-1))


def standard_error(patterns: Patterns, distance: Disagreement) -> float | None:
    """Gwet's linearized standard error (2014, section 5.3)."""
    shares = chance.shares_of_levels(patterns, patterns.frequency)
    by_chance = float(expected(patterns, patterns.frequency, distance))
    follows = 1 - np.asarray(patterns.shares @ distance.times(shares))
    of_pattern = chance.agreement_of_patterns(patterns, distance)
    return chance.standard_error(patterns, of_pattern, by_chance, follows)
