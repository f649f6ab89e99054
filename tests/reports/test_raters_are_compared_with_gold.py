"""Scores of vignettes beside the gold: how near they come, without a verdict."""

import math
import random

import pytest

from reports.raters.gold import accuracy
from reports.ratings.checking import TableError
from reports.ratings.scale import Scale

FIVE_POINTS = Scale(1, 5)
CRITERIA = ("judgment", "safety", "reasoning", "teamwork", "communication")


def answer(unit, scores, rater=None):
    who = (rater,) if rater else ()
    return [(*who, unit, criterion, score) for criterion, score in zip(CRITERIA, scores, strict=True)]


def test_a_charmed_rater_is_lenient_with_halo():
    """Gold 4 4 1 3 2, rater 4 4 3 4 4: worked out by hand from the definitions."""
    found = accuracy(answer("V1", [4, 4, 3, 4, 4], "Iris"), answer("V1", [4, 4, 1, 3, 2]), scale=FIVE_POINTS)[
        "Iris"
    ]

    assert found.exact.value == pytest.approx(2 / 5)
    assert found.adjacent.value == pytest.approx(3 / 5)
    assert found.bias.value == pytest.approx(1.0)
    assert found.mean_absolute_error.value == pytest.approx(1.0)
    assert round(found.halo.value, 2) == 0.34
    assert found.halo.value == pytest.approx(0.4 / math.sqrt(1.36))
    assert found.centrality.value == pytest.approx(0.0), "one 3 each"
    assert found.coverage.errors == 0


def test_one_answer_has_no_interval_and_says_so():
    found = accuracy(answer("V1", [4, 4, 3, 4, 4], "Iris"), answer("V1", [4, 4, 1, 3, 2]), scale=FIVE_POINTS)[
        "Iris"
    ]

    assert found.bias.se is None
    assert found.bias.no_interval_because == "One answer says nothing about how much it varies."
    assert (found.bias.n_units, found.bias.n_candidates, found.bias.n_raters) == (5, 1, 1)


def test_an_interval_is_by_answer_because_scores_of_one_answer_hang_together():
    """Two answers with biases +1 and 0: their mean .5 has the standard error .5, whatever the criteria."""
    gold = answer("V1", [3, 3, 3, 3, 3]) + answer("V2", [1, 2, 3, 4, 5])
    rows = answer("V1", [4, 4, 4, 4, 4], "Iris") + answer("V2", [1, 2, 3, 4, 5], "Iris")

    bias = accuracy(rows, gold, scale=FIVE_POINTS)["Iris"].bias

    assert (bias.value, bias.se, bias.n_candidates) == (pytest.approx(0.5), pytest.approx(0.5), 2)
    assert bias.ci == pytest.approx((0.5 - 12.7062 * 0.5, 0.5 + 12.7062 * 0.5), abs=1e-4)


def test_the_halo_index_leaves_out_answers_on_which_the_gold_does_not_vary():
    gold = answer("V1", [3, 3, 3, 3, 3]) + answer("V2", [2, 4, 2, 4, 3]) + answer("V3", [1, 5, 1, 5, 3])
    rows = [
        row
        for unit, scores in (("V1", [1, 5, 1, 5, 3]), ("V2", [3, 4, 3, 4, 3]), ("V3", [1, 5, 1, 5, 3]))
        for row in answer(unit, scores, "Iris")
    ]

    halo = accuracy(rows, gold, scale=FIVE_POINTS)["Iris"].halo

    assert halo.value == pytest.approx((math.sqrt(0.24 / 0.8) + 1) / 2)
    assert halo.n_candidates == 2


def test_what_was_not_observed_is_counted_and_never_turned_into_points():
    gold = answer("V1", [4, None, None, 3, 2])
    rows = answer("V1", [4, 5, None, None, 2], "Iris")

    found = accuracy(rows, gold, scale=FIVE_POINTS)["Iris"]

    assert found.coverage.scored_though_not_observed == 1
    assert found.coverage.not_observed_though_scored == 1
    assert found.coverage.both_not_observed == 1
    assert found.coverage.both_scored == 2
    assert found.coverage.errors == 2
    assert (found.exact.value, found.bias.value, found.exact.n_units) == (1.0, 0.0, 2)


