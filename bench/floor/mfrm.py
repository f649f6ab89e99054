"""Joint maximum likelihood of the many-facet rating-scale model, with fit statistics.

log P(x) / P(x - 1) = person - rater - criterion - step x; raters, criteria and steps sum to zero, and persons
whose ratings are all at one end of the scale are left out. Newton's method on everything at once: a person
meets other persons only through raters, criteria and steps, so that persons are absorbed (Schur complement)
and the dense part has a row for each rater, criterion and step. Work goes by blocks that fit the cache.

With e = exp(person - rater - criterion) the chances of the scores are a polynomial in e, so no row needs an
exponential; the chances of a score of at least k carry mean, variance and all that the steps need.
"""

from dataclasses import dataclass

import numpy as np

from bench.data import Ints

Floats = np.ndarray

ROWS_AT_ONCE = 1 << 14
LONGEST_STEP = 2.0


@dataclass(frozen=True, slots=True)
class Layout:
    """Ratings by person, rater and criterion; a cell is a person and a rater."""

    points: int
    code: Floats
    criterion: Ints
    of_criterion: Floats
    cell_of_row: Ints
    cell_starts: Ints
    cell_rater: Ints
    cell_person: Ints
    person_starts: Ints
    blocks: list[tuple[slice, slice]]
    pairs: list[tuple[Ints, Ints, Ints]]
    raters: int
    criteria: int


def starts_of(ordered: Ints) -> Ints:
    """Where each run of equal numbers begins."""
    return np.flatnonzero(np.diff(ordered, prepend=-1))


def lay_out(person: Ints, rater: Ints, criterion: Ints, code: Ints, points: int) -> Layout:
    """Order the ratings, without persons whose ratings are all at one end."""
    total, many = np.bincount(person, weights=code), np.bincount(person)
    inside = ((total > 0) & (total < many * (points - 1)))[person]
    packed = (((person << 13 | rater) << 8 | criterion) << 3 | code)[inside]
    packed.sort(kind="stable")  # merges runs, so that ratings in nearly the right order cost little
    cell = packed >> 11
    cell_starts = starts_of(cell)
    number = cell[cell_starts]
    cell_rater, who = number & 8191, number >> 13
    person_starts = starts_of(who)
    sizes = np.diff(person_starts, append=len(who))
    cell_of_row = np.repeat(np.arange(len(number)), np.diff(cell_starts, append=len(packed)))
    raters, criteria = int(rater.max()) + 1, int(criterion.max()) + 1
    row_of_person = np.append(cell_starts[person_starts], len(packed))
    cuts = np.searchsorted(row_of_person, np.arange(ROWS_AT_ONCE, len(packed), ROWS_AT_ONCE))
    ends = np.unique(np.concatenate([[0], cuts, [len(person_starts)]]))
    cell_ends, row_ends = np.append(person_starts, len(who))[ends], row_of_person[ends]
    pairs = []
    for lag in range(int(sizes.max())):
        same = np.flatnonzero(who[lag:] == who[: len(who) - lag])
        pairs.append((same, same + lag, cell_rater[same] * raters + cell_rater[same + lag]))
    found = packed >> 3 & 255
    return Layout(
        points=points,
        code=(packed & 7).astype(np.float64),
        criterion=found,
        of_criterion=np.eye(criteria)[found],
        cell_of_row=cell_of_row,
        cell_starts=cell_starts,
        cell_rater=cell_rater,
        cell_person=np.repeat(np.arange(len(person_starts)), sizes),
        person_starts=person_starts,
        blocks=[
            (slice(row_ends[i], row_ends[i + 1]), slice(cell_ends[i], cell_ends[i + 1]))
            for i in range(len(ends) - 1)
        ],
        pairs=pairs,
        raters=raters,
        criteria=criteria,
    )


@dataclass(slots=True)
class Parameters:
    """Persons' abilities, and raters, criteria and steps as what they add: leniency, easiness, lightness."""

    person: Floats
    rater: Floats
    criterion: Floats
    step: Floats


