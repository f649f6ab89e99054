"""Blocks are sums over candidates: whatever way the scores come in, the sums are the same."""

import itertools

import numpy as np
import pytest

import reports.counting.blocks
from reports.counting.blocks import Blocks, mean_scores
from reports.ratings.tables import Ratings, Scale
from tests.reports.score_tables import blocks_of, drawn, formula_rows

SUMS = ("units", "given", "sums", "unit_sums", "squared_unit_sums", "squares", "together")


def same(one: Blocks, other: Blocks) -> None:
    assert one.raters == other.raters
    assert one.sizes.tolist() == other.sizes.tolist()
    assert one.pairs.tolist() == other.pairs.tolist()
    for name in SUMS:
        np.testing.assert_allclose(getattr(one, name), getattr(other, name), rtol=1e-12, atol=1e-12)


def counted_one_by_one(rows):
    """The rows a database gives, written as loops over candidates."""
    panels = {u: [(r, y) for unit, r, y in rows if unit == u] for u in {row[0] for row in rows}}
    pairs, sums, totals = {}, {}, {}
    for panel in panels.values():
        m, s = len(panel), sum(y for _, y in panel)
        total = totals.setdefault(m, [0, 0, 0, 0])
        for place, term in enumerate((1, s, s * s, sum(y * y for _, y in panel))):
            total[place] += term
        for r, y in panel:
            mine = sums.setdefault((m, r), [0, 0, 0])
            for place, term in enumerate((1, y, s)):
                mine[place] += term
        for (a, _), (b, _) in itertools.combinations_with_replacement(sorted(panel), 2):
            pairs[m, a, b] = pairs.get((m, a, b), 0) + 1
    return (
        [(*key, n) for key, n in pairs.items()],
        [(*key, *values) for key, values in sums.items()],
        [(m, *values) for m, values in totals.items()],
    )


def test_the_rows_of_a_database_give_the_blocks_of_the_scores():
    rows = formula_rows()

    same(Blocks.from_rows(*counted_one_by_one(rows)), blocks_of(rows))
    same(Blocks.from_rows(*counted_one_by_one(rows), raters=range(6)), blocks_of(rows))


def test_a_database_that_has_nothing_gives_empty_blocks():
    empty = Blocks.from_rows([], [], [])

    assert (empty.n_scores, empty.n_units, empty.n_units_shared) == (0, 0, 0)
    assert empty.components()[0] == 0
    assert empty.corated.tolist() == []


def test_rows_of_different_questions_to_the_database_are_refused():
    pairs, sums, totals = counted_one_by_one(formula_rows())

    with pytest.raises(ValueError, match="do not count the same scores"):
        Blocks.from_rows(pairs, sums[1:], totals)
    with pytest.raises(ValueError, match="do not count the same scores"):
        Blocks.from_rows([pair for pair in pairs if pair[1:3] != (0, 1)], sums, totals)
    with pytest.raises(ValueError, match="77 is a rater or a panel size in one result"):
        Blocks.from_rows([(2, 0, 77, 1), *pairs], sums, totals)


@pytest.mark.parametrize("parts", [2, 3, 7])
def test_any_split_of_the_candidates_merged_is_the_whole(parts):
    unit, rater, score, _ = drawn(parts, smallest=1)
    whole = Blocks.of(unit, rater, score, raters=range(8))

    merged = Blocks.of([], [], [], raters=())
    for part in range(parts):
        rows = unit % parts == part
        labels = np.unique(rater[rows])
        codes = np.searchsorted(labels, rater[rows])
        merged = Blocks.of(unit[rows], codes, score[rows], raters=labels.tolist()).merge(merged)

    same(merged, whole)


def test_the_order_of_rows_does_not_matter():
    rows = formula_rows()

    same(blocks_of(rows[::-1]), blocks_of(rows))


def test_all_ways_to_count_pairs_count_the_same(monkeypatch):
    unit, rater, score, _ = drawn(9, units=60, raters=30, panel=5, smallest=1)
    blocks = Blocks.of(unit, rater, score, raters=range(30))
    monkeypatch.setattr(reports.counting.blocks, "CELLS_AT_ONCE", 40)
    sparse = Blocks.of(unit, rater, score, raters=range(30))
    monkeypatch.setattr(reports.counting.blocks, "FEW_RATERS_A_SEAT", 100)
    multiplied = Blocks.of(unit, rater, score, raters=range(30))

    same(sparse, blocks)
    same(multiplied, blocks)


def test_a_rater_counts_once_for_a_candidate_with_the_mean_over_criteria():
    rows = [
        ("Ann", "Iris", 1, "depth"),
        ("Ann", "Ivo", 2, "depth"),
        ("Ann", "Iris", 4, "clarity"),
        ("Ben", "Ivo", 5, "clarity"),
    ]
    blocks = Blocks.from_ratings(Ratings.from_rows(rows, scale=Scale(1, 5)))

    assert blocks.n_scores == 3
    assert blocks.sums.sum(axis=0).tolist() == [2.5, 7.0]
    assert blocks.shared.tolist() == [1, 1]


def test_scores_that_are_one_for_each_candidate_and_rater_stay_as_they_are():
    unit, rater, score, _ = drawn(2)

    assert mean_scores(unit, rater, score, 8)[2] is score


@pytest.mark.parametrize(
    ("unit", "rater", "score", "problem"),
    [
        ([0, 0], [0, 0], [1, 2], "Take the mean of several first"),
        ([0, 0], [0, 5], [1, 2], "numbered from 0"),
        ([0, -1], [0, 1], [1, 2], "numbered from 0"),
        ([0, 0], [0, 1], [1, float("nan")], "finite number"),
        ([0, 0], [0, 1], [1], "three columns of the same length"),
    ],
)
def test_scores_that_cannot_be_used_are_refused(unit, rater, score, problem):
    with pytest.raises(ValueError, match=problem):
        Blocks.of(unit, rater, score, raters=["Iris", "Ivo"])


def test_labels_are_put_in_order_when_blocks_are_merged():
    one = Blocks.of([0, 0], [0, 1], [1, 2], raters=["Rina", "Ada"])
    other = Blocks.of([0, 0], [0, 1], [3, 5], raters=["Ivo", "Rina"])

    merged = one.merge(other)

    assert merged.raters == ("Ada", "Ivo", "Rina")
    assert merged.sums[0].tolist() == [2.0, 3.0, 6.0]
    assert merged.pairs.tolist() == [2, 5], "Ada with Rina, Ivo with Rina"
