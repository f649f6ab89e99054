"""Whether an interviewer's scores move over time, beside those of co-raters on the same things."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from reports.raters.co_raters import Shared, shared, solve
from reports.raters.false_discovery import benjamini_hochberg
from reports.raters.indices import ALONE, Index, reach_of, tail
from reports.ratings.columns import Label
from reports.ratings.tables import Floats, Ratings
from reports.results import Statistic

KEY = "rater_drift"
PER = 30.0
METHOD = (
    "slope on time, in points per 30 days, of the score beside co-raters' on the same thing; "
    "the typical rater is 0; standard error by candidate"
)
NO_DAYS = "The days of the interviews are not known."
TOO_FEW_DAYS = "Three shared candidates on different days are the least that a slope needs."
LIMITS = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """The drift of each rater, and its p-value corrected for the number of raters (None: not tested)."""

    raters: Mapping[Label, Statistic]
    adjusted_p: Mapping[Label, float | None]

    def drifting(self, false_discoveries: float = 0.05) -> tuple[Label, ...]:
        """Who drifts, with at most this share of them named by chance."""
        return tuple(
            label for label, p in self.adjusted_p.items() if p is not None and p <= false_discoveries
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Slopes:
    """Slopes as an index, the p-value that each is 0, and what a rater's change comes to.

    `start` and `end` are how far the rater lies from the typical one on the first and the last day of theirs.
    """

    index: Index
    p: Floats
    start: Floats
    end: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """One stretch of a control chart; `low` and `high` are None where the spread is not known."""

    first_day: float
    last_day: float
    mean: float
    low: float | None
    high: float | None
    n_candidates: int

    @property
    def is_outside(self) -> bool:
        """Whether the mean lies outside the limits."""
        return self.low is not None and self.high is not None and not self.low <= self.mean <= self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlChart:
    """A rater from window to window, around their own mean over all of them; empty windows are left out."""

    rater: Label
    center: float | None
    windows: tuple[Window, ...]
    undefined_because: str | None = None


def drift(ratings: Ratings) -> Drift:
    """How many points per 30 days each rater moves away from co-raters who rate the same things.

    score ~ thing + rater + rater x day by least squares, the median slope of connected raters being 0;
    standard error clustered by candidate; p-values of two-sided t tests, corrected by Benjamini & Hochberg
    (1995), for raters with 10 shared candidates and 2 co-raters or more. Checked against the same model
    fitted by dummy variables.
    """
    if ratings.day is None:
        return Drift(
            raters={label: _undefined(NO_DAYS) for label in ratings.raters},
            adjusted_p=dict.fromkeys(ratings.raters),
        )
    seen, rows = shared(ratings.thing, ratings.rater, ratings.unit, len(ratings.raters))
    slopes = fit_slopes(seen, ratings.day[rows], ratings.score[rows])
    adjusted = benjamini_hochberg(np.where(slopes.index.shared.enough, slopes.p, np.nan))
    return Drift(
        raters=slopes.index.statistics(ratings.raters),
        adjusted_p={
            label: float(p) if np.isfinite(p) else None
            for label, p in zip(ratings.raters, adjusted, strict=True)
        },
    )


def fit_slopes(seen: Shared, day: Floats, score: Floats) -> Slopes:
    """Least squares of score ~ thing + rater + rater x day, by conjugate gradients."""
    many = seen.raters
    spread = float(day.std()) if len(day) else 0.0
    unit = spread if spread > 0 else 1.0
    when = (day - day.mean()) / unit if len(day) else day
    ever = seen.weights > 0
    weights = np.where(ever, seen.weights, 1.0)
    middle = seen.per_rater(seen.weight * when) / weights
    own = when - middle[seen.rater]

    first, other = seen.pairs
    share = 1 / seen.panel[first]
    crossed = seen.linked(share * own[other])
    back = crossed.transposed
    squared = seen.linked(share * own[first] * own[other])
    squares = seen.per_rater(seen.weight * own**2)

    def product(x: Floats) -> Floats:
        level, slope = x[:many], x[many:]
        return np.concatenate(
            [
                seen.weights * level - seen.links @ level - crossed @ slope,
                squares * slope - back @ level - squared @ slope,
            ]
        )

    apart = seen.weight * (score - seen.others(score))
    right = np.concatenate([seen.per_rater(apart), seen.per_rater(apart * own)])
    solution = solve(product, right, np.concatenate([seen.weights, squares]))
    level, raw = solution[:many], solution[many:]

    rest = seen.rest(score - level[seen.rater] - raw[seen.rater] * own, np.zeros(many))
    free = seen.candidates - 2
    known = (free > 0) & (squares > 1e-9 * weights)
    below = np.where(known, squares, np.nan)
    se = seen.clustered_se(own * rest, parameters=2) * seen.weights / below
    slope = np.where(known, seen.from_typical(np.where(known, raw, np.nan)), np.nan)

    effects = seen.effects(score - np.nan_to_num(slope)[seen.rater] * own)
    earliest, latest = np.full(many, np.inf), np.full(many, -np.inf)
    np.minimum.at(earliest, seen.rater, own)
    np.maximum.at(latest, seen.rater, own)
    with np.errstate(divide="ignore", invalid="ignore"):
        p = np.minimum(2 * tail(np.abs(slope / se), free), 1.0)
        start, end = effects + slope * earliest, effects + slope * latest
    step = PER / unit
    reach = reach_of(free) * se
    index = Index(
        key=KEY,
        method=METHOD,
        value=slope * step,
        se=se * step,
        low=(slope - reach) * step,
        high=(slope + reach) * step,
        shared=seen,
        own=own,
        typical=np.zeros_like(own),
        undefined=TOO_FEW_DAYS,
    )
    return Slopes(index=index, p=p, start=start, end=end)


def control_chart(ratings: Ratings, rater: Label, *, days: float = 30.0) -> ControlChart:
    """Follow one rater from window to window: mean of (score - co-raters' mean) with three-sigma limits.

    Co-raters' own severities are taken out; candidates count once, in the window of their day. Limits lie at
    the rater's mean over all windows +/- 3 s / sqrt(n), s from within the windows, n the candidates of one:
    Shewhart's chart for means (Montgomery, Introduction to Statistical Quality Control, chapter 6).
    """
    if days <= 0:
        raise ValueError(f"A window lasts more than {days:g} days.")
    if rater not in ratings.raters:
        raise ValueError(f"{rater!r} is not among the raters.")
    if ratings.day is None:
        return ControlChart(rater=rater, center=None, windows=(), undefined_because=NO_DAYS)
    seen, rows = shared(ratings.thing, ratings.rater, ratings.unit, len(ratings.raters))
    score, day = ratings.score[rows], ratings.day[rows]
    apart = score - seen.others(score - seen.effects(score)[seen.rater])
    theirs = seen.rater == ratings.raters.index(rater)
    if not theirs.any():
        return ControlChart(rater=rater, center=None, windows=(), undefined_because=ALONE)

    _, candidate = np.unique(seen.candidate[theirs], return_inverse=True)
    count = np.bincount(candidate)
    mean = np.bincount(candidate, weights=apart[theirs]) / count
    when = np.bincount(candidate, weights=day[theirs]) / count
    first = float(when.min())
    opened, window = np.unique(((when - first) // days).astype(np.int64), return_inverse=True)
    number = np.bincount(window)
    level = np.bincount(window, weights=mean) / number
    center, free = float(mean.mean()), len(mean) - len(number)
    sigma = float(np.sqrt(((mean - level[window]) ** 2).sum() / free)) if free else None
    reach = [None if sigma is None else LIMITS * sigma / float(n) ** 0.5 for n in number]
    return ControlChart(
        rater=rater,
        center=center,
        windows=tuple(
            Window(
                first_day=first + days * float(start),
                last_day=first + days * float(start + 1),
                mean=float(at),
                low=None if far is None else center - far,
                high=None if far is None else center + far,
                n_candidates=int(n),
            )
            for start, at, far, n in zip(opened, level, reach, number, strict=True)
        ),
    )


def _undefined(because: str) -> Statistic:
    return Statistic(
        key=KEY,
        value=None,
        n_units=0,
        n_candidates=0,
        n_raters=0,
        method=METHOD,
        undefined_because=because,
    )