def tails(data: Layout, at: Parameters, rows: slice, cell_factor: Floats, out: Floats) -> Floats:
    """The chances of a score of at least 1, 2, ... for a block of rows (steps x rows)."""
    factor = cell_factor[data.cell_of_row[rows]]
    factor *= np.exp(at.criterion)[data.criterion[rows]]
    weight = np.exp(np.cumsum(at.step))
    found = out[:, : len(factor)]
    found[0] = factor
    for k in range(1, len(weight)):
        np.multiply(found[k - 1], factor, out=found[k])
    found *= weight[:, np.newaxis]
    for k in range(len(weight) - 2, -1, -1):
        found[k] += found[k + 1]
    np.add(found[0], 1, out=factor)
    np.divide(1, factor, out=factor)
    found *= factor
    return found


def cell_factors(data: Layout, at: Parameters) -> Floats:
    """What person and rater contribute to the odds of each cell."""
    return np.asarray(np.exp(at.person)[data.cell_person] * np.exp(at.rater)[data.cell_rater])


def newton_step(data: Layout, at: Parameters, observed: Parameters) -> Parameters:
    """What to add to every parameter."""
    steps, raters, criteria = data.points - 1, data.raters, data.criteria
    cell_factor = cell_factors(data, at)
    by_cell = np.empty((steps + 2, len(cell_factor)))
    by_criterion = np.zeros((steps + 2, criteria))
    by_person_criterion = np.empty(len(data.person_starts) * criteria)
    by_rater_criterion = np.zeros(raters * criteria)
    between_steps, step_sums = np.zeros((steps, steps)), np.zeros(steps)
    room, held = np.empty((steps, 2 * ROWS_AT_ONCE)), np.empty((steps + 2, 2 * ROWS_AT_ONCE))
    odd = 2 * np.arange(steps) + 1.0
    for rows, cells in data.blocks:
        tail = tails(data, at, rows, cell_factor, room)
        found = held[:, : tail.shape[1]]
        mean, variance = found[0], found[1]
        tail.sum(axis=0, out=mean)
        np.dot(odd, tail, out=variance)
        variance -= mean * mean
        above = 0.0
        for k in range(steps - 1, -1, -1):  # cov(x, x >= k + 1)
            np.subtract(k + 1, mean, out=found[2 + k])
            found[2 + k] *= tail[k]
            found[2 + k] += above
            above = above + tail[k]
        between_steps += tail @ tail.T
        step_sums += tail.sum(axis=1)
        local = data.cell_starts[cells] - rows.start
        np.add.reduceat(found, local, axis=1, out=by_cell[:, cells])
        by_criterion += found @ data.of_criterion[rows]
        where = data.cell_of_row[rows]
        person = data.cell_person[where]
        first, last = person[0], person[-1] + 1
        by_person_criterion[first * criteria : last * criteria] = np.bincount(
            (person - first) * criteria + data.criterion[rows],
            weights=variance,
            minlength=(last - first) * criteria,
        )
        by_rater_criterion += np.bincount(
            data.cell_rater[where] * criteria + data.criterion[rows],
            weights=variance,
            minlength=len(by_rater_criterion),
        )
    by_person = np.add.reduceat(by_cell, data.person_starts, axis=1)
    by_rater = np.stack([np.bincount(data.cell_rater, weights=one, minlength=raters) for one in by_cell])

    size = raters + criteria + steps
    r, c, s = slice(0, raters), slice(raters, raters + criteria), slice(raters + criteria, size)
    information = np.zeros((size, size))
    information[r, r] = np.diag(by_rater[1])
    information[r, c] = by_rater_criterion.reshape(raters, criteria)
    information[r, s] = by_rater[2:].T
    information[c, c] = np.diag(by_criterion[1])
    information[c, s] = by_criterion[2:].T
    information[s, s] = step_sums[np.maximum.outer(np.arange(steps), np.arange(steps))] - between_steps

    person_gap, person_information = observed.person - by_person[0], by_person[1]
    gap = np.concatenate(
        [observed.rater - by_rater[0], observed.criterion - by_criterion[0], observed.step - step_sums]
    )
    narrow = np.concatenate([by_person_criterion.reshape(-1, criteria), by_person[2:].T], axis=1)
    scaled = narrow / person_information[:, np.newaxis]
    cell_variance, weight = by_cell[1], by_cell[1] / person_information[data.cell_person]
    for lag, (one, two, index) in enumerate(data.pairs):
        both = np.bincount(index, weights=weight[one] * cell_variance[two], minlength=raters**2)
        both = both.reshape(raters, raters)
        information[r, r] -= both if lag == 0 else both + both.T
    for k, column in enumerate(scaled.T):
        information[r, raters + k] -= np.bincount(
            data.cell_rater, weights=cell_variance * column[data.cell_person], minlength=raters
        )
    information[raters:, raters:] -= narrow.T @ scaled
    gap[r] -= np.bincount(data.cell_rater, weights=weight * person_gap[data.cell_person], minlength=raters)
    gap[raters:] -= scaled.T @ person_gap
    whole = np.triu(information) + np.triu(information, 1).T
    for part in (r, c, s):
        whole[part, part] += np.abs(np.diag(whole)[part]).mean()
    step = np.linalg.solve(whole, gap)
    moved = (
        np.add.reduceat(cell_variance * step[r][data.cell_rater], data.person_starts) + narrow @ step[raters:]
    )
    return Parameters((person_gap - moved) / person_information, step[r], step[c], step[s])


