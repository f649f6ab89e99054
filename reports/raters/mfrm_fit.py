"""Infit and outfit: whether an interviewer's ratings scatter about the model as much as it expects."""

from dataclasses import dataclass

import numpy as np

from reports.raters.mfrm_design import Design
from reports.raters.mfrm_jmle import CHUNK, JointEstimates
from reports.raters.mfrm_probabilities import probabilities
from reports.ratings.tables import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """Mean squares of each rater of a design, and how far the model lets them vary about 1."""

    infit: Floats
    outfit: Floats
    infit_se: Floats
    outfit_se: Floats


def fit_of_raters(design: Design, estimates: JointEstimates) -> Fit:
    """Mean squared residuals of each rater: infit weighted by information, outfit not.

    With residual y, its variance W and its fourth moment C under the model: outfit is the mean of y² / W,
    infit the sum of y² over the sum of W. Their model variances are sum(C / W² - 1) / n² and
    sum(C - W²) / (sum W)². Wright & Masters (1982, chapter 5), as in FACETS (Linacre), over the ratings the
    model was fitted to.
    """
    levels = design.levels.astype(np.float64)
    raters = len(design.raters)
    squared, variance, standardized, weighted_spread, spread = totals = np.zeros((5, raters))
    for begin in range(0, len(design), CHUNK):
        rows = slice(begin, begin + CHUNK)
        rater = design.rater[rows]
        logit = (
            estimates.measure[design.person[rows]]
            - estimates.difficulty[design.criterion[rows]]
            - estimates.severity[rater]
        )
        chances, _ = probabilities(logit, design.levels, estimates.ceiling)
        expected = levels @ chances
        squares = (levels[:, np.newaxis] - expected) ** 2
        w = (chances * squares).sum(axis=0)
        c = (chances * squares**2).sum(axis=0)
        y = design.score[rows] - expected
        values = [y**2, w, y**2 / w, c - w**2, c / w**2 - 1]
        totals += [np.bincount(rater, weights=value, minlength=raters) for value in values]
    number = np.bincount(design.rater, minlength=raters)
    return Fit(
        infit=squared / variance,
        outfit=standardized / number,
        infit_se=np.sqrt(weighted_spread) / variance,
        outfit_se=np.sqrt(spread) / number,
    )
