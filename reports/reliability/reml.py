"""How much of the spread of scores is candidates, raters and the rest: restricted maximum likelihood.

The model is score = mean + unit + rater + error, units and raters random: lme4's
`score ~ 1 + (1 | unit) + (1 | rater)`. Searle, Casella & McCulloch (1992), Variance Components.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from reports.counting.blocks import Blocks
from reports.ratings.tables import Floats, Ints, Label
from reports.reliability.likelihood import Point, Sums, criterion, one_way

NO_SPREAD = 1e-12
NEGLIGIBLE = 1e-4
CONVERGED = 1e-9
NO_BETTER = 1e-8
LONGEST_STEP = 3.0
GRID = 41

NO_SCORES = "There are no scores."
ONE_RATER = "All scores come from one rater: there is nobody to compare with."
NOT_SHARED = "No candidate was scored by two raters."
ONE_UNIT = "Only one candidate was scored: how far candidates differ cannot be seen."
ALL_EQUAL = "All scores are equal: there are no differences to explain."
NOTHING_LEFT = "Candidates and raters are as many as the scores allow: nothing is left to tell error by."
NO_ERROR = "Candidates and raters account for the scores without remainder: no error can be estimated."


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class VarianceComponents:
    """The estimates, or the sentence why there are none.

    `information` is the observed one of the logarithms of (unit, rater, residual), with zeros for a variance
    estimated as 0; for these `slope` and `curvature` say how minus the log likelihood rises with the variance
    itself. It is None where raters agree perfectly, which leaves no error. Rater effects are predicted (BLUP)
    in the unit of the scores, positive = lenient; their deviations are conditional on the variances and the
    mean, as in lme4. With a mean for each component of raters, `mean` and `mean_se` are None.
    """

    mean: float | None = None
    mean_se: float | None = None
    var_unit: float | None = None
    var_rater: float | None = None
    var_residual: float | None = None
    information: Floats | None = None
    slope: tuple[float, float] = (0.0, 0.0)
    curvature: tuple[float, float] = (0.0, 0.0)
    rater_effects: Mapping[Label, float] = field(default_factory=dict)
    rater_deviations: Mapping[Label, float] = field(default_factory=dict)
    log_likelihood: float | None = None
    undefined_because: str | None = None

    @property
    def variances(self) -> tuple[float, float, float] | None:
        """Unit, rater, residual."""
        if self.var_unit is None or self.var_rater is None or self.var_residual is None:
            return None
        return self.var_unit, self.var_rater, self.var_residual


def variance_components(blocks: Blocks, *, mean_of_each_component: bool = False) -> VarianceComponents:
    """Estimate the variances of units, raters and error by REML, and predict the effects of raters.

    Newton's method on the logarithms of the two ratios to the residual variance, with exact derivatives; the
    boundaries, where a variance is 0, are always compared with what it finds. With `mean_of_each_component`
    raters who are not connected by shared units have a mean of their own, and nobody is compared across.

    Checked against lme4 1.1-31 and against the likelihood written out with full matrices.

    >>> unit, rater = [0, 0, 1, 1, 2, 2], [0, 1, 0, 1, 0, 1]
    >>> fit = variance_components(Blocks.of(unit, rater, [1, 2, 4, 4, 5, 3], raters=["Iris", "Ivo"]))
    >>> round(fit.var_unit, 6), fit.var_rater, round(fit.var_residual, 6)
    (1.666667, 0.0, 0.833333)
    """
    number, component = blocks.components()
    idle = int((blocks.given.sum(axis=0) == 0).sum())
    raters, components = len(blocks.raters) - idle, number - idle
    # Units and raters that are connected fix one another up to a constant.
    left = blocks.n_scores - blocks.n_units - raters + components
    sums = Sums.of(blocks, component if mean_of_each_component else np.zeros_like(component))
    because = _undefined_because(sums, raters, left)
    if because:
        return VarianceComponents(undefined_because=because)
    smallest = NO_SPREAD * float(blocks.squares.sum())
    if sums.within <= smallest:
        return _perfect_agreement(sums)
    residual, start = _moments(sums, component, left, raters - components)
    if residual * left <= smallest:
        return VarianceComponents(undefined_because=NO_ERROR)
    return _estimates(sums, _minimum(sums, start))


def _undefined_because(sums: Sums, raters: int, left: int) -> str | None:
    if not raters:
        return NO_SCORES
    if raters == 1:
        return ONE_RATER
    if not sums.blocks.n_units_shared:
        return NOT_SHARED
    if sums.blocks.n_units == 1:
        return ONE_UNIT
    if sums.spread <= NO_SPREAD * sums.blocks.squares.sum():
        return ALL_EQUAL
    return NOTHING_LEFT if left <= 0 else None


def _moments(sums: Sums, component: Ints, left: int, contrasts: int) -> tuple[float, Floats]:
    """Return the residual variance and where to start from, by Henderson's third method.

    Units first and raters within units; then all about the mean. Where it gives a variance below 0 start from
    a small one.
    """
    from scipy.linalg import cho_factor, cho_solve

    size = sums.blocks.sizes.astype(np.float64)
    [weighted], [by_unit], _ = sums.weighted(1 / size[np.newaxis])
    matrix, y = np.diag(sums.given) - weighted, (sums.by_rater - by_unit)[:, 1]
    # Only differences within a component are known: add the constant of each, to have an inverse.
    full = matrix + (component[:, np.newaxis] == component)
    among_raters = float(y @ cho_solve(cho_factor(full, check_finite=False), y, check_finite=False))
    residual = (sums.within - among_raters) / left
    number = float(sums.given.sum())
    rater = (among_raters - residual * contrasts) / float(np.trace(matrix))
    unit = sums.spread - residual * (number - 1) - rater * (number - float((sums.given**2).sum()) / number)
    unit /= number - float(size**2 @ sums.units.sum(axis=1)) / number
    ratios = np.array([unit, rater]) / max(residual, NO_SPREAD * sums.within)
    return residual, np.maximum(ratios, 0.01)


def _minimum(sums: Sums, start: Floats) -> Point:
    """Return the best of the interior and the two edges; their corner is an end of both."""
    best = _descended(sums, start)
    for place, kind in enumerate(("unit", "rater")):
        ratio = _better_on_edge(sums, kind, best.value - NO_BETTER)
        if ratio is not None:
            best = _descended(sums, np.where(np.arange(2) == place, ratio, 0.0))
    return best


def _descended(sums: Sums, start: Floats) -> Point:
    """Go down by Newton's method in the logarithms of the ratios; one that gets to 0 stays there."""
    most = np.array([sums.blocks.sizes[-1], sums.given.max()])
    point, gain = criterion(sums, *start), math.inf
    while gain > CONVERGED and (point.ratios > 0).any():
        gone = (point.ratios * most < NEGLIGIBLE) & (point.slope > 0) & (point.ratios > 0)
        if gone.any():
            point = criterion(sums, *np.where(gone, 0.0, point.ratios))
            continue
        free = np.flatnonzero(point.ratios)
        ratios = point.ratios[free]
        slope = ratios * point.slope[free]
        curvature = np.outer(ratios, ratios) * point.curvature[np.ix_(free, free)] + np.diag(slope)
        values, vectors = np.linalg.eigh(curvature)
        # Where the criterion is not convex the size of the curvature still says how far to trust the slope.
        step = -vectors @ ((vectors.T @ slope) / np.maximum(np.abs(values), 1e-6 * np.abs(values).max()))
        step *= LONGEST_STEP / max(LONGEST_STEP, float(np.abs(step).max()))
        gain = -float(slope @ step)
        nearer = criterion(sums, *_times(point.ratios, free, step))
        while nearer.value >= point.value and gain > CONVERGED:
            step, gain = step / 2, gain / 2
            nearer = criterion(sums, *_times(point.ratios, free, step))
        point = nearer
    return point


