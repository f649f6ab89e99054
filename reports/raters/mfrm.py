"""Severity in logits: the many-facet rating-scale model of Linacre (1989), after Andrich (1978) and Rasch.

log P(k) / P(k - 1) = B of the candidate - D of the criterion - C of the rater - F of the step to level k
"""

import numpy as np

from reports.raters.mfrm_design import Design, UndefinedModel, design_of
from reports.raters.mfrm_fit import fit_of_raters
from reports.raters.mfrm_jmle import joint_estimates
from reports.raters.mfrm_mml import marginal_estimates
from reports.raters.mfrm_results import Measure, Naming, RatingScaleModel, without
from reports.ratings.tables import Ratings

__all__ = ["Measure", "RatingScaleModel", "fit_jmle", "fit_marginal"]

CONTINUOUS = "The scale has no steps, and the model has a threshold for every step."


def fit_jmle(ratings: Ratings) -> RatingScaleModel:
    """Severities with infit and outfit by joint maximum likelihood, as the program FACETS.

    Raters, criteria and steps each sum to zero. Candidates, raters and criteria whose scores are all the
    lowest or all the highest level used have no finite estimate and are left out. Levels nobody used shorten
    the scale at its ends; in the middle a level keeps its place, and the steps to it and from it have no
    threshold: that is the limit of the likelihood, where closing the gap would change what a point means.
    Severities compare within a group of raters linked by shared candidates, and each group has the mean 0;
    criteria and thresholds are common to all groups.

    The standard errors come from the whole information matrix, so they include what is not known of the
    others; those of FACETS do not, and are slightly smaller. With few ratings a candidate, joint estimates
    are stretched away from 0 (Wright & Douglas 1977); those of `fit_marginal` are not.

    Checked against R VGAM 1.1-7 (`vglm` with `acat(parallel = TRUE)`), estimates to 1e-6 and standard errors
    to 1e-5, and against the full likelihood as SciPy maximizes it.

    >>> from reports.ratings.tables import Ratings, Scale
    >>> scores = {"Ann": (1, 2), "Ben": (2, 1), "Cleo": (1, 2), "Dan": (1, 1)}
    >>> rows = [(who, *pair) for who, two in scores.items() for pair in zip(("Iris", "Ivo"), two)]
    >>> model = fit_jmle(Ratings.from_rows(rows, scale=Scale(1, 2)))
    >>> {rater: round(found.value, 3) for rater, found in model.severity.items()}
    {'Iris': 0.693, 'Ivo': -0.693}
    >>> model.left_out
    ('Dan',)
    """
    try:
        design = _design(ratings, drop_persons=True)
        found = joint_estimates(design)
    except UndefinedModel as why:
        because = str(why)
        return RatingScaleModel(
            severity=without("mfrm_jmle_severity", ratings, because),
            infit=without("mfrm_jmle_infit", ratings, because),
            outfit=without("mfrm_jmle_outfit", ratings, because),
            undefined_because=because,
        )
    naming = Naming.of(ratings, design, "joint maximum likelihood")
    fit = fit_of_raters(design, found)
    return RatingScaleModel(
        severity=naming.severities("mfrm_jmle_severity", found.severity, found.covariance),
        infit=naming.mean_squares("mfrm_jmle_infit", fit.infit, fit.infit_se),
        outfit=naming.mean_squares("mfrm_jmle_outfit", fit.outfit, fit.outfit_se),
        groups=naming.groups(),
        difficulties=naming.difficulties(found.difficulty, found.covariance),
        thresholds=naming.thresholds(found.ceiling, found.covariance),
        measures=naming.of_candidates(found.measure),
        measures_se=naming.of_candidates(1 / np.sqrt(found.measure_information)),
        left_out=naming.left_out(),
        log_likelihood=found.log_likelihood,
        n_ratings=len(design),
    )


def fit_marginal(ratings: Ratings) -> RatingScaleModel:
    """Severities by marginal maximum likelihood: the same model, candidates normally distributed.

    Everyone is kept but raters and criteria with all scores at one end; the mean and the standard deviation
    of the candidates are estimated with the rest (Bock & Aitkin 1981), standard errors come from the observed
    information. Levels nobody used and groups of raters are treated as in `fit_jmle`. The measure of a
    candidate is the mean given their scores, drawn toward that of all candidates.

    Checked against the likelihood with SciPy's adaptive integral for each candidate, as SciPy maximizes it.

    >>> from reports.ratings.tables import Ratings, Scale
    >>> scores = {"Ann": (1, 2), "Ben": (2, 1), "Cleo": (1, 2), "Dan": (1, 1)}
    >>> rows = [(who, *pair) for who, two in scores.items() for pair in zip(("Iris", "Ivo"), two)]
    >>> model = fit_marginal(Ratings.from_rows(rows, scale=Scale(1, 2)))
    >>> {rater: round(found.value, 3) for rater, found in model.severity.items()}
    {'Iris': 0.549, 'Ivo': -0.549}
    """
    try:
        design = _design(ratings, drop_persons=False)
        found = marginal_estimates(design)
    except UndefinedModel as why:
        because = str(why)
        return RatingScaleModel(
            severity=without("mfrm_mml_severity", ratings, because), undefined_because=because
        )
    naming = Naming.of(ratings, design, "marginal maximum likelihood")
    return RatingScaleModel(
        severity=naming.severities("mfrm_mml_severity", found.severity, found.covariance),
        groups=naming.groups(),
        difficulties=naming.difficulties(found.difficulty, found.covariance),
        thresholds=naming.thresholds(found.ceiling, found.covariance),
        measures=naming.of_candidates(found.measure),
        measures_se=naming.of_candidates(found.measure_se),
        left_out=naming.left_out(),
        population_mean=found.mean,
        population_sd=found.sd,
        log_likelihood=found.log_likelihood,
        n_ratings=len(design),
    )


def _design(ratings: Ratings, *, drop_persons: bool) -> Design:
    if ratings.scale.is_continuous:
        raise UndefinedModel(CONTINUOUS)
    return design_of(ratings.unit, ratings.rater, ratings.criterion, ratings.code, drop_persons=drop_persons)
