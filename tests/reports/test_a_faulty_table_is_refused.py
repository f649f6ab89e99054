"""Bad input is refused with file, row, column and what to do; nothing is dropped in silence."""

import numpy as np
import pandas as pd
import pytest

from reports.ratings.files import from_frame, read_csv
from reports.ratings.tables import Ratings, Scale, TableError
from tests.reports.tables import FIVE_POINTS

GOOD = "unit,rater,score\nAnn,Iris,3\nAnn,Ivo,4\n"


@pytest.fixture
def file(tmp_path):
    def write(text: str, encoding: str = "utf-8"):
        path = tmp_path / "ratings.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return write


@pytest.mark.parametrize(
    ("text", "row", "column", "words"),
    [
        ("unit,score\nAnn,3\n", None, "rater", "The column is missing. Columns found: unit, score."),
        ("unit;rater;score\nAnn;Iris;3\n", None, "unit", "Columns found: unit;rater;score."),
        ("unit,rater,score,score\nAnn,Iris,3,3\n", None, "score", "The column appears twice."),
        (GOOD + "Ben,Iris,7\n", 4, "score", "7 is off the scale. Scores run from 1 to 5."),
        (GOOD + "Ben,Iris,0\n", 4, "score", "0 is off the scale."),
        (GOOD + "Ben,Iris,inf\n", 4, "score", "inf is off the scale."),
        (GOOD + "Ben,Iris,2.5\n", 4, "score", "2.5 lies between two levels."),
        (
            GOOD + "Ben,Iris,two\n",
            4,
            "score",
            "'two' is not a number. Write a score of 1 to 5, or leave the cell empty.",
        ),
        (GOOD + "Ben,Iris,nan\n", 4, "score", "'nan' is not a number."),
        (GOOD + "Ben,Iris,NA\n", 4, "score", "'NA' is not a number."),
        (GOOD + "\n\nBen,Iris,9\n", 6, "score", "9 is off the scale."),
        (GOOD + "Ann,Iris,4\n", 4, "rater", "'Iris' already rated 'Ann' in row 2. Keep one of the two."),
        (GOOD + ",Iris,4\n", 4, "unit", "The unit is empty. Fill it in, or take the row out."),
        (GOOD + "Ben, ,4\n", 4, "rater", "The rater is empty."),
        (GOOD + "Ben,Iris,4,5\n", None, None, "Expected 3 fields in line 4, saw 4"),
        ("unit,rater,score\n", None, None, "There is a header and no ratings below it."),
        ("unit,rater,score\n\n\n", None, None, "There is a header and no ratings below it."),
        ("unit,rater,score\nAnn,Iris,\n", None, "score", "Every score is empty."),
        ("", None, None, "The file is empty."),
        (
            "unit,rater,score,criterion\nAnn,Iris,3,SAF\nAnn,Iris,4,HND\nAnn,Iris,4,SAF\n",
            4,
            "rater",
            "'Iris' already rated 'Ann' on 'SAF' in row 2.",
        ),
        ("unit,rater,score,criterion\nAnn,Iris,3,\n", 2, "criterion", "The criterion is empty."),
    ],
)
def test_a_faulty_file_is_refused_with_its_row_and_what_to_do(file, text, row, column, words):
    path = file(text)

    with pytest.raises(TableError) as refusal:
        read_csv(path, scale=FIVE_POINTS)

    assert (refusal.value.row, refusal.value.column) == (row, column)
    assert words in str(refusal.value)
    assert str(refusal.value).startswith(str(path))
    assert "\n" not in str(refusal.value)


def test_the_message_reads_as_one_line():
    with pytest.raises(TableError) as refusal:
        Ratings.from_columns(["Ann"], ["Iris"], ["six"], scale=FIVE_POINTS, file="ratings.csv", rows=[7])

    assert str(refusal.value) == (
        "ratings.csv, row 7, column 'score': "
        "'six' is not a number. Write a score of 1 to 5, or leave the cell empty."
    )


def test_a_file_that_is_not_there_or_not_text_is_refused(file, tmp_path):
    with pytest.raises(TableError, match="Cannot be read: No such file"):
        read_csv(tmp_path / "missing.csv", scale=FIVE_POINTS)
    with pytest.raises(TableError, match="Not readable as text"):
        read_csv(file(GOOD + "Zoë,Iris,3\n", encoding="latin-1"), scale=FIVE_POINTS)


def test_a_spreadsheets_file_is_read_as_it_is(file):
    """Byte order mark, spaces, further columns, another order of columns, empty scores, a unit named NA."""
    text = "\ufeffscore, unit,rater,weekday\n3, NA,Iris,Mon\n , NA,Ivo,Tue\n4.0, NA,Hana,\n\n,,,\n"

    ratings = read_csv(file(text), scale=FIVE_POINTS)

    assert ratings.units == ("NA",)
    assert ratings.raters == ("Hana", "Iris", "Ivo")
    assert (len(ratings), ratings.absent, ratings.unused_columns) == (2, 1, ("weekday",))


