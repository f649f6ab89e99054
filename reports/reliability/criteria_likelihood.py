"""Restricted likelihood of score ~ 1 + criterion + unit + rater + their pairs, all random, and its slopes.

The covariance matrix is V = B + Z O Z'. B holds what belongs to one candidate (unit, unit:criterion,
unit:rater, residual) and is block diagonal; Z O Z' is what raters and criteria bring along (criterion,
rater, rater:criterion), with Z saying which rater and criterion a rating is of. Within a candidate, B is the
sum of a matrix that is easily inverted seat by seat and of one of the rank of the criteria, so that nothing
larger than criteria x criteria is inverted there; it is the same for all candidates of a shape. What remains
is one matrix of raters x criteria. With P the inverse of V less what the mean takes away,

    -2 log L = log|V| + log|1'V^-1 1| + y'Py.
"""

import math
from dataclasses import dataclass

import numpy as np

from reports.ratings.tables import Floats
from reports.reliability.criteria_layout import Layout

COMPONENTS = ("criterion", "unit", "rater", "unit_criterion", "rater_criterion", "unit_rater", "residual")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Evaluation:
    """-2 log L at some components, the slope of log L there, and the average information."""

    deviance: float
    slope: Floats
    information: Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Within:
    """The inverse of B at some components: of masks, of shapes, and the log of its determinant."""

    residual: float
    seat_total: Floats
    shrink: Floats
    of_mask: Floats
    of_shape: Floats
    solved: Floats
    panel: Floats
    log_determinant: float

    @classmethod
    def of(
        cls, layout: Layout, *, unit: float, unit_criterion: float, unit_rater: float, residual: float
    ) -> "Within":
        """Invert mask by mask (I/e less the rater's share), then shape by shape for what raters share."""
        masks, criteria = layout.masks, layout.criteria
        rated = masks.sum(axis=1)
        seat_total = residual + rated * unit_rater
        shrink = unit_rater / (residual * seat_total)
        of_mask = masks[:, :, np.newaxis] * (
            np.eye(criteria) / residual - shrink[:, np.newaxis, np.newaxis] * masks[:, np.newaxis, :]
        )
        panel = np.add.reduceat(of_mask[layout.shape_masks], layout.shape_start, axis=0)
        common = unit_criterion * np.eye(criteria) + unit
        system = np.eye(criteria) + common @ panel
        solved: Floats = np.asarray(np.linalg.inv(system), dtype=np.float64)
        log_seats = layout.mask_seats @ ((rated - 1) * math.log(residual) + np.log(seat_total))
        log_shapes = layout.shape_units @ np.linalg.slogdet(system)[1]
        return cls(
            residual=residual,
            seat_total=seat_total,
            shrink=shrink,
            of_mask=of_mask,
            of_shape=solved @ common,
            solved=solved,
            panel=panel,
            log_determinant=float(log_seats + log_shapes),
        )

    def divide(self, layout: Layout, grid: Floats) -> Floats:
        """B^-1 times a column of ratings, in the arrangement of the layout."""
        pulled = layout.by_unit(self._divide_seats(layout, grid))
        pulled = (self.of_shape[layout.unit_shape] @ pulled[:, :, np.newaxis])[:, :, 0]
        return self._divide_seats(layout, grid - layout.to_seats(pulled))

    def divide_shared(self, layout: Layout, values: Floats) -> Floats:
        """B^-1 times what all seats of a candidate have alike, criterion by criterion: a shorter way."""
        left = (self.solved[layout.unit_shape] @ values[:, :, np.newaxis])[:, :, 0]
        return self._divide_seats(layout, layout.to_seats(left))

    def _divide_seats(self, layout: Layout, grid: Floats) -> Floats:
        share = self.shrink[layout.seat_mask] * (grid @ np.ones(layout.criteria))
        found = grid / self.residual
        found -= share[:, np.newaxis] * layout.present
        return found

    def between(self, layout: Layout) -> Floats:
        """Z'B^-1 Z, raters x criteria square."""
        raters, criteria = layout.raters, layout.criteria
        blocks = np.zeros((raters**2, criteria**2))
        for pairs in layout.pairs:
            met = self.of_mask[pairs.first] @ self.of_shape[pairs.shape] @ self.of_mask[pairs.second]
            blocks -= pairs.who @ met.reshape(-1, criteria**2)
        alone = layout.mask_raters.T @ self.of_mask.reshape(-1, criteria**2)
        blocks[:: raters + 1] += alone
        by_rater = blocks.reshape(raters, raters, criteria, criteria)
        square = by_rater.transpose(0, 2, 1, 3).reshape(raters * criteria, raters * criteria)
        for units in layout.at_once:
            seats = self._panels(layout, units)
            met = self.of_shape[layout.unit_shape[units]] @ seats
            square -= seats.reshape(-1, len(square)).T @ met.reshape(-1, len(square))
        return square

    def _panels(self, layout: Layout, units: slice) -> Floats:
        """The masks' matrices of each candidate, side by side at their raters' places."""
        sits = layout.seats(units)
        panels = np.zeros((units.stop - units.start, layout.criteria, layout.raters, layout.criteria))
        place = layout.seat_unit[sits] - units.start
        panels[place, :, layout.seat_rater[sits]] = self.of_mask[layout.seat_mask[sits]]
        return panels.reshape(len(panels), layout.criteria, -1)

    def traces(self, layout: Layout, posterior: Floats) -> Floats:
        """tr(P V_k) of unit, unit:criterion, unit:rater and residual.

        That is the slope of log|B| + tr(posterior Z'B^-1 Z) with the posterior held still, followed backwards
        through the inverses: from rater pairs to shapes, from shapes to masks, from masks to components.
        """
        raters, criteria = layout.raters, layout.criteria
        square = posterior.reshape(raters, criteria, raters, criteria)
        blocks = square.transpose(0, 2, 1, 3).reshape(raters**2, criteria**2)
        to_mask = (layout.mask_raters @ blocks[:: raters + 1]).reshape(-1, criteria, criteria)
        to_shape = np.zeros_like(self.of_shape)
        for pairs in layout.pairs:
            weight = np.asarray(pairs.who.T @ blocks).reshape(-1, criteria, criteria)
            weighted = weight @ self.of_mask[pairs.second]
            _add_at(to_shape, pairs.shape, -(self.of_mask[pairs.first] @ weighted))
            _add_at(to_mask, pairs.first, -2 * (weighted @ self.of_shape[pairs.shape]))
        for units in layout.at_once:
            sits, shape, panels = layout.seats(units), layout.unit_shape[units], self._panels(layout, units)
            weighted = (panels.reshape(-1, len(posterior)) @ posterior).reshape(panels.shape)
            _add_at(to_shape, shape, -(weighted @ panels.transpose(0, 2, 1)))
            met = (self.of_shape[shape] @ weighted).reshape(len(panels), criteria, raters, criteria)
            met = met[layout.seat_unit[sits] - units.start, :, layout.seat_rater[sits]]
            _add_at(to_mask, layout.seat_mask[sits], -2 * met)

        many = layout.shape_units[:, np.newaxis, np.newaxis]
        to_panel = many * self.of_shape - self.of_shape @ to_shape @ self.of_shape
        transposed = self.solved.transpose(0, 2, 1)
        to_common = (many * (self.panel @ self.solved) + transposed @ to_shape @ self.solved).sum(axis=0)
        sizes = np.diff(layout.shape_start, append=len(layout.shape_masks))
        _add_at(to_mask, layout.shape_masks, np.repeat(to_panel, sizes, axis=0))

        rated = layout.masks.sum(axis=1)
        diagonal = (np.diagonal(to_mask, axis1=1, axis2=2) * layout.masks).sum(axis=1)
        everything = ((to_mask @ layout.masks[:, :, np.newaxis])[:, :, 0] * layout.masks).sum(axis=1)
        total, residual, seats = self.seat_total, self.residual, layout.mask_seats
        of_rater = seats * rated / total - everything / total**2
        of_residual = (
            seats * ((rated - 1) / residual + 1 / total)
            - diagonal / residual**2
            + everything * (1 / residual**2 - 1 / total**2) / rated
        )
        return np.array([to_common.sum(), np.trace(to_common), of_rater.sum(), of_residual.sum()])


