"""One table of ratings is the same from CSV, Excel, Parquet and a DataFrame, and refused the same."""

import importlib
import sys
from datetime import date

import numpy as np
import pandas as pd
import pytest

from reports.ratings import csv_files
from reports.ratings.files import from_frame, read, read_csv
from reports.ratings.tables import Ratings, TableError
from tests.reports.tables import FIVE_POINTS

ROWS = [
    ("Ann", "Iris", 3, "Safety", "Screen", "panel", "2026-03-02", "independent"),
    ("Ann", "Ivo", 4, "Safety", "Screen", "panel", "2026-03-01", "independent"),
    ("Ann", "Iris", 4, "Safety", "Screen", "panel", "2026-03-03", "post_debrief"),
    ("Ann", "Iris", 2, "Safety", "Onsite", "separate", "2026-03-09", "Independent"),
    ("Ben", "Ivo", None, "Safety", "Onsite", "separate", "", "independent"),
    ("Ben", "Ivo", 5, "Handover", "Onsite", "separate", "2026-03-09T12:00:00Z", "independent"),
]
NAMES = ["unit", "rater", "score", "criterion", "stage", "format", "day", "phase"]
ARRAYS = ("unit", "rater", "criterion", "stage", "format", "code", "thing")


def frame(rows=ROWS, names=NAMES) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=names).astype(object)


def write(table: pd.DataFrame, path):
    if path.suffix == ".xlsx":
        table.to_excel(path, index=False)
    elif path.suffix == ".parquet":
        table.astype({name: "str" for name in table.columns if name != "score"}).astype(
            {"score": float} if "score" in table.columns else {}
        ).to_parquet(path, index=False)
    else:
        table.to_csv(path, index=False, sep="," if path.suffix == ".csv" else "\t")
    return path


@pytest.fixture(params=["with pyarrow", "without pyarrow"])
def either_way(request, monkeypatch):
    """A CSV file is read by pyarrow where that is installed."""
    if request.param == "without pyarrow":
        monkeypatch.setitem(sys.modules, "pyarrow", None)


def as_text(ratings: Ratings) -> list[str]:
    """The ratings row by row, in words, which does not depend on how anything is numbered."""
    return [
        f"{ratings.units[u]} {ratings.raters[r]} {ratings.criteria[c]} {ratings.stages[s]} {score:g}"
        for u, r, c, s, score in zip(
            ratings.unit, ratings.rater, ratings.criterion, ratings.stage, ratings.score, strict=True
        )
    ]


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".txt", ".xlsx", ".parquet"])
def test_a_table_is_the_same_whatever_kind_of_file_holds_it(tmp_path, suffix):
    found = read(write(frame(), tmp_path / f"ratings{suffix}"), scale=FIVE_POINTS)
    expected = from_frame(frame(), scale=FIVE_POINTS)

    assert (
        as_text(found)
        == as_text(expected)
        == [
            "Ann Iris Safety Onsite 2",
            "Ann Iris Safety Screen 3",
            "Ann Ivo Safety Screen 4",
            "Ben Ivo Handover Onsite 5",
        ]
    )
    for name in ARRAYS:
        assert getattr(found, name).tolist() == getattr(expected, name).tolist()
    assert found.day.tolist() == [20521.0, 20514.0, 20513.0, 20521.5]
    assert found.thing.tolist() == [0, 1, 1, 2]
    assert (found.things, found.absent, found.left_out) == (3, 1, ("1 row of phase 'post_debrief'",))


def test_a_comma_separates_the_cells_of_a_text_file_without_tabs(tmp_path):
    path = tmp_path / "ratings.txt"
    path.write_text("unit,rater,score\nAnn,Iris,3\n")

    assert len(read(path)) == 1


def test_names_of_columns_may_have_capitals_and_spaces(tmp_path, either_way):
    path = tmp_path / "ratings.csv"
    path.write_text("Unit , RATER,Score,Notes\nAnn,Iris,3,fine\n")

    assert (len(read(path)), read(path).unused_columns) == (1, ("Notes",))


def test_a_number_keeps_its_zeros_in_a_name(tmp_path, either_way, monkeypatch):
    """Also in later pieces of a large file, where every cell of a column looks like a number."""
    monkeypatch.setattr(csv_files, "ROWS_AT_A_TIME", 2)
    path = tmp_path / "ratings.csv"
    path.write_text("unit,rater,score\n01,1,3\n1,1,3\n01,01,4\n1,01,5\nTrue,NA,2\nnan,1.50,2\n")

    ratings = read(path)

    assert ratings.units == ("01", "1", "True", "nan")
    assert ratings.raters == ("01", "1", "1.50", "NA")
    assert ratings.score.tolist() == [4, 3, 5, 3, 2, 2]


