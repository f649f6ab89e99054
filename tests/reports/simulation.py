"""Simulated interviews whose true agreement is known, for the coverage of intervals."""

import numpy as np

from reports.agreement.coefficients import alpha_of
from reports.agreement.unit_level import UnitLevel
from reports.counting.bootstrap import Resampling
from reports.counting.counts import Counts
from reports.ratings.tables import Ratings
from reports.results import Statistic
from tests.reports.tables import FIVE_POINTS


def scored(candidates: int, criteria: int = 1, halo: float = 0.0, seed: int = 1) -> Ratings:
    """Two interviewers; `halo` is what an interviewer carries over from one criterion to the next."""
    random = np.random.default_rng(seed)
    quality = random.normal(size=(candidates, 1, 1))
    carried = halo * random.normal(size=(candidates, 1, 2))
    score = np.rint(3 + quality + carried + 0.5 * random.normal(size=(candidates, criteria, 2))).clip(1, 5)
    unit, criterion, rater = np.indices(score.shape)
    columns = (unit, rater, score.astype(int), criterion)
    return Ratings.from_columns(*(column.ravel() for column in columns), scale=FIVE_POINTS)


def alpha_alone(ratings: Ratings, seed: str, samples: int = 400) -> Statistic:
    """Ordinal alpha with its interval, without the other coefficients."""
    resampling = Resampling(seed, samples)
    level = UnitLevel(Counts.of(ratings), resampling)
    [found] = level.within_things([alpha_of(level.patterns, "ordinal")]).values()
    return found
