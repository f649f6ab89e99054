"""What an interviewer's scores are like beside those of the people who saw the same candidates.

Every index compares a rater with the co-raters on the same things or cards (a card is all that one rater
said of one candidate at one stage), takes the co-raters' own habits out, and has the typical rater, the
median of those connected by shared candidates, as its zero or its one.

A habit is named where its index lies beyond a bound that matters, not just beyond chance. Bounds in points
are for a scale that is four points long and stretch with others. Of everything named, at most 5 % is
expected to be false: all tests of all raters are corrected together (Benjamini & Hochberg 1995).

Little spread has three causes that look alike within a card: halo, a pull to the middle, and a narrow
region. Halo leaves the spread between candidates as it is, the others do not; and a pull to the middle ends
near the middle, a narrow region anywhere else. Who spreads too little differs from co-raters by that, and is
not called erratic for it as well nor, if it is between candidates, severe or lenient.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from reports.raters.co_raters import LEAST_CANDIDATES, LEAST_CO_RATERS, Shared
from reports.raters.drift import Slopes, fit_slopes
from reports.raters.false_discovery import benjamini_hochberg
from reports.raters.habit_indices import Indices, indices_of
from reports.raters.indices import ALONE, Index
from reports.ratings.columns import Label, Mask
from reports.ratings.tables import Floats, Ratings
from reports.results import Statistic

Habit: TypeAlias = Literal["severe", "lenient", "halo", "central", "restricted", "drifting", "erratic"]

FALSE_DISCOVERIES = 0.05
USUAL_WIDTH = 4.0

# A quarter of a point is the least that second scores are acted upon for; the interval has to exclude it.
SEVERITY_MATTERS = 0.25
# Half a point from the first to the last day is what calls for certifying a rater again.
DRIFT_MATTERS = 0.50
# With every eighth score more in the middle than co-raters'; a mean within a quarter of a point of it, or
# half way from the typical rater's mean to it, is near it.
MIDDLE_MATTERS = 0.125
NEAR_THE_MIDDLE = 0.25
# Three quarters of the typical SD; less than half of the differences between criteria that others see.
LITTLE_SPREAD = 0.75
LITTLE_DISCRIMINATION = 0.50
# An error SD a quarter above the typical one.
MUCH_NOISE = 1.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A habit by name, the number it was named for, and the p-value corrected for all that was tested."""

    habit: Habit
    statistic: Statistic
    adjusted_p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """All indices by rater, the habits named, and for whom nothing may be named and why."""

    statistics: Mapping[str, Mapping[Label, Statistic]]
    flags: Mapping[Label, tuple[Flag, ...]]
    not_judged_because: Mapping[Label, str]


@dataclass(frozen=True, slots=True, eq=False)
class _Tests:
    """p-values by rater, corrected; not a number where nothing was tested."""

    difference: Floats
    middle: Floats
    noise: Floats
    little_spread: Floats
    discrimination: Floats
    drift: Floats


@dataclass(frozen=True, slots=True, eq=False)
class _Named:
    """A habit, who has it, and the index and p-values that say so."""

    habit: Habit
    who: Mask
    index: Index
    p: Floats


def flags(ratings: Ratings) -> Mapping[Label, tuple[Flag, ...]]:
    """Name each rater's habits; see `habits`."""
    return habits(ratings).flags


def habits(ratings: Ratings) -> Habits:
    """Measure every rater beside co-raters who rated the same things, and name what stands out.

    Checked by planting seven habits among 24 interviewers (tests/reports/planted.py).
    """
    indices, slopes = indices_of(ratings), None
    seen = indices.difference.shared
    if ratings.day is not None:
        slopes = fit_slopes(seen, ratings.day[indices.rows], indices.difference.own)
    measured = indices.all() + ((slopes.index,) if slopes is not None else ())
    statistics = {index.key: index.statistics(ratings.raters) for index in measured}
    named = _named(indices, slopes, ratings)
    found: dict[Label, tuple[Flag, ...]] = {
        label: tuple(
            Flag(
                habit=each.habit, statistic=statistics[each.index.key][label], adjusted_p=float(each.p[rater])
            )
            for each in named
            if each.who[rater]
        )
        for rater, label in enumerate(ratings.raters)
    }
    return Habits(
        statistics=statistics,
        flags=found,
        not_judged_because={
            label: _too_little(seen, rater)
            for rater, label in enumerate(ratings.raters)
            if not seen.enough[rater]
        },
    )