def _add_at(sums: Floats, place: Floats | np.ndarray, terms: Floats) -> None:
    """Add matrices to those at their places, which may repeat."""
    width = terms.shape[1] * terms.shape[2]
    index = place[:, np.newaxis] * width + np.arange(width)
    sums += np.bincount(index.ravel(), weights=terms.ravel(), minlength=sums.size).reshape(sums.shape)


def evaluate(layout: Layout, components: Floats) -> Evaluation:
    """Deviance, slope and average information at components in the order of COMPONENTS; the last above zero.

    Average information: Gilmour, Thompson & Cullis (1995).
    """
    criterion, unit, rater, unit_criterion, rater_criterion, unit_rater, residual = components.tolist()
    within = Within.of(
        layout, unit=unit, unit_criterion=unit_criterion, unit_rater=unit_rater, residual=residual
    )
    between = within.between(layout)
    posterior, log_between = _posterior(layout, between, criterion, rater, rater_criterion)

    scores, raters, criteria = layout.scores, layout.raters, layout.criteria
    effects = (posterior @ layout.by_cell(within.divide(layout, scores))).reshape(raters, criteria)
    cleared = within.divide(layout, scores - effects[layout.seat_rater] * layout.present)
    deviance = within.log_determinant + log_between + float(np.vdot(scores, cleared))

    # The covariance matrix of each component times Py: sums of Py over its levels, given back to each rating.
    by_cell = layout.by_cell(cleared).reshape(raters, criteria)
    by_rater, by_criterion = by_cell.sum(axis=1, keepdims=True), by_cell.sum(axis=0, keepdims=True)
    by_seat = cleared @ np.ones(criteria)
    by_unit_criterion = layout.by_unit(cleared)
    by_unit = by_unit_criterion.sum(axis=1, keepdims=True)
    squares = np.array(
        [
            np.vdot(sums, sums)
            for sums in (by_criterion, by_unit, by_rater, by_unit_criterion, by_cell, by_seat, cleared)
        ]
    )
    crossed = np.stack(
        [np.broadcast_to(sums, by_cell.shape).ravel() for sums in (by_criterion, by_rater, by_cell)]
    )
    shared = [np.broadcast_to(by_unit, by_unit_criterion.shape), by_unit_criterion]
    single = [by_seat[:, np.newaxis] * layout.present, cleared]
    nested = [*(layout.to_seats(values) for values in shared), *single]
    divided = [within.divide_shared(layout, values) for values in shared]
    divided += [within.divide(layout, grid) for grid in single]
    to_cells = np.vstack([crossed @ between, *(layout.by_cell(grid) for grid in divided)])
    products = np.empty((7, 7))
    products[:, :3] = to_cells @ crossed.T
    products[:3, 3:] = products[3:, :3].T
    products[3:, 3:] = [[np.vdot(one, other) for other in divided] for one in nested]
    order = [0, 3, 1, 4, 2, 5, 6]
    information = (products - to_cells @ posterior @ to_cells.T)[np.ix_(order, order)] / 2

    traces = [_crossed_traces(layout, between, posterior), within.traces(layout, posterior)]
    slope = (squares - np.concatenate(traces)[order]) / 2
    return Evaluation(deviance=deviance, slope=slope, information=information)


