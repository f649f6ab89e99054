"""Whether a published number turned out to be true: how far what was found lies from it, and which way.

Shares are exact fractions, so that a number right at a limit falls on the side that the limit says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Literal

ACCURATE_UP_TO = Fraction(10, 100)
OFF_UP_TO = Fraction(25, 100)

Direction = Literal["higher", "lower", ""]
Ramp = Sequence[tuple[int, float]]


class Closeness(StrEnum):
    """How near a published number came to what was found."""

    ACCURATE = "accurate"
    OFF = "off"
    MISS = "miss"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One number held against the published one; `error` is a share of that, None where that is 0."""

    published: Fraction
    found: Fraction
    error: Fraction | None
    closeness: Closeness
    is_worse: bool

    @property
    def direction(self) -> Direction:
        """Whether more or less was found than was published."""
        if self.found == self.published:
            return ""
        return "higher" if self.found > self.published else "lower"


def compare(
    found: Decimal | Fraction | float,
    published: Decimal | Fraction | float,
    *,
    worse: Direction = "",
    tolerance: float = 0,
) -> Comparison:
    """Hold what was found against what was published.

    `worse` is the direction in which a difference is worse for the person. `tolerance` counts only where 0
    was published: up to it the number is accurate, beyond it a miss.
    """
    actual, said = Fraction(found), Fraction(published)
    if said < 0 or actual < 0:
        raise ValueError("A number of a workload is not negative.")
    error = (actual - said) / said if said else None
    if error is None:
        closeness = Closeness.ACCURATE if actual <= Fraction(tolerance) else Closeness.MISS
    elif abs(error) <= ACCURATE_UP_TO:
        closeness = Closeness.ACCURATE
    else:
        closeness = Closeness.OFF if abs(error) <= OFF_UP_TO else Closeness.MISS
    direction = "higher" if actual > said else "lower"
    is_worse = closeness is not Closeness.ACCURATE and direction == worse
    return Comparison(said, actual, error, closeness, is_worse)


def share_in(ramp: Ramp, day: int) -> Fraction:
    """The share of a full load that a ramp plans for a day, counted from 1; without a ramp, all of it.

    A step holds from its week until the next one; before the first step the first one holds.
    """
    if not ramp:
        return Fraction(1)
    week = (day - 1) // 7 + 1
    steps = sorted(ramp)
    begun = [share for start, share in steps if start <= week]
    return Fraction(str(begun[-1] if begun else steps[0][1])) / 100
