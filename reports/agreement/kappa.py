"""Cohen's kappa for two raters, and its mean over all pairs of raters."""

import math
from dataclasses import dataclass

import numpy as np

from reports.agreement.disagreement import Disagreement
from reports.counting.pairs import Pairs
from reports.ratings.tables import Floats


@dataclass(frozen=True, slots=True, eq=False)
class PairKappas:
    """The kappa of each pair of raters (not a number where undefined), and how it hangs on each cell.

    `influence` is the derivative of the pair's kappa with respect to how often the cell occurs.
    """

    kappas: Floats
    influence: Floats


def pair_kappas(pairs: Pairs, distance: Disagreement) -> PairKappas:
    """Cohen's kappa of every pair: 1 - observed over expected disagreement on the things both rated.

    Cohen (1960, 1968), weighted on the known scale, never on the ranks of the scores a pair happened to use.
    The quadratic kappa equals 2 cov / (var + var + squared difference of means).
    Checked against Cohen (1960, table 2b, .492) and Fleiss, Cohen & Everitt (1969, .429).

    >>> from reports.counting.counts import pairs_of
    >>> from reports.ratings.tables import Ratings, Scale
    >>> rows = [("Ann", "Iris", 1), ("Ann", "Ivo", 2), ("Ben", "Iris", 4), ("Ben", "Ivo", 4)]
    >>> pairs = pairs_of(Ratings.from_rows(rows, scale=Scale(1, 5)))
    >>> pair_kappas(pairs, Disagreement.on_points("quadratic", pairs.values)).kappas.round(3).tolist()
    [0.857]
    """
    shared, apart = pairs.shared, pairs.apart(distance)
    observed = pairs.over_cells(pairs.number * apart)
    expected = np.zeros(len(pairs))
    habits = np.zeros(len(pairs.number))
    pair = pairs.pair
    for some in pairs.blocks():
        rows = (pair >= some.start) & (pair < some.stop)
        first, second = pairs.tables(some)
        from_second, from_first = distance.times(second), distance.times(first)
        expected[some] = (first * from_second).sum(axis=1)
        within = pair[rows] - some.start
        habits[rows] = from_second[within, pairs.x[rows]] + from_first[within, pairs.y[rows]]
    usable = np.where(expected > 1e-12 * shared**2, expected, np.nan)
    kappas = 1 - observed * shared / usable
    # d kappa / d count of a cell, kappa being 1 - n O / E with n, O and E sums over cells.
    of_pair = observed[pair] + shared[pair] * apart - (1 - kappas[pair]) * habits
    return PairKappas(np.asarray(kappas), np.asarray(-of_pair / usable[pair]))


def mean_of_pairs(pairs: Pairs, found: PairKappas, least_shared: int = 1) -> tuple[float | None, Floats, int]:
    """Mean over the pairs whose kappa is defined and who share enough, its influences, and how many they are.

    Light (1971): each pair counts once. None when there is no such pair.
    """
    used = np.isfinite(found.kappas) & (pairs.shared >= least_shared)
    number = int(used.sum())
    if not number:
        return None, np.zeros(len(pairs.number)), 0
    influence = np.where(used[pairs.pair], found.influence, 0.0) / number
    return float(found.kappas[used].mean()), influence, number


def large_sample_se(pairs: Pairs, distance: Disagreement) -> float | None:
    """The standard error of the kappa of the first pair, for kappas other than zero.

    Fleiss, Cohen & Everitt (1969), equation 13 and its unweighted case, for independent things.
    """
    total = float(pairs.shared[0])
    agreeing = 1 - pairs.apart(distance)
    first, second = (table[0] / total for table in pairs.tables(slice(0, 1)))
    from_second, from_first = 1 - distance.times(second), 1 - distance.times(first)
    shares = pairs.number / total
    observed, chance = float(shares @ agreeing), float(first @ from_second)
    if chance >= 1 - 1e-12:
        return None
    kappa = (observed - chance) / (1 - chance)
    habits = from_second[pairs.x] + from_first[pairs.y]
    spread = float(shares @ (agreeing - habits * (1 - kappa)) ** 2) - (kappa - chance * (1 - kappa)) ** 2
    return math.sqrt(max(spread, 0.0) / total) / (1 - chance)


def standard_error_by_candidate(pairs: Pairs, influence: Floats) -> float | None:
    """The infinitesimal jackknife: how far the value would move with each candidate's weight.

    Jaeckel (1972); candidates are taken as independent, what belongs to one candidate is not. None for fewer
    than two candidates, and when pairs were counted without their candidates.
    """
    present = np.zeros(pairs.candidates, dtype=np.bool_)
    present[pairs.candidate] = True
    candidates = int(present.sum())
    if candidates < 2:
        return None
    weights = influence[pairs.place] * pairs.times
    moved = np.bincount(pairs.candidate, weights=weights, minlength=pairs.candidates)[present]
    moved -= moved.mean()
    return math.sqrt(float(moved @ moved) * candidates / (candidates - 1))
