"""Generalizability: how much of the difference between candidates' panel scores would be found again.

Panels change from candidate to candidate, so the raters' share of the error depends on how panels overlap:
Putka, Le, McCloy & Diaz (2008), Journal of Applied Psychology 93, 959-981. Intervals draw the variances from
their REML information (ten Hove, Jorgensen & van der Ark, 2022 and 2025, prefer such Monte-Carlo intervals).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np

from reports.counting.blocks import Blocks
from reports.ratings.tables import Floats
from reports.reliability.reml import VarianceComponents, variance_components
from reports.results import Statistic
from reports.seeds import generator

FEWEST_DRAWS = 100
LEVEL = 0.95
LOGNORMAL = 2.0
LEAST_INFORMATION = 1e-6

NO_ERROR_TO_DRAW = "The raters never differ: there is no error to draw from."
OF_THE_DESIGN = "It counts who scored whom and estimates nothing."
ONE_CANDIDATE = "Only one candidate was scored."
NO_SCORES = "There are no scores."


@dataclass(frozen=True, slots=True, kw_only=True)
class Draws:
    """How to draw variances: the same `seed`, an identity such as the report's, gives the same interval."""

    seed: str
    number: int = 4000
    level: float = 0.95

    def __post_init__(self) -> None:
        if self.number < FEWEST_DRAWS:
            raise ValueError(f"An interval needs at least {FEWEST_DRAWS} draws, not {self.number}.")
        if not 0 < self.level < 1:
            raise ValueError(f"A confidence level lies between 0 and 1, not at {self.level}.")

    def interval(self, values: Floats, estimate: float) -> tuple[float, float]:
        """Return the middle of the values, with equal tails, and as far as the estimate.

        An estimate on the edge of what is possible, such as a variance of 0, may lie outside of the middle.
        """
        tail = (1 - self.level) / 2
        low, high = np.quantile(values, [tail, 1 - tail])
        return min(float(low), estimate), max(float(high), estimate)

    def variances(self, fit: VarianceComponents) -> Floats | None:
        """Draw (unit, rater, residual), a row each time; None when the fit leaves nothing to draw from.

        The logarithms are normal with the REML information. Where that says little of a variance (its
        logarithm has a standard error over 2, which happens near 0) the cube root, never below 0, is taken
        as normal with the same slope, for a log-normal would promise the absurd. A variance estimated as 0
        is drawn from its likelihood there, a normal cut off at 0.
        """
        if fit.variances is None or fit.information is None:
            return None
        random = generator(self.seed)
        normal, uniform = random.standard_normal((self.number, 3)), 1 - random.random((self.number, 2))
        estimates = np.array(fit.variances)
        drawn = np.zeros((self.number, 3))
        free = estimates > 0
        values, vectors = np.linalg.eigh(fit.information[np.ix_(free, free)])
        root = vectors / np.sqrt(np.maximum(values, LEAST_INFORMATION))
        away = normal[:, : len(root)] @ root.T
        known = np.sqrt((root**2).sum(axis=1)) <= LOGNORMAL
        factor = np.where(known, np.exp(np.where(known, away, 0.0)), np.maximum(1 + away / 3, 0.0) ** 3)
        drawn[:, free] = estimates[free] * factor
        for place in np.flatnonzero(~free):
            drawn[:, place] = _from_zero(uniform[:, place], fit.slope[place], fit.curvature[place])
        return drawn


def k_harmonic(blocks: Blocks) -> float | None:
    """Return the harmonic mean of the number of scores a candidate has; None without any.

    >>> k_harmonic(Blocks.of([0, 0, 0, 1], [0, 1, 2, 0], [3, 4, 3, 2], raters=["Iris", "Ivo", "Rina"]))
    1.5
    """
    return blocks.n_units / float((blocks.units / blocks.sizes).sum()) if blocks.n_units else None


