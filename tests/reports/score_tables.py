"""Tables of scores for the variance components, made by a formula that other programs can be given, too."""

import numpy as np

from reports.counting.blocks import Blocks


def formula_rows() -> list[tuple[int, int, int]]:
    """87 scores of 30 candidates by 6 raters, panels of 2 to 4, some of 1."""
    return [
        (u, r, 20 + 3 * ((7 * u) % 11) + 4 * ((5 * r) % 3) + (u * u + 3 * u * r + 5 * r * r) % 7)
        for u in range(30)
        for r in range(6)
        if (7 * u + 5 * r) % 6 < 2 + u % 3 and not (u < 3 and r > u)
    ]


def two_groups() -> list[tuple[int, int, int]]:
    """The same, and beside it a group of four raters who share no candidate with them and score 30 higher."""
    rows = formula_rows()
    return rows + [(u + 100, r + 10, score + 30) for u, r, score in rows if r < 4]


def blocks_of(rows) -> Blocks:
    unit, rater, score = zip(*rows, strict=True)
    raters = sorted(set(rater))
    return Blocks.of(unit, [raters.index(r) for r in rater], score, raters=raters)


def complete(table) -> Blocks:
    """A row for each candidate, a column for each rater."""
    scores = np.asarray(table, dtype=float)
    units, raters = scores.shape
    return Blocks.of(
        np.repeat(np.arange(units), raters),
        np.tile(np.arange(raters), units),
        scores.ravel(),
        raters=[f"rater {r}" for r in range(raters)],
    )


def drawn(seed, *, units=40, raters=8, panel=3, variances=(0.5, 0.1, 0.4), smallest=None):
    """Scores from the model itself: unit, rater, score and the raters' true effects."""
    random = np.random.default_rng(seed)
    sizes = random.integers(smallest or panel, panel, endpoint=True, size=units)
    rater = np.concatenate([np.sort(random.permutation(raters)[:size]) for size in sizes])
    unit = np.repeat(np.arange(units), sizes)
    spread = np.sqrt(variances)
    effects = spread[1] * random.standard_normal(raters)
    noise = spread[2] * random.standard_normal(len(unit))
    score = 3 + spread[0] * random.standard_normal(units)[unit] + effects[rater] + noise
    return unit, rater, score, effects


# Shrout, P. E. & Fleiss, J. L. (1979). Intraclass correlations: uses in assessing rater reliability.
# Psychological Bulletin 86, 420-428, table 2: four judges, six targets.
SHROUT_FLEISS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
