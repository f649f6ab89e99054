"""Whether seven components can be told apart at all, and first values of them by the analysis of variance."""

from dataclasses import dataclass

import numpy as np

from reports.ratings.tables import Floats
from reports.reliability.criteria_layout import Layout

ONE_CRITERION = "Only one criterion was rated: differences between criteria cannot be told."
ONE_UNIT = "Only one candidate was rated: differences between candidates cannot be told."
ONE_RATER = "Only one person rated: differences between raters cannot be told."
NO_SECOND_RATER = (
    "No two people rated the same candidate on the same criterion, "
    "so the variance of candidates by criterion cannot be told from the residual."
)
NO_SECOND_CRITERION = (
    "Nobody rated a candidate on two criteria, "
    "so the variance of candidates by rater cannot be told from the residual."
)
NO_SECOND_UNIT = (
    "Nobody rated two candidates on the same criterion, "
    "so the variance of raters by criterion cannot be told from the residual."
)
NOT_ESTIMABLE = "Who rated whom on what does not tell the seven components apart."
SINGULAR = 1e-9
FACTORS = ("c", "u", "r", "uc", "cr", "ru", "cru")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sizes:
    """How many ratings each level of each factor has."""

    of_level: dict[str, Floats]
    ratings: float

    @classmethod
    def of(cls, layout: Layout) -> "Sizes":
        """Count them from the arrangement; a level that does not occur has size zero."""
        present = layout.present
        by_unit_criterion = layout.by_unit(present)
        by_cell = layout.by_cell(present).reshape(layout.raters, layout.criteria)
        of_level = {
            "c": by_cell.sum(axis=0),
            "u": by_unit_criterion.sum(axis=1),
            "r": by_cell.sum(axis=1),
            "uc": by_unit_criterion,
            "cr": by_cell,
            "ru": present @ np.ones(layout.criteria),
        }
        return cls(of_level=of_level, ratings=float(layout.ratings))

    def levels(self, factor: str) -> float:
        """How many levels of it occur; of the residual, as many as there are ratings."""
        return self.ratings if factor == "cru" else float(np.count_nonzero(self.of_level[factor]))


def why_not(layout: Layout) -> str | None:
    """Say why some components cannot be told apart.

    Two factors that divide the ratings alike leave one of the three interactions as fine as the residual.
    """
    sizes = Sizes.of(layout)
    levels = {factor: sizes.levels(factor) for factor in FACTORS}
    for factor, because in (("c", ONE_CRITERION), ("u", ONE_UNIT), ("r", ONE_RATER)):
        if levels[factor] == 1:
            return because
    for factor, because in (("uc", NO_SECOND_RATER), ("ru", NO_SECOND_CRITERION), ("cr", NO_SECOND_UNIT)):
        if levels[factor] == levels["cru"]:
            return because
    if np.linalg.cond(_expectations(layout, sizes)) > 1 / SINGULAR:
        return NOT_ESTIMABLE
    return None


def first_values(layout: Layout) -> Floats:
    """Components by Henderson's method 1, in the order of FACTORS; they may be below zero.

    Sums of squares of the totals of each factor over their sizes are set equal to their expectations. The
    scores of the layout have mean zero.
    """
    sizes = Sizes.of(layout)
    grid = layout.scores
    by_unit_criterion = layout.by_unit(grid)
    by_cell = layout.by_cell(grid).reshape(layout.raters, layout.criteria)
    totals = {
        "c": by_cell.sum(axis=0),
        "u": by_unit_criterion.sum(axis=1),
        "r": by_cell.sum(axis=1),
        "uc": by_unit_criterion,
        "cr": by_cell,
        "ru": grid @ np.ones(layout.criteria),
    }
    squares = [
        float((total**2 / np.maximum(sizes.of_level[factor], 1)).sum()) for factor, total in totals.items()
    ]
    squares.append(float(np.vdot(grid, grid)))
    return np.asarray(np.linalg.solve(_expectations(layout, sizes), np.array(squares)), dtype=np.float64)


def _expectations(layout: Layout, sizes: Sizes) -> Floats:
    """What each sum of squares expects of each component, less what the mean takes.

    Of factor f and component k it is the sum, over the levels of both together, of their size squared over
    the size of the level of f. That is the number of ratings where k divides no further than f, and the
    number of levels of f where both together are single ratings.
    """
    size = {factor: np.where(count > 0, count, 1) for factor, count in sizes.of_level.items()}
    squared = {factor: count**2 for factor, count in sizes.of_level.items()}
    by_unit_rater = np.add.reduceat(squared["ru"], layout.unit_start)
    by_rater_unit = np.bincount(layout.seat_rater, weights=squared["ru"])
    crossed = {
        ("c", "uc"): (squared["uc"] / size["c"]).sum(),
        ("c", "cr"): (squared["cr"] / size["c"]).sum(),
        ("u", "uc"): (squared["uc"].sum(axis=1) / size["u"]).sum(),
        ("u", "ru"): (by_unit_rater / size["u"]).sum(),
        ("r", "cr"): (squared["cr"].sum(axis=1) / size["r"]).sum(),
        ("r", "ru"): (by_rater_unit / size["r"]).sum(),
    }
    expected = np.empty((7, 7))
    for row, factor in enumerate(FACTORS):
        for column, component in enumerate(FACTORS):
            joint = _joint(factor, component)
            if joint == factor:
                expected[row, column] = sizes.ratings
            elif joint == "cru":
                expected[row, column] = sizes.levels(factor)
            else:
                expected[row, column] = crossed[factor, joint]
    mean = [float(squared[factor].sum()) / sizes.ratings for factor in FACTORS[:-1]]
    return np.asarray(expected - np.array([*mean, 1.0]), dtype=np.float64)


def _joint(one: str, other: str) -> str:
    """The factor whose levels are those of both together."""
    return next(factor for factor in FACTORS if set(factor) == set(one + other))
