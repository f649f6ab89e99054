"""Ratings on criteria that have no components, or some only that the model cannot tell apart."""

import numpy as np
import pytest

from reports.ratings.tables import Ratings
from reports.reliability.criteria_layout import Layout
from reports.reliability.criteria_likelihood import evaluate
from reports.reliability.criteria_model import (
    ALL_EQUAL,
    NO_CRITERIA,
    NO_RATINGS,
    NO_RESIDUAL,
    NOT_SETTLED,
    _walk,
    coefficients,
    criteria_components,
    fit_components,
)
from reports.reliability.criteria_start import (
    NO_SECOND_CRITERION,
    NO_SECOND_RATER,
    NO_SECOND_UNIT,
    NOT_ESTIMABLE,
    ONE_CRITERION,
    ONE_RATER,
    ONE_UNIT,
)
from tests.reports.criteria_tables import columns, ratings, small
from tests.reports.tables import FIVE_POINTS


def scored(rows) -> Ratings:
    """Rows of (unit, rater, criterion), each with some score."""
    return Ratings.from_rows(
        [
            (unit, rater, 1 + (unit + 2 * rater + 3 * criterion + unit * criterion) % 5, criterion)
            for unit, rater, criterion in rows
        ],
        scale=FIVE_POINTS,
    )


CROSSED = [(unit, rater, criterion) for unit in range(4) for rater in range(3) for criterion in range(2)]


@pytest.mark.parametrize(
    ("rows", "because"),
    [
        ([row for row in CROSSED if row[2] == 0], ONE_CRITERION),
        ([row for row in CROSSED if row[0] == 0], ONE_UNIT),
        ([row for row in CROSSED if row[1] == 0], ONE_RATER),
        ([row for row in CROSSED if row[1] == row[0] % 3], NO_SECOND_RATER),
        ([row for row in CROSSED if row[2] == row[1] % 2], NO_SECOND_CRITERION),
        ([(unit, unit * 3 + rater, criterion) for unit, rater, criterion in CROSSED], NO_SECOND_UNIT),
        ([(0, 0, 0), (0, 0, 1), (0, 1, 1), (1, 0, 0)], NOT_ESTIMABLE),
    ],
)
def test_components_that_cannot_be_told_apart_are_not_printed(rows, because):
    assert {one.undefined_because for one in criteria_components(scored(rows)).values()} == {because}


def test_without_criteria_or_ratings_there_are_none():
    alone = Ratings.from_rows([("Ann", "Iris", 2), ("Ann", "Ivo", 3)], scale=FIVE_POINTS)
    nothing = ratings().select(np.zeros(len(ratings()), dtype=bool))

    assert {one.undefined_because for one in criteria_components(alone).values()} == {NO_CRITERIA}
    assert {one.undefined_because for one in criteria_components(nothing).values()} == {NO_RATINGS}


def test_equal_scores_and_scores_without_residual_have_none():
    unit, rater, criterion = np.array(CROSSED).T

    assert fit_components(unit, rater, criterion, np.full(len(unit), 0.1)) == ALL_EQUAL
    assert fit_components(unit, rater, criterion, unit + rater / 2 + criterion) == NO_RESIDUAL


def test_more_raters_and_criteria_than_one_model_takes_are_refused_in_a_sentence():
    many = np.arange(2000)

    found = fit_components(many, many, many % 2, many % 5 / 1.0)

    assert found.startswith("4,000 combinations of rater and criterion are too many for one model of 3,000;")


def test_estimates_that_do_not_settle_are_not_printed():
    assert fit_components(*columns(), most_steps=1) == NOT_SETTLED


def test_a_step_that_makes_the_likelihood_worse_is_shortened():
    layout = Layout.of(*small())
    start = np.full(7, 0.2)
    here = evaluate(layout, start)

    reached, there = _walk(layout, start, here, np.array([0, 0, 0, 0, 0, 0, 200.0]))

    assert there.deviance <= here.deviance + 1e-6
    assert reached[-1] < 200


def test_columns_of_different_length_are_refused():
    with pytest.raises(ValueError, match="of one length"):
        fit_components(np.array([0, 1]), np.array([0, 1]), np.array([0]), np.array([1.0, 2.0]))


def test_coefficients_of_many_rows_of_components_come_at_once():
    fit = fit_components(*columns())
    rows = np.vstack([fit.components, 2 * fit.components])

    generalizability, dependability = coefficients(rows, fit)

    assert generalizability[0] == pytest.approx(generalizability[1])
    assert dependability[0] < generalizability[0]
