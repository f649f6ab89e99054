"""Variance components of ratings on several criteria, and what they say of a mean score."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from reports.extent import Extent
from reports.ratings.tables import Floats, Ints, Ratings
from reports.reliability.criteria_layout import Layout
from reports.reliability.criteria_likelihood import COMPONENTS, Evaluation, evaluate
from reports.reliability.criteria_start import first_values, why_not
from reports.reliability.generalizability import LOGNORMAL, Draws
from reports.results import Statistic
from reports.seeds import generator

VARIANCES = tuple(f"var_{component}" for component in COMPONENTS)
KEYS = (*VARIANCES, "generalizability", "dependability")
METHOD = (
    "REML of score ~ 1 + criterion + unit + rater + unit:criterion + rater:criterion + unit:rater, all random"
)
NO_CRITERIA = "The ratings have no criterion column."
NO_RATINGS = "There are no ratings."
ALL_EQUAL = "Every score is the same: there is no variance to divide up."
NO_RESIDUAL = "Candidate, rater and criterion leave no residual: there is nothing to judge the components by."
NOT_SETTLED = "The estimates did not settle."
NOT_DRAWN = "Nothing was said about how to draw the components."
NO_INTERVAL = "Components have a standard error; the interval is given for the coefficients they make up."
TOO_MANY_CELLS = (
    "{cells:,} combinations of rater and criterion are too many for one model of {most:,}; "
    "take fewer raters or one criterion."
)
MOST_CELLS = 3_000
SETTLED = 1e-9
ROUNDING = 1e-10
PERFECT = 1e-5
LEAST_SHARE = 0.05
SLOWEST_FALL = 0.1
RIDGE = 1e-9
STEEP = 1e-8
LEAST_INFORMATION = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CriteriaFit:
    """Components in the order of COMPONENTS, how well they are known, and the design.

    `covariance` is zero for components held at zero; of these `slope` and `information` say how the log
    likelihood falls from there. `panel` is the harmonic mean number of raters of a candidate, `criteria` the
    number of criteria.
    """

    components: Floats
    covariance: Floats
    slope: Floats
    information: Floats
    criteria: int
    panel: float


def criteria_components(ratings: Ratings, draws: Draws | None = None) -> Mapping[str, Statistic]:
    """Components of score ~ 1 + criterion + unit + rater + their pairs, and what they say of a mean.

    All are random, the residual the seventh, and estimated by restricted maximum likelihood, whatever was
    left unrated; one that would fall below zero is held at zero. Of the mean over c criteria and r raters
    (all criteria, the harmonic mean number of raters of a candidate), with relative and absolute error

        relative = var_unit_criterion / c + var_unit_rater / r + var_residual / (c r)
        absolute = relative + var_criterion / c + var_rater / r + var_rater_criterion / (c r)

        generalizability = var_unit / (var_unit + relative)
        dependability = var_unit / (var_unit + absolute)

    as if every candidate had met the same raters: Shavelson & Webb (1991), Brennan (2001). Standard errors
    from the average information; the coefficients have one, and an interval, where `draws` says how to draw
    the components with it. With stages, what is judged is a candidate at a stage. Checked against R lme4 and
    a likelihood written out with full matrices.

    >>> from reports.ratings.tables import Scale
    >>> scores = {"Ann": "2133", "Ben": "4354", "Cal": "1213", "Dot": "3445"}
    >>> rows = [
    ...     (unit, rater, int(score), criterion)
    ...     for unit, four in scores.items()
    ...     for score, (rater, criterion) in zip(
    ...         four, [("Iris", "SAF"), ("Iris", "HND"), ("Ivo", "SAF"), ("Ivo", "HND")], strict=True
    ...     )
    ... ]
    >>> found = criteria_components(Ratings.from_rows(rows, scale=Scale(1, 5)))
    >>> round(found["var_unit"].value, 2), round(found["generalizability"].value, 2)
    (1.07, 0.78)
    """
    extent = Extent.of(ratings)
    if not ratings.criteria:
        return extent.undefined(KEYS, NO_CRITERIA, method=METHOD)
    judged = ratings.unit * max(len(ratings.stages), 1) + ratings.stage
    fit = fit_components(judged, ratings.rater, ratings.criterion, ratings.score)
    if isinstance(fit, str):
        return extent.undefined(KEYS, fit, method=METHOD)

    errors = np.sqrt(np.diagonal(fit.covariance)).tolist()
    found = {
        key: extent.statistic(
            key,
            value,
            se=error if value > 0 else None,
            method=METHOD + ("" if value > 0 else "; held at zero"),
            no_interval_because=NO_INTERVAL,
        )
        for key, value, error in zip(VARIANCES, fit.components.tolist(), errors, strict=True)
    }
    method = f"{METHOD}; mean over {fit.criteria} criteria and {fit.panel:.3g} raters (harmonic mean)"
    values = coefficients(fit.components[np.newaxis], fit)
    if draws is None:
        for key, value in zip(KEYS[-2:], values, strict=True):
            found[key] = extent.statistic(key, float(value[0]), method=method, no_interval_because=NOT_DRAWN)
        return found
    method += f"; interval from {draws.number} draws of the components"
    drawn = coefficients(drawn_components(fit, draws), fit)
    for key, [value], others in zip(KEYS[-2:], values, drawn, strict=True):
        found[key] = extent.statistic(
            key,
            float(value),
            se=float(others.std(ddof=1)),
            ci=draws.interval(others, float(value)),
            ci_level=draws.level,
            method=method,
        )
    return found


def coefficients(components: Floats, fit: CriteriaFit) -> tuple[Floats, Floats]:
    """Generalizability and dependability of rows of components, with the criteria and raters of the fit."""
    criterion, unit, rater, unit_criterion, rater_criterion, unit_rater, residual = components.T
    c, r = fit.criteria, fit.panel
    relative = unit + unit_criterion / c + unit_rater / r + residual / (c * r)
    absolute = relative + criterion / c + rater / r + rater_criterion / (c * r)
    return unit / relative, unit / absolute


def drawn_components(fit: CriteriaFit, draws: Draws) -> Floats:
    """Draw components as uncertain as the fit says, a row each time, as `Draws.variances` does for three.

    Their logarithms are normal; where the standard error of one is too large for that, its cube root is, and
    is cut off at zero. One held at zero follows its likelihood there, a normal cut off at zero.
    """
    from scipy.special import log_ndtr, ndtri_exp

    random = generator(draws.seed)
    free = fit.components > 0
    at = fit.components[free]
    root = np.linalg.cholesky(fit.covariance[np.ix_(free, free)])
    away = random.standard_normal((draws.number, len(at))) @ root.T / at
    known = np.sqrt(np.diagonal(fit.covariance)[free]) <= LOGNORMAL * at
    factor = np.where(known, np.exp(np.where(known, away, 0.0)), np.maximum(1 + away / 3, 0.0) ** 3)
    drawn = np.zeros((draws.number, len(free)))
    drawn[:, free] = at * factor
    # A slope so steep that the information is lost in rounding is an exponential fall all the same.
    information = np.maximum(fit.information, STEEP * fit.slope**2)
    held = np.flatnonzero(~free & (information > 0))
    spread = 1 / np.sqrt(information[held])
    middle = fit.slope[held] * spread**2
    share = np.log(1 - random.random((draws.number, len(held)))) + log_ndtr(middle / spread)
    drawn[:, held] = np.maximum(middle - spread * ndtri_exp(share), 0.0)
    return drawn


def fit_components(
    unit: Ints, rater: Ints, criterion: Ints, y: Floats, *, most_steps: int = 100
) -> CriteriaFit | str:
    """Estimate the components; arrays of one length, each (unit, rater, criterion) at most once.

    Gives the sentence why they are undefined where the ratings do not tell them apart.
    """
    if not len(unit) == len(rater) == len(criterion) == len(y):
        raise ValueError("Unit, rater, criterion and score are of one length: one of each a rating.")
    if not len(y):
        return NO_RATINGS
    rater, criterion = _without_gaps(rater), _without_gaps(criterion)
    cells = (int(rater.max()) + 1) * (int(criterion.max()) + 1)
    if cells > MOST_CELLS:
        return TOO_MANY_CELLS.format(cells=cells, most=MOST_CELLS)
    spread = float(y.std())
    if spread < ROUNDING * max(1.0, float(np.abs(y).max())):
        return ALL_EQUAL
    layout = Layout.of(_without_gaps(unit), rater, criterion, (y - y.mean()) / spread)
    because = why_not(layout)
    if because:
        return because

    components = np.maximum(first_values(layout), 0)
    components[-1] = max(components[-1], LEAST_SHARE)
    here = evaluate(layout, components)
    for _ in range(most_steps):
        step = _step(components, here)
        if float(here.slope @ step) < SETTLED:
            break
        components, here = _walk(layout, components, here, step)
        if components[-1] < PERFECT:
            return NO_RESIDUAL
    else:
        return NOT_SETTLED

    components = components + step
    free = components > 0
    covariance = np.zeros((len(components), len(components)))
    _, inverse = _roots(here.information[np.ix_(free, free)])
    covariance[np.ix_(free, free)] = inverse.T @ inverse
    return CriteriaFit(
        components=components * spread**2,
        covariance=covariance * spread**4,
        slope=here.slope / spread**2,
        information=np.diagonal(here.information) / spread**4,
        criteria=layout.criteria,
        panel=_harmonic_mean(layout.panel),
    )


def _harmonic_mean(sizes: Ints) -> float:
    """Harmonic mean, exact where all are equal."""
    many = np.bincount(sizes)[1:]
    return len(sizes) / float((many / np.arange(1, len(many) + 1)).sum())


def _without_gaps(codes: Ints) -> Ints:
    """Number the codes that occur from 0."""
    return np.asarray((np.cumsum(np.bincount(codes) > 0) - 1)[codes], dtype=np.int64)


def _step(components: Floats, here: Evaluation) -> Floats:
    """Where the parabola with this slope and information is highest among components that are not negative.

    The residual stays above zero: it falls to a tenth at most.
    """
    from scipy.optimize import nnls

    floor = np.zeros_like(components)
    floor[-1] = SLOWEST_FALL * components[-1]
    root, inverse = _roots(here.information)
    best, _ = nnls(root.T, inverse @ (here.slope + here.information @ (components - floor)))
    return np.asarray(floor + best - components)


def _roots(information: Floats) -> tuple[Floats, Floats]:
    """A root of the information, root root', and the inverse of that root, neither upset by rounding."""
    diagonal = np.diagonal(information)
    scale = np.sqrt(np.maximum(diagonal, LEAST_INFORMATION * diagonal.max()))
    values, vectors = np.linalg.eigh(information / np.outer(scale, scale))
    values = np.sqrt(np.maximum(values, RIDGE))
    return scale[:, np.newaxis] * vectors * values, (vectors / values).T / scale


def _walk(layout: Layout, components: Floats, here: Evaluation, step: Floats) -> tuple[Floats, Evaluation]:
    """Take the step, or as much of it as does not make the likelihood worse beyond rounding."""
    there = evaluate(layout, components + step)
    while there.deviance > here.deviance + ROUNDING * abs(here.deviance):
        step = step / 2
        there = evaluate(layout, components + step)
    return components + step, there