def test_a_rater_who_observed_nothing_has_no_numbers():
    gold, rows = answer("V1", [4, 4, 1, 3, 2]), answer("V1", [None] * 5, "Iris")

    found = accuracy(rows, gold, scale=FIVE_POINTS)["Iris"]

    assert found.bias.value is None
    assert found.bias.undefined_because.startswith("There is no criterion on which both")
    assert found.halo.undefined_because.startswith("There is no answer that this rater scored")
    assert (found.bias.n_units, found.bias.n_raters, found.coverage.not_observed_though_scored) == (0, 0, 5)


def test_a_rater_who_is_always_right_has_no_interval_and_says_so():
    gold = answer("V1", [4, 4, 1, 3, 2]) + answer("V2", [1, 2, 3, 4, 5])
    rows = [("Iris", *row) for row in gold]

    exact = accuracy(rows, gold, scale=FIVE_POINTS)["Iris"].exact

    assert (exact.value, exact.ci) == (1.0, None)
    assert exact.no_interval_because == "It is the same for every answer, so nothing says how much it varies."


def test_a_pull_to_the_middle_shows_as_centrality():
    found = accuracy(answer("V1", [3, 3, 3, 3, 3], "Iris"), answer("V1", [4, 4, 1, 3, 2]), scale=FIVE_POINTS)[
        "Iris"
    ]

    assert found.centrality.value == pytest.approx(0.8)


def test_the_order_of_rows_and_the_other_raters_do_not_matter():
    gold = answer("V1", [4, 4, 1, 3, 2]) + answer("V2", [1, 2, 3, 4, 5])
    iris = answer("V1", [4, 4, 3, 4, 4], "Iris") + answer("V2", [1, 3, 3, 4, 4], "Iris")
    ivo = answer("V2", [5, 5, 5, 5, 5], "Ivo")
    mixed = random.Random(3).sample(iris + ivo, len(iris + ivo))

    alone = accuracy(iris, gold, scale=FIVE_POINTS)["Iris"]
    among = accuracy(mixed, gold[::-1], scale=FIVE_POINTS)["Iris"]

    assert among.bias.se == pytest.approx(alone.bias.se)
    assert among.halo.value == pytest.approx(alone.halo.value)
    assert list(accuracy(mixed, gold, scale=FIVE_POINTS)) == ["Iris", "Ivo"]


@pytest.mark.parametrize(
    ("rows", "gold", "message"),
    [
        (
            [("Iris", "V2", "safety", 3)],
            [("V1", "safety", 3)],
            "ratings, row 1: There is no gold for 'V2' on 'safety'. "
            "Add it, with an empty score if it cannot be observed.",
        ),
        (
            [("Iris", "V1", "judgment", 3)],
            [("V1", "safety", 3)],
            "ratings, row 1: There is no gold for 'V1' on 'judgment'. "
            "Add it, with an empty score if it cannot be observed.",
        ),
        (
            [("Iris", "V1", "safety", 3)],
            [("V1", "safety", 3), ("V1", "safety", 4)],
            "gold, row 2: There is a score for 'V1', 'safety' in row 1 already. Keep one of the two.",
        ),
        (
            [("Iris", "V1", "safety", 3), ("Iris", "V1", "safety", 3)],
            [("V1", "safety", 3)],
            "ratings, row 2: There is a score for 'Iris', 'V1', 'safety' in row 1 already. "
            "Keep one of the two.",
        ),
        (
            [("Iris", "V1", "safety", 3)],
            [("V1", "safety", 6)],
            "gold, row 1, column 'score': 6 is off the scale. Scores run from 1 to 5.",
        ),
        (
            [("Iris", "V1", 3)],
            [("V1", "safety", 3)],
            "ratings, row 1: A row is rater, unit, criterion and score.",
        ),
    ],
)
def test_a_faulty_table_is_refused_with_the_row_and_what_to_do(rows, gold, message):
    with pytest.raises(TableError) as refused:
        accuracy(rows, gold, scale=FIVE_POINTS)

    assert str(refused.value) == message


def test_nothing_rated_is_nobody_measured():
    assert accuracy([], answer("V1", [4, 4, 1, 3, 2]), scale=FIVE_POINTS) == {}