def q(blocks: Blocks) -> float | None:
    """Return the share of the raters' variance that enters comparisons of candidates; None below two.

    Putka et al. (2008): 1 / k_harmonic less the mean over ordered pairs of candidates i, j of c_ij / (k_i
    k_j), c_ij raters shared. 0 when all have the same panel, 1/k when no two share a rater. In one pass: the
    sum over pairs is that over raters of (sum 1/k_i) squared less sum 1/k_i squared. Checked against the
    double loop.

    >>> q(Blocks.of([0, 0, 1, 1], [0, 1, 0, 1], [3, 4, 3, 2], raters=["Iris", "Ivo"]))
    0.0
    >>> q(Blocks.of([0, 0, 1, 1], [0, 1, 2, 3], [3, 4, 3, 2], raters=["Iris", "Ivo", "Rina", "Remi"]))
    0.5
    """
    number = blocks.n_units
    if number < 2:
        return None
    size = blocks.sizes[:, np.newaxis]
    once, squared = (blocks.given / size).sum(axis=0), (blocks.given / size**2).sum()
    shared = (float(once @ once) - float(squared)) / (number * (number - 1))
    return max(float((blocks.units / blocks.sizes).sum()) / number - shared, 0.0)


def generalizability(
    blocks: Blocks, draws: Draws | None = None, *, fit: VarianceComponents | None = None
) -> Mapping[str, Statistic]:
    """Return the variance components, the design's q and k, and the coefficients made of them, by key.

    `g_q_k` = unit / (unit + q rater + residual / k_harmonic), Putka et al. (2008): the reliability of the
    panels' mean scores as they were. `icc_a_1_reml` = unit / (unit + rater + residual), agreement of single
    raters, and `icc_c_1_reml` = unit / (unit + residual), their consistency: McGraw & Wong (1996), with REML
    variances. Standard errors by the delta method; without `draws` only the mean has an interval. A `fit`
    that is there already is used.

    >>> unit, rater = [0, 0, 1, 1, 2, 2], [0, 1, 0, 1, 0, 1]
    >>> found = generalizability(Blocks.of(unit, rater, [1, 2, 4, 4, 5, 3], raters=["Iris", "Ivo"]))
    >>> round(found["g_q_k"].value, 4), round(found["icc_a_1_reml"].value, 4)
    (0.8, 0.6667)
    """
    fit = variance_components(blocks) if fit is None else fit
    k, share = k_harmonic(blocks), q(blocks)
    about = _About(blocks, fit, draws, draws.variances(fit) if draws else None)
    coefficients = {
        "g_q_k": ("G(q,k), Putka et al. (2008), REML", share or 0.0, 1 / k if k else 1.0),
        "icc_a_1_reml": ("agreement of single raters, REML", 1.0, 1.0),
        "icc_c_1_reml": ("consistency of single raters, REML", 0.0, 1.0),
    }
    found = [about.coefficient(key, *parts) for key, parts in coefficients.items()]
    found += [about.variance(place, name) for place, name in enumerate(("unit", "rater", "residual"))]
    found += [about.mean(), about.design("k_harmonic", k, "harmonic mean number of scores a candidate")]
    found += [about.design("q", share, "share of rater variance in comparisons, Putka et al. (2008)")]
    return {statistic.key: statistic for statistic in found}


def reliability(variances: Floats, rater_share: float, residual_share: float) -> Floats:
    """Return unit over (unit + shares of rater and of residual); 0 where nothing varies.

    >>> float(reliability(np.array([0.5, 0.2, 0.6]), 1 / 2, 1 / 2))
    0.5555555555555556
    """
    whole = variances[..., 0] + rater_share * variances[..., 1] + residual_share * variances[..., 2]
    return np.asarray(variances[..., 0] / np.where(whole > 0, whole, 1.0))