def test_a_file_in_pieces_is_the_file_at_once(tmp_path, monkeypatch):
    rows = [(f"unit {u} ", f"rater {r}", 1 + (u * r) % 5) for r in range(7) for u in range(40)]
    path = write(frame(rows, NAMES[:3]), tmp_path / "ratings.csv")
    at_once = read(path)
    monkeypatch.setattr(csv_files, "ROWS_AT_A_TIME", 13)
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    in_pieces = read(path)

    assert in_pieces.units == at_once.units == tuple(sorted({row[0].strip() for row in rows}))
    for name in ARRAYS:
        assert getattr(in_pieces, name).tolist() == getattr(at_once, name).tolist()


def test_cells_may_hold_commas_quotes_and_line_breaks_and_rows_keep_their_numbers(tmp_path, either_way):
    path = tmp_path / "ratings.csv"
    path.write_text('"unit",rater,score\n"Doe, ""Ann""","line one\nline two",3\n\n,,\nBen,Iris,9\n')

    with pytest.raises(TableError, match=r"row 5, column 'score': 9 is off the scale"):
        read(path)
    path.write_text('unit,rater,score\n"Doe, ""Ann""","line one\nline two",3\n')
    assert (read(path).units, read(path).raters) == (('Doe, "Ann"',), ("line one\nline two",))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=repr)
def test_lines_end_as_any_system_ends_them(tmp_path, either_way, end):
    path = tmp_path / "ratings.csv"
    path.write_bytes(f"unit,rater,score{end}Ann,Iris,3{end}Ann,Ivo,4{end}".encode())

    assert (len(read(path)), read(path).raters) == (2, ("Iris", "Ivo"))


def test_a_row_that_ends_early_has_empty_cells(tmp_path, either_way):
    path = tmp_path / "ratings.csv"
    path.write_text("unit,rater,score\nAnn,Iris,3\nAnn,Ivo\n")

    assert (len(read(path)), read(path).absent) == (1, 1)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".parquet"])
@pytest.mark.parametrize(
    ("change", "row", "column", "words"),
    [
        ({"score": 7}, 4, "score", "7 is off the scale. Scores run from 1 to 5."),
        ({"score": 2.5}, 4, "score", "2.5 lies between two levels."),
        ({"rater": " "}, 4, "rater", "The rater is empty."),
        ({"format": "phone"}, 4, "format", "'phone' is no format of an interview. Write panel or separate."),
        ({"format": ""}, 4, "format", "is no format of an interview."),
        ({"phase": ""}, 4, "phase", "The phase is empty. Write independent, or what it was"),
        ({"day": "Monday"}, 4, "day", "'Monday' is no day. Write a date as 2026-03-31, or a number of days."),
        ({"day": "20260331"}, 4, "day", "'20260331' is no day."),
        ({"day": "12"}, 4, "day", "'12' beside '2026-03-02': write all days as dates or all as numbers."),
        ({"day": ""}, 4, "day", "The day is empty. Write a date as 2026-03-31, or take the column out."),
        (
            {"phase": "independent"},
            4,
            "rater",
            "'Iris' already rated 'Ann' on 'Safety' at 'Screen' in row 2.",
        ),
    ],
)
def test_a_faulty_cell_is_refused_in_any_file(tmp_path, suffix, change, row, column, words):
    table = frame()
    for name, cell in change.items():
        table.loc[2, "phase"] = "independent"
        table.loc[2, "rater"] = "Iris" if column == "rater" else "Hana"
        table.loc[2, name] = cell

    with pytest.raises(TableError) as refusal:
        read(write(table, tmp_path / f"ratings{suffix}"))

    number = row if suffix != ".parquet" else row - 1  # a Parquet file has no header row
    words = words if suffix != ".parquet" else words.replace("row 2", "row 1")
    assert (refusal.value.row, refusal.value.column) == (number, column)
    assert words in str(refusal.value)


def test_ratings_of_another_phase_are_taken_when_they_are_asked_for(tmp_path):
    path = write(frame(), tmp_path / "ratings.csv")

    later = read(path, phase="Post_Debrief")

    assert as_text(later) == ["Ann Iris Safety Screen 4"]
    assert later.left_out == ("5 rows of phase 'independent'",)
    assert (later.units, later.raters) == (read(path).units, read(path).raters)
    with pytest.raises(TableError, match=r"column 'phase': No row is of phase 'gold'\. There are 5 rows of"):
        read(path, phase="gold")
    with pytest.raises(TableError, match="already rated 'Ann'"):
        read(path, phase=None)


def test_all_phases_are_taken_where_nobody_scored_twice():
    table = frame([row for row in ROWS if row != ROWS[0]])

    everything = from_frame(table, scale=FIVE_POINTS, phase=None)

    assert (len(everything), everything.left_out) == (4, ())


def test_a_phase_that_no_column_tells_is_refused():
    with pytest.raises(TableError, match=r"column 'phase': The column is missing, so no rating is known"):
        from_frame(frame()[NAMES[:3]].head(2), scale=FIVE_POINTS, phase="post_debrief")