def _posterior(
    layout: Layout, between: Floats, criterion: float, rater: float, rater_criterion: float
) -> tuple[Floats, float]:
    """(O^-1 + Z'B^-1 Z)^-1, the mean included, and what it adds to the log determinants.

    O may be zero and is not inverted. It has four distinct eigenvalues, those of means over both sides, over
    one and over none, so that its root is at hand.
    """
    from scipy.linalg.lapack import dpotrf, dpotri

    raters, criteria = layout.raters, layout.criteria
    own = rater_criterion
    root_own, root_rater, root_criterion, root_all = (
        math.sqrt(variance)
        for variance in (
            own,
            own + criteria * rater,
            own + raters * criterion,
            own + criteria * rater + raters * criterion,
        )
    )
    of_rater, of_criterion = (root_rater - root_own) / criteria, (root_criterion - root_own) / raters
    of_all = (root_all - root_rater - root_criterion + root_own) / (criteria * raters)

    def root(matrix: Floats) -> Floats:
        cells = matrix.reshape(raters, criteria, -1)
        spread = root_own * cells
        spread += of_rater * cells.sum(axis=1, keepdims=True)
        over_raters = cells.sum(axis=0)
        spread += of_criterion * over_raters + of_all * over_raters.sum(axis=0)
        return spread.reshape(matrix.shape)

    system = root(root(between).T)
    system.flat[:: len(system) + 1] += 1
    factor, _ = dpotrf(system, lower=1)
    log_determinant = 2 * float(np.log(np.diagonal(factor)).sum())
    inverse, _ = dpotri(factor, lower=1)
    inverse = np.tril(inverse)
    inverse += np.tril(inverse, -1).T
    posterior = root(root(inverse).T)
    pulled = between.sum(axis=1)
    mean = 1 - posterior @ pulled
    weight = float(pulled @ mean)
    posterior += np.outer(mean, mean / weight)
    return posterior, log_determinant + math.log(weight)


def _crossed_traces(layout: Layout, between: Floats, posterior: Floats) -> Floats:
    """tr(P V_k) of criterion, rater and rater:criterion, from Z'PZ = K - K posterior K with K = Z'B^-1 Z."""
    raters, criteria = layout.raters, layout.criteria
    cells = between.reshape(raters, criteria, raters * criteria)
    of_criterion, of_rater = cells.sum(axis=0), cells.sum(axis=1)
    by_criterion = np.trace(of_criterion.reshape(criteria, raters, criteria).sum(axis=1))
    by_rater = np.trace(of_rater.reshape(raters, raters, criteria).sum(axis=2))
    return np.array(
        [
            by_criterion - np.vdot(of_criterion @ posterior, of_criterion),
            by_rater - np.vdot(of_rater @ posterior, of_rater),
            np.trace(between) - np.vdot(posterior, between @ between.T),  # half the work, being symmetric
        ]
    )
