"""A rater beside those who rated the same things: never beside the crowd, since panels are not random.

Whatever is compared (a score, whether it is the middle of the scale, whether a card is flat), co-raters have
habits of their own. A model with an effect of each thing and each rater takes these out, and the typical
rater, the median of those connected by shared things, is the zero: a deviant rater does not make innocent
co-raters look deviant the other way.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from reports.ratings.columns import Mask
from reports.ratings.tables import Floats, Ints

CLOSE = 1e-10
SETTLED = 1e-9
LARGEST_TABLE = 2_000_000
MOST_STEPS = 200
LEAST_CANDIDATES = 10
LEAST_CO_RATERS = 2


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """A sparse matrix of raters by raters, each pair of them once."""

    row: Ints
    column: Ints
    weight: Floats
    raters: int

    def __matmul__(self, vector: Floats) -> Floats:
        return summed(self.row, self.weight * vector[self.column], self.raters)

    @property
    def transposed(self) -> "Links":
        """The same with rows and columns exchanged."""
        return Links(self.column, self.row, self.weight, self.raters)


@dataclass(frozen=True, eq=False)
class Shared:
    """Observations of things seen by two raters or more, sorted by thing; `candidate` is who was judged."""

    thing: Ints
    rater: Ints
    candidate: Ints
    raters: int

    @cached_property
    def panel(self) -> Floats:
        """How many raters saw the thing of each observation."""
        return np.bincount(self.thing).astype(np.float64)[self.thing]

    @cached_property
    def weight(self) -> Floats:
        """What each observation tells about its rater when the thing's own level has to be estimated too."""
        return (self.panel - 1) / self.panel

    @cached_property
    def weights(self) -> Floats:
        """The sum of the weights of each rater; 0 for a rater who shared nothing."""
        return self.per_rater(self.weight)

    @cached_property
    def _encounters(self) -> tuple[Ints, Ints]:
        """Number each (rater, candidate), and say whose it is."""
        many = int(self.candidate.max(initial=0)) + 1
        found, number = numbered(self.rater * many + self.candidate, self.raters * many)
        return number, found // many

    @cached_property
    def candidates(self) -> Ints:
        """How many candidates each rater shared with somebody."""
        return np.bincount(self._encounters[1], minlength=self.raters)

    @cached_property
    def co_raters(self) -> Ints:
        """How many others rated something that this rater rated."""
        return np.bincount(self.links.row, minlength=self.raters)

    @property
    def enough(self) -> Mask:
        """Who shares enough to be called anything: 10 candidates and 2 co-raters or more."""
        return (self.candidates >= LEAST_CANDIDATES) & (self.co_raters >= LEAST_CO_RATERS)

    @cached_property
    def pairs(self) -> tuple[Ints, Ints]:
        """Each pair of observations of one thing, both ways round."""
        starts: list[Ints] = []
        ends: list[Ints] = []
        lag = 1
        while len(first := np.flatnonzero(self.thing[lag:] == self.thing[:-lag])):
            starts += [first, first + lag]
            ends += [first + lag, first]
            lag += 1
        none = np.zeros(0, dtype=np.int64)
        return np.concatenate(starts or [none]), np.concatenate(ends or [none])

    @cached_property
    def _meetings(self) -> tuple[Ints, Ints]:
        """Number each (rater, co-rater): all there are, and which one each pair of observations is of."""
        first, other = self.pairs
        return numbered(self.rater[first] * self.raters + self.rater[other], self.raters**2)

    def linked(self, weight: Floats) -> "Links":
        """Sum a weight of each pair of observations by (rater, co-rater)."""
        found, number = self._meetings
        sums = summed(number, weight, len(found))
        return Links(found // self.raters, found % self.raters, sums, self.raters)

    @cached_property
    def links(self) -> "Links":
        """For each rater and co-rater the sum of 1 / panel over the things they share."""
        return self.linked(1 / self.panel[self.pairs[0]])

    @cached_property
    def component(self) -> Ints:
        """Raters connected by shared things have the same number: only they can be compared."""
        from scipy.sparse import coo_array
        from scipy.sparse.csgraph import connected_components

        links, shape = self.links, (self.raters, self.raters)
        matrix = coo_array((links.weight, (links.row, links.column)), shape=shape)
        return np.asarray(connected_components(matrix, directed=False)[1], dtype=np.int64)

    def per_rater(self, values: Floats) -> Floats:
        return summed(self.rater, values, self.raters)

    def others(self, values: Floats) -> Floats:
        """Mean of the co-raters' values on the same thing."""
        return (np.bincount(self.thing, weights=values)[self.thing] - values) / (self.panel - 1)

    def from_typical(self, effects: Floats) -> Floats:
        """Effects as differences from the median of the raters they are connected with."""
        return effects - self.typical(effects)

    def typical(self, effects: Floats) -> Floats:
        """For each rater the median effect of the raters connected with them, themself included."""
        middle = np.zeros(self.raters)
        seen = (self.weights > 0) & np.isfinite(effects)
        for component in np.unique(self.component[seen]):
            members = self.component == component
            middle[members] = np.median(effects[members & seen])
        return middle

    def effects(self, values: Floats) -> Floats:
        """Rater effects of values ~ thing + rater by least squares, the typical rater being 0."""
        own = self.per_rater(self.weight * (values - self.others(values)))
        links, weights = self.links, self.weights
        return self.from_typical(solve(lambda x: weights * x - links @ x, own, weights))

    def rest(self, values: Floats, effects: Floats) -> Floats:
        """What remains of each difference from the co-raters when all raters' effects are taken out."""
        adjusted = values - effects[self.rater]
        return adjusted - self.others(adjusted)

    def clustered_se(self, rest: Floats, parameters: int = 1) -> Floats:
        """Standard error of a rater's weighted mean, by candidate: what is said of one hangs together.

        Not a number for raters who share no more candidates than there are parameters.
        """
        number, rater = self._encounters
        sums = np.bincount(number, weights=self.weight * rest)
        squares = np.bincount(rater, weights=sums**2, minlength=self.raters)
        free = np.where(self.candidates > parameters, self.candidates - parameters, np.nan)
        return np.asarray(np.sqrt(squares * self.candidates / free) / self.weights)

    def typical_amount(self, own: Floats, others: Floats) -> Floats:
        """What the typical rater would show where a rater shows `own` and the co-raters show `others`.

        For amounts that are never negative, as a spread. Each rater shows g times what the typical one would
        show on the same things: g = own / others x mean g of the co-raters. This is iterated until it stays,
        damped by a third, since two raters would else take turns for ever. Not a number where the co-raters
        or the typical rater show nothing at all.
        """
        share = np.divide(1.0, self.weights, where=self.weights > 0, out=np.zeros(self.raters))
        of_others = self.per_rater(self.weight * others)
        defined = of_others > 0
        times = np.divide(
            self.per_rater(self.weight * own), of_others, where=defined, out=np.ones(self.raters)
        )
        habit = np.ones(self.raters)
        steps, change = 0, np.inf
        while change > SETTLED and steps < MOST_STEPS:
            before = habit
            habit = np.cbrt(habit * (times * share * (self.links @ habit)) ** 2)
            level = np.bincount(self.component, weights=habit) / np.bincount(self.component)
            habit = habit / np.where(level > 0, level, 1.0)[self.component]
            steps, change = steps + 1, float(np.abs(habit - before).max(initial=0))
        typical = self.typical(habit)
        company = np.divide(
            share * (self.links @ habit), typical, where=typical > 0, out=np.zeros(self.raters)
        )
        known = defined & (company > 0)
        return np.asarray(others / np.where(known, company, np.nan)[self.rater])


def solve(product: Callable[[Floats], Floats], right: Floats, diagonal: Floats) -> Floats:
    """Solve a symmetric positive semidefinite system by conjugate gradients, scaled by its diagonal."""
    inverse = np.divide(1.0, diagonal, out=np.zeros_like(diagonal), where=diagonal > 0)
    solution, rest = np.zeros_like(right), right * (diagonal > 0)
    scaled = inverse * rest
    direction, size = scaled, float(rest @ scaled)
    steps, enough = 0, CLOSE**2 * size
    while size > enough and steps < MOST_STEPS:
        moved = product(direction)
        curvature = float(direction @ moved)
        stride = size / curvature if curvature > 0 else 0.0
        solution = solution + stride * direction
        rest = rest - stride * moved
        scaled = inverse * rest
        size, before = float(rest @ scaled), size
        direction = scaled + (size / before) * direction
        steps += 1
    return solution


def summed(number: Ints, values: Floats, many: int) -> Floats:
    """Sum values by number, in floating point also where there is nothing to sum."""
    return np.asarray(np.bincount(number, weights=values, minlength=many), dtype=np.float64)


def numbered(keys: Ints, many: int) -> tuple[Ints, Ints]:
    """List the distinct keys below `many` in order, and for each row which of them it has.

    A table of all possible keys is faster than sorting, as long as it is small.

    >>> [found.tolist() for found in numbered(np.array([7, 3, 7]), 10)]
    [[3, 7], [1, 0, 1]]
    """
    if many > LARGEST_TABLE:
        found, number = np.unique(keys, return_inverse=True)
        return found, number
    occurs = np.zeros(many, dtype=np.bool_)
    occurs[keys] = True
    found = np.flatnonzero(occurs)
    place = np.empty(many, dtype=np.int64)
    place[found] = np.arange(len(found))
    return found, place[keys]


def shared(thing: Ints, rater: Ints, candidate: Ints, raters: int) -> tuple[Shared, Ints]:
    """Keep the observations of things with two raters or more; also says which ones these are."""
    rows = np.flatnonzero(np.bincount(thing)[thing] >= 2) if len(thing) else np.zeros(0, dtype=np.int64)
    kept = thing[rows]
    number = np.cumsum(np.diff(kept, prepend=kept[:1]) != 0)
    return Shared(np.asarray(number, dtype=np.int64), rater[rows], candidate[rows], raters), rows