def test_the_same_ratings_are_the_same_by_file_frame_rows_and_columns(file):
    rows = [
        ("Ann", "Iris", 3, "SAF"),
        ("Ann", "Ivo", 4, "SAF"),
        ("Ben", "Iris", None, "SAF"),
        ("Ben", "Ivo", 5, "HND"),
    ]
    text = "unit,rater,score,criterion\n" + "".join(
        f"{u},{r},{'' if s is None else s},{c}\n" for u, r, s, c in rows
    )
    frame = pd.DataFrame(rows, columns=["unit", "rater", "score", "criterion"], index=[9, 9, 3, 1])

    found = [
        read_csv(file(text), scale=FIVE_POINTS),
        from_frame(frame, scale=FIVE_POINTS),
        Ratings.from_rows(rows, scale=FIVE_POINTS),
        Ratings.from_columns(*zip(*rows, strict=True), scale=FIVE_POINTS),
    ]

    for other in found[1:]:
        assert (other.units, other.raters, other.criteria) == (
            found[0].units,
            found[0].raters,
            found[0].criteria,
        )
        for name in ("unit", "rater", "criterion", "code"):
            assert getattr(other, name).tolist() == getattr(found[0], name).tolist()
        assert other.absent == found[0].absent == 1


def test_a_frame_names_its_rows_by_their_place():
    frame = pd.DataFrame({"unit": [1, 1], "rater": ["Iris", "Ivo"], "score": [3.0, 6.0]}, index=[40, 50])

    with pytest.raises(TableError, match=r"^row 2, column 'score': 6 is off the scale"):
        from_frame(frame, scale=FIVE_POINTS)


def test_arrays_are_taken_as_they_are():
    ratings = Ratings.from_columns(
        np.array([7, 7, 9]), np.array(["Iris", "Ivo", "Ivo"]), np.array([3.0, np.nan, 5.0]), scale=FIVE_POINTS
    )

    assert (ratings.units, ratings.raters, ratings.code.tolist(), ratings.absent) == (
        (7, 9),
        ("Iris", "Ivo"),
        [2, 4],
        1,
    )


@pytest.mark.parametrize(
    ("units", "words"),
    [
        ((1, "one"), "'one' beside 1: write all as text or all as whole numbers."),
        ((1.5, 2.5), "1.5 is neither text nor a whole number."),
        ((True, False), "True is neither text nor a whole number."),
        (("a", None), "The unit is empty."),
    ],
)
def test_labels_are_all_text_or_all_whole_numbers(units, words):
    with pytest.raises(TableError, match=words):
        Ratings.from_columns(units, ["Iris", "Ivo"], [3, 3], scale=FIVE_POINTS)


@pytest.mark.parametrize("score", [True, object(), (3,)])
def test_a_score_that_is_no_number_at_all_is_refused(score):
    with pytest.raises(TableError, match=r"^row 1, column 'score': .* is not a number"):
        Ratings.from_rows([("Ann", "Iris", score)], scale=FIVE_POINTS)


def test_rows_and_columns_of_unequal_length_are_refused():
    with pytest.raises(TableError, match="The columns differ in length"):
        Ratings.from_columns(["Ann"], ["Iris", "Ivo"], [3, 4], scale=FIVE_POINTS)
    with pytest.raises(TableError, match=r"^row 2: A row is unit, rater, score"):
        Ratings.from_rows([("Ann", "Iris", 3), ("Ann", "Ivo", 3, "SAF")], scale=FIVE_POINTS)


def test_an_empty_score_beside_a_rating_of_the_same_thing_is_no_duplicate():
    ratings = Ratings.from_rows([("Ann", "Iris", None), ("Ann", "Iris", 3)], scale=FIVE_POINTS)

    assert (len(ratings), ratings.absent) == (1, 1)


def test_ratings_cannot_be_changed_afterwards():
    ratings = Ratings.from_rows([("Ann", "Iris", 3)], scale=FIVE_POINTS)

    with pytest.raises(ValueError, match="read-only"):
        ratings.code[0] = 4


@pytest.mark.parametrize(
    ("scale", "points"),
    [
        (Scale(1, 5), 5),
        (Scale(1, 5, 0.5), 9),
        (Scale(0, 100), 101),
        (Scale(-2, 2), 5),
        (Scale(0, 1, 0.1), 11),
    ],
)
def test_a_scale_counts_its_points(scale, points):
    assert scale.points == len(scale.values) == points
    assert scale.values[-1] == pytest.approx(scale.high)


@pytest.mark.parametrize(
    "ends", [(5, 1, 1), (1, 5, 0), (1, 5, -1), (1, 5, 3), (1, float("inf"), 1), (0, 1, 1e-6), (1, 1, 1)]
)
def test_a_scale_that_is_none_is_refused(ends):
    with pytest.raises(ValueError, match=r"scale|Steps"):
        Scale(*ends)


def test_a_score_in_tenths_lands_on_its_level_despite_binary_fractions():
    scale = Scale(0, 1, 0.1)
    ratings = Ratings.from_rows([(i, "Iris", i / 10) for i in range(11)], scale=scale)

    assert ratings.code.tolist() == list(range(11))
