"""Exact tests of equal shares in groups: what chance alone would do with the same people and passes."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from reports.seeds import generator

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

SAMPLES = 1_999
AS_LIKELY = 1 + 1e-7  # two probabilities that differ by less are the same number, computed in two ways
NEGLIGIBLE = 1e-20


def exact_p_value(passed: Ints, people: Ints, passed_other: Ints, people_other: Ints) -> float:
    """Probability of a result at most as likely as the one seen, if both groups pass alike in each stratum.

    Each argument holds a number a stratum. With one stratum it is Fisher's exact test, two-sided by
    probability; with several the exact conditional test of a common odds ratio of 1: the passes of the first
    group are then a sum of independent hypergeometric numbers. Checked against `scipy.stats.fisher_exact`
    and, in R, `mantelhaen.test(exact = TRUE)`.

    >>> one = lambda number: np.array([number])
    >>> round(exact_p_value(one(3), one(4), one(1), one(4)), 4)  # the lady tasting tea
    0.4857
    """
    likely, lowest = np.ones(1), 0
    for x, n, y, m in zip(passed, people, passed_other, people_other, strict=True):
        if n and m:
            ways = _hypergeometric(int(n), int(m), int(x + y))
            likely = np.convolve(likely, ways)
            lowest += max(0, int(x + y - m))
            kept = np.flatnonzero(likely > NEGLIGIBLE * likely.max())
            if len(people) > 1:
                likely, lowest = likely[kept[0] : kept[-1] + 1], lowest + int(kept[0])
        else:
            lowest += int(x)
    place = int(passed.sum()) - lowest
    seen = likely[place] if 0 <= place < len(likely) else 0.0
    return min(1.0, float(likely[likely <= seen * AS_LIKELY].sum()))


def _hypergeometric(people: int, others: int, passes: int) -> Floats:
    """Probability of each possible number of passes of a group, from the fewest on."""
    from scipy.special import gammaln

    x = np.arange(max(0, passes - others), min(people, passes) + 1)
    logs = -(
        gammaln(x + 1) + gammaln(people - x + 1) + gammaln(passes - x + 1) + gammaln(others - passes + x + 1)
    )
    likely = np.exp(logs - logs.max())
    return np.asarray(likely / likely.sum())


def permutation_p_value(passed: Ints, people: Ints, *, seed: str, samples: int = SAMPLES) -> float:
    """Share of draws in which the passes of each stratum, dealt out anew, lie as unevenly over all groups.

    The arguments hold strata x groups. Unevenness is the sum over groups of (passes - expected)^2 / variance,
    with one stratum Pearson's chi-square up to a factor. The draw seen counts as one of them, so that the
    p-value is valid with any number of draws. The same seed gives the same draws.
    """
    stream = generator(seed)
    everybody, passes = people.sum(axis=1), passed.sum(axis=1)
    undecided = (passes > 0) & (passes < everybody)
    people, passes, everybody = people[undecided], passes[undecided], everybody[undecided]
    if not len(people):
        return 1.0
    share = passes / everybody
    expected = (people * share[:, np.newaxis]).sum(axis=0)
    spread = (
        people * (everybody[:, np.newaxis] - people) * (share * (1 - share) / (everybody - 1))[:, np.newaxis]
    )
    variance = spread.sum(axis=0)
    free = variance > 0
    drawn = sum(
        stream.multivariate_hypergeometric(stratum, number, size=samples, method="marginals")
        for stratum, number in zip(people, passes, strict=True)
    )

    def unevenness(numbers: npt.NDArray[np.number]) -> Floats:
        return np.asarray((((numbers - expected) ** 2)[..., free] / variance[free]).sum(axis=-1))

    seen = unevenness(passed[undecided].sum(axis=0))
    as_uneven = int((unevenness(np.asarray(drawn)) >= seen / AS_LIKELY).sum())
    return (1 + as_uneven) / (1 + samples)


def holm(p_values: Sequence[float]) -> list[float]:
    """P-values that may each be held against .05 although there are several. Holm (1979).

    >>> holm([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    adjusted, least = [1.0] * len(p_values), 0.0
    for rank, place in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        least = max(least, min(1.0, (len(p_values) - rank) * p_values[place]))
        adjusted[place] = least
    return adjusted
