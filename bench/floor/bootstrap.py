"""A thousand ordinal alphas: of things drawn again, and of candidates with all that was theirs."""

import numpy as np

from bench.data import Ints
from bench.floor.coefficients import patterns

Floats = np.ndarray

CANDIDATES_AT_ONCE = 1 << 14
SAMPLES_AT_ONCE = 64


def coincidences(counts: Floats) -> Floats:
    """What each row of counts adds to the upper half of the coincidence matrix, the diagonal doubled."""
    first, second = np.triu_indices(counts.shape[1])
    pairs = counts[:, first] * (counts[:, second] - (first == second))
    total = counts.sum(axis=1)
    return np.asarray(pairs * np.where(total >= 2, 1 / np.maximum(total - 1, 1), 0)[:, np.newaxis])


def ordinal_alphas(sums: Floats, points: int) -> Floats:
    """Alpha of each row of summed coincidences; the ordinal metric follows each row's own marginals."""
    first, second = np.triu_indices(points)
    ends = np.zeros((len(first), points))
    ends[np.arange(len(first)), first] = 1
    ends[np.arange(len(first)), second] = 1  # the diagonal once, what lies off it in both of its rows
    marginal = sums @ ends
    at = np.cumsum(marginal, axis=1) - marginal / 2
    ratings = marginal.sum(axis=1)
    within = 2 * (sums * (at[:, first] - at[:, second]) ** 2).sum(axis=1)
    expected = 2 * (ratings * (marginal * at**2).sum(axis=1) - (marginal * at).sum(axis=1) ** 2)
    return np.asarray(1 - (ratings - 1) * within / expected)


def unit_bootstrap(unit: Ints, code: Ints, points: int, samples: int, seed: int) -> Floats:
    """Draw things: one multinomial draw over the patterns is exact, however many things there are."""
    counts, freq = patterns(unit, code, points)
    twice = counts.sum(axis=1) >= 2
    counts, freq = counts[twice], freq[twice]
    drawn = np.random.default_rng(seed).multinomial(freq.sum(), freq / freq.sum(), samples)
    return ordinal_alphas(drawn @ coincidences(counts.astype(np.float64)), points)


def candidate_sums(candidate: Ints, thing: Ints, code: Ints, points: int) -> Floats:
    """The summed coincidences of each candidate, over all things that were rated of them."""
    base = int(np.bincount(thing).max()) + 1
    number = np.bincount(thing, weights=(float(base) ** np.arange(points))[code]).astype(np.int64)
    digits = np.arange(base**points)[:, np.newaxis] // base ** np.arange(points) % base
    added = coincidences(digits.astype(np.float64)) if base**points <= 4 * len(number) else None
    if added is None:
        distinct, number = np.unique(number, return_inverse=True)
        added = coincidences((distinct[:, np.newaxis] // base ** np.arange(points) % base).astype(np.float64))
    of = np.zeros(len(number), dtype=np.int64)
    of[thing] = candidate
    return np.stack([np.bincount(of, weights=column[number]) for column in added.T], axis=1)


def candidate_bootstrap(
    candidate: Ints, thing: Ints, code: Ints, points: int, samples: int, seed: int
) -> Floats:
    """Draw candidates, count how often each came, multiply."""
    sums = candidate_sums(candidate, thing, code, points)
    random = np.random.Generator(np.random.SFC64(seed))
    size = len(sums)
    replicates = np.empty((samples, sums.shape[1]))
    for start in range(0, samples, SAMPLES_AT_ONCE):
        rows = min(SAMPLES_AT_ONCE, samples - start)
        drawn = np.empty((rows, size))
        for row in range(rows):
            drawn[row] = np.bincount(random.integers(0, size, size, dtype=np.int32), minlength=size)
        replicates[start : start + rows] = drawn @ sums
    return ordinal_alphas(replicates, points)