def _times(ratios: Floats, free: Ints, step: Floats) -> Floats:
    moved = ratios.copy()
    moved[free] *= np.exp(step)
    return moved


def _better_on_edge(sums: Sums, kind: str, value: float) -> float | None:
    """Look ever closer for the best ratio of one variance, the other being 0; None if not below `value`."""
    low, high = -30.0, 30.0
    for _ in range(5):
        ratios = np.concatenate([[0.0], np.exp(np.linspace(low, high, GRID))])
        values = one_way(sums, ratios, of=kind)
        place = int(np.argmin(values))
        highest = max(values[max(place - 1, 0)], values[min(place + 1, GRID)])
        # Between its points the criterion falls below the lowest by less than it rises to the next.
        if 2 * values[place] - highest > value:
            return None
        low, high = np.log(ratios[[max(place - 1, 1), min(place + 1, GRID)]])
    return float(ratios[place]) if values[place] < value else None


def _estimates(sums: Sums, point: Point) -> VarianceComponents:
    residual = point.rss / sums.degrees
    unit, rater = (float(ratio) * residual for ratio in point.ratios)
    raters = sums.blocks.raters
    deviations = np.sqrt(residual * point.spreads)
    slope = (point.logs_1 + point.rss_1 / residual) / (2 * residual)
    curvature = np.diag(point.logs_2 + point.rss_2 / residual) / (2 * residual**2)
    alone = sums.groups == 1
    constants = sums.degrees * (math.log(2 * math.pi / sums.degrees) + 1)
    return VarianceComponents(
        mean=sums.center + float(point.means[0]) if alone else None,
        mean_se=math.sqrt(residual / float(point.precisions[0])) if alone else None,
        var_unit=unit,
        var_rater=rater,
        var_residual=residual,
        information=_information(point, residual),
        slope=(float(slope[0]), float(slope[1])),
        curvature=(float(curvature[0]), float(curvature[1])),
        rater_effects=dict(zip(raters, point.effects.tolist(), strict=True)),
        rater_deviations=dict(zip(raters, deviations.tolist(), strict=True)),
        log_likelihood=-(point.value + constants) / 2,
    )


