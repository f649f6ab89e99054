"""Cells that occur are counted, and tables of cells add up, whatever is in them and however wide they are."""

import numpy as np
import pytest

from reports.counting.cells import Cells


def counted(cells: Cells) -> dict[tuple, float]:
    return {
        tuple(row): often for row, often in zip(cells.cells.tolist(), cells.frequency.tolist(), strict=True)
    }


@pytest.mark.parametrize("most", [3, 1000, 100_000], ids=["few", "many", "more than fit into one number"])
def test_each_distinct_row_is_counted_with_its_candidates(most):
    random = np.random.default_rng(2)
    rows = random.integers(0, most, (40, 5))[random.integers(0, 40, 200)]
    candidate = np.arange(200) // 4

    found = Cells.of(rows, candidate)

    expected: dict[tuple, int] = {}
    for row in rows.tolist():
        expected[tuple(row)] = expected.get(tuple(row), 0) + 1
    assert counted(found) == expected
    assert found.cells.tolist() == sorted(found.cells.tolist())
    assert found.cells[found.place].tolist() == rows.tolist()
    assert found.candidate.tolist() == candidate.tolist()


@pytest.mark.parametrize("most", [3, 100_000])
def test_a_row_may_stand_for_many(most):
    rows = np.array([[most, 0, 0, 0, most], [1, 1, 1, 1, 1], [most, 0, 0, 0, most]])

    found = Cells.of(rows, times=np.array([2.0, 5.0, 4.0]))

    assert counted(found) == {(most, 0, 0, 0, most): 6.0, (1, 1, 1, 1, 1): 5.0}
    assert not found.has_candidates


def test_tables_of_different_candidates_add_up_with_them_and_without():
    rows = np.array([[0, 2], [1, 1], [0, 2], [2, 0], [1, 1]])
    candidate = np.array([0, 0, 1, 2, 2])
    whole = Cells.of(rows, candidate)

    with_all = Cells.joined([Cells.of(rows[:2], candidate[:2]), Cells.of(rows[2:], candidate[2:])], 2)
    with_some = Cells.joined([Cells.of(rows[:2], candidate[:2]), Cells.of(rows[2:])], 2)

    assert counted(with_all) == counted(with_some) == counted(whole)
    assert with_all.place.tolist() == whole.place.tolist()
    assert with_all.candidate.tolist() == candidate.tolist()
    assert not with_some.has_candidates


def test_nothing_and_something_is_something():
    something = Cells.of(np.array([[1, 2]]), np.array([0]))

    assert Cells.joined([Cells.empty(2), something], 2) is something
    assert counted(Cells.joined([Cells.empty(2), Cells.empty(2)], 2)) == {}
    assert counted(Cells.of(np.zeros((0, 3), dtype=np.int64))) == {}
