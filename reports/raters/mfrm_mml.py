"""Marginal maximum likelihood of the many-facet rating-scale model, persons normally distributed."""

from dataclasses import dataclass, field

import numpy as np

from reports.raters.mfrm_design import RUNS_OFF, Design, UndefinedModel, root_of_inverse
from reports.raters.mfrm_likelihood import Likelihood, Moments
from reports.raters.mfrm_probabilities import first_ceiling
from reports.ratings.tables import Floats

REACH = 6.5
FIRST_NODES = 41
MOST_NODES = 2_000
CLOSENESS = 1.5
NEAR_ENOUGH = 1e-3
CLOSE_ENOUGH = 1e-8
MOST_STEPS = 60
NO_SPREAD = 1e-3
LARGEST_SPREAD = 10.0


@dataclass(frozen=True, slots=True, eq=False)
class MarginalEstimates:
    """The maximum, in logits, for the population, the criteria and the raters of a design.

    `ceiling` holds the sum of the thresholds up to each level used, `covariance` is that of criteria, inner
    ceilings and raters, in this order. `measure` is the mean of each person given their ratings, `measure_se`
    its standard deviation.
    """

    mean: float
    sd: float
    measure: Floats = field(repr=False)
    measure_se: Floats = field(repr=False)
    difficulty: Floats
    ceiling: Floats
    severity: Floats
    covariance: Floats = field(repr=False)
    log_likelihood: float
    nodes: int


def marginal_estimates(design: Design) -> MarginalEstimates:
    """Maximize the likelihood with the persons integrated out over a normal population.

    The integral is a sum over equally spaced points, as many as keep their distance below the spread of every
    person given their ratings, where such a sum is exact to about 1e-8. A quasi-Newton search with the exact
    gradient comes near, Newton steps with the exact second derivatives end it and give the standard errors.
    """
    likelihood = Likelihood.of(design)
    free = _free_directions(likelihood)
    parameters = _start(likelihood)
    nodes, narrowest, distance = FIRST_NODES, 0.0, 1.0
    while narrowest < CLOSENESS * distance:
        if nodes > MOST_NODES:
            raise UndefinedModel(RUNS_OFF)
        grid, distance = np.linspace(-REACH, REACH, nodes, retstep=True)
        parameters = _searched(likelihood, parameters, grid, free)
        narrowest = float(likelihood.at(parameters, grid).place()[1].min())
        if abs(parameters[1]) > LARGEST_SPREAD:  # points so far apart may have led astray
            parameters = _start(likelihood)
        nodes = 2 * nodes - 1
    return _finished(likelihood, parameters, grid, free)


def _start(likelihood: Likelihood) -> Floats:
    design = likelihood.design
    parameters = np.zeros(likelihood.loading.shape[1])
    parameters[1] = 1.0
    parameters[likelihood.inner] = first_ceiling(design.score, design.levels)[1:-1]
    return parameters


def _free_directions(likelihood: Likelihood, *, with_spread: bool = True) -> Floats:
    """Orthonormal columns in which parameters move: criteria sum to zero, and so do raters."""
    inner, size = likelihood.inner, likelihood.loading.shape[1]
    fixed = np.zeros((size, 2 if with_spread else 3))
    fixed[1, 2:] = 1.0
    fixed[2 : inner.start, 0] = 1.0
    fixed[inner.stop :, 1] = 1.0
    whole, _ = np.linalg.qr(fixed, mode="complete")
    return np.asarray(whole[:, fixed.shape[1] :])


def _searched(likelihood: Likelihood, parameters: Floats, grid: Floats, free: Floats) -> Floats:
    """Quasi-Newton search in units in which complete data would inform equally of every direction."""
    from scipy.optimize import minimize

    information = likelihood.complete_information(likelihood.at(parameters, grid))
    scaled = free @ root_of_inverse(free.T @ information @ free)

    def objective(position: Floats) -> tuple[float, Floats]:
        moments = likelihood.at(parameters + scaled @ position, grid)
        return -moments.log_likelihood, -(scaled.T @ likelihood.gradient(moments))

    found = minimize(
        objective, np.zeros(scaled.shape[1]), jac=True, method="BFGS", options={"gtol": NEAR_ENOUGH}
    )
    return np.asarray(parameters + scaled @ found.x)


def _finished(likelihood: Likelihood, parameters: Floats, grid: Floats, free: Floats) -> MarginalEstimates:
    """Newton steps with the observed information, until they are so short that it is that of the maximum.

    Where candidates differ no more than their scores would if they were all alike, their standard deviation
    is 0: it stays there, since the likelihood is the same on both sides of 0 and may be very flat.
    """
    for _ in range(MOST_STEPS):
        if abs(parameters[1]) < NO_SPREAD:
            parameters, free = parameters.copy(), _free_directions(likelihood, with_spread=False)
            parameters[1] = 0.0
        moments = likelihood.at(parameters, grid)
        root = free @ root_of_inverse(free.T @ likelihood.information(moments) @ free)
        covariance = root @ root.T
        step = covariance @ likelihood.gradient(moments)
        parameters = parameters + step
        if np.abs(step).max() < CLOSE_ENOUGH:
            return _centered(likelihood, parameters, likelihood.at(parameters, grid), covariance)
    raise UndefinedModel(RUNS_OFF)


def _centered(
    likelihood: Likelihood, parameters: Floats, moments: Moments, covariance: Floats
) -> MarginalEstimates:
    """Give severities and difficulties relative to the mean of their own group.

    What lies between groups that share no candidate was estimated from the assumption that all candidates
    come from one population; it is not given out as severity.
    """
    inner = likelihood.inner
    centering = likelihood.design.centering
    away = np.eye(len(parameters))
    measures = np.r_[2 : inner.start, inner.stop : len(parameters)]
    away[np.ix_(measures, measures)] -= centering @ centering.T
    centered = away @ parameters
    mean, sd = float(parameters[0]), abs(float(parameters[1]))
    place, spread = moments.place()
    return MarginalEstimates(
        mean=mean,
        sd=sd,
        measure=mean + parameters[1] * place,
        measure_se=sd * spread,
        difficulty=centered[2 : inner.start],
        ceiling=np.concatenate([[0.0], parameters[inner], [0.0]]),
        severity=centered[inner.stop :],
        covariance=(away @ covariance @ away.T)[2:, 2:],
        log_likelihood=moments.log_likelihood,
        nodes=len(moments.grid),
    )
