"""Brennan and Prediger's coefficient: agreement beyond that of raters who guess every score alike."""

import numpy as np

from reports.agreement import chance
from reports.agreement.disagreement import Disagreement
from reports.agreement.gwet import sum_of_weights
from reports.counting.patterns import Patterns
from reports.ratings.tables import Floats


def brennan_prediger(patterns: Patterns, frequency: Floats, distance: Disagreement, points: Floats) -> Floats:
    """(observed - chance) / (1 - chance), chance being the mean weight of agreement over pairs of points.

    Brennan & Prediger (1981); weighted as in Gwet (2014). Depends on how many points the scale has, so that
    they must be those of the scorecard.

    >>> from reports.counting.counts import patterns_of
    >>> from reports.ratings.tables import Ratings, Scale
    >>> rows = [("Ann", "Iris", 1), ("Ann", "Ivo", 2), ("Ben", "Iris", 4), ("Ben", "Ivo", 4)]
    >>> patterns = patterns_of(Ratings.from_rows(rows, scale=Scale(1, 5)))
    >>> nominal = Disagreement.on_points("nominal", patterns.values)
    >>> round(float(brennan_prediger(patterns, patterns.frequency, nominal, patterns.points)), 3)
    0.375
    """
    observed = chance.mean_over_things(patterns, frequency, chance.agreement_of_patterns(patterns, distance))
    return chance.corrected(observed, np.full(observed.shape, expected(distance, points)))


def expected(distance: Disagreement, points: Floats) -> float:
    """Agreement by chance: the same for all data."""
    return sum_of_weights(distance, points) / len(points) ** 2


def standard_error(patterns: Patterns, distance: Disagreement, points: Floats) -> float | None:
    """Gwet's linearized standard error (2014, section 5.3)."""
    by_chance = expected(distance, points)
    of_pattern = chance.agreement_of_patterns(patterns, distance)
    return chance.standard_error(patterns, of_pattern, by_chance, by_chance)