def _information(point: Point, residual: float) -> Floats:
    """Half the second derivatives of the criterion in the logarithms of the three variances."""
    ratios = point.ratios
    both = np.zeros((3, 3))
    both[:2, :2] = np.outer(ratios, ratios) * (point.logs_2 + point.rss_2 / residual)
    both[:2, :2] += np.diag(ratios * (point.logs_1 + point.rss_1 / residual))
    both[:2, 2] = both[2, :2] = -ratios * point.rss_1 / residual
    both[2, 2] = point.degrees
    # From (log a, log b, log residual) to the logarithms of the variances themselves.
    change = np.array([[1.0, 0.0, -1.0], [0.0, 1.0, -1.0], [0.0, 0.0, 1.0]])
    free = np.append(ratios > 0, True)
    change[:2, 2] *= free[:2]
    return np.asarray(change.T @ both @ change / 2)


def _perfect_agreement(sums: Sums) -> VarianceComponents:
    """Raters never differ: all variance is that of the units, the limit of REML as the others go to 0."""
    size = sums.blocks.sizes.astype(np.float64)
    units = sums.units.sum(axis=0)
    totals = (sums.unit_sums / size[:, np.newaxis]).sum(axis=0)
    spread = float((sums.products_in_units[:, -1] / size**2).sum()) - float((totals**2 / units).sum())
    degrees = float(units.sum()) - sums.groups
    unit = max(spread, 0.0) / degrees if degrees > 0 else 0.0
    alone = sums.groups == 1
    raters = sums.blocks.raters
    return VarianceComponents(
        mean=sums.center + float(totals[0] / units[0]) if alone else None,
        mean_se=math.sqrt(unit / float(units[0])) if alone else None,
        var_unit=unit,
        var_rater=0.0,
        var_residual=0.0,
        rater_effects=dict.fromkeys(raters, 0.0),
        rater_deviations=dict.fromkeys(raters, 0.0),
    )
