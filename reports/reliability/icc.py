"""The six intraclass correlations of Shrout & Fleiss, for tables in which everybody rated everything."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from reports.extent import Extent
from reports.ratings.tables import Floats, Ratings
from reports.results import Statistic

KEYS = ("icc_1_1", "icc_2_1", "icc_3_1", "icc_1_k", "icc_2_k", "icc_3_k")
METHOD = "analysis of variance; interval from F"
INCOMPLETE = (
    "Not everybody rated everything. These correlations need a complete table; "
    "the variance components do without one."
)
ONE_THING = "Only one thing was rated: differences between things cannot be told."
ONE_RATER = "Only one person rated: nothing can be compared."
ALL_EQUAL = "Every score is the same: there is no variance to divide up."
NO_VARIANCE = (
    "The things rated differ so little that the estimated variance of their mean scores is not above zero."
)
NO_RATINGS = "There are no ratings."
NO_ERROR = "The ratings leave no error, so F has no finite value and there is no interval."
NO_DIFFERENCE = "The things rated have one and the same mean score, so F is zero and there is no interval."
NO_FREEDOM = "The degrees of freedom of the interval cannot be told from these ratings."
NO_LIMIT = "The interval of a single rating reaches below what a mean of ratings can be given for."
NOTHING = 1e-13


@dataclass(frozen=True, slots=True, kw_only=True)
class Correlation:
    """A correlation with its interval, or the sentence why one of them is missing."""

    value: float | None
    ci: tuple[float, float] | None = None
    undefined_because: str | None = None
    no_interval_because: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanSquares:
    """The two-way table of variance: between things, between raters, residual, and within things."""

    things: float
    raters: float
    residual: float
    within: float
    n: int
    k: int

    @classmethod
    def of(cls, scores: Floats) -> "MeanSquares":
        """Divide up the variance of a matrix of things by raters; what is rounding error counts as zero."""
        n, k = scores.shape
        deviation = scores - scores.mean()
        total = float(np.vdot(deviation, deviation))
        of_thing, of_rater = deviation @ np.full(k, 1 / k), np.full(n, 1 / n) @ deviation
        things, raters = k * float(of_thing @ of_thing), n * float(of_rater @ of_rater)
        deviation -= of_thing[:, np.newaxis]
        deviation -= of_rater
        residual = float(np.vdot(deviation, deviation))
        things, raters, residual = (
            square if square > NOTHING * total else 0.0 for square in (things, raters, residual)
        )
        return cls(
            things=things / (n - 1),
            raters=raters / (k - 1),
            residual=residual / ((n - 1) * (k - 1)),
            within=(raters + residual) / (n * (k - 1)),
            n=n,
            k=k,
        )


def intraclass_correlations(ratings: Ratings, *, level: float = 0.95) -> Mapping[str, Statistic]:
    """How much of the variance of scores lies between the things rated, in six readings.

    1: each thing has raters of its own; 2: the same raters, drawn from many, for everything (agreement);
    3: these raters and no others (consistency). `_1` is of a single rating, `_k` of the mean of all raters.
    With mean squares B between things, J between raters, E residual, W within things, n things, k raters:

        icc_1_1 = (B - W) / (B + (k-1) W)                       icc_1_k = (B - W) / B
        icc_2_1 = (B - E) / (B + (k-1) E + k (J - E) / n)       icc_2_k = (B - E) / (B + (J - E) / n)
        icc_3_1 = (B - E) / (B + (k-1) E)                       icc_3_k = (B - E) / B

    Shrout & Fleiss (1979); intervals as there and in McGraw & Wong (1996), that of 2,k by the Spearman-Brown
    formula from the limits of 2,1. Only for complete tables: nothing is deleted to make a table complete.
    Checked against table 2 of Shrout & Fleiss and R psych.

    >>> from reports.ratings.tables import Scale
    >>> rows = [("Ann", "Iris", 1), ("Ann", "Ivo", 2), ("Ben", "Iris", 4), ("Ben", "Ivo", 5)]
    >>> found = intraclass_correlations(Ratings.from_rows(rows, scale=Scale(1, 5)))
    >>> round(found["icc_1_1"].value, 3), round(found["icc_2_1"].value, 3), found["icc_3_1"].value
    (0.895, 0.9, 1.0)
    """
    extent = Extent.of(ratings)
    raters = int(np.count_nonzero(np.bincount(ratings.rater)))
    if len(ratings) != ratings.things * raters:
        return extent.undefined(KEYS, INCOMPLETE, method=METHOD)
    found = correlations_of(ratings.score.reshape(ratings.things, raters), level=level)
    return {
        key: extent.statistic(
            key,
            one.value,
            method=METHOD,
            ci=one.ci,
            ci_level=level,
            undefined_because=one.undefined_because,
            no_interval_because=one.no_interval_because,
        )
        for key, one in found.items()
    }


def correlations_of(scores: Floats, *, level: float = 0.95) -> dict[str, Correlation]:
    """The six correlations of a matrix with a row for each thing rated and a column for each rater."""
    if not 0 < level < 1:
        raise ValueError(f"A confidence level lies between 0 and 1, not at {level}.")
    because = None
    if scores.ndim != 2 or not np.isfinite(scores).all():
        raise ValueError("Intraclass correlations need a matrix of things by raters without gaps.")
    if not scores.size:
        because = NO_RATINGS
    elif len(scores) == 1:
        because = ONE_THING
    elif scores.shape[1] == 1:
        because = ONE_RATER
    elif scores.min() == scores.max():
        because = ALL_EQUAL
    if because:
        return {key: Correlation(value=None, undefined_because=because) for key in KEYS}

    squares = MeanSquares.of(scores)
    n, k = squares.n, squares.k
    of_error = {"1": (squares.within, n * (k - 1)), "3": (squares.residual, (n - 1) * (k - 1))}
    found = {f"icc_{form}_{size}": _ratio(squares, form, size) for form in "123" for size in "1k"}
    limits = {
        "icc_2_1": _agreement_limits(squares, found["icc_2_1"], level),
        **{
            f"icc_{form}_{size}": _f_limits(squares, *of_error[form], k if size == "1" else 1, level)
            for form in "13"
            for size in "1k"
        },
    }
    limits["icc_2_k"] = _of_the_mean(limits["icc_2_1"], k)
    return {key: _correlation(found[key], limits[key]) for key in KEYS}


def _ratio(squares: MeanSquares, form: str, size: str) -> float | None:
    """One coefficient; none where its denominator, an estimated variance, is not above zero."""
    error = squares.within if form == "1" else squares.residual
    below = squares.things + ((squares.k - 1) * error if size == "1" else 0.0)
    if form == "2":
        below += (squares.k if size == "1" else 1) * (squares.raters - error) / squares.n
    return (squares.things - error) / below if below > NOTHING * (squares.things + squares.within) else None


def _correlation(value: float | None, limits: tuple[float, float] | str) -> Correlation:
    if value is None:
        return Correlation(value=None, undefined_because=NO_VARIANCE)
    if isinstance(limits, str):
        return Correlation(value=value, no_interval_because=limits)
    return Correlation(value=value, ci=limits)


def _f_limits(
    squares: MeanSquares, error: float, freedom: int, k: int, level: float
) -> tuple[float, float] | str:
    """Limits of forms 1 and 3: of a mean of ratings where k is 1, else of a single one out of k."""
    from scipy.special import fdtri

    if error == 0 or squares.things == 0:
        return NO_ERROR if error == 0 else NO_DIFFERENCE
    between, ratio, high = squares.n - 1, squares.things / error, (1 + level) / 2
    low_f = ratio / float(fdtri(between, freedom, high))
    high_f = ratio * float(fdtri(freedom, between, high))
    if k == 1:
        return 1 - 1 / low_f, 1 - 1 / high_f
    return (low_f - 1) / (low_f + k - 1), (high_f - 1) / (high_f + k - 1)


def _agreement_limits(squares: MeanSquares, value: float | None, level: float) -> tuple[float, float] | str:
    """Limits of 2,1, with the degrees of freedom that Satterthwaite's rule gives its denominator."""
    from scipy.special import fdtri

    n, k, between, error = squares.n, squares.k, squares.things, squares.residual
    if value is None or error == 0 or between == 0:
        return NO_ERROR if error == 0 else NO_DIFFERENCE
    of_raters = k * value * squares.raters / error
    of_error = n * (1 + (k - 1) * value) - k * value
    freedom = (k - 1) * (n - 1) * (of_raters + of_error) ** 2 / ((n - 1) * of_raters**2 + of_error**2)
    high = (1 + level) / 2
    low_f, high_f = float(fdtri(n - 1, freedom, high)), float(fdtri(freedom, n - 1, high))
    rest = k * squares.raters + (k * n - k - n) * error
    lower = n * (between - low_f * error) / (low_f * rest + n * between)
    upper = n * (high_f * between - error) / (rest + n * high_f * between)
    return (lower, upper) if math.isfinite(lower) and math.isfinite(upper) else NO_FREEDOM


def _of_the_mean(limits: tuple[float, float] | str, k: int) -> tuple[float, float] | str:
    """Spearman-Brown: what the limits of a single rating say about the mean of k."""
    if isinstance(limits, str):
        return limits
    if min(limits) <= -1 / (k - 1):
        return NO_LIMIT
    lower, upper = (k * limit / (1 + (k - 1) * limit) for limit in limits)
    return lower, upper
