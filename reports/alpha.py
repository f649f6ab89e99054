"""Krippendorff's alpha: agreement beyond chance for any number of raters, with ratings missing anywhere."""

from typing import Literal, TypeAlias

import numpy as np

from reports import counts
from reports.bootstrap import Resampling
from reports.estimates import NO_PAIR, Redraw, all_the_same, estimate
from reports.results import Statistic
from reports.tables import Floats, Ratings

Level: TypeAlias = Literal["nominal", "ordinal", "interval"]


def krippendorff_alpha(
    ratings: Ratings, level: Level = "ordinal", *, resampling: Resampling | None = None
) -> Statistic:
    """1 - observed over expected disagreement, from the coincidences within things rated.

    Krippendorff, K. (2011), Computing Krippendorff's Alpha-Reliability. Levels nobody gave do not matter, and
    things rated once say nothing and are not counted. Undefined when all counted ratings are equal.

    >>> from reports.tables import Ratings, Scale
    >>> rows = [("Ann", "Iris", 1), ("Ann", "Ivo", 1), ("Ben", "Iris", 5), ("Ben", "Ivo", 4)]
    >>> round(krippendorff_alpha(Ratings.from_rows(rows, scale=Scale(1, 5)), "interval").value, 3)
    0.941
    """
    key, method = f"krippendorff_alpha_{level}", f"Krippendorff's alpha, {level} metric"
    table = counts.level_counts(ratings).rated_twice().used_levels()
    if not len(table.candidate):
        return estimate(key, ratings, None, method=method, undefined_because=NO_PAIR)
    if len(table.values) == 1:
        return estimate(key, ratings, None, method=method, undefined_because=all_the_same(ratings))
    per_candidate = table.by_candidate(_coincidences(table))
    size = len(table.values)

    def replicate(weights: Floats) -> Floats:
        drawn = weights @ per_candidate.reshape(len(per_candidate), size * size)
        return alpha_of(drawn.reshape(-1, size, size), table.values, level)

    value = float(alpha_of(per_candidate.sum(axis=0), table.values, level))
    redraw = Redraw(len(per_candidate), replicate, "log_t")
    return estimate(key, ratings, value, method=method, resampling=resampling, redraw=redraw)


def alpha_of(coincidences: Floats, values: Floats, level: Level) -> Floats:
    """Alpha of coincidence matrices (..., levels, levels); not a number where all ratings are equal."""
    totals = coincidences.sum(axis=-1)
    if level == "nominal":
        distance = np.broadcast_to(1.0 - np.eye(len(values)), coincidences.shape)
    else:
        # Ordinal alpha is interval alpha of mid-ranks: the ratings below a level and half of those on it.
        position = np.cumsum(totals, axis=-1) - totals / 2 if level == "ordinal" else values
        distance = (position[..., :, np.newaxis] - position[..., np.newaxis, :]) ** 2
    observed = (coincidences * distance).sum(axis=(-1, -2))
    expected = (totals[..., :, np.newaxis] * totals[..., np.newaxis, :] * distance).sum(axis=(-1, -2))
    return np.asarray(1 - (totals.sum(axis=-1) - 1) * observed / np.where(expected > 0, expected, np.nan))


def _coincidences(table: counts.LevelCounts) -> Floats:
    """The ordered pairs of levels within each thing, each rater's pairs weighing one rating together."""
    pairs = table.counts[:, :, np.newaxis] * table.counts[:, np.newaxis, :]
    levels = np.arange(len(table.values))
    pairs[:, levels, levels] -= table.counts
    return np.asarray(pairs / (table.raters - 1)[:, np.newaxis, np.newaxis])
