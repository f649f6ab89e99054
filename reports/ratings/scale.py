"""The known scale of a scorecard: the levels a rating can have."""

import math
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]

OFF_STEP = 1e-9
MOST_POINTS = 10_001
CONTINUOUS = frozenset({"0", "any", "none"})


@dataclass(frozen=True, slots=True)
class Scale:
    """The levels a rating can have: those of the scorecard's definition, never those that happen to occur.

    Without a step (None) every number from `low` to `high` is a level, and there is no counting them.

    >>> str(Scale(1, 5)), Scale(1, 5, 0.5).points, Scale(0, 100, None).is_continuous
    ('1 to 5', 9, True)
    """

    low: float = 1.0
    high: float = 5.0
    step: float | None = 1.0

    def __post_init__(self) -> None:
        if not all(map(math.isfinite, (self.low, self.high, self.step or 0))):
            raise ValueError("A scale needs finite ends and a finite step.")
        if self.high <= self.low or (self.step is not None and self.step <= 0):
            raise ValueError(
                f"A scale runs upward in positive steps, not from {self.low} to {self.high} by {self.step}."
            )
        if self.step is None:
            return
        steps = (self.high - self.low) / self.step
        if abs(steps - round(steps)) > OFF_STEP * max(1.0, steps):
            raise ValueError(f"Steps of {self.step:g} from {self.low:g} do not arrive at {self.high:g}.")
        if round(steps) + 1 > MOST_POINTS:
            raise ValueError(
                f"A scale in steps has at most {MOST_POINTS} points; this one has {round(steps) + 1}. "
                "Without a step, any number on it is a score."
            )

    @classmethod
    def parse(cls, text: str, step: float | str | None = 1.0) -> "Scale":
        """Read `low:high`, as in `1:5`, and a step; a step of 0 or `any` makes the scale continuous.

        >>> Scale.parse("0:100", "any")
        Scale(low=0.0, high=100.0, step=None)
        """
        if isinstance(step, str):
            try:
                step = None if step.strip().lower() in CONTINUOUS else float(step)
            except ValueError:
                raise ValueError(
                    f"Write a step as a number, or as any for a scale without steps, not '{step}'."
                ) from None
        low, colon, high = text.partition(":")
        try:
            return cls(float(low), float(high), step or None)
        except ValueError as error:
            if colon and "could not convert" not in str(error):
                raise
            raise ValueError(f"Write a scale as low:high, for example 1:5, not '{text}'.") from None

    @property
    def is_continuous(self) -> bool:
        """Whether every number from one end to the other is a level."""
        return self.step is None

    @property
    def points(self) -> int | None:
        """How many levels there are; None where they cannot be counted."""
        return None if self.step is None else round((self.high - self.low) / self.step) + 1

    @property
    def values(self) -> Floats:
        """The levels, lowest first."""
        if self.step is None:
            raise ValueError("A scale without steps has no list of levels.")
        return self.low + self.step * np.arange(self.points or 0, dtype=np.float64)

    def levels_of(self, scores: Floats) -> Floats:
        """Where scores lie on the scale: steps above the low end, or nan where they lie between two levels.

        >>> Scale(1, 5, 0.5).levels_of(np.array([1.0, 2.5, 2.6])).tolist()
        [0.0, 3.0, nan]
        """
        steps = (scores - self.low) / (self.step or 1.0)
        nearest = np.rint(steps)
        off = np.abs(steps - nearest) > OFF_STEP * np.maximum(1.0, np.abs(steps))
        return np.asarray(np.where(off, np.nan, nearest))

    def __str__(self) -> str:
        by = "" if self.step in (1, None) else f" in steps of {self.step:g}"
        return f"{self.low:g} to {self.high:g}{by}"
