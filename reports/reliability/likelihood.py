"""The restricted likelihood of score = mean + unit + rater + error, from `Blocks`, with its derivatives.

With a and b the variances of units and raters over the residual one, twice minus its logarithm is, but for
constants and at the best residual variance,

    (N - p) log RSS + sum over units log(1 + a m) + log |I + b A| + log |X'V^-1 X|,

where A = Z'WZ for the raters' Z and W = (I + a UU')^-1 for the units' U: units are absorbed, and the only
matrices are raters by raters, however many units there are. Bates, Maechler, Bolker & Walker (2015), Journal
of Statistical Software 67(1), has the same criterion with raters and units both in the system.
"""

import math
from dataclasses import dataclass

import numpy as np

from reports.counting.blocks import Blocks
from reports.ratings.tables import Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """The blocks about the overall mean, with a mean for each group of raters.

    Sizes of panels are in rows, raters or groups in columns. Cross products with the columns (1, y) come
    flat: of 1 with 1 and of 1 with y for each group, then of y with y.
    """

    blocks: Blocks
    group: Ints
    member: Floats
    center: float
    degrees: int
    given: Floats
    by_rater: Floats
    by_rater_in_units: Floats
    units: Floats
    unit_sums: Floats
    products: Floats
    products_in_units: Floats
    seats: tuple[Ints, Ints]

    @classmethod
    def of(cls, blocks: Blocks, group_of_rater: Ints) -> "Sums":
        """Center the blocks; a rater without scores is put anywhere, having nothing to add."""
        given = blocks.given.sum(axis=0)
        used = np.unique(group_of_rater[given > 0])
        group = np.minimum(np.searchsorted(used, group_of_rater), max(len(used) - 1, 0))
        size = blocks.sizes.astype(np.float64)
        scores, totals = blocks.given.sum(axis=1), blocks.sums.sum(axis=1)
        center = float(totals.sum()) / max(float(scores.sum()), 1.0)
        shift = center * (2 * totals - center * scores)
        sums = blocks.sums - center * blocks.given
        unit_sums = blocks.unit_sums - center * size[:, np.newaxis] * blocks.given
        squares = float((blocks.squares - shift).sum())

        member = (group[:, np.newaxis] == np.arange(len(used))).astype(np.float64)
        in_group, sum_in_group = blocks.given @ member, sums @ member
        return cls(
            blocks=blocks,
            group=group,
            member=member,
            center=center,
            degrees=blocks.n_scores - len(used),
            given=given,
            by_rater=np.stack([given, sums.sum(axis=0)], axis=1),
            by_rater_in_units=np.stack([blocks.given * size[:, np.newaxis], unit_sums], axis=2),
            units=in_group / size[:, np.newaxis],
            unit_sums=sum_in_group,
            products=np.concatenate([in_group.sum(axis=0), sum_in_group.sum(axis=0), [squares]]),
            products_in_units=np.column_stack(
                [
                    in_group * size[:, np.newaxis],
                    sum_in_group * size[:, np.newaxis],
                    blocks.squared_unit_sums - size * shift,
                ]
            ),
            seats=np.divmod(blocks.pairs, max(len(blocks.raters), 1)),
        )

    @property
    def groups(self) -> int:
        """How many groups of raters have a mean of their own."""
        return int(self.member.shape[1])

    @property
    def spread(self) -> float:
        """The sum of squares about the overall mean."""
        return float(self.products[-1])

    @property
    def within(self) -> float:
        """The sum of squares about the means of units."""
        return float(self.products[-1] - (self.products_in_units[:, -1] / self.blocks.sizes).sum())

    def weighted(self, weights: Floats) -> tuple[Floats, Floats, Floats]:
        """Sum the blocks for each row of weights, one for each size of panel.

        Raters by raters, raters by (1, y), (1, y) by itself.
        """
        rows, number = len(weights), len(self.given)
        matrices = np.zeros((rows, number, number))
        diagonal = np.arange(number)
        first, second = self.seats
        matrices[:, first, second] = matrices[:, second, first] = weights @ self.blocks.together.T
        matrices[:, diagonal, diagonal] = weights @ self.blocks.given
        by_rater = weights @ self.by_rater_in_units.reshape(len(self.blocks.sizes), -1)
        return matrices, by_rater.reshape(rows, number, 2), weights @ self.products_in_units

    def crossed(self, left: Floats, right: Floats) -> Floats:
        """Cross products of several raters by (1, y), made symmetric; groups never touch one another."""
        ones = (left[..., 0] * right[..., 0]) @ self.member
        mixed = (left[..., 0] * right[..., 1] + left[..., 1] * right[..., 0]) @ self.member / 2
        return np.concatenate(
            [ones, mixed, (left[..., 1] * right[..., 1]).sum(axis=-1, keepdims=True)], axis=-1
        )


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """The criterion at the two ratios: `logs` its determinants, `rss` the weighted residual sum of squares.

    First derivatives with respect to (a, b) have two elements, second ones are matrices. `means` are those of
    the groups about the center, `precisions` theirs over the residual variance; `effects` are the predicted
    effects of the raters, `spreads` their conditional variances over the residual variance.
    """

    ratios: Floats
    degrees: int
    logs: float
    logs_1: Floats
    logs_2: Floats
    rss: float
    rss_1: Floats
    rss_2: Floats
    means: Floats
    precisions: Floats
    effects: Floats
    spreads: Floats

    @property
    def value(self) -> float:
        """Twice minus the log likelihood, without its constants."""
        return self.degrees * math.log(self.rss) + self.logs

    @property
    def slope(self) -> Floats:
        """The first derivatives."""
        return self.logs_1 + self.degrees * self.rss_1 / self.rss

    @property
    def curvature(self) -> Floats:
        """The second derivatives."""
        first = self.rss_1 / self.rss
        return self.logs_2 + self.degrees * (self.rss_2 / self.rss - np.outer(first, first))


