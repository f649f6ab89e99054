"""What a many-facet model can use of a set of ratings, and whose severities it can compare."""

from dataclasses import dataclass, field

import numpy as np

from reports.ratings.tables import Floats, Ints

MOST_LEVELS = 21
SAME = 1e-6
LARGEST_VARIANCE = 1e9
NOTHING = 1e-9
DENSE = 0.1

NO_RATING = "There are no ratings."
ALL_ALIKE = "All ratings are the same: nothing tells raters apart."
ONE_RATER = "All ratings come from one rater: severity has nothing to be compared with."
NOTHING_LEFT = (
    "Nothing is left to compare once everyone who gave or got only the lowest or only the highest level is "
    "set aside."
)
NO_LINK = "No candidate that could be used was rated by two raters: severity has nothing to be compared with."
NOT_SEPARATE = (
    "The raters of some candidates rated different criteria, in such a way that how severe the raters are "
    "and how hard the criteria are cannot be told apart."
)

RUNS_OFF = (
    "The estimates run off to infinity: some scores follow from others without exception, for example "
    "because one rater is above another wherever they differ."
)


class UndefinedModel(Exception):
    """The ratings do not determine the model; the message is the sentence why."""


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """The ratings a model is fitted to, sorted by person, rater and criterion, numbered from 0 without gaps.

    `score` counts levels from the lowest one used, `levels` are those used, in the same count. `persons`,
    `raters` and `criteria` translate back to the numbers that came in; who is in none of them was left out,
    because all their ratings are at one end of the scale. Severities compare within a `rater_group`.
    """

    person: Ints = field(repr=False)
    rater: Ints = field(repr=False)
    criterion: Ints = field(repr=False)
    score: Ints = field(repr=False)
    persons: Ints = field(repr=False)
    raters: Ints
    criteria: Ints
    lowest: int
    levels: Ints
    rater_group: Ints
    criterion_group: Ints

    def __len__(self) -> int:
        return len(self.score)

    @property
    def centering(self) -> Floats:
        """Orthonormal columns over criteria and raters: what every group could be shifted by unnoticed."""
        groups = [self.criterion_group, self.rater_group + self.criterion_group.max() + 1]
        indicator = np.equal.outer(np.concatenate(groups), np.unique(np.concatenate(groups)))
        return np.asarray(indicator / np.sqrt(indicator.sum(axis=0)))


def design_of(person: Ints, rater: Ints, criterion: Ints, code: Ints, *, drop_persons: bool) -> Design:
    """Leave out what has no finite estimate, and find who can be compared with whom.

    A rater, a criterion and, with `drop_persons`, a person whose ratings are all the lowest or all the
    highest level used would have an infinite estimate. Leaving them out may shorten the range of levels used,
    which is why it is done until nothing changes.
    """
    if not len(code):
        raise UndefinedModel(NO_RATING)
    if code.min() == code.max():
        raise UndefinedModel(ALL_ALIKE)
    if rater.min() == rater.max():
        raise UndefinedModel(ONE_RATER)
    rows = _with_finite_estimates(person, rater, criterion, code, drop_persons=drop_persons)
    if not len(rows):
        raise UndefinedModel(NOTHING_LEFT)
    many = int(rater.max()) + 1
    order = rows[np.argsort(person[rows].astype(np.int64) * many + rater[rows], kind="stable")]
    persons, new_person = _renumbered(person[order])
    raters, new_rater = _renumbered(rater[order])
    criteria, new_criterion = _renumbered(criterion[order])
    lowest = int(code[order].min())
    score = code[order].astype(np.int64) - lowest
    levels = np.flatnonzero(np.bincount(score))
    if levels[-1] >= MOST_LEVELS:
        raise UndefinedModel(
            f"The ratings range over {levels[-1] + 1} levels; the model has a threshold between every two "
            f"neighbors, and {MOST_LEVELS} levels are the most it is fitted to."
        )
    if len(raters) == 1:
        raise UndefinedModel(NOTHING_LEFT)
    rater_group, criterion_group = _groups(new_person, new_rater, new_criterion)
    return Design(
        person=new_person,
        rater=new_rater,
        criterion=new_criterion,
        score=score,
        persons=persons,
        raters=raters,
        criteria=criteria,
        lowest=lowest,
        levels=levels,
        rater_group=rater_group,
        criterion_group=criterion_group,
    )


def starts_of(sorted_numbers: Ints) -> Ints:
    """Where each run of equal numbers starts."""
    return np.flatnonzero(np.diff(sorted_numbers, prepend=sorted_numbers[0] - 1))


