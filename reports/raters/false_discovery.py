"""How many of many findings are false: p-values corrected for having looked at everyone for everything."""

import numpy as np

from reports.ratings.tables import Floats


def benjamini_hochberg(p: Floats) -> Floats:
    """Adjust p-values so that naming all those at most q finds at most a share q of false ones on average.

    The i-th smallest of m becomes the least m p / j over j >= i, at most 1. Values that are not a number are
    tests not made: they stay what they are and do not count. Benjamini & Hochberg (1995); checked against
    the worked example in their section 4 and scipy.stats.false_discovery_control.

    >>> benjamini_hochberg(np.array([0.01, 0.04, 0.03, np.nan])).tolist()
    [0.03, 0.04, 0.04, nan]
    """
    adjusted = np.full(p.shape, np.nan)
    made = np.flatnonzero(np.isfinite(p))
    order = made[np.argsort(p[made], kind="stable")]
    if len(order):
        scaled = p[order] * len(order) / np.arange(1, len(order) + 1)
        adjusted[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return adjusted
