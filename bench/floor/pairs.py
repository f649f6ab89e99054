"""The mean of the quadratic kappas of all pairs of raters who share enough things."""

import numpy as np

from bench.data import Ints

Floats = np.ndarray


def by_thing_and_rater(thing: Ints, rater: Ints, code: Ints) -> tuple[Ints, Ints]:
    """The things and (rater, score) in order; one sort of packed numbers, none when they are in order."""
    seat_bits, score_bits = int(rater.max()).bit_length(), 3
    packed = (((thing << seat_bits) | rater) << score_bits) | code
    if (packed[1:] < packed[:-1]).any():
        packed.sort()
    return packed >> (seat_bits + score_bits), packed & ((1 << (seat_bits + score_bits)) - 1)


def mean_pairwise_kappa(
    thing: Ints, rater: Ints, code: Ints, points: int, least_shared: int
) -> tuple[float, int]:
    """Light's mean over the pairs, and how many pairs there are in it."""
    things, seats = by_thing_and_rater(thing, rater, code)
    raters = int(rater.max()) + 1
    seat, score, cells = seats >> 3, seats & 7, points * points
    first_of, second_of = seat * (raters * cells) + score * points, seat * cells + score
    found = []
    for lag in range(1, len(things)):
        same = np.flatnonzero(things[lag:] == things[:-lag])
        if not len(same):
            break
        found.append(first_of[same] + second_of[lag:][same])
    cell = np.concatenate(found)
    if raters * raters <= len(cell):
        table = np.bincount(cell, minlength=raters * raters * cells).reshape(-1, cells)
    else:
        pair, levels = np.divmod(cell, cells)
        shared, pair = np.unique(pair, return_inverse=True)
        table = np.bincount(pair * cells + levels, minlength=len(shared) * cells).reshape(-1, cells)
    x, y = np.divmod(np.arange(float(cells)), points)
    moments = np.stack([np.ones(cells), x, y, x * x, y * y, x * y], axis=1)
    n, sx, sy, sxx, syy, sxy = (table[table.sum(axis=1) >= least_shared] @ moments).T
    apart = n * sxx - sx * sx + n * syy - sy * sy + (sx - sy) ** 2
    some = apart > 0
    kappas = 2 * (n * sxy - sx * sy)[some] / apart[some]
    return float(kappas.mean()), len(kappas)