def jmle(
    person: Ints, rater: Ints, criterion: Ints, code: Ints, points: int, tolerance: float = 1e-8
) -> dict[str, Floats]:
    """Severities, difficulties and steps in logits, with infit and outfit of the raters."""
    data = lay_out(person, rater, criterion, code, points)
    row_rater = data.cell_rater[data.cell_of_row]
    sums = np.add.reduceat(np.add.reduceat(data.code, data.cell_starts), data.person_starts)
    most = np.add.reduceat(np.diff(data.cell_starts, append=len(data.code)), data.person_starts) * (
        points - 1.0
    )
    at_least = np.cumsum(np.bincount(data.code.astype(np.int64), minlength=points)[::-1])[::-1]
    observed = Parameters(
        sums,
        np.bincount(row_rater, weights=data.code, minlength=data.raters),
        np.bincount(data.criterion, weights=data.code, minlength=data.criteria),
        at_least[1:].astype(np.float64),
    )
    at = Parameters(
        np.log(sums / (most - sums)), np.zeros(data.raters), np.zeros(data.criteria), np.zeros(points - 1)
    )
    for _ in range(100):
        step = newton_step(data, at, observed)
        parts = [(name, getattr(step, name)) for name in ("person", "rater", "criterion", "step")]
        for name, part in parts:
            setattr(at, name, getattr(at, name) + np.clip(part, -LONGEST_STEP, LONGEST_STEP))
        if max(np.abs(part).max() for _, part in parts) < tolerance:
            break
    return {
        "severity": -at.rater,
        "difficulty": -at.criterion,
        "steps": -at.step,
        "person": at.person,
    } | fit(data, at, row_rater)


def fit(data: Layout, at: Parameters, row_rater: Ints) -> dict[str, Floats]:
    """The mean squares of each rater's residuals: weighed by information (infit) and not (outfit)."""
    cell_factor, steps = cell_factors(data, at), data.points - 1
    room, odd = np.empty((steps, 2 * ROWS_AT_ONCE)), 2 * np.arange(steps) + 1.0
    sums = np.zeros((4, data.raters))
    for rows, _ in data.blocks:
        tail = tails(data, at, rows, cell_factor, room)
        mean = tail.sum(axis=0)
        variance = odd @ tail - mean * mean
        residual = (data.code[rows] - mean) ** 2
        for place, column in enumerate((residual, variance, residual / variance, np.ones_like(mean))):
            sums[place] += np.bincount(row_rater[rows], weights=column, minlength=data.raters)
    return {
        "infit": sums[0] / sums[1],
        "outfit": sums[2] / sums[3],
        "severity se": 1 / np.sqrt(sums[1]),
    }
