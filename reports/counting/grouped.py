"""Rows that a database has grouped, checked before anything is counted on: do they fit together?

A query that met other rows than the others, a rater who scored one thing twice, a label that is missing: each
would shift every number a little and raise nothing. So it is refused in words.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np

from reports.ratings.tables import Floats, Ints, Label, Scale

Row: TypeAlias = tuple[Any, ...]

NOT_THE_SAME = "Ask them of the same rows, and see that nobody scored one thing twice."


def rows_of(rows: Iterable[Sequence[Any]], name: str, widths: Sequence[int], columns: str) -> list[Row]:
    """Return rows as tuples, all of one of these widths.

    >>> rows_of([("Iris", 3)], "levels", [3], "a rater, a score and how many ratings")
    Traceback (most recent call last):
    ValueError: A row of levels is a rater, a score and how many ratings, not ('Iris', 3).
    """
    found = [tuple(row) for row in rows]
    for row in found:
        if len(row) not in widths or len(row) != len(found[0]):
            raise ValueError(f"A row of {name} is {columns}, not {row!r}.")
    return found


def counts_of(rows: Sequence[Sequence[Any]], name: str, width: int) -> Floats:
    """Return a table (rows x width) of how often something was; a count is a whole number."""
    counts = numbers_of(rows, name, width)
    wrong = np.flatnonzero(((counts < 0) | (counts != np.rint(counts))).any(axis=1))
    if len(wrong):
        raise ValueError(f"Counts are whole numbers; a row of {name} has {list(rows[wrong[0]])!r}.")
    return counts


def numbers_of(rows: Sequence[Sequence[Any]], name: str, width: int) -> Floats:
    """Return a table (rows x width) of numbers, whatever type the database gives them."""
    try:
        numbers = np.array(rows, dtype=np.float64).reshape(len(rows), width)
    except (TypeError, ValueError):
        numbers = np.full((1, 1), np.nan)
    if not np.isfinite(numbers).all():
        raise ValueError(f"What is counted and summed is a number in every row; in {name} it is not.")
    return numbers


def numbered(labels: Iterable[Label], what: str) -> dict[Label, int]:
    """Return a number for each label, in order."""
    distinct = set(labels)
    if None in distinct:
        raise ValueError(f"A {what} is NULL. Leave such rows out of every query, or fill them in.")
    try:
        return {label: number for number, label in enumerate(sorted(distinct))}
    except TypeError:
        kinds = " and ".join(sorted({type(label).__name__ for label in distinct}))
        raise ValueError(f"Some labels of a {what} are {kinds}: make all of them one type.") from None


def places_of(labels: Iterable[Label], known: Mapping[Label, int], what: str, name: str) -> Ints:
    """Return the number of each label, all of which another result knows."""
    try:
        return np.array([known[label] for label in labels], dtype=np.int64)
    except KeyError as error:
        raise ValueError(
            f"The {what} {error.args[0]!r} is among the {name} and in no other result. {NOT_THE_SAME}"
        ) from None


def positions_of(scores: Sequence[Any], scale: Scale, name: str) -> Ints:
    """Return where scores lie on the scale, in steps above its low end."""
    numbers = numbers_of([[score] for score in scores], name, 1).reshape(-1)
    steps = scale.levels_of(numbers)
    off = np.flatnonzero(np.isnan(steps) | (steps < 0) | (steps >= len(scale.values)))
    if len(off):
        raise ValueError(f"{numbers[off[0]]:g} among the {name} is not on the scale of {scale}.")
    return steps.astype(np.int64)


def check_same_ratings(levels: Floats, counts: Floats, things: Floats, cells: Ints, shared: Floats) -> None:
    """Refuse levels (raters x scores), patterns and pairs (cells) that do not count the same ratings."""
    size = levels.shape[1]
    if not np.array_equal(levels.sum(axis=0), things @ counts):
        raise ValueError(f"The patterns and the levels do not count the same ratings. {NOT_THE_SAME}")
    expected = (counts.T * things) @ counts - np.diag(things @ counts)
    found = np.zeros((size, size))
    np.add.at(found, (cells[:, 2], cells[:, 3]), shared)
    if not np.array_equal(found + found.T, expected):
        raise ValueError(f"The patterns and the pairs do not count the same ratings. {NOT_THE_SAME}")
