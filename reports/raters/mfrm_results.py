"""What a fitted many-facet model gives back, by the names of candidates, raters and criteria."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import NormalDist

import numpy as np

from reports.extent import Extent
from reports.raters.mfrm_design import Design
from reports.ratings.tables import Floats, Label, Ratings
from reports.results import Statistic

LEVEL = 0.95
NORMAL = NormalDist().inv_cdf((1 + LEVEL) / 2)

NO_RATING = "This rater gave no rating."
SET_ASIDE = (
    "Of this rater's ratings none is left once everyone who gave or got only the lowest or only the highest "
    "level is set aside: no finite severity follows from them."
)
ALONE = "This rater shared no candidate that could be used with anybody: there is nobody to compare with."
CRITERION_SET_ASIDE = "All ratings on this criterion that could be used are at one end of the scale."
CRITERION_ALONE = (
    "No candidate was rated both on this criterion and on another: there is none to compare with."
)
AGAINST_ONE = "A mean square is compared with 1; its standard error is the one the model expects there."


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A difficulty or a threshold in logits with its standard error, or the sentence why there is none."""

    value: float | None
    se: float | None = None
    undefined_because: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingScaleModel:
    """A fitted model, in logits: positive severities are severe, positive difficulties hard.

    `groups` are the raters whose severities compare; each group has the mean 0. `thresholds` are keyed by the
    score that the step leads to. `measures` are those of the candidates, relative to their group of raters;
    `left_out` are the candidates without one. Only the marginal model has a population.
    """

    severity: Mapping[Label, Statistic]
    infit: Mapping[Label, Statistic] = field(default_factory=dict)
    outfit: Mapping[Label, Statistic] = field(default_factory=dict)
    groups: tuple[tuple[Label, ...], ...] = ()
    difficulties: Mapping[Label, Measure] = field(default_factory=dict)
    thresholds: Mapping[float, Measure] = field(default_factory=dict)
    measures: Mapping[Label, float] = field(default_factory=dict, repr=False)
    measures_se: Mapping[Label, float] = field(default_factory=dict, repr=False)
    left_out: tuple[Label, ...] = field(default=(), repr=False)
    population_mean: float | None = None
    population_sd: float | None = None
    log_likelihood: float | None = None
    n_ratings: int = 0
    undefined_because: str | None = None


def without(key: str, ratings: Ratings, because: str) -> dict[Label, Statistic]:
    """Say of every rater why there is no value."""
    method = "many-facet rating-scale model"
    return {
        rater: extent.statistic(key, None, method=method, undefined_because=because)
        for rater, extent in zip(ratings.raters, _extents(ratings), strict=True)
    }


