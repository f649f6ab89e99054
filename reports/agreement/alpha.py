"""Krippendorff's alpha: agreement beyond chance for any number of raters, with ratings missing anywhere."""

import math
from typing import Any, Literal, TypeAlias

import numpy as np

from reports.counting.patterns import Patterns
from reports.ratings.tables import Floats

Level: TypeAlias = Literal["nominal", "ordinal", "interval", "ratio"]
LEVELS: tuple[Level, ...] = ("nominal", "ordinal", "interval", "ratio")
SCORES_AT_ONCE = 1_024


def krippendorff_alpha(patterns: Patterns, frequency: Floats, level: Level = "ordinal") -> Floats:
    """1 - observed over expected disagreement, from the coincidences within things rated.

    Krippendorff, K. (2011), Computing Krippendorff's Alpha-Reliability. Scores nobody gave do not matter, and
    things rated once say nothing and are not counted. Not a number where all counted ratings are equal.
    Ordinal alpha is interval alpha of mid-ranks: the ratings below a score and half of those on it.
    Checked against the table of Krippendorff (2011): .743 nominal, .815 ordinal, .849 interval.

    >>> from reports.counting.counts import patterns_of
    >>> from reports.ratings.tables import Ratings, Scale
    >>> rows = [("Ann", "Iris", 1), ("Ann", "Ivo", 2), ("Ben", "Iris", 4), ("Ben", "Ivo", 4)]
    >>> patterns = patterns_of(Ratings.from_rows(rows, scale=Scale(1, 5)))
    >>> [round(float(krippendorff_alpha(patterns, patterns.frequency, level)), 3) for level in LEVELS]
    [0.4, 0.833, 0.889, 0.684]
    """
    pairable = frequency * patterns.twice
    totals = pairable @ patterns.counts
    number = totals.sum(axis=-1)
    if level in ("interval", "ordinal"):
        position = patterns.values - patterns.values[0]
        if level == "ordinal":
            position = np.cumsum(totals, axis=-1) - totals / 2
        observed = _squared_within(patterns, pairable, position)
        first, second = (totals * position).sum(axis=-1), (totals * position**2).sum(axis=-1)
        expected = 2 * (number * second - first**2)
        smallest = 1e-12 * np.maximum(number * second, 1e-300)
    else:
        within = _within(patterns, level)
        observed = pairable @ (within / np.maximum(patterns.raters - 1, 1))
        expected = _over_all_pairs(totals, patterns.values, level)
        smallest = np.zeros(())
    return np.asarray(1 - (number - 1) * observed / np.where(expected > smallest, expected, np.nan))


def standard_error(patterns: Patterns, level: Level) -> float | None:
    """Gwet's linearized standard error over the things rated twice or more (2014, section 5.4).

    None for the ordinal metric, which changes with the data, and for fewer than two things.
    """
    things = patterns.frequency * patterns.twice
    number = float(things.sum())
    if level == "ordinal" or number < 2:
        return None
    raters = patterns.raters
    mean = float(things @ raters) / number
    agreeing = raters * (raters - 1) - _within(patterns, level)
    shares = (things @ patterns.counts) / (number * mean)
    chance = 1 - float(_over_all_pairs(shares, patterns.values, level))
    of_pattern = agreeing / (mean * np.maximum(raters - 1, 1))
    uncorrected = float(things @ of_pattern) / number
    observed = uncorrected + (1 - uncorrected) / float(things @ raters)
    value = (uncorrected - chance) / (1 - chance)
    more = (raters - mean) / mean
    linear = (of_pattern - observed * more - chance) / (1 - chance)
    follows = (raters - np.asarray(patterns.counts @ _distance_from(shares, patterns.values, level))) / mean
    linear = linear - 2 * (1 - value) * (follows - chance * more - chance) / (1 - chance)
    return math.sqrt(float(things @ (linear - value) ** 2) / (number * (number - 1)))


def _squared_within(patterns: Patterns, pairable: Floats, position: Floats) -> Floats:
    """Sum over things of squared differences in ordered pairs, each over the thing's ratings less one."""
    first = np.asarray((patterns.counts @ position.T).T)
    second = np.asarray((patterns.counts @ (position**2).T).T)
    within = 2 * (patterns.raters * second - first**2)
    return np.asarray((pairable * within / np.maximum(patterns.raters - 1, 1)).sum(axis=-1))


def _within(patterns: Patterns, level: Level) -> Floats:
    """For each pattern the sum of the distances of its ordered pairs of ratings."""

    def apart(one: Any, other: Any) -> Floats:
        return _distance(patterns.values[one], patterns.values[other], level)

    return patterns.over_pairs(("alpha", level), apart)


def _distance(one: Floats, other: Floats, level: Level) -> Floats:
    if level == "nominal":
        return np.asarray(one != other, dtype=np.float64)
    if level == "interval":
        return np.asarray((one - other) ** 2)
    total = one + other
    return np.asarray(((one - other) / np.where(total == 0, 1, total)) ** 2)


def _distance_from(shares: Floats, values: Floats, level: Level) -> Floats:
    """The distance of each score from the ratings as a whole (..., scores), some scores at a time."""
    if level == "nominal":
        return np.asarray(shares.sum(axis=-1, keepdims=True) - shares)
    blocks = [
        shares @ _distance(values[:, np.newaxis], values[np.newaxis, start : start + SCORES_AT_ONCE], level)
        for start in range(0, len(values), SCORES_AT_ONCE)
    ]
    return np.concatenate(blocks, axis=-1)


def _over_all_pairs(totals: Floats, values: Floats, level: Level) -> Floats:
    return np.asarray((totals * _distance_from(totals, values, level)).sum(axis=-1))
