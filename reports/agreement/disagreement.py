"""How far two scores disagree: the distances that coefficients weigh by, always on the known scale.

A distance is never held as a matrix. All that a coefficient asks of it is its product with a vector over
the scores, which cumulated sums give in one pass, so that a scale of a thousand points costs what it should.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from reports.ratings.tables import Floats, Ints

Weighting: TypeAlias = Literal["nominal", "linear", "quadratic", "ordinal"]


@dataclass(frozen=True, slots=True, eq=False)
class Disagreement:
    """A distance over scores: nominal, linear, quadratic, or ordinal in Gwet's sense.

    `values` are the scores, lowest first, and `largest` is the distance that counts as full disagreement.
    Gwet's ordinal distance of two scores is the number of pairs of scores among those from one to the other,
    k (k - 1) / 2 for k scores; `values` are then positions on the scale. It is not Krippendorff's ordinal
    metric, which depends on how often each score was given (see `reports.agreement.alpha`).
    """

    weighting: Weighting
    values: Floats
    largest: float

    @classmethod
    def on_points(cls, weighting: Weighting, values: Floats, points: Floats | None = None) -> "Disagreement":
        """The distance on the scores `values` of a scale whose whole range of points is `points`."""
        whole = values if points is None else points
        if weighting == "ordinal":
            values = np.searchsorted(whole, values).astype(np.float64)
            whole = np.arange(len(whole), dtype=np.float64)
        span = float(whole[-1] - whole[0]) if len(whole) else 0.0
        largest = {
            "nominal": 1.0,
            "linear": span,
            "quadratic": span**2,
            "ordinal": span * (span + 1) / 2,
        }[weighting]
        return cls(weighting, np.asarray(values, dtype=np.float64), largest or 1.0)

    def times(self, shares: Floats) -> Floats:
        """Multiply by vectors over the scores (..., scores): the mean distance of each score from them."""
        if self.weighting == "nominal":
            raw = shares.sum(axis=-1, keepdims=True) - shares
        elif self.weighting == "linear":
            raw = self._absolute(shares)
        elif self.weighting == "quadratic":
            raw = self._squared(shares)
        else:
            raw = (self._absolute(shares) + self._squared(shares)) / 2
        return np.asarray(raw / self.largest)

    def between(self, one: Ints, other: Ints) -> Floats:
        """The distances of two arrays of positions in `values`, one by one."""
        apart = np.abs(self.values[one] - self.values[other])
        raw = {
            "nominal": lambda: (apart > 0).astype(np.float64),
            "linear": lambda: apart,
            "quadratic": lambda: apart**2,
            "ordinal": lambda: apart * (apart + 1) / 2,
        }[self.weighting]()
        return np.asarray(raw / self.largest)

    def _absolute(self, shares: Floats) -> Floats:
        below = np.cumsum(shares, axis=-1)
        score_below = np.cumsum(shares * self.values, axis=-1)
        total, score_total = below[..., -1:], score_below[..., -1:]
        return np.asarray(self.values * (2 * below - total) - 2 * score_below + score_total)

    def _squared(self, shares: Floats) -> Floats:
        total = shares.sum(axis=-1, keepdims=True)
        first = (shares @ self.values)[..., np.newaxis]
        second = (shares @ self.values**2)[..., np.newaxis]
        return np.asarray(self.values**2 * total - 2 * self.values * first + second)
