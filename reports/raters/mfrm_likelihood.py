"""The marginal likelihood of the many-facet rating-scale model, with its first and second derivatives.

Parameters come in one vector: mean and standard deviation of the persons, criteria, inner sums of thresholds,
raters. Persons enter through points z of a standard normal population, as mean + sd z.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from reports.raters.mfrm_design import Design, Seats
from reports.raters.mfrm_probabilities import probabilities
from reports.ratings.tables import Floats, Ints

if TYPE_CHECKING:
    from scipy.sparse import csr_array

AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """What a vector of parameters makes of the ratings, for each pair of rater and criterion and each point.

    `posterior` says how likely each person is to be at each point, `expected_number` how many ratings of each
    pair that puts at a point; `chances`, `expected` and `variance` are those of one rating.
    """

    log_likelihood: float
    grid: Floats = field(repr=False)
    posterior: Floats = field(repr=False)
    expected_number: Floats = field(repr=False)
    chances: Floats = field(repr=False)
    expected: Floats = field(repr=False)
    variance: Floats = field(repr=False)

    def place(self) -> tuple[Floats, Floats]:
        """Mean and standard deviation of each person on the points."""
        mean = self.posterior @ self.grid
        square = self.posterior @ self.grid**2
        return mean, np.sqrt(np.maximum(square - mean**2, 0.0))


@dataclass(frozen=True, slots=True, eq=False)
class Likelihood:
    """The ratings of a design, counted the way the marginal likelihood needs them.

    Criteria and raters act on a pair of them together, so all logits of a pair are worked out once for each
    point, whoever was rated. `loading` holds what a logit of a pair gains by each parameter.
    """

    design: Design
    loading: Floats
    of_person: "csr_array"
    of_criterion: "csr_array"
    of_seat: "csr_array"
    seats: Seats
    person_scores: Floats
    pair_scores: Floats
    level_counts: Floats

    @classmethod
    def of(cls, design: Design) -> "Likelihood":
        """Count the ratings."""
        from scipy.sparse import csr_array

        criteria = len(design.criteria)
        pairs, pair = np.unique(design.rater * criteria + design.criterion, return_inverse=True)
        loading = np.zeros((len(pairs), 2 + criteria + len(design.levels) - 2 + len(design.raters)))
        each = np.arange(len(pairs))
        loading[:, 0] = 1.0
        loading[each, 2 + pairs % criteria] = -1.0
        loading[each, loading.shape[1] - len(design.raters) + pairs // criteria] = -1.0
        seats = Seats.of(design.person, design.rater)
        seat = np.repeat(np.arange(len(seats.starts)), np.diff(np.append(seats.starts, len(design))))

        def counted(row: Ints, rows: int) -> "csr_array":
            return csr_array((np.ones(len(design)), (row, pair)), shape=(rows, len(pairs)))

        persons = len(design.persons)
        return cls(
            design,
            loading,
            counted(design.person, persons),
            counted(design.person * criteria + design.criterion, persons * criteria),
            counted(seat, len(seats.starts)),
            seats,
            np.bincount(design.person, weights=design.score).astype(np.float64),
            np.bincount(pair, weights=design.score).astype(np.float64),
            np.bincount(design.score)[design.levels].astype(np.float64),
        )

    @property
    def inner(self) -> slice:
        """Where the inner sums of thresholds lie among the parameters."""
        return slice(2 + len(self.design.criteria), self.loading.shape[1] - len(self.design.raters))

    def at(self, parameters: Floats, grid: Floats) -> Moments:
        """Integrate over the points of the grid, weighted as a normal population weights them."""
        levels = self.design.levels.astype(np.float64)
        ceiling = np.concatenate([[0.0], parameters[self.inner], [0.0]])
        logit = np.add.outer(self.loading @ parameters, parameters[1] * grid)
        chances, log_total = probabilities(logit, self.design.levels, ceiling)
        expected = np.tensordot(levels, chances, 1)
        variance = np.tensordot(levels**2, chances, 1) - expected**2
        weight = -(grid**2) / 2
        log_weight = weight - np.log(np.exp(weight).sum())
        joint = np.multiply.outer(self.person_scores, parameters[1] * grid) - self.of_person @ log_total
        joint += log_weight
        largest = joint.max(axis=1, keepdims=True)
        posterior = np.exp(joint - largest)
        total = posterior.sum(axis=1, keepdims=True)
        posterior /= total
        return Moments(
            log_likelihood=float(
                (largest + np.log(total)).sum()
                + self.pair_scores @ (self.loading @ parameters)
                - self.level_counts @ ceiling
            ),
            grid=grid,
            posterior=posterior,
            expected_number=self.of_person.T @ posterior,
            chances=chances,
            expected=expected,
            variance=variance,
        )

    def gradient(self, moments: Moments) -> Floats:
        """First derivatives of the log-likelihood: observed less expected scores and counts."""
        expected = moments.expected_number * moments.expected
        slope = self.loading.T @ (self.pair_scores - expected.sum(axis=1))
        slope[1] = (
            self.person_scores @ (moments.posterior @ moments.grid) - expected.sum(axis=0) @ moments.grid
        )
        slope[self.inner] = (
            np.tensordot(moments.chances[1:-1], moments.expected_number, 2) - self.level_counts[1:-1]
        )
        return np.asarray(slope)

    def complete_information(self, moments: Moments) -> Floats:
        """Information if it were known where each person is; never less than what there is."""
        inner, grid = self.inner, moments.grid
        number = moments.expected_number
        weighted = number * moments.variance
        information = self.loading.T @ (weighted.sum(axis=1)[:, np.newaxis] * self.loading)
        information[1] = information[:, 1] = self.loading.T @ (weighted @ grid)
        information[1, 1] = weighted.sum(axis=0) @ grid**2
        within = moments.chances[1:-1]
        levels = self.design.levels[1:-1].astype(np.float64)
        slopes = number * within * (levels[:, np.newaxis, np.newaxis] - moments.expected)
        information[inner] -= slopes.sum(axis=2) @ self.loading
        information[inner, 1] -= slopes.sum(axis=1) @ grid
        information[:, inner] = information[inner].T
        information[inner, inner] = np.diag(np.tensordot(within, number, 2)) - np.tensordot(
            within * number, within, ([1, 2], [1, 2])
        )
        return np.asarray(information)

    def information(self, moments: Moments) -> Floats:
        """Observed information: minus the second derivatives of the log-likelihood.

        That of complete data less the variance of its gradient, given the ratings, because nobody knows where
        a person is (Louis 1982). A person's gradient involves no rater but their own.
        """
        design, grid = self.design, moments.grid
        criteria, inner = len(design.criteria), self.inner
        parameters = self.loading.shape[1]
        first = self.seats.first_of_person
        most = int(np.diff(first).max())
        columns = np.full((len(design.persons), inner.stop + most), parameters)
        columns[:, : inner.stop] = np.arange(inner.stop)
        column = inner.stop + np.arange(len(self.seats.rater)) - np.repeat(first[:-1], np.diff(first))
        columns[design.person[self.seats.starts], column] = inner.stop + self.seats.rater

        lost = np.zeros((parameters + 1) ** 2)
        at_once = max(1, AT_ONCE // (columns.shape[1] * len(grid)))
        for begin in range(0, len(columns), at_once):
            rows = slice(begin, min(begin + at_once, len(columns)))
            slopes = np.zeros((rows.stop - begin, columns.shape[1], len(grid)))
            expected = self.of_person[rows] @ moments.expected
            slopes[:, 0] = -expected
            slopes[:, 1] = grid * (self.person_scores[rows, np.newaxis] - expected)
            by_criterion = self.of_criterion[rows.start * criteria : rows.stop * criteria] @ moments.expected
            slopes[:, 2 : inner.start] = by_criterion.reshape(-1, criteria, len(grid))
            for place, chances in enumerate(moments.chances[1:-1], start=inner.start):
                slopes[:, place] = self.of_person[rows] @ chances
            seats = slice(int(first[rows.start]), int(first[rows.stop]))
            person = design.person[self.seats.starts[seats]] - begin
            slopes[person, column[seats]] = self.of_seat[seats] @ moments.expected
            chance = moments.posterior[rows, np.newaxis]
            slopes -= (slopes * chance).sum(axis=2, keepdims=True)
            products = (slopes * chance) @ slopes.transpose(0, 2, 1)
            entry = columns[rows, :, np.newaxis] * (parameters + 1) + columns[rows, np.newaxis, :]
            lost += np.bincount(entry.ravel(), weights=products.ravel(), minlength=len(lost))
        return self.complete_information(moments) - lost.reshape(parameters + 1, -1)[:-1, :-1]