def _named(indices: Indices, slopes: Slopes | None, ratings: Ratings) -> list[_Named]:
    stretch = (ratings.scale.high - ratings.scale.low) / USUAL_WIDTH
    p = _adjusted(indices, slopes, stretch)
    severity, typical = indices.difference.value, indices.typical_mean
    midpoint = (ratings.scale.low + ratings.scale.high) / 2
    pulled = np.abs(typical + severity - midpoint) <= np.maximum(
        NEAR_THE_MIDDLE * stretch, np.abs(typical - midpoint) / 2
    )
    narrow, whole = p.little_spread <= FALSE_DISCOVERIES, indices.range.value >= LITTLE_SPREAD
    often = (p.middle <= FALSE_DISCOVERIES) & pulled
    shaped = (narrow & ~whole) | often
    within = indices.within
    blind = np.zeros_like(narrow)
    if within is not None:
        flat = within.halo.value < 1
        blind = (p.discrimination <= FALSE_DISCOVERIES) & flat & whole & ~narrow & ~often
    noisy = (p.noise <= FALSE_DISCOVERIES) & (indices.spread.value >= 1) & ~narrow & ~often & ~blind
    named = [
        _Named("central", shaped & pulled, indices.middle, np.fmin(p.little_spread, p.middle)),
        _Named("restricted", shaped & ~pulled, indices.range, p.little_spread),
        _Named("erratic", noisy, indices.noise, p.noise),
    ]
    if within is not None:
        named.append(_Named("halo", narrow & whole & ~often, within.halo, p.little_spread))
        named.append(_Named("halo", blind, within.discrimination, p.discrimination))
    apart = (p.difference <= FALSE_DISCOVERIES) & ~shaped
    if slopes is not None:
        change = np.abs(slopes.end - slopes.start)
        moved = (p.drift <= FALSE_DISCOVERIES) & (change >= DRIFT_MATTERS * stretch)
        always = np.minimum(slopes.start * np.sign(severity), slopes.end * np.sign(severity))
        apart &= ~moved | (always >= SEVERITY_MATTERS * stretch)
        named.append(_Named("drifting", moved, slopes.index, p.drift))
    named.append(_Named("severe", apart & (severity < 0), indices.difference, p.difference))
    named.append(_Named("lenient", apart & (severity > 0), indices.difference, p.difference))
    return named


def _adjusted(indices: Indices, slopes: Slopes | None, stretch: float) -> _Tests:
    """All tests of all raters who may be judged, corrected together."""
    enough = indices.difference.shared.enough
    never, within = np.full(len(enough), np.nan), indices.within
    tests = [
        indices.difference.beyond(SEVERITY_MATTERS * stretch),
        indices.middle.above(MIDDLE_MATTERS),
        indices.noise.times_more(MUCH_NOISE**2),
        indices.spread.times_less(LITTLE_SPREAD**2),
        never if within is None else within.halo.times_less(LITTLE_SPREAD),
        never if within is None else within.discrimination.times_less(LITTLE_DISCRIMINATION),
        never if slopes is None else slopes.p,
    ]
    p = np.where(enough, np.array(tests), np.nan)
    adjusted = benjamini_hochberg(p.ravel()).reshape(p.shape)
    difference, middle, noise, spread, halo, discrimination, drift = adjusted
    return _Tests(difference, middle, noise, np.fmin(spread, halo), discrimination, drift)


def _too_little(seen: Shared, rater: int) -> str:
    candidates, others = int(seen.candidates[rater]), int(seen.co_raters[rater])
    if not candidates:
        return ALONE
    if candidates < LEAST_CANDIDATES:
        return (
            f"{candidates} shared candidate{'s' if candidates > 1 else ''}: "
            f"a habit needs {LEAST_CANDIDATES} to be named."
        )
    return (
        f"{others} co-rater{'s' if others > 1 else ''}: it takes {LEAST_CO_RATERS} to say whose habit it is."
    )