@dataclass(frozen=True, slots=True, eq=False)
class _About:
    """Puts the statistics of one fit together."""

    blocks: Blocks
    fit: VarianceComponents
    draws: Draws | None
    drawn: Floats | None

    def coefficient(self, key: str, method: str, rater_share: float, residual_share: float) -> Statistic:
        if self.fit.variances is None:
            return self._statistic(key, None, method)
        variances = np.array(self.fit.variances)
        value = float(reliability(variances, rater_share, residual_share))
        drawn = None if self.drawn is None else reliability(self.drawn, rater_share, residual_share)
        whole = variances @ [1.0, rater_share, residual_share]
        along = -value * variances * [1.0, rater_share, residual_share] / whole
        along[0] += value
        return self._statistic(key, value, method, se=self._delta(along), drawn=drawn)

    def variance(self, place: int, name: str) -> Statistic:
        method = f"variance of {'the ' * (name == 'residual')}{name}{'s' * (name != 'residual')}, REML"
        if self.fit.variances is None:
            return self._statistic(f"reml_var_{name}", None, method)
        value = self.fit.variances[place]
        along = np.zeros(3)
        along[place] = value
        drawn = None if self.drawn is None else self.drawn[:, place]
        return self._statistic(f"reml_var_{name}", value, method, se=self._delta(along), drawn=drawn)

    def mean(self) -> Statistic:
        value, se = self.fit.mean, self.fit.mean_se
        found = self._statistic("reml_mean", value, "generalized least squares mean, REML", se=se)
        if value is None or se is None:
            return found
        level = self.draws.level if self.draws else LEVEL
        reach = NormalDist().inv_cdf((1 + level) / 2) * se
        return replace(found, ci=(value - reach, value + reach), ci_level=level, no_interval_because=None)

    def design(self, key: str, value: float | None, method: str) -> Statistic:
        because = ONE_CANDIDATE if self.blocks.n_units else NO_SCORES
        return replace(
            self._statistic(key, value, method, because=because), no_interval_because=OF_THE_DESIGN
        )

    def _delta(self, along: Floats) -> float | None:
        """Standard error of what changes by `along` with the logarithms of the variances; None at 0."""
        if self.fit.information is None or not along.any():
            return None
        free = np.diag(self.fit.information) > 0
        covariance = np.linalg.pinv(self.fit.information[np.ix_(free, free)], hermitian=True)
        return math.sqrt(float(along[free] @ covariance @ along[free]))

    def _statistic(
        self,
        key: str,
        value: float | None,
        method: str,
        *,
        because: str | None = None,
        se: float | None = None,
        drawn: Floats | None = None,
    ) -> Statistic:
        several = self.blocks.sizes >= 2
        ci = None
        if self.draws is not None and drawn is not None and value is not None:
            ci = self.draws.interval(drawn, value)
            method += f"; interval from {self.draws.number} draws of the variances from their information"
        perfect = value is not None and self.draws is not None and ci is None
        return Statistic(
            key=key,
            value=value,
            se=se,
            ci=ci,
            ci_level=self.draws.level if self.draws is not None and ci else None,
            n_units=self.blocks.n_units_shared,
            n_candidates=self.blocks.n_units_shared,
            n_raters=int((self.blocks.given[several].sum(axis=0) > 0).sum()),
            method=method,
            undefined_because=(because or self.fit.undefined_because) if value is None else None,
            no_interval_because=NO_ERROR_TO_DRAW if perfect else None,
        )


def _from_zero(uniform: Floats, slope: float, curvature: float) -> Floats:
    """Draw from the density exp(-slope v - curvature v^2 / 2) on v >= 0, by its distribution function."""
    from scipy.special import log_ndtr, ndtri_exp

    if curvature <= 0:
        return -np.log(uniform) / max(slope, 1e-300)
    deviation = 1 / math.sqrt(curvature)
    middle = -slope * deviation**2
    # Upper tails in logarithms: 0 may lie many deviations above the middle.
    below = ndtri_exp(np.log(uniform) + log_ndtr(middle / deviation))
    return np.maximum(middle - deviation * below, 0.0)
