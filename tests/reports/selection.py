"""Decisions on candidates of several groups, written as how many there were and how many passed."""

import itertools

import numpy as np
import pandas as pd

from reports.fairness.adverse_impact import (
    Comparison,
    GroupFigures,
    adverse_impact,
    from_frame,
)


def rows_of(cells: dict[tuple, tuple[int, int]], names: tuple[str, ...] = ("group",)) -> pd.DataFrame:
    """Rows from {(group, ...): (people, passed)}, each person another."""
    table, number = [], itertools.count()
    for labels, (people, passed) in cells.items():
        cell = dict(zip(names, labels if isinstance(labels, tuple) else (labels,), strict=True))
        table += [dict(cell, unit=f"c{next(number)}", outcome=place < passed) for place in range(people)]
    return pd.DataFrame(table)


def compare(cells: dict, *names: str):
    return adverse_impact(from_frame(rows_of(cells, ("group", *names))), seed="a loop")


def overall(cells: dict, *names: str) -> Comparison:
    return compare(cells, *names).overall


def of(comparison: Comparison, group: str) -> GroupFigures:
    (figures,) = (figures for figures in comparison.groups if figures.group == group)
    return figures


def one(number: int) -> np.ndarray:
    return np.array([number])
