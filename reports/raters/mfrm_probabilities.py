"""The probabilities of a rating-scale model (Andrich 1978), for many ratings at once."""

import numpy as np

from reports.ratings.tables import Floats, Ints

LARGEST_POWER = 350.0


def probabilities(logit: Floats, levels: Ints, ceiling: Floats) -> tuple[Floats, Floats]:
    """Probabilities (levels x ratings) of the levels used, and the log of what they were divided by.

    P(k) is proportional to exp(k logit - sum of the first k thresholds); `ceiling` holds these sums for the
    levels used. One exponential a rating is enough: the levels are its powers, taken from the middle level
    outward, which keeps them in range.
    """
    middle = int(levels[-1]) // 2
    reach = LARGEST_POWER / (levels[-1] - middle)
    within = np.clip(logit, -reach, reach)
    factor = np.exp(within)
    lowest = ceiling.min()
    weight = np.exp(lowest - ceiling)
    found = np.empty((len(levels), *logit.shape))
    place = {int(level): number for number, level in enumerate(levels)}
    for outward, step in ((range(middle, levels[-1] + 1), factor), (range(middle, -1, -1), 1 / factor)):
        power = np.ones_like(factor)
        for level in outward:
            if level in place:
                np.multiply(power, weight[place[level]], out=found[place[level]])
            power *= step
    total = found.sum(axis=0)
    found /= total
    beyond = np.maximum(logit - within, 0.0)  # where the highest level is certain
    return found, np.log(total) - lowest + middle * within + levels[-1] * beyond


def first_ceiling(score: Ints, levels: Ints) -> Floats:
    """Sums of thresholds to start from: those that give each level its share of the ratings at one logit."""
    share = np.log(np.bincount(score)[levels] / len(score))
    line = share[0] + (share[-1] - share[0]) * levels / levels[-1]
    return np.asarray(line - share)
