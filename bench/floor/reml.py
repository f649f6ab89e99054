"""REML of y = mean + candidate + rater + rest, with G(q,k) of Putka et al. (2008), from rows.

y is the mean over criteria of what a rater gave a candidate. With the candidates absorbed, all that is asked
of the data is one matrix a panel size, over raters, a constant and y; an iteration costs one Cholesky of
raters by raters however many ratings there are. Average information (Gilmour, Thompson & Cullis 1995) on the
two ratios of variances, the residual profiled out; the boundaries are tried as well.
"""

from dataclasses import dataclass

import numpy as np

from bench.data import Ints

Floats = np.ndarray


@dataclass(frozen=True, slots=True)
class Blocks:
    """For each panel size m: how many candidates, and their sum of s s', s = (seats by rater, m, sum of y).

    `rows` is the sum of (seat, 1, y) (seat, 1, y)' over single seats.
    """

    sizes: Floats
    candidates: Floats
    sums: Floats
    rows: Floats
    harmonic: float
    q: float


def cell_means(candidate: Ints, rater: Ints, code: Ints) -> tuple[Ints, Ints, Floats]:
    """The mean score of each (candidate, rater), in order."""
    packed = (((candidate << 13) | rater) << 3) | code
    packed.sort(kind="stable")  # merges runs, so that ratings in nearly the right order cost little
    cell = packed >> 3
    starts = np.flatnonzero(np.diff(cell, prepend=-1))
    sums = np.add.reduceat((packed & 7).astype(np.float64), starts)
    found = cell[starts]
    return found >> 13, found & 8191, sums / np.diff(starts, append=len(cell)) + 1


def blocks(candidate: Ints, rater: Ints, code: Ints) -> Blocks:
    """Everything that REML and q ask of the data."""
    who, seat, y = cell_means(candidate, rater, code)
    raters = int(seat.max()) + 1
    starts = np.flatnonzero(np.diff(who, prepend=-1))
    size = np.diff(starts, append=len(who))
    sum_y = np.add.reduceat(y, starts)
    sizes = np.flatnonzero(np.bincount(size))
    every = []
    for m in sizes:
        chosen = size == m
        rows = starts[chosen][:, np.newaxis] + np.arange(m)
        panel, total = seat[rows], sum_y[chosen]
        pairs = [panel[:, one] * raters + panel[:, two] for one in range(m) for two in range(one + 1, m)]
        both = np.zeros((raters, raters))
        if pairs:
            both += np.bincount(np.concatenate(pairs), minlength=raters**2).reshape(raters, raters)
        seats = np.bincount(panel.ravel(), minlength=raters).astype(np.float64)
        seat_y = np.bincount(panel.ravel(), weights=np.repeat(total, m), minlength=raters)
        block = np.zeros((raters + 2, raters + 2))
        block[:raters, :raters] = both + both.T + np.diag(seats)
        block[:raters, raters] = block[raters, :raters] = m * seats
        block[:raters, raters + 1] = block[raters + 1, :raters] = seat_y
        block[raters:, raters:] = [[m * m * len(total), m * total.sum()], [m * total.sum(), total @ total]]
        every.append(block)
    number = len(starts)
    seats = np.bincount(seat, minlength=raters).astype(np.float64)
    rows = np.diag(np.concatenate([seats, [len(y), y @ y]]))
    rows[:raters, raters], rows[:raters, raters + 1] = seats, np.bincount(seat, weights=y, minlength=raters)
    rows[raters, raters + 1] = y.sum()
    share = np.repeat(1 / size, size)
    shared = np.bincount(seat, weights=share) ** 2 - np.bincount(seat, weights=share**2)
    harmonic = number / float((1 / size).sum())
    return Blocks(
        sizes.astype(np.float64),
        np.bincount(size)[sizes].astype(np.float64),
        np.stack(every),
        rows + np.triu(rows, 1).T,
        harmonic,
        1 / harmonic - float(shared.sum()) / (number * (number - 1)),
    )


@dataclass(frozen=True, slots=True)
class Point:
    """The REML deviance at two ratios of variances, with what follows from the same factorization."""

    deviance: float
    residual: float
    mean: float
    effects: Floats
    errors: Floats
    gradient: Floats
    information: Floats


