"""Ratings on several criteria, arranged so that what repeats from candidate to candidate is computed once.

A seat is one rater with one candidate, its mask the criteria rated from it, and the shape of a candidate the
masks of its seats: candidates of one shape have the same covariance matrix within, whoever sat there.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from reports.ratings.tables import Floats, Ints

BITS_AT_ONCE = 30
MOST_PAIRS = 2_000_000
CELLS_AT_ONCE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SeatPairs:
    """Pairs of masks that meet in a shape, and which raters sat there: `who` is rater pairs x these kinds."""

    shape: Ints
    first: Ints
    second: Ints
    who: Any


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Layout:
    """Seats x criteria, in the order of candidates; a criterion that was not rated from a seat holds zero.

    What two seats of a candidate have in common is counted by `pairs` of them; where panels are so large that
    there are too many, `pairs` is empty and the candidates are gone through, some `at_once`.
    """

    scores: Floats
    present: Floats
    cell: Ints
    seat_unit: Ints
    seat_rater: Ints
    seat_mask: Ints
    unit_start: Ints
    unit_shape: Ints
    masks: Floats
    mask_seats: Floats
    mask_raters: Floats
    shape_units: Floats
    shape_start: Ints
    shape_masks: Ints
    pairs: tuple[SeatPairs, ...]
    at_once: tuple[slice, ...]

    @classmethod
    def of(
        cls, unit: Ints, rater: Ints, criterion: Ints, y: Floats, *, most_pairs: int = MOST_PAIRS
    ) -> "Layout":
        """Arrange ratings, each (unit, rater, criterion) at most once, by codes without gaps from 0."""
        raters, criteria = int(rater.max()) + 1, int(criterion.max()) + 1
        key = unit * raters + rater
        order = np.argsort(key, kind="stable")
        begins = np.diff(key[order], prepend=-1) != 0
        seat = np.empty_like(order)
        seat[order] = np.cumsum(begins) - 1
        seat_unit, seat_rater = np.divmod(key[order][begins], raters)
        given = np.zeros((len(seat_unit), criteria), dtype=np.bool_)
        given[seat, criterion] = True
        mask_code = _number_rows(given)

        # Within a candidate the order of seats means nothing, so that of their masks is taken.
        by_mask = np.lexsort((seat_rater, mask_code, seat_unit))
        place = np.empty_like(by_mask)
        place[by_mask] = np.arange(len(by_mask))
        scores = np.zeros(given.shape)
        scores[place[seat], criterion] = y
        seat_unit, seat_rater, seat_mask = seat_unit[by_mask], seat_rater[by_mask], mask_code[by_mask]
        _, first_of_mask = np.unique(mask_code, return_index=True)
        masks = given[first_of_mask].astype(np.float64)

        unit_start = np.flatnonzero(np.diff(seat_unit, prepend=-1))
        panel = np.diff(unit_start, append=len(seat_unit))
        unit_shape = _number_shapes(seat_mask, unit_start, panel, len(masks))
        _, typical = np.unique(unit_shape, return_index=True)
        in_shape = _ranges(unit_start[typical], panel[typical])
        mask_raters = np.bincount(seat_mask * raters + seat_rater, minlength=len(masks) * raters)
        pairs: Iterable[SeatPairs] = ()
        at_once: Iterable[slice] = ()
        if (panel**2).sum() <= most_pairs:
            pairs = _seat_pairs(
                seat_mask, seat_rater, unit_start, panel, unit_shape, raters=raters, criteria=criteria
            )
        else:
            at_once = _units_at_once(len(panel), raters * criteria**2)
        return cls(
            scores=scores,
            present=given[by_mask].astype(np.float64),
            cell=seat_rater[:, np.newaxis] * criteria + np.arange(criteria),
            seat_unit=seat_unit,
            seat_rater=seat_rater,
            seat_mask=seat_mask,
            unit_start=unit_start,
            unit_shape=unit_shape,
            masks=masks,
            mask_seats=np.bincount(seat_mask).astype(np.float64),
            mask_raters=mask_raters.reshape(len(masks), raters).astype(np.float64),
            shape_units=np.bincount(unit_shape).astype(np.float64),
            shape_start=np.cumsum(panel[typical]) - panel[typical],
            shape_masks=seat_mask[in_shape],
            pairs=tuple(pairs),
            at_once=tuple(at_once),
        )

    @property
    def raters(self) -> int:
        """How many raters there are."""
        return int(self.mask_raters.shape[1])

    @property
    def criteria(self) -> int:
        """How many criteria there are."""
        return int(self.masks.shape[1])

    @property
    def ratings(self) -> int:
        """How many ratings there are."""
        return round(float(self.mask_seats @ self.masks.sum(axis=1)))

    @property
    def panel(self) -> Ints:
        """How many raters each candidate has."""
        return np.diff(self.unit_start, append=len(self.seat_unit))

    def seats(self, units: slice) -> slice:
        """Where the seats of these candidates are."""
        ends = np.append(self.unit_start, len(self.seat_unit))
        return slice(int(ends[units.start]), int(ends[units.stop]))

    def by_unit(self, grid: Floats) -> Floats:
        """Sum over the seats of each candidate."""
        return np.asarray(np.add.reduceat(grid, self.unit_start, axis=0))

    def to_seats(self, values: Floats) -> Floats:
        """Give what a candidate has on each criterion to every rating there is of it."""
        grid = values[self.seat_unit]
        grid *= self.present
        return grid

    def by_cell(self, grid: Floats) -> Floats:
        """Sum over the candidates of each rater and criterion, raters x criteria in one row."""
        cells = self.raters * self.criteria
        return np.asarray(
            np.bincount(self.cell.ravel(), weights=grid.ravel(), minlength=cells), dtype=np.float64
        )


def _number_rows(given: Any) -> Ints:
    """Number the distinct rows of a table of yes and no; a row of more bits than fit is taken in pieces."""
    code = np.zeros(len(given), dtype=np.int64)
    for start in range(0, given.shape[1], BITS_AT_ONCE):
        piece = given[:, start : start + BITS_AT_ONCE]
        bits = piece @ (1 << np.arange(piece.shape[1], dtype=np.int64))
        code = _distinct((code << BITS_AT_ONCE) + bits)[1]
    return code


def _number_shapes(seat_mask: Ints, unit_start: Ints, panel: Ints, masks: int) -> Ints:
    """Number the distinct panels of masks, seat by seat: those alike so far and at this seat stay alike."""
    code = np.unique(panel, return_inverse=True)[1]
    for seat in range(int(panel.max())):
        sits = np.flatnonzero(panel > seat)
        code = code * (masks + 1)
        code[sits] += seat_mask[unit_start[sits] + seat] + 1
        code = _distinct(code)[1]
    return code


def _distinct(codes: Ints) -> tuple[Ints, Ints]:
    """The distinct codes in order and the place of each among them: counted, where they are not too large."""
    reach = int(codes.max()) + 1
    if reach > 4 * len(codes):
        return np.unique(codes, return_inverse=True)
    occurs = np.bincount(codes, minlength=reach) > 0
    return np.flatnonzero(occurs), (np.cumsum(occurs) - 1)[codes]


def _ranges(starts: Ints, sizes: Ints) -> Ints:
    """Return start, start + 1, ... of each range, one after another."""
    ends = np.cumsum(sizes)
    return np.asarray(np.arange(ends[-1]) + np.repeat(starts - (ends - sizes), sizes), dtype=np.int64)


def _pairs_within(starts: Ints, sizes: Ints) -> tuple[Ints, Ints]:
    """Every ordered pair of places within each range, also of a place with itself."""
    places = _ranges(starts, sizes)
    many = np.repeat(sizes, sizes)
    return np.repeat(places, many), _ranges(np.repeat(starts, sizes), many)


def _seat_pairs(
    seat_mask: Ints,
    seat_rater: Ints,
    unit_start: Ints,
    panel: Ints,
    unit_shape: Ints,
    *,
    raters: int,
    criteria: int,
) -> Iterator[SeatPairs]:
    """Count which raters sit where in which shape, in pieces that bound the memory of what is computed."""
    from scipy.sparse import csc_array

    masks = int(seat_mask.max()) + 1
    first, second = _pairs_within(unit_start, panel)
    shape = np.repeat(unit_shape, panel**2)
    kinds, kind = _distinct((shape * masks + seat_mask[first]) * masks + seat_mask[second])
    pair = seat_rater[first] * raters + seat_rater[second]
    who: Any = csc_array((np.ones(len(kind)), (pair, kind)), shape=(raters**2, len(kinds)))
    shape, both = np.divmod(kinds, masks**2)
    step = max(1, CELLS_AT_ONCE // criteria**2)
    for start in range(0, len(kinds), step):
        piece = slice(start, start + step)
        yield SeatPairs(
            shape=shape[piece], first=both[piece] // masks, second=both[piece] % masks, who=who[:, piece]
        )


def _units_at_once(units: int, cells: int) -> Iterator[slice]:
    step = max(1, CELLS_AT_ONCE // cells)
    for start in range(0, units, step):
        yield slice(start, min(start + step, units))
