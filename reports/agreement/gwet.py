"""Gwet's AC1 (nominal) and AC2 (weighted): agreement beyond a chance that does not grow with skew."""

from functools import lru_cache

import numpy as np

from reports.agreement import chance
from reports.agreement.disagreement import Disagreement, Weighting
from reports.counting.patterns import Patterns
from reports.ratings.tables import Floats


def gwet_ac(patterns: Patterns, frequency: Floats, distance: Disagreement, points: Floats) -> Floats:
    """Agreement beyond chance, chance being T / (q (q - 1)) times the sum of share x (1 - share).

    q is the number of `points` of the known scale and T the sum over all pairs of points of 1 - distance.
    Gwet (2008, 2014). With one interviewer who always gives the middle point AC2 stays high while nothing
    about candidates is learnt: shown beside alpha only.

    >>> from reports.counting.counts import patterns_of
    >>> from reports.ratings.tables import Ratings, Scale
    >>> rows = [("Ann", "Iris", 1), ("Ann", "Ivo", 2), ("Ben", "Iris", 4), ("Ben", "Ivo", 4)]
    >>> patterns = patterns_of(Ratings.from_rows(rows, scale=Scale(1, 5)))
    >>> nominal = Disagreement.on_points("nominal", patterns.values)
    >>> round(float(gwet_ac(patterns, patterns.frequency, nominal, patterns.points)), 3)
    0.407
    """
    observed = chance.mean_over_things(patterns, frequency, chance.agreement_of_patterns(patterns, distance))
    return chance.corrected(observed, expected(patterns, frequency, distance, points))


def expected(patterns: Patterns, frequency: Floats, distance: Disagreement, points: Floats) -> Floats:
    """Agreement by chance among raters unsure of what they see."""
    shares = chance.shares_of_levels(patterns, frequency)
    return np.asarray(weight_of_a_guess(distance, points) * (1 - (shares**2).sum(axis=-1)))


def standard_error(patterns: Patterns, distance: Disagreement, points: Floats) -> float | None:
    """Gwet's linearized standard error from the ratings themselves (2014, section 5.3)."""
    shares = chance.shares_of_levels(patterns, patterns.frequency)
    by_chance = float(expected(patterns, patterns.frequency, distance, points))
    follows = weight_of_a_guess(distance, points) * (1 - np.asarray(patterns.shares @ shares))
    of_pattern = chance.agreement_of_patterns(patterns, distance)
    return chance.standard_error(patterns, of_pattern, by_chance, follows)


def weight_of_a_guess(distance: Disagreement, points: Floats) -> float:
    """T / (q (q - 1)): T is the sum of the weights of agreement over all pairs of points."""
    number = len(points)
    return sum_of_weights(distance, points) / (number * (number - 1))


def sum_of_weights(distance: Disagreement, points: Floats) -> float:
    """The sum over all pairs of points of the known scale of 1 - distance."""
    return _sum_of_weights(distance.weighting, points.tobytes())


@lru_cache(maxsize=64)
def _sum_of_weights(weighting: Weighting, points: bytes) -> float:
    whole = Disagreement.on_points(weighting, np.frombuffer(points))
    return len(whole.values) ** 2 - float(whole.times(np.ones(len(whole.values))).sum())