@dataclass(frozen=True, slots=True, eq=False)
class Seats:
    """Who rated whom: one seat for each person and rater, in the order of the ratings of a design.

    What belongs to a person and a rater lies in one entry of a sparse matrix. Where a tenth of them or more
    are filled, a dense one is faster.
    """

    starts: Ints
    rater: Ints
    first_of_person: Ints
    raters: int

    @classmethod
    def of(cls, person: Ints, rater: Ints) -> "Seats":
        """Number the seats of ratings sorted by person and rater."""
        raters = int(rater.max()) + 1
        starts = starts_of(person * raters + rater)
        first = np.append(starts_of(person[starts]), len(starts))
        return cls(starts, rater[starts], first, raters)

    def absorb(self, per_person: Floats, wide: Floats, per_seat: Floats) -> Floats:
        """Sum over persons of a a' / per_person, a being a person's row of `wide` beside their seats."""
        from scipy.sparse import csr_array

        persons, columns = wide.shape
        seats = csr_array((per_seat, self.rater, self.first_of_person), shape=(persons, self.raters))
        scaled = wide / per_person[:, np.newaxis]
        total = np.empty((columns + self.raters, columns + self.raters))
        total[:columns, :columns] = wide.T @ scaled
        if len(self.rater) > DENSE * persons * self.raters:
            dense = seats.toarray()
            total[columns:, :columns] = dense.T @ scaled
            total[columns:, columns:] = dense.T @ (dense / per_person[:, np.newaxis])
        else:
            shares = per_seat / np.repeat(per_person, np.diff(self.first_of_person))
            scaled_seats = csr_array((shares, self.rater, self.first_of_person), shape=seats.shape)
            total[columns:, :columns] = seats.T @ scaled
            total[columns:, columns:] = (seats.T @ scaled_seats).toarray()
        total[:columns, columns:] = total[columns:, :columns].T
        return total

    def down(self, person: Floats, wide: Floats, per_seat: Floats) -> Floats:
        """Sum over persons of their row of `wide` beside their seats, times a number of each."""
        times = per_seat * np.repeat(person, np.diff(self.first_of_person))
        return np.concatenate(
            [wide.T @ person, np.bincount(self.rater, weights=times, minlength=self.raters)]
        )

    def across(self, rest: Floats, wide: Floats, per_seat: Floats) -> Floats:
        """Product of each person's row of `wide` beside their seats with the numbers in `rest`."""
        columns = wide.shape[1]
        terms = per_seat * rest[columns + self.rater]
        return np.asarray(wide @ rest[:columns] + np.add.reduceat(terms, self.first_of_person[:-1]))


def root_of_inverse(information: Floats) -> Floats:
    """Find a matrix that, times its own transpose, is the inverse of an information matrix.

    Where the likelihood has no maximum, it gets flat on the way there: the information has no inverse, or a
    variance beyond all reason.
    """
    try:
        root = np.linalg.inv(np.linalg.cholesky(information)).T
    except np.linalg.LinAlgError:
        raise UndefinedModel(RUNS_OFF) from None
    if (root**2).sum(axis=1).max() > LARGEST_VARIANCE:
        raise UndefinedModel(RUNS_OFF)
    return np.asarray(root)


def _with_finite_estimates(
    person: Ints, rater: Ints, criterion: Ints, code: Ints, *, drop_persons: bool
) -> Ints:
    """Find the rows of persons, raters and criteria who have not all their ratings at one end."""
    rows = np.arange(len(code))
    facets = [person, rater, criterion] if drop_persons else [rater, criterion]
    unsettled = True
    while unsettled and len(rows):
        scores = code[rows].astype(np.float64)
        scores -= scores.min()
        highest = scores.max()
        kept = np.ones(len(rows), dtype=np.bool_)
        for facet in facets:
            number = facet[rows]
            total, most = np.bincount(number, weights=scores), np.bincount(number) * highest
            kept &= ((total > 0) & (total < most))[number]
        unsettled = not kept.all()
        rows = rows[kept] if unsettled else rows
    return rows


def _renumbered(numbers: Ints) -> tuple[Ints, Ints]:
    occurring = np.bincount(numbers) > 0
    return np.flatnonzero(occurring), (np.cumsum(occurring) - 1)[numbers]


def _groups(person: Ints, rater: Ints, criterion: Ints) -> tuple[Ints, Ints]:
    """Group the raters, and the criteria, whose differences the ratings determine.

    Differences between the ratings of one person are all that compares raters. What such differences leave
    open is the null space of a model with equal weights, persons absorbed: two raters can be compared where
    each of its vectors holds the same for both. So a chain of shared persons makes a group, unless raters
    and criteria cannot be told apart.
    """
    persons, raters, criteria = (int(numbers.max()) + 1 for numbers in (person, rater, criterion))
    seats = Seats.of(person, rater)
    wide = np.bincount(person * criteria + criterion, minlength=persons * criteria)
    each = np.diff(np.append(seats.starts, len(person))).astype(np.float64)
    together = np.bincount(rater * criteria + criterion, minlength=raters * criteria).reshape(
        raters, criteria
    )
    information = np.diag(np.concatenate([together.sum(axis=0), together.sum(axis=1)]).astype(np.float64))
    information[criteria:, :criteria] = together
    information[:criteria, criteria:] = together.T
    number = np.bincount(person).astype(np.float64)
    information -= seats.absorb(number, wide.reshape(persons, criteria).astype(np.float64), each)
    values, vectors = np.linalg.eigh(information)
    undetermined = vectors[:, values < NOTHING * max(values[-1], 1.0)]
    criterion_group, rater_group = _alike(undetermined[:criteria]), _alike(undetermined[criteria:])

    of_person = rater_group[rater[seats.starts]]
    first = seats.first_of_person[:-1]
    spans = (of_person != np.repeat(of_person[first], np.diff(seats.first_of_person))).any()
    of_rating = criterion_group[criterion]
    first_rating = seats.starts[first]
    spans |= (of_rating != np.repeat(of_rating[first_rating], number.astype(np.int64))).any()
    if spans:
        raise UndefinedModel(NOT_SEPARATE)
    if np.bincount(rater_group).max() == 1:
        raise UndefinedModel(NO_LINK)
    return rater_group, criterion_group


def _alike(rows: Floats) -> Ints:
    """Number the groups of equal rows."""
    products = rows @ rows.T
    squares = np.diag(products)
    equal = squares[:, np.newaxis] + squares - 2 * products < SAME
    _, group = np.unique(equal.argmax(axis=1), return_inverse=True)
    return np.asarray(group, dtype=np.int64)
