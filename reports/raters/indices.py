"""An index: one measure of every rater beside the co-raters, with its standard error, interval and tests."""

import math
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from reports.raters.co_raters import Shared
from reports.ratings.columns import Label
from reports.ratings.tables import Floats
from reports.results import Statistic

LEVEL = 0.95
NO_SPREAD = 1e-12
ALONE = "Nobody else rated what this rater rated."
ONE_CANDIDATE = "One shared candidate says nothing about how much it varies."
NOTHING_VARIES = "It is the same at every shared candidate, so nothing says how much it varies."
NOTHING_TO_COMPARE = "The co-raters show none at all, so there is nothing to compare with."


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Index:
    """One measure as arrays in the order of the raters' codes; not a number where it is undefined.

    A ratio keeps what it is made of, for tests: what the rater shows at each observation (`own`) and what
    the typical rater would show there (`typical`).
    """

    key: str
    method: str
    value: Floats
    se: Floats
    low: Floats
    high: Floats
    shared: Shared = field(repr=False)
    own: Floats = field(repr=False)
    typical: Floats = field(repr=False)
    undefined: str = NOTHING_TO_COMPARE

    def statistics(self, labels: tuple[Label, ...]) -> dict[Label, Statistic]:
        """One statistic for each rater, by label."""
        things = np.bincount(self.shared.rater, minlength=self.shared.raters)
        candidates, others = self.shared.candidates, self.shared.co_raters
        columns = (self.value, self.se, self.low, self.high, things, candidates, others)
        rows = zip(*(column.tolist() for column in columns), strict=True)
        return {label: self._statistic(*row) for label, row in zip(labels, rows, strict=True)}

    def beyond(self, bound: float) -> Floats:
        """p-value of a difference: that it lies no further than `bound` from 0, on the side it lies."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return tail((np.abs(self.value) - bound) / self.se, self.shared.candidates - 1)

    def above(self, bound: float) -> Floats:
        """p-value of a difference: that it is at most `bound`."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return tail((self.value - bound) / self.se, self.shared.candidates - 1)

    def times_more(self, bound: float) -> Floats:
        """p-value of a ratio of means: that the rater shows at most `bound` times what is typical."""
        return self._mean_is_positive(self.own - bound * self.typical)

    def times_less(self, bound: float) -> Floats:
        """p-value of a ratio of means: that the rater shows at least `bound` times what is typical."""
        return self._mean_is_positive(bound * self.typical - self.own)

    def _mean_is_positive(self, values: Floats) -> Floats:
        mean = mean_of(self.shared, values)
        se = self.shared.clustered_se(values - mean[self.shared.rater])
        with np.errstate(divide="ignore", invalid="ignore"):
            return tail(mean / se, self.shared.candidates - 1)

    def _statistic(
        self, value: float, se: float, low: float, high: float, things: int, candidates: int, others: int
    ) -> Statistic:
        undefined = no_interval = None
        if math.isnan(value):
            undefined = self.undefined if candidates else ALONE
        elif not se > NO_SPREAD:
            no_interval = ONE_CANDIDATE if candidates < 2 else NOTHING_VARIES
        certain = undefined is None and no_interval is None
        return Statistic(
            key=self.key,
            value=None if undefined else value,
            se=se if certain else None,
            ci=(low, high) if certain else None,
            ci_level=LEVEL if certain else None,
            n_units=things,
            n_candidates=candidates,
            n_raters=others + 1 if candidates else 0,
            method=self.method,
            undefined_because=undefined,
            no_interval_because=no_interval,
        )


def mean_of(shared: Shared, values: Floats) -> Floats:
    """Weighted mean of each rater's observations; not a number for raters without any."""
    return shared.per_rater(shared.weight * values) / np.where(shared.weights > 0, shared.weights, np.nan)


def difference(key: str, method: str, shared: Shared, values: Floats) -> Index:
    """How much higher a rater's values are than those of the typical rater on the same things."""
    effects = shared.effects(values)
    se = shared.clustered_se(shared.rest(values, effects))
    effects = np.where(shared.weights > 0, effects, np.nan)
    reach = reach_of(shared.candidates - 1) * se
    return Index(
        key=key,
        method=method,
        value=effects,
        se=se,
        low=effects - reach,
        high=effects + reach,
        shared=shared,
        own=values,
        typical=np.zeros_like(values),
    )


def ratio(
    key: str, method: str, shared: Shared, own: Floats, typical: Floats, *, root: bool = False
) -> Index:
    """How many times the typical amount a rater shows: a ratio of means, or its square root for variances."""
    below = mean_of(shared, typical)
    times = mean_of(shared, own) / np.where(below > 0, below, np.nan)
    se = shared.clustered_se(own - times[shared.rater] * typical) / below
    reach = reach_of(shared.candidates - 1) * se
    value, low, high = times, times - reach, times + reach
    if root:
        value, low, high = (np.sqrt(np.maximum(x, 0.0)) for x in (value, low, high))
        se = se / np.where(value > 0, 2 * value, np.nan)
    return Index(
        key=key,
        method=method,
        value=value,
        se=se,
        low=np.maximum(low, 0.0),
        high=high,
        shared=shared,
        own=own,
        typical=typical,
    )


def tail(t: Floats, free: npt.ArrayLike) -> Floats:
    """Upper tail of Student's t; not a number without degrees of freedom."""
    from scipy.special import stdtr

    degrees = np.asarray(free, dtype=np.float64)
    return np.asarray(stdtr(np.where(degrees > 0, degrees, np.nan), -t))


def reach_of(free: npt.ArrayLike) -> Floats:
    """How many standard errors an interval of 95 % reaches to either side."""
    from scipy.special import stdtrit

    degrees = np.asarray(free, dtype=np.float64)
    return np.asarray(stdtrit(np.where(degrees > 0, degrees, np.nan), (1 + LEVEL) / 2))
