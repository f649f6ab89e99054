"""The coefficients of agreement within things, each with its formula, standard error and kind of interval."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from reports.agreement import alpha, brennan_prediger, chance, fleiss, gwet, percent
from reports.agreement.disagreement import Disagreement, Weighting
from reports.counting.patterns import Patterns
from reports.ratings.tables import Floats

Interval: TypeAlias = Literal["percentile", "log_t", "linearized"]

WEIGHTINGS: tuple[Weighting, ...] = ("nominal", "linear", "quadratic")
NO_POINTS = "The scale has no fixed points, and this coefficient depends on how many there are."
ONE_POINT = "One score occurs, so that there is nothing to correct for chance."
BELOW_ZERO = "The ratio metric is for scores that cannot be negative."


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A coefficient as functions of the patterns; `impossible` says why these patterns cannot have one."""

    key: str
    method: str
    value: Callable[[Patterns, Floats], Floats]
    se: Callable[[Patterns], float | None]
    interval: Interval = "percentile"
    impossible: str | None = None


def coefficients(patterns: Patterns) -> Iterator[Coefficient]:
    """Every coefficient of agreement within things, for ratings on the scale of these patterns."""
    yield exact()
    yield adjacent()
    for level in alpha.LEVELS:
        yield alpha_of(patterns, level)
    for weighting in WEIGHTINGS:
        yield fleiss_of(patterns, weighting)
    for weighting in (*WEIGHTINGS, "ordinal"):
        yield gwet_of(patterns, weighting, patterns.points)
    for weighting in WEIGHTINGS:
        yield brennan_prediger_of(patterns, weighting, patterns.points)


def with_observed_categories(patterns: Patterns) -> Iterator[Coefficient]:
    """The same as if the scale had only the scores that occur: what programs print that are not told it."""
    occurring = patterns.values[np.asarray(patterns.frequency @ patterns.counts) > 0]
    for weighting in (*WEIGHTINGS, "ordinal"):
        yield gwet_of(patterns, weighting, occurring, "_observed_categories")
    for weighting in WEIGHTINGS:
        yield brennan_prediger_of(patterns, weighting, occurring, "_observed_categories")


def exact() -> Coefficient:
    """The share of equal pairs."""
    return percent_of("percent_agreement", 0, "share of equal pairs, mean over things rated")


def adjacent() -> Coefficient:
    """The share of pairs at most one score point apart."""
    method = "share of pairs at most one point apart, mean over things rated"
    return percent_of("percent_agreement_adjacent", 1, method)


def percent_of(key: str, within: float, method: str) -> Coefficient:
    """The share of pairs at most `within` score points apart."""

    def se(patterns: Patterns) -> float | None:
        return chance.standard_error(patterns, percent.share_near(patterns, within), 0.0, 0.0)

    def value(patterns: Patterns, frequency: Floats) -> Floats:
        return chance.mean_over_things(patterns, frequency, percent.share_near(patterns, within))

    return Coefficient(key, method, value, se)


def alpha_of(patterns: Patterns, level: alpha.Level) -> Coefficient:
    """Krippendorff's alpha with one of its metrics."""
    negative = level == "ratio" and len(patterns.values) > 0 and patterns.values[0] < 0
    return Coefficient(
        f"krippendorff_alpha_{level}",
        f"Krippendorff's alpha, {level} metric",
        lambda of, frequency: alpha.krippendorff_alpha(of, frequency, level),
        lambda of: alpha.standard_error(of, level),
        "log_t",
        BELOW_ZERO if negative else None,
    )


def fleiss_of(patterns: Patterns, weighting: Weighting) -> Coefficient:
    """Fleiss' kappa with one of the weightings."""
    distance = Disagreement.on_points(weighting, patterns.values, patterns.points)
    return Coefficient(
        _key("fleiss_kappa", weighting),
        f"Fleiss' kappa, {weighting}, unequal numbers of ratings as Gwet",
        lambda of, frequency: fleiss.fleiss_kappa(of, frequency, distance),
        lambda of: fleiss.standard_error(of, distance),
    )


def gwet_of(patterns: Patterns, weighting: Weighting, points: Floats | None, suffix: str = "") -> Coefficient:
    """Gwet's AC1 or AC2; `points` are those of the scale, None when it has none."""
    key = "gwet_ac1" if weighting == "nominal" else f"gwet_ac2_{weighting}"
    method = f"Gwet's {'AC1' if weighting == 'nominal' else f'AC2, {weighting}'}"
    if points is None or len(points) < 2:
        return _impossible(key + suffix, method, NO_POINTS if points is None else ONE_POINT)
    distance = Disagreement.on_points(weighting, patterns.values, points)
    return Coefficient(
        key + suffix,
        f"{method}, {len(points)} points",
        lambda of, frequency: gwet.gwet_ac(of, frequency, distance, points),
        lambda of: gwet.standard_error(of, distance, points),
        "linearized",
    )


def brennan_prediger_of(
    patterns: Patterns, weighting: Weighting, points: Floats | None, suffix: str = ""
) -> Coefficient:
    """Brennan and Prediger's coefficient; `points` are those of the scale, None when it has none."""
    key, method = _key("brennan_prediger", weighting), f"Brennan and Prediger's coefficient, {weighting}"
    if points is None or len(points) < 2:
        return _impossible(key + suffix, method, NO_POINTS if points is None else ONE_POINT)
    distance = Disagreement.on_points(weighting, patterns.values, points)
    return Coefficient(
        key + suffix,
        f"{method}, {len(points)} points",
        lambda of, frequency: brennan_prediger.brennan_prediger(of, frequency, distance, points),
        lambda of: brennan_prediger.standard_error(of, distance, points),
        "linearized",
    )


def _key(name: str, weighting: Weighting) -> str:
    return name if weighting == "nominal" else f"{name}_{weighting}"


def _impossible(key: str, method: str, because: str) -> Coefficient:
    return Coefficient(
        key, method, lambda _, frequency: frequency[..., 0] * np.nan, lambda _: None, impossible=because
    )
