"""Variance components by the analysis of variance, for any pattern of who rated whom."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from reports.counting.blocks import mean_scores
from reports.extent import Extent
from reports.ratings.tables import Floats, Ints, Ratings
from reports.results import Statistic

KEYS = ("henderson1_var_unit", "henderson1_var_rater", "henderson1_var_residual")
METHOD = "analogous analysis of variance (Henderson's method 1)"
ONE_UNIT = "Only one candidate was rated: differences between candidates cannot be told."
ONE_RATER = "Only one person rated: differences between raters cannot be told."
NOT_ESTIMABLE = "These ratings do not tell candidates, raters and the rest apart."
NO_RATINGS = "There are no ratings."
SINGULAR = 1e-10


@dataclass(frozen=True, slots=True, kw_only=True)
class Components:
    """Variances between candidates, between raters and of the rest, as estimated: possibly below zero."""

    unit: float
    rater: float
    residual: float


def henderson_components(ratings: Ratings) -> Mapping[str, Statistic]:
    """Variance components of score ~ 1 + unit + rater by Henderson's method 1, beside those by REML.

    Another estimator than REML: unbiased, in one pass and without iteration, but it may give a variance below
    zero, which is returned as it is. With T the sum over groups of (group total)^2 / (group size), for units
    (TU), raters (TR), single ratings (T1) and all of them (T0), the three differences

        TU - T0,   TR - T0,   T1 - TU - TR + T0

    are set equal to their expectations, which are linear in the three components. Henderson (1953); Searle,
    Casella & McCulloch (1992), section 5.3. With criteria or stages, one score is the mean of what a rater
    gave a candidate. Checked against the mean squares of balanced tables, and against its equations written
    out with full matrices for unbalanced ones.

    >>> from reports.ratings.tables import Scale
    >>> rows = [("Ann", "Iris", 1), ("Ann", "Ivo", 2), ("Ben", "Iris", 4), ("Ben", "Ivo", 4)]
    >>> found = henderson_components(Ratings.from_rows(rows, scale=Scale(1, 5)))
    >>> [one.value for one in found.values()]
    [3.0, 0.0, 0.25]
    """
    extent = Extent.of(ratings)
    unit, rater, score = mean_scores(ratings.unit, ratings.rater, ratings.score, max(len(ratings.raters), 1))
    found = components_of(unit, rater, score)
    if isinstance(found, str):
        return extent.undefined(KEYS, found, method=METHOD)
    values = (found.unit, found.rater, found.residual)
    return {key: extent.statistic(key, value, method=METHOD) for key, value in zip(KEYS, values, strict=True)}


def components_of(unit: Ints, rater: Ints, y: Floats) -> Components | str:
    """Solve the three equations; `unit` and `rater` are codes from 0, each pair of them at most once.

    Gives the sentence why the components are undefined where the equations have no single solution.
    """
    if not len(unit) == len(rater) == len(y):
        raise ValueError("Unit, rater and score are of one length: one of each a rating.")
    if not len(y):
        return NO_RATINGS
    unit_sizes, unit_sums = _sizes_and_sums(unit, y - y.mean())
    rater_sizes, rater_sums = _sizes_and_sums(rater, y - y.mean())
    n, units, raters = float(len(y)), len(unit_sizes), len(rater_sizes)
    if units == 1:
        return ONE_UNIT
    if raters == 1:
        return ONE_RATER

    # Scores are taken from their mean, so that the total, and with it T0, is zero.
    of_units = float((unit_sums**2 / unit_sizes).sum())
    of_raters = float((rater_sums**2 / rater_sizes).sum())
    of_all = float(((y - y.mean()) ** 2).sum())
    pooled_units = float((unit_sizes**2).sum()) / n
    pooled_raters = float((rater_sizes**2).sum()) / n
    expected = np.array(
        [
            [n - pooled_units, units - pooled_raters, units - 1],
            [raters - pooled_units, n - pooled_raters, raters - 1],
            [pooled_units - raters, pooled_raters - units, n - units - raters + 1],
        ]
    )
    if np.linalg.cond(expected) > 1 / SINGULAR:
        return NOT_ESTIMABLE
    solved = np.linalg.solve(expected, np.array([of_units, of_raters, of_all - of_units - of_raters]))
    return Components(unit=float(solved[0]), rater=float(solved[1]), residual=float(solved[2]))


def _sizes_and_sums(group: Ints, y: Floats) -> tuple[Floats, Floats]:
    """How many scores each group has and their sum, of the groups that have any."""
    sizes = np.bincount(group).astype(np.float64)
    sums = np.bincount(group, weights=y).astype(np.float64)
    return sizes[sizes > 0], sums[sizes > 0]