def test_panel_and_separate_interviews_come_apart():
    ratings = from_frame(frame(), scale=FIVE_POINTS)

    parts = dict(ratings.by_format())

    assert {name: as_text(part) for name, part in parts.items()} == {
        "panel": ["Ann Iris Safety Screen 3", "Ann Ivo Safety Screen 4"],
        "separate": ["Ann Iris Safety Onsite 2", "Ben Ivo Handover Onsite 5"],
    }
    assert parts["separate"].thing.tolist() == [0, 1]
    assert [name for name, _ in parts["panel"].by_format()] == ["panel"]
    assert [name for name, _ in Ratings.from_rows([("Ann", "Iris", 3)], scale=FIVE_POINTS).by_format()] == [
        None
    ]


def test_some_ratings_keep_the_numbers_of_people_and_number_things_anew():
    ratings = from_frame(frame(), scale=FIVE_POINTS)

    some = ratings.select(ratings.score >= 3)

    assert as_text(some) == as_text(ratings)[1:]
    assert (some.units, some.thing.tolist(), some.day.tolist()) == (
        ratings.units,
        [0, 0, 1],
        ratings.day[1:].tolist(),
    )
    assert len(ratings.on("Handover")) == 1
    nothing = ratings.select(ratings.score > 5)
    assert (len(nothing), nothing.things) == (0, 0)


def test_a_sheet_is_read_by_its_name_or_place(tmp_path):
    path = tmp_path / "ratings.xlsx"
    with pd.ExcelWriter(path) as book:
        pd.DataFrame({"about": ["this book"]}).to_excel(book, sheet_name="About", index=False)
        spaced = [*ROWS[:1], ("",) * 8, *ROWS[1:2]]
        frame(spaced).to_excel(book, sheet_name="Ratings", index=False)
        pd.DataFrame().to_excel(book, sheet_name="Nothing", index=False)

    assert len(read(path, sheet="Ratings")) == len(read(path, sheet=1)) == 2
    with pytest.raises(TableError, match=r"column 'unit': The column is missing\. Columns found: about"):
        read(path)
    with pytest.raises(TableError, match=r"'Rating' not found\. Name a sheet that is there"):
        read(path, sheet="Rating")
    with pytest.raises(TableError, match="The sheet is empty"):
        read(path, sheet="Nothing")


def test_whole_numbers_in_a_sheet_are_names(tmp_path):
    path = tmp_path / "ratings.xlsx"
    pd.DataFrame({"unit": [7, 8], "rater": [" Iris", "Iris "], "score": [3, 4.0]}).to_excel(path, index=False)

    assert (read(path).units, read(path).raters) == ((7, 8), ("Iris",))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ratings.xlsx", "Not readable as Excel. Save the file as .xlsx or as CSV."),
        ("ratings.parquet", "Not readable as Parquet: "),
        (
            "ratings.ods",
            "Files that end in '.ods' are not read, only .csv, .tsv, .txt, .xlsx, .parquet, .json.",
        ),
    ],
)
def test_a_file_that_is_not_what_its_ending_says_is_refused(tmp_path, name, words):
    path = tmp_path / name
    path.write_text("unit,rater,score\nAnn,Iris,3\n")

    with pytest.raises(TableError) as refusal:
        read(path)

    assert str(refusal.value).startswith(f"{path}: {words}")
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".txt", ".xlsx", ".parquet", ".json"])
def test_a_file_that_is_not_there_is_refused(tmp_path, suffix):
    with pytest.raises(TableError, match="Cannot be read: "):
        read(tmp_path / f"missing{suffix}")


def test_parquet_without_pyarrow_says_how_to_get_it(tmp_path, monkeypatch):
    path = write(frame(), tmp_path / "ratings.parquet")
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    with pytest.raises(TableError, match=r"takes pyarrow. Install the dependencies named scale: pip install"):
        read(path)


def test_parquet_may_hold_categories_numbers_days_and_gaps(tmp_path):
    table = pd.DataFrame(
        {
            "notes": ["x", "y", "z"],
            "day": [date(2026, 3, 1)] * 3,
            "score": pd.array([3, None, 5], dtype="Int8"),
            "unit": pd.Categorical(["b", "a", "b"]),
            "rater": np.array([1, 2, 3], dtype=np.int16),
        }
    )
    path = tmp_path / "ratings.parquet"
    table.to_parquet(path, row_group_size=2)

    ratings = read(path)

    assert (ratings.units, ratings.raters, ratings.absent) == (("a", "b"), (1, 2, 3), 1)
    assert (ratings.score.tolist(), ratings.unused_columns) == ([3, 5], ("notes",))


def test_the_library_is_imported_without_pandas_and_pyarrow():
    import subprocess

    code = "import sys, reports.ratings.files; print({'pandas', 'pyarrow', 'scipy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "set()\n"
    assert importlib.util.find_spec("pyarrow")


def test_a_csv_file_may_have_any_name(tmp_path):
    path = tmp_path / "ratings.export"
    path.write_text("unit,rater,score\nAnn,Iris,3\n")

    assert len(read_csv(path, scale=FIVE_POINTS)) == 1
