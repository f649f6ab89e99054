"""A cell is taken for what it is: a name, a score, a day; and what is no such thing is refused."""

from datetime import UTC, date, datetime
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from reports.ratings.files import from_frame
from reports.ratings.tables import Ratings, Scale, TableError
from tests.reports.tables import FIVE_POINTS


def test_days_may_be_dates_times_or_numbers():
    def days(*cells):
        rows = range(len(cells))
        return Ratings.from_columns(rows, rows, [3] * len(cells), days=cells, scale=FIVE_POINTS).day.tolist()

    assert days("1970-01-02", "1970-01-03T12:00", "1970-01-03T12:00+12:00") == [1, 2.5, 2]
    assert days(date(1970, 1, 2), datetime(1970, 1, 2, 6, tzinfo=UTC)) == [1, 1.25]
    assert days(0, "12", 2.5) == [0, 12, 2.5]
    with pytest.raises(TableError, match=r"row 2, column 'day': \(3,\) is no day"):
        days(1, (3,))
    assert days(*pd.to_datetime(["1970-01-02", "1970-01-03"])) == [1, 2]


def test_a_scale_without_steps_takes_any_score_on_it_and_ranks_those_that_occur():
    scale = Scale(0, 100, None)
    scores = [12.5, 99.9, 12.5, 0, np.nan]

    ratings = Ratings.from_columns(range(5), ["Iris"] * 5, scores, scale=scale)

    assert ratings.values.tolist() == [0, 12.5, 99.9]
    assert ratings.code.tolist() == [1, 2, 1, 0]
    assert ratings.score.tolist() == scores[:4]
    assert (scale.points, scale.is_continuous, str(scale)) == (None, True, "0 to 100")
    with pytest.raises(ValueError, match="no list of levels"):
        _ = scale.values
    with pytest.raises(TableError, match=r"100.5 is off the scale. Scores run from 0 to 100."):
        Ratings.from_rows([("Ann", "Iris", 100.5)], scale=scale)


@pytest.mark.parametrize("step", [0.0, "0", "any", " None ", None], ids=repr)
def test_a_step_of_zero_or_any_makes_a_scale_continuous(step):
    assert Scale.parse("0:10", step) == Scale(0, 10, None)


def test_a_step_is_a_number_or_any():
    assert Scale.parse("1:5", "0.5") == Scale(1, 5, 0.5)
    with pytest.raises(ValueError, match="Write a step as a number, or as any"):
        Scale.parse("1:5", "half")
    with pytest.raises(ValueError, match="Write a scale as low:high"):
        Scale.parse("1-5")
    with pytest.raises(ValueError, match="do not arrive"):
        Scale.parse("1:5", "3")


def test_a_score_between_half_points_is_refused_with_the_step_said_once():
    with pytest.raises(TableError, match=r"Scores run from 1 to 5 in steps of 0.5\.$"):
        Ratings.from_rows([("Ann", "Iris", 2.25)], scale=Scale(1, 5, 0.5))


@pytest.mark.parametrize("kind", ["category", "str", "Int64", "float64", "object"])
def test_a_frame_may_hold_its_columns_in_any_way(kind):
    table = pd.DataFrame({"unit": ["b", "a", "b"], "rater": [2, 2, 1], "score": [3, None, 5]})
    table["score"] = table["score"].astype(kind)
    table["unit"] = table["unit"].astype(pd.CategoricalDtype(["z", "b", "a"]))

    ratings = from_frame(table, scale=FIVE_POINTS)

    assert (ratings.units, ratings.raters, ratings.absent) == (("a", "b"), (1, 2), 1)
    assert ratings.score.tolist() == [5, 3]


def test_a_name_that_is_missing_in_a_category_is_empty():
    table = pd.DataFrame({"unit": ["a", None], "rater": [1, 1], "score": [3, 3]}).astype({"unit": "category"})

    with pytest.raises(TableError, match="row 2, column 'unit': The unit is empty"):
        from_frame(table, scale=FIVE_POINTS)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (["1", [1]], r"row 2, column 'score': \[1\] is not a number"),
        ([1, True], "row 2, column 'score': True is not a number"),
        ([1, 10**400], "is not a number"),
    ],
)
def test_a_score_of_a_strange_kind_is_refused_beside_good_ones(cells, words):
    with pytest.raises(TableError, match=words):
        Ratings.from_columns(["a", "b"], ["Iris", "Iris"], cells, scale=FIVE_POINTS)


def test_one_and_true_are_not_one_name():
    with pytest.raises(TableError, match="row 2, column 'unit': True is neither text nor a whole number"):
        Ratings.from_columns([1, True], ["Iris", "Ivo"], [3, 3], scale=FIVE_POINTS)


def test_numbers_of_other_libraries_are_numbers():
    columns = ([np.int64(7), np.int64(8)], [np.str_("Iris")] * 2, [Decimal("3"), np.float32(4)])

    ratings = Ratings.from_columns(*columns, scale=FIVE_POINTS)

    assert (ratings.units, ratings.raters, ratings.score.tolist()) == ((7, 8), ("Iris",), [3, 4])


@pytest.mark.parametrize("spread", [1, 10**12])
def test_whole_numbers_far_apart_are_names_too(spread):
    units = np.array([3, 1, 2]) * spread

    ratings = Ratings.from_columns(units, [1, 1, 1], [1, 2, 3], scale=FIVE_POINTS)

    assert ratings.units == tuple(sorted(units.tolist()))
    assert ratings.score.tolist() == [2, 3, 1]


@pytest.mark.parametrize("labels", [4, 70_000])
def test_many_names_in_every_column_are_put_in_order(labels):
    """Beyond 70,000 of each, a row's place among all that are possible does not fit in one number."""
    numbers = np.random.default_rng(1).permutation(labels)
    columns = (numbers, numbers, np.full(labels, 3), numbers, numbers)

    ratings = Ratings.from_columns(*columns, scale=FIVE_POINTS)

    assert (ratings.unit == np.arange(labels)).all()
    assert (ratings.stage == np.arange(labels)).all()
    twice = [np.append(column, column[1]) for column in columns]
    with pytest.raises(TableError, match=rf"row {labels + 1}, .*already rated .* in row 2\."):
        Ratings.from_columns(*twice, scale=FIVE_POINTS)


def test_names_too_many_to_pack_beside_their_place_are_put_in_order():
    """Their order still fits in one number, and their place in the table no longer beside it."""
    numbers = np.random.default_rng(1).permutation(20_000)

    ratings = Ratings.from_columns(
        numbers, numbers, np.full(20_000, 3), numbers, numbers % 3_000, scale=FIVE_POINTS
    )

    assert (ratings.unit == np.arange(20_000)).all()


def test_an_empty_table_has_no_ratings():
    assert len(Ratings.from_rows([], scale=FIVE_POINTS)) == 0
    assert len(Ratings.from_columns([], [], [], [], [], scale=FIVE_POINTS)) == 0
    assert len(Ratings.from_columns(np.zeros(0, int), [], np.zeros(0), scale=FIVE_POINTS)) == 0
