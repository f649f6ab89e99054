"""Shares of people and their ratio, with intervals that hold for few people too."""

import math
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

HALVINGS = 60
WIDEST = 1e6


def wilson_interval(passed: int, people: int, level: float = 0.95) -> tuple[float, float]:
    """Interval of a share: the shares whose score test does not reject what was seen.

    Wilson (1927). It stays within 0 and 1 and has a width where nobody or everybody passed.

    >>> [round(limit, 4) for limit in wilson_interval(8, 10)]
    [0.4902, 0.9433]
    """
    z2 = NormalDist().inv_cdf((1 + level) / 2) ** 2
    middle = (passed + z2 / 2) / (people + z2)
    half = math.sqrt(z2 * (passed * (people - passed) / people + z2 / 4)) / (people + z2)
    low = 0.0 if passed == 0 else middle - half
    high = 1.0 if passed == people else middle + half
    return low, high


def ratio_interval(
    passed: npt.ArrayLike,
    people: npt.ArrayLike,
    passed_other: npt.ArrayLike,
    people_other: npt.ArrayLike,
    level: float = 0.95,
) -> tuple[Floats, Floats]:
    """Interval of the ratio of two shares: the ratios whose score test does not reject what was seen.

    Koopman (1984), who prints 2.94 to 7.15 for 36 of 40 against 16 of 80. Somebody of the other group has to
    have passed. Many pairs of shares are worked out at once; the limits are found by halving, on a
    logarithmic scale, the stretch in which they lie.

    >>> [round(float(limit), 2) for limit in ratio_interval(36, 40, 16, 80)]
    [2.94, 7.15]
    """
    x, n, y, m = np.broadcast_arrays(
        *(np.asarray(a, float) for a in (passed, people, passed_other, people_other))
    )
    seen = (x / n) / (y / m)
    z2 = NormalDist().inv_cdf((1 + level) / 2) ** 2

    def limit(outer: Floats, inner: Floats) -> Floats:
        """Between a ratio that is rejected and one that is not."""
        for _ in range(HALVINGS):
            middle = (outer + inner) / 2
            rejected = _score(np.exp(middle), x, n, y, m) > z2
            outer, inner = np.where(rejected, middle, outer), np.where(rejected, inner, middle)
        return np.exp((outer + inner) / 2)

    far = math.log(WIDEST)
    centre = np.log(np.where(seen > 0, seen, 1 / WIDEST))
    low = np.where(seen > 0, limit(centre - far, centre), 0.0)
    return low, limit(centre + 2 * far, centre)


def _score(ratio: Floats, x: Floats, n: Floats, y: Floats, m: Floats) -> Floats:
    """Squared score statistic of a ratio; the shares are the likeliest among those with this ratio."""
    a = (n + m) * ratio
    b = (n + y) * ratio + x + m
    c = x + y
    other = np.clip(2 * c / (b + np.sqrt(np.maximum(b * b - 4 * a * c, 0))), 0, 1)
    share = np.clip(ratio * other, 0, 1)
    spread = share * (1 - share) / n + ratio**2 * other * (1 - other) / m
    difference = x / n - ratio * y / m
    return np.asarray(difference**2 / np.where(spread > 0, spread, np.finfo(float).tiny))


def mantel_haenszel_ratio(
    passed: Ints, people: Ints, passed_other: Ints, people_other: Ints, level: float = 0.95
) -> tuple[float, tuple[float, float]] | None:
    """Ratio of two shares within strata, one for all, with its interval; None where it has none.

    Mantel & Haenszel (1959) for risks, variance of its logarithm by Greenland & Robins (1985): sums over
    strata with people of both groups. Strata may be as small as they like; few people in all make the
    interval unreliable, because it holds for large sums.
    """
    both = (people > 0) & (people_other > 0)
    x, n, y, m = (np.asarray(c, float)[both] for c in (passed, people, passed_other, people_other))
    total = n + m
    above, below = float((x * m / total).sum()), float((y * n / total).sum())
    if above <= 0 or below <= 0:
        return None
    spread = float(((n * m * (x + y) - x * y * total) / total**2).sum()) / (above * below)
    half = NormalDist().inv_cdf((1 + level) / 2) * math.sqrt(max(spread, 0.0))
    ratio = above / below
    return ratio, (ratio * math.exp(-half), ratio * math.exp(half))
