"""Joint maximum likelihood of the many-facet rating-scale model, by Newton with the persons absorbed."""

import itertools
from dataclasses import dataclass, field

import numpy as np

from reports.raters.mfrm_design import RUNS_OFF, Design, Seats, UndefinedModel, root_of_inverse
from reports.raters.mfrm_probabilities import first_ceiling, probabilities
from reports.ratings.tables import Floats, Ints

CHUNK = 1 << 14
CLOSE_ENOUGH = 1e-8
ROUNDING = 1e-10
MOST_STEPS = 60
SMALLEST_PART = 1e-6
LONGEST_STEP = 2.0
SMALLEST_INFORMATION = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class JointEstimates:
    """The maximum, in logits, for the persons, criteria and raters of a design.

    `ceiling` holds the sum of the thresholds up to each level used. `covariance` is that of criteria, inner
    ceilings and raters, in this order; `measure_information` that of a person when all else is known.
    """

    measure: Floats = field(repr=False)
    measure_information: Floats = field(repr=False)
    difficulty: Floats
    ceiling: Floats
    severity: Floats
    covariance: Floats = field(repr=False)
    log_likelihood: float
    steps: int


def joint_estimates(design: Design) -> JointEstimates:
    """Maximize the likelihood over persons, criteria, raters and thresholds together.

    The information of the persons is diagonal, so that a Newton step costs one pass over the ratings and one
    solution for criteria, thresholds and raters alone (Schur complement). The likelihood is concave: a step
    that does not raise it is halved. Where it has no maximum, some variance grows without end.
    """
    layout = _Layout.of(design)
    criteria, inner = len(design.criteria), slice(len(design.criteria), -len(design.raters))
    number = np.diff(np.append(layout.person_starts, len(design)))
    share = np.add.reduceat(design.score, layout.person_starts) / (number * design.levels[-1])
    ceiling = first_ceiling(design.score, design.levels)
    rest = np.concatenate([np.zeros(criteria), ceiling[1:-1], np.zeros(len(design.raters))])
    person = np.log(share / (1 - share))
    fixed = np.insert(design.centering, np.full(len(ceiling) - 2, criteria), 0.0, axis=0)
    free = np.linalg.qr(fixed, mode="complete").Q[:, fixed.shape[1] :]

    sums = layout.sums(person, rest)
    for steps in range(1, MOST_STEPS + 1):
        person_step, rest_step, covariance = _newton(layout.seats, sums, free)
        size = max(float(np.abs(person_step).max()), float(np.abs(rest_step).max()))
        after = layout.sums(person + person_step, rest + rest_step)
        part = 1.0
        while after.log_likelihood < sums.log_likelihood * (1 + ROUNDING) and part > SMALLEST_PART:
            part /= 2
            after = layout.sums(person + part * person_step, rest + part * rest_step)
        person, rest, sums = person + part * person_step, rest + part * rest_step, after
        if size < CLOSE_ENOUGH:
            return JointEstimates(
                measure=person,
                measure_information=sums.person_information,
                difficulty=rest[:criteria],
                ceiling=np.concatenate([[0.0], rest[inner], [0.0]]),
                severity=rest[inner.stop :],
                covariance=covariance,
                log_likelihood=sums.log_likelihood,
                steps=steps,
            )
    raise UndefinedModel(RUNS_OFF)


@dataclass(frozen=True, slots=True, eq=False)
class _Sums:
    """Log-likelihood, gradient and information at a point; the persons' own information is diagonal."""

    log_likelihood: float
    person_gradient: Floats
    gradient: Floats
    person_information: Floats
    wide: Floats
    per_seat: Floats
    information: Floats


def _newton(seats: Seats, sums: _Sums, free: Floats) -> tuple[Floats, Floats, Floats]:
    """The step of the persons, that of the rest, and the covariance of the rest.

    The rest moves in the directions `free`, which leave every sum that is zero at zero. Far from the maximum
    a person's information may be next to nothing; it is taken for as much as keeps their own step short,
    which near the maximum it is anyway.
    """
    own = np.maximum(sums.person_information, np.abs(sums.person_gradient) / LONGEST_STEP)
    if own.min() < SMALLEST_INFORMATION:
        raise UndefinedModel(RUNS_OFF)
    reduced = sums.information - seats.absorb(own, sums.wide, sums.per_seat)
    root = free @ root_of_inverse(free.T @ reduced @ free)
    covariance = root @ root.T
    share = sums.person_gradient / own
    rest = covariance @ (sums.gradient + seats.down(share, sums.wide, sums.per_seat))
    person = share + seats.across(rest, sums.wide, sums.per_seat) / own
    return person, rest, covariance


