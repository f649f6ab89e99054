"""Agreement corrected for chance in the manner of Gwet: (observed - chance) / (1 - chance).

Observed agreement is the mean over the things rated twice or more of the weighted share of their pairs that
agree. Coefficients differ in what they take for chance: Fleiss' kappa, Brennan and Prediger's, AC1 and AC2.

Source: Gwet, K. L. (2014), Handbook of Inter-Rater Reliability, 4th edition, chapters 4 to 6.
"""

import math

import numpy as np

from reports.agreement.disagreement import Disagreement
from reports.counting.patterns import Patterns
from reports.ratings.tables import Floats

NO_DISAGREEMENT = 1e-12


def agreement_of_patterns(patterns: Patterns, distance: Disagreement) -> Floats:
    """For each pattern the mean over its pairs of 1 - distance; 0 for a single rating, which has no pair."""

    def agreement() -> Floats:
        pairs = patterns.raters * (patterns.raters - 1)
        apart = patterns.disagreement(distance)
        return np.where(pairs > 0, 1 - apart / np.where(pairs > 0, pairs, 1), 0.0)

    return patterns.kept(("agreement", distance.weighting, distance.largest), agreement)


def mean_over_things(patterns: Patterns, frequency: Floats, of_pattern: Floats) -> Floats:
    """The mean over things rated twice or more; not a number where there are none."""
    twice = frequency @ patterns.twice
    return np.asarray((frequency @ (of_pattern * patterns.twice)) / np.where(twice > 0, twice, np.nan))


def shares_of_levels(patterns: Patterns, frequency: Floats) -> Floats:
    """The mean over all things rated of the share of each score among the thing's ratings (..., scores)."""

    def shares() -> Floats:
        things = frequency.sum(axis=-1)
        mean = (frequency @ patterns.shares) / np.where(things > 0, things, np.nan)[..., np.newaxis]
        return np.asarray(mean)

    return patterns.kept("shares of levels", shares) if frequency is patterns.frequency else shares()


def corrected(observed: Floats, chance: Floats) -> Floats:
    """Agreement beyond chance as a share of what chance leaves; not a number where chance leaves nothing."""
    return np.asarray((observed - chance) / np.where(chance < 1 - NO_DISAGREEMENT, 1 - chance, np.nan))


def standard_error(
    patterns: Patterns, of_pattern: Floats, chance: float, chance_of_pattern: Floats | float
) -> float | None:
    """Gwet's linearized standard error over all things rated; None for fewer than two things.

    `chance_of_pattern` is how chance agreement follows from each pattern; its mean is `chance`.
    """
    frequency = patterns.frequency
    things, twice = float(frequency.sum()), float(frequency @ patterns.twice)
    if things < 2:
        return None
    observed = float(frequency @ (of_pattern * patterns.twice)) / twice
    value = (observed - chance) / (1 - chance)
    linear = (things / twice) * (of_pattern - chance) * patterns.twice / (1 - chance)
    linear = linear - 2 * (1 - value) * (chance_of_pattern - chance) / (1 - chance)
    return math.sqrt(float(frequency @ (linear - value) ** 2) / (things * (things - 1)))