def criterion(sums: Sums, a: float, b: float) -> Point:
    """Evaluate it; S is (I + b A)^-1, q is Z'W(1, y), x is Sq, and 1, 2 are derivatives in a."""
    from scipy.linalg import cho_factor
    from scipy.linalg.lapack import dpotri

    size = sums.blocks.sizes.astype(np.float64)
    below = 1 + a * size
    matrices, by_rater, by_itself = sums.weighted(np.stack([-a / below, -1 / below**2, 2 * size / below**3]))
    matrix, matrix_1, matrix_2 = matrices
    number = len(matrix)
    matrix.flat[:: number + 1] += sums.given
    q, q_1, q_2 = by_rater
    q += sums.by_rater
    h, h_1, h_2 = by_itself
    h += sums.products

    inverse, log_determinant = np.eye(number), 0.0
    if b:
        factor, _ = cho_factor(inverse + b * matrix, lower=True, check_finite=False)
        log_determinant = 2 * float(np.log(factor.diagonal()).sum())
        half = np.tril(dpotri(factor, lower=1)[0])
        half.flat[:: number + 1] /= 2
        inverse = half + half.T
    # S and A commute, so that their product is symmetric.
    shrunk, shrunk_1 = inverse @ matrix, inverse @ matrix_1
    x = inverse @ q
    y = q_1 - b * (matrix_1 @ x)
    s_y = inverse @ y

    q_x, q_1_x, q_2_x, x_1_x, x_2_x, y_y, x_y, x_x, x_s_x = sums.crossed(
        np.stack([q, q_1, q_2, x, x, y, x, x, x]),
        np.stack([x, x, x, matrix_1 @ x, matrix_2 @ x, s_y, s_y, x, shrunk @ x]),
    )
    products = h - b * q_x
    by_a = h_1 - 2 * b * q_1_x + b * b * x_1_x
    by_aa = h_2 - 2 * b * (q_2_x + y_y) + b * b * x_2_x
    first = np.stack([by_a, -x_x])
    second = np.stack([by_aa, -2 * x_y, -2 * x_y, 2 * x_s_x]).reshape(2, 2, -1)

    # The mean of each group is solved for: log |X'V^-1 X| and RSS follow from the cross products.
    ones, others = slice(None, sums.groups), slice(sums.groups, -1)
    precision = products[ones]
    means = products[others] / precision
    moved = (first[:, others] - means * first[:, ones]) / precision
    relative = first[:, ones] / precision

    def residual(part: Floats) -> Floats:
        return np.asarray(part[..., -1] - (2 * part[..., others] - means * part[..., ones]) @ means)

    units = sums.units.sum(axis=1)
    logs_1 = np.array([units @ (size / below) + b * np.trace(shrunk_1), np.trace(shrunk)])
    mixed = np.trace(shrunk_1) - b * np.vdot(shrunk, shrunk_1)
    by_size = b * np.vdot(inverse, matrix_2) - b * b * np.vdot(shrunk_1, shrunk_1.T)
    logs_2 = np.array([[by_size - units @ (size / below) ** 2, mixed], [mixed, -np.vdot(shrunk, shrunk)]])
    return Point(
        ratios=np.array([a, b]),
        degrees=sums.degrees,
        logs=float(units @ np.log(below)) + log_determinant + float(np.log(precision).sum()),
        logs_1=logs_1 + relative.sum(axis=1),
        logs_2=logs_2 + second[..., ones] @ (1 / precision) - relative @ relative.T,
        rss=float(residual(products)),
        rss_1=residual(first),
        rss_2=residual(second) - 2 * (moved * precision) @ moved.T,
        means=means,
        precisions=precision,
        effects=b * (x[:, 1] - x[:, 0] * means[sums.group]),
        spreads=b * inverse.diagonal(),
    )


def one_way(sums: Sums, ratios: Floats, *, of: str) -> Floats:
    """Evaluate the criterion at many ratios of one variance, the other being 0: no matrices are needed."""
    if of == "unit":
        size, number = sums.blocks.sizes.astype(np.float64), sums.units
        total, squared = sums.unit_sums, sums.products_in_units[:, -1]
    else:
        size = sums.given
        number = sums.member
        total = sums.by_rater[:, 1:] * number
        squared = sums.by_rater[:, 1] ** 2
    below = 1 + ratios[:, np.newaxis] * size
    precision = (size / below) @ number
    logs = np.log(below) @ number.sum(axis=1) + np.log(precision).sum(axis=1)
    rss = (
        sums.spread
        - (ratios[:, np.newaxis] / below) @ squared
        - (((1 / below) @ total) ** 2 / precision).sum(axis=1)
    )
    return np.asarray(sums.degrees * np.log(rss) + logs)
