"""Henderson's method 1: the balanced analysis of variance, and its equations written out for other tables."""

import numpy as np
import pytest

from reports.counting.blocks import mean_scores
from reports.ratings.tables import Ratings
from reports.reliability.henderson import (
    KEYS,
    NO_RATINGS,
    NOT_ESTIMABLE,
    ONE_RATER,
    ONE_UNIT,
    components_of,
    henderson_components,
)
from reports.reliability.icc import MeanSquares
from tests.reports.tables import FIVE_POINTS, panel


def values(ratings: Ratings) -> list[float | None]:
    return [henderson_components(ratings)[key].value for key in KEYS]


def by_full_matrices(unit, rater, y) -> list[float]:
    """Set quadratic forms in projections equal to their expectations, traces of matrices of every rating."""
    n = len(y)
    same = [(np.equal.outer(codes, codes)).astype(float) for codes in (unit, rater)] + [np.eye(n)]
    project = [matrix / matrix.sum(axis=1, keepdims=True) for matrix in same]
    everything = np.full((n, n), 1 / n)
    forms = [
        project[0] - everything,
        project[1] - everything,
        project[2] - project[0] - project[1] + everything,
    ]
    expected = [[np.trace(form @ matrix) for matrix in same] for form in forms]
    return np.linalg.solve(expected, [y @ form @ y for form in forms]).tolist()


def test_a_balanced_table_gives_the_components_of_its_mean_squares():
    scores = np.array([[4, 2, 3], [5, 4, 4], [2, 1, 3], [3, 3, 1.0]])
    squares = MeanSquares.of(scores)

    assert values(panel(*scores.tolist())) == pytest.approx(
        [
            (squares.things - squares.residual) / 3,
            (squares.raters - squares.residual) / 4,
            squares.residual,
        ]
    )


def test_an_unbalanced_table_worked_out_by_hand():
    """Candidates scored (1, 3), (2) and (4, 5); the first rater scored all three, the second two of them.

    Sums of squares: candidates 8 + 4 + 40.5 = 52.5, raters 49/3 + 64/2 = 145/3, mean 45, ratings 55.
    Differences 52.5 - 45 = 15/2, 145/3 - 45 = 10/3 and 55 - 52.5 - 145/3 + 45 = -5/6. The sum of squared
    sizes over 5 is 9/5 for candidates and 13/5 for raters, so the equations are
    16/5 u + 2/5 r + 2 e = 15/2,  1/5 u + 12/5 r + e = 10/3,  -1/5 u - 2/5 r + e = -5/6.
    """
    unit, rater, y = np.array([0, 0, 1, 2, 2]), np.array([0, 1, 0, 0, 1]), np.array([1.0, 3, 2, 4, 5])
    by_hand = np.linalg.solve(
        [[16 / 5, 2 / 5, 2], [1 / 5, 12 / 5, 1], [-1 / 5, -2 / 5, 1]], [15 / 2, 10 / 3, -5 / 6]
    ).tolist()

    found = components_of(unit, rater, y)

    assert [found.unit, found.rater, found.residual] == pytest.approx(by_hand)
    assert by_full_matrices(unit, rater, y) == pytest.approx(by_hand)


def test_a_larger_table_with_holes_gives_what_full_matrices_give():
    given = [(u, r) for u in range(12) for r in range(5) if (u * 7 + r * 3) % 4]
    unit, rater = np.array(given).T
    y = (unit * 5 % 7 + rater * 2 % 3 + unit * rater % 4) / 2

    found = components_of(unit, rater, y)

    assert [found.unit, found.rater, found.residual] == pytest.approx(by_full_matrices(unit, rater, y))


def test_codes_that_do_not_occur_make_no_difference():
    unit, rater, y = np.array([0, 0, 1, 2, 2]), np.array([0, 1, 0, 0, 1]), np.array([1.0, 3, 2, 4, 5])

    assert components_of(3 * unit + 4, 2 * rater + 1, y) == components_of(unit, rater, y)


def test_a_variance_below_zero_is_returned_as_it_is():
    assert values(panel((1, 5), (5, 1), (3, 3)))[0] < 0


def test_with_criteria_a_score_is_the_mean_of_what_a_rater_gave_a_candidate():
    rows = [
        ("Ann", "Iris", 2, "SAF"),
        ("Ann", "Iris", 4, "HND"),
        ("Ann", "Ivo", 5, "HND"),
        ("Ben", "Iris", 1, "SAF"),
        ("Ben", "Ivo", 2, "SAF"),
        ("Ben", "Ivo", 3, "HND"),
    ]
    ratings = Ratings.from_rows(rows, scale=FIVE_POINTS)
    unit, rater, score = mean_scores(ratings.unit, ratings.rater, ratings.score, 2)

    assert (unit.tolist(), rater.tolist(), score.tolist()) == ([0, 0, 1, 1], [0, 1, 0, 1], [3, 5, 1, 2.5])
    by_means = henderson_components(ratings)
    found = components_of(unit, rater, score)
    assert [by_means[key].value for key in KEYS] == [found.unit, found.rater, found.residual]


def test_a_table_with_criteria_and_no_rating_has_no_means():
    nothing = Ratings.from_rows([("Ann", "Iris", 2, "SAF")], scale=FIVE_POINTS).select(np.array([False]))

    assert henderson_components(nothing)[KEYS[0]].undefined_because == NO_RATINGS


@pytest.mark.parametrize(
    ("ratings", "because"),
    [
        (panel(), NO_RATINGS),
        (panel((1, 2, 3)), ONE_UNIT),
        (panel((1,), (2,)), ONE_RATER),
        (panel((1, None), (None, 4)), NOT_ESTIMABLE),
    ],
)
def test_what_cannot_be_told_apart_has_no_components(ratings, because):
    assert {one.undefined_because for one in henderson_components(ratings).values()} == {because}


def test_columns_of_different_length_are_refused():
    with pytest.raises(ValueError, match="of one length"):
        components_of(np.array([0, 1]), np.array([0]), np.array([1.0, 2.0]))