@dataclass(frozen=True, slots=True, eq=False)
class _Layout:
    """The ratings of a design in the order and with the sums that a step needs."""

    design: Design
    seats: Seats
    person_starts: Ints
    pair: Ints
    pair_scores: Floats
    person_scores: Floats
    level_counts: Floats

    @classmethod
    def of(cls, design: Design) -> "_Layout":
        seats = Seats.of(design.person, design.rater)
        person_starts = seats.starts[seats.first_of_person[:-1]]
        pair = design.rater * len(design.criteria) + design.criterion
        pairs = len(design.raters) * len(design.criteria)
        pair_scores = np.bincount(pair, weights=design.score, minlength=pairs).astype(np.float64)
        return cls(
            design,
            seats,
            person_starts,
            pair,
            pair_scores.reshape(len(design.raters), -1),
            np.add.reduceat(design.score, person_starts).astype(np.float64),
            np.bincount(design.score)[design.levels].astype(np.float64),
        )

    def sums(self, person: Floats, rest: Floats) -> _Sums:
        """Pass over the ratings once, in pieces that fit the processor's cache and cut no person in two."""
        design, levels = self.design, self.design.levels.astype(np.float64)
        criteria, raters, inner = len(design.criteria), len(design.raters), len(levels) - 2
        ceiling = np.concatenate([[0.0], rest[criteria : criteria + inner], [0.0]])
        offset = np.add.outer(rest[criteria + inner :], rest[:criteria]).ravel()

        persons = len(design.persons)
        of_person = np.empty((2 + inner, persons))
        wide = np.empty((persons, criteria + inner))
        per_seat = np.empty(len(self.seats.starts))
        of_pair = np.zeros((2 + inner, raters * criteria))
        level_totals, level_products, log_total = np.zeros(inner), np.zeros((inner, inner)), 0.0
        for first, last in self._pieces():
            seats = slice(self.seats.first_of_person[first], self.seats.first_of_person[last])
            begin = int(self.person_starts[first])
            end = int(self.person_starts[last]) if last < persons else len(design)
            pair, number = self.pair[begin:end], design.person[begin:end]
            found, log_totals = probabilities(person[number] - offset[pair], design.levels, ceiling)
            log_total += float(log_totals.sum())
            expected = levels @ found
            values = np.empty((2 + inner, end - begin))
            values[0] = expected
            np.subtract(levels**2 @ found, expected**2, out=values[1])
            within = found[1:-1]
            np.multiply(levels[1:-1, np.newaxis] - expected, within, out=values[2:])
            level_totals += within.sum(axis=1)
            level_products += within @ within.T
            of_person[:, first:last] = np.add.reduceat(values, self.person_starts[first:last] - begin, axis=1)
            per_seat[seats] = np.add.reduceat(values[1], self.seats.starts[seats] - begin)
            cell = (number - first) * criteria + design.criterion[begin:end]
            variances = np.bincount(cell, weights=values[1], minlength=(last - first) * criteria)
            wide[first:last, :criteria] = variances.reshape(-1, criteria)
            of_pair += [np.bincount(pair, weights=value, minlength=raters * criteria) for value in values]
        wide[:, criteria:] = of_person[2:].T

        table = of_pair.reshape(2 + inner, raters, criteria)
        surplus = table[0] - self.pair_scores
        information = np.zeros((criteria + inner + raters,) * 2)
        information[:criteria, criteria : criteria + inner] = table[2:].sum(axis=1).T
        information[:criteria, criteria + inner :] = table[1].T
        information[criteria : criteria + inner, criteria + inner :] = table[2:].sum(axis=2)
        information += information.T
        np.fill_diagonal(
            information, np.concatenate([table[1].sum(axis=0), np.zeros(inner), table[1].sum(axis=1)])
        )
        information[criteria : criteria + inner, criteria : criteria + inner] = (
            np.diag(level_totals) - level_products
        )
        return _Sums(
            log_likelihood=float(
                person @ self.person_scores
                - (offset @ self.pair_scores.ravel())
                - ceiling @ self.level_counts
                - log_total
            ),
            person_gradient=self.person_scores - of_person[0],
            gradient=np.concatenate(
                [surplus.sum(axis=0), level_totals - self.level_counts[1:-1], surplus.sum(axis=1)]
            ),
            person_information=of_person[1],
            wide=wide,
            per_seat=per_seat,
            information=information,
        )

    def _pieces(self) -> list[tuple[int, int]]:
        """Runs of persons with about as many ratings as are worked on at once."""
        cuts = np.searchsorted(self.person_starts, np.arange(0, len(self.design), CHUNK))
        edges = np.append(np.unique(cuts), len(self.person_starts))
        return [(int(a), int(b)) for a, b in itertools.pairwise(edges) if a < b]
