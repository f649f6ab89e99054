"""Ratings on criteria, made by a formula in whole numbers, so that any program makes the same."""

import numpy as np

from reports.ratings.tables import Ratings, Scale


def table() -> list[tuple[int, int, float, int]]:
    """Thirty candidates, panels of three out of six, four criteria, every tenth rating missing: 330 ratings.

    From a linear congruential generator in whole numbers, so that any program makes the same table.
    """
    state = 12345

    def below(most: int) -> int:
        nonlocal state
        state = (state * 1103515245 + 12345) % 2**31
        return (state >> 16) % most

    severity, hardness = [below(9) - 4 for _ in range(6)], [below(7) - 3 for _ in range(4)]
    habit = [[below(7) - 3 for _ in range(4)] for _ in range(6)]
    rows = []
    for unit in range(30):
        ability, profile = below(31) - 15, [below(13) - 6 for _ in range(4)]
        for rater in ((unit + below(2)) % 6, (unit + 2 + below(2)) % 6, (unit + 4) % 6):
            halo = below(11) - 5
            for criterion in range(4):
                noise = below(17) - 8
                if below(10):
                    of_cell = severity[rater] + hardness[criterion] + habit[rater][criterion]
                    score = 30 + ability + profile[criterion] + of_cell + halo + noise
                    rows.append((unit, rater, score / 10, criterion))
    return rows


def ratings(rows=None) -> Ratings:
    return Ratings.from_rows(table() if rows is None else rows, scale=Scale(-5, 10, 0.1))


def columns(rows=None):
    found = ratings(rows)
    return found.unit, found.rater, found.criterion, found.score


def small() -> tuple[np.ndarray, ...]:
    """Nine candidates of the table, as columns, the scores about their mean."""
    unit, rater, criterion, y = columns([row for row in table() if row[0] < 9])
    return unit, rater, criterion, y - y.mean()