@dataclass(frozen=True, slots=True, eq=False)
class Naming:
    """Turns the numbers of a design back into names, and says of whom there is nothing."""

    ratings: Ratings
    design: Design
    method: str
    extents: list[Extent]
    missing: Mapping[int, str]

    @classmethod
    def of(cls, ratings: Ratings, design: Design, estimator: str) -> "Naming":
        """Find out who was left out or stands alone."""
        gave = np.bincount(ratings.rater, minlength=len(ratings.raters))
        missing = {rater: SET_ASIDE if number else NO_RATING for rater, number in enumerate(gave.tolist())}
        together = np.bincount(design.rater_group)[design.rater_group]
        for rater, group in zip(design.raters.tolist(), together.tolist(), strict=True):
            missing[rater] = ALONE
            if group > 1:
                del missing[rater]
        method = f"many-facet rating-scale model, {estimator}"
        return cls(ratings, design, method, _extents(ratings), missing)

    def severities(self, key: str, severity: Floats, covariance: Floats) -> dict[Label, Statistic]:
        """Severities with intervals from the normal distribution, for each rater who can be compared."""
        se = np.sqrt(np.maximum(covariance.diagonal(), 0.0))[-len(severity) :]
        known = dict(
            zip(self.design.raters.tolist(), zip(severity.tolist(), se.tolist(), strict=True), strict=True)
        )
        number = len(self.groups())
        relative = (
            "0 the mean of the raters" if number == 1 else f"0 the mean of each of {number} groups of raters"
        )
        method = f"{self.method}; logits, positive = severe, {relative} linked by shared candidates"
        found: dict[Label, Statistic] = {}
        for place, (rater, extent) in enumerate(zip(self.ratings.raters, self.extents, strict=True)):
            if place in self.missing:
                because = self.missing[place]
                found[rater] = extent.statistic(key, None, method=method, undefined_because=because)
                continue
            value, error = known[place]
            ci = (value - NORMAL * error, value + NORMAL * error)
            found[rater] = extent.statistic(key, value, method=method, se=error, ci=ci, ci_level=LEVEL)
        return found

    def mean_squares(self, key: str, squares: Floats, se: Floats) -> dict[Label, Statistic]:
        """Mean squares with their standard errors, for each rater of the design."""
        known = dict(
            zip(self.design.raters.tolist(), zip(squares.tolist(), se.tolist(), strict=True), strict=True)
        )
        method = f"{self.method}; mean square of residuals, 1 expected"
        found: dict[Label, Statistic] = {}
        for place, (rater, extent) in enumerate(zip(self.ratings.raters, self.extents, strict=True)):
            if place in self.missing:
                because = self.missing[place]
                found[rater] = extent.statistic(key, None, method=method, undefined_because=because)
                continue
            value, error = known[place]
            found[rater] = extent.statistic(
                key, value, method=method, se=error, no_interval_because=AGAINST_ONE
            )
        return found

    def groups(self) -> tuple[tuple[Label, ...], ...]:
        """List the raters of each group of two or more."""
        group = self.design.rater_group
        members = [self.design.raters[group == number].tolist() for number in np.unique(group)]
        return tuple(tuple(self.ratings.raters[rater] for rater in who) for who in members if len(who) > 1)

    def difficulties(self, difficulty: Floats, covariance: Floats) -> dict[Label, Measure]:
        """Difficulties of the criteria, if there are criteria."""
        se = np.sqrt(np.maximum(covariance.diagonal(), 0.0))
        together = np.bincount(self.design.criterion_group)[self.design.criterion_group]
        found = dict.fromkeys(
            self.ratings.criteria, Measure(value=None, undefined_because=CRITERION_SET_ASIDE)
        )
        for number, place in enumerate(self.design.criteria.tolist() if self.ratings.criteria else []):
            found[self.ratings.criteria[place]] = (
                Measure(value=float(difficulty[number]), se=float(se[number]))
                if together[number] > 1
                else Measure(value=None, undefined_because=CRITERION_ALONE)
            )
        return found

    def thresholds(self, ceiling: Floats, covariance: Floats) -> dict[float, Measure]:
        """Thresholds of the steps between levels that were used, keyed by the score they lead to."""
        levels, scores = self.design.levels, self.ratings.values.tolist()
        inner = slice(len(self.design.criteria), len(self.design.criteria) + len(levels) - 2)
        spread = np.pad(covariance[inner, inner], 1)
        place = {self.design.lowest + int(level): number for number, level in enumerate(levels)}
        found: dict[float, Measure] = {}
        for code in range(1, len(scores)):
            unused = [scores[level] for level in (code - 1, code) if level not in place]
            if unused:
                because = f"No rating that could be used is {unused[0]:g}."
                found[scores[code]] = Measure(value=None, undefined_because=because)
                continue
            below, above = place[code - 1], place[code]
            variance = spread[above, above] + spread[below, below] - 2 * spread[above, below]
            found[scores[code]] = Measure(
                value=float(ceiling[above] - ceiling[below]), se=float(np.sqrt(variance))
            )
        return found

    def of_candidates(self, numbers: Floats) -> dict[Label, float]:
        """Numbers of the candidates by their names."""
        labels = map(self.ratings.units.__getitem__, self.design.persons.tolist())
        return dict(zip(labels, numbers.tolist(), strict=True))

    def left_out(self) -> tuple[Label, ...]:
        """List the candidates who were rated and have no measure."""
        rated = np.bincount(self.ratings.unit, minlength=len(self.ratings.units)) > 0
        rated[self.design.persons] = False
        return tuple(self.ratings.units[place] for place in np.flatnonzero(rated).tolist())


def _extents(ratings: Ratings) -> list[Extent]:
    """Count for each rater what they and somebody else rated, of how many candidates, by how many raters."""
    from scipy.sparse import csr_array

    raters, thing, rater = len(ratings.raters), ratings.thing, ratings.rater
    together = np.zeros((raters, raters), dtype=np.bool_)
    lag = 1
    while len(first := np.flatnonzero(thing[lag:] == thing[:-lag])):
        together[rater[first], rater[first + lag]] = True
        lag += 1
    together |= together.T
    together |= np.diag(together.any(axis=1))
    rows = np.flatnonzero(np.bincount(thing, minlength=1)[thing] > 1)
    met = (np.ones(len(rows)), (ratings.unit[rows], rater[rows]))
    counts = (
        np.bincount(rater[rows], minlength=raters),
        np.bincount(csr_array(met, shape=(len(ratings.units), raters)).indices, minlength=raters),
        together.sum(axis=1),
    )
    return [
        Extent(n_units=units, n_candidates=candidates, n_raters=people)
        for units, candidates, people in zip(*(count.tolist() for count in counts), strict=True)
    ]