def evaluate(data: Blocks, unit: float, rater: float) -> Point:
    """The deviance where the unit's and the rater's variance are so many times the residual one."""
    from scipy.linalg import lapack

    sizes, many, size = data.sizes, data.candidates, len(data.rows) - 2
    shrunk = 1 / (1 + unit * sizes)
    absorbed = data.rows - np.tensordot(unit * shrunk, data.sums, 1)
    spread, ends = absorbed[:size, :size], absorbed[:size, size:]
    factor, _ = lapack.dpotrf(rater * spread + np.eye(size))
    inverse, _ = lapack.dpotri(factor)
    inverse = np.triu(inverse) + np.triu(inverse, 1).T
    solved = inverse @ ends
    (one, one_y), (_, yy) = absorbed[size:, size:] - rater * ends.T @ solved
    mean = one_y / one
    freedom = data.rows[size, size] - 1
    residual = (yy - one_y * mean) / freedom
    deviance = float(
        freedom * np.log(residual) - many @ np.log(shrunk) + 2 * np.log(np.diag(factor)).sum() + np.log(one)
    )
    pull = solved[:, 1] - mean * solved[:, 0]
    errors = residual * rater * np.diag(inverse)

    left = np.concatenate([-rater * pull, [-mean, 1]])
    constant = np.concatenate([-rater * solved[:, 0], [1, 0]])
    of_left = data.sums @ left
    on_left, on_constant = of_left @ left, (data.sums @ constant) @ constant
    traces = np.array(
        [
            shrunk @ (many * sizes)
            - rater * shrunk**2 @ (data.sums[:, :size, :size] * inverse).sum(axis=(1, 2))
            - shrunk**2 @ on_constant / one,
            (inverse * spread).sum() - solved[:, 0] @ solved[:, 0] / one,
        ]
    )
    squares = np.array([shrunk**2 @ on_left, pull @ pull])
    total = shrunk**2 @ of_left
    turned = inverse @ total[:size]
    ones = np.array([total[size] - rater * ends[:, 0] @ turned, solved[:, 0] @ pull])
    cross = pull @ turned
    forms = np.array(
        [
            [(sizes * shrunk**3) @ on_left - rater * total[:size] @ turned, cross],
            [cross, pull @ inverse @ (spread @ pull)],
        ]
    )
    forms -= np.outer(ones, ones) / one
    return Point(
        deviance,
        residual,
        mean,
        rater * pull,
        np.sqrt(errors),
        traces - squares / residual,
        forms / residual - np.outer(squares, squares) / (freedom * residual**2),
    )


def reml(candidate: Ints, rater: Ints, code: Ints) -> tuple[dict[str, float], Floats, Floats]:
    """The components, G(q,k), and how lenient each rater is with its standard error."""
    data = blocks(candidate, rater, code)
    ratios = np.array([0.5, 0.1])
    now = evaluate(data, *ratios)
    for _ in range(50):
        step = -np.linalg.solve(now.information * np.outer(ratios, ratios), now.gradient * ratios)
        step = np.clip(step, -2, 2)
        new = evaluate(data, *(ratios * np.exp(step)))
        while new.deviance > now.deviance + 1e-9 * abs(now.deviance):
            step /= 2
            new = evaluate(data, *(ratios * np.exp(step)))
        ratios, now = ratios * np.exp(step), new
        if np.abs(step).max() < 1e-8:
            break
    for edge in (ratios * [0, 1], ratios * [1, 0]):
        other = evaluate(data, *edge)
        if other.deviance < now.deviance:
            ratios, now = edge, other
    unit, rater_variance = ratios * now.residual
    found = {
        "reml_var_unit": float(unit),
        "reml_var_rater": float(rater_variance),
        "reml_var_residual": float(now.residual),
        "reml_mean": float(now.mean),
        "k_harmonic": data.harmonic,
        "q": data.q,
        "g_q_k": float(unit / (unit + data.q * rater_variance + now.residual / data.harmonic)),
    }
    return found, now.effects, now.errors
