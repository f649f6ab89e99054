"""`python -m reports agreement DIR`: a folder of Parquet partitioned by employer is measured as one table."""

import json
import sys
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from reports.commands import main
from reports.counting import partitions
from reports.ratings.tables import Scale
from tests.reports.folders import columns_of, interviews, write

EMPLOYERS = ("Acme", "Béta [x] 100%", "Ćwiek & Søn")
PAIR = {"unit": ["Ann", "Ann", "Ben", "Ben"], "rater": ["Iris", "Ivo"] * 2, "score": [3.0, 4.0, 2.0, 2.0]}
OF_WHOLE_FILES_ONLY = ("icc_1", "icc_2", "icc_3", "henderson1", "var_", "generalizability", "dependability")
SHORT = ("--json", "--bootstrap", "100")


def agreement(capsys, place, *options: str) -> dict:
    assert main(["agreement", str(place), *SHORT, *options]) == 0, capsys.readouterr().err
    return json.loads(capsys.readouterr().out)


def refusal(capsys, place, *options: str) -> str:
    assert main(["agreement", str(place), *SHORT, *options]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    return printed.err.strip()


def close(found, expected, where=""):
    """The same in every key and word, and in every number to 1e-12."""
    if isinstance(expected, dict):
        assert found.keys() == expected.keys(), where
        for key, value in expected.items():
            close(found[key], value, f"{where} {key}")
    elif isinstance(expected, list):
        assert len(found) == len(expected), where
        for one, other in zip(found, expected, strict=True):
            close(one, other, where)
    elif isinstance(expected, float):
        assert found == pytest.approx(expected, rel=1e-12, abs=1e-12), where
    else:
        assert found == expected, where


def test_it_equals_measuring_all_rows_together(capsys, tmp_path):
    """Candidates and raters of the three bear the same labels, and are six and nine different people."""
    lines = ["unit,rater,score,criterion"]
    for seed, employer in enumerate(EMPLOYERS):
        rows = interviews(seed)
        half = len(rows) // 2
        write(tmp_path / "all", employer, columns_of(rows[:half]), columns_of(rows[half:]))
        lines += [f"{employer}/{unit},{employer}/{rater},{score},{on}" for unit, rater, score, on in rows]
    (tmp_path / "all.csv").write_text("\n".join(lines), "utf-8")

    found = agreement(capsys, tmp_path / "all", "--at-line", "3", "--least-shared", "2")
    whole = agreement(capsys, tmp_path / "all.csv", "--at-line", "3", "--least-shared", "2")

    assert (found["ratings"], found["partitions"]) == (whole["ratings"], 3)
    alone = {key for key in whole["statistics"] if key.startswith(OF_WHOLE_FILES_ONLY)}
    close(found["statistics"], {key: of for key, of in whole["statistics"].items() if key not in alone})
    close(found["groups"], whole["groups"])
    assert len(found["statistics"]["rater_blup"]) == 15
    assert found["groups"] == [[f"{employer}/rater {rater}" for rater in range(5)] for employer in EMPLOYERS]


def test_many_employers_add_up_in_groups(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr(partitions, "MERGED_AT_ONCE", 2)
    for number in range(5):
        write(tmp_path, f"{number}", PAIR)

    found = agreement(capsys, tmp_path)

    assert (found["ratings"], found["partitions"]) == (20, 5)
    assert found["statistics"]["percent_agreement"]["value"] == 0.5
    assert found["statistics"]["percent_agreement"]["n_candidates"] == 10


def test_stages_written_as_folders_are_stages(capsys, tmp_path):
    for stage in ("phone", "onsite"):
        write(tmp_path / "employer=Acme", "none", PAIR).rename(tmp_path / "employer=Acme" / f"stage={stage}")

    found = agreement(capsys, tmp_path)

    assert found["statistics"]["percent_agreement"]["n_units"] == 4
    assert found["statistics"]["percent_agreement"]["n_candidates"] == 2


def test_columns_are_found_whatever_their_capitals_and_labels_without_spaces_around(capsys, tmp_path):
    rows = {
        "Unit": [" Ann", "Ann\u00a0"],
        "RATER": ["Iris", "Ivo "],
        "Score": ["3", " 3.0 "],
        "remark": [1, 2],
    }
    write(tmp_path, "Acme", rows)

    found = agreement(capsys, tmp_path)

    assert found["statistics"]["percent_agreement"]["value"] == 1
    assert list(found["statistics"]["rater_blup"]) == ["Acme/Iris", "Acme/Ivo"]


def test_labels_may_be_whole_numbers_and_scores_half_points(capsys, tmp_path):
    rows = {"unit": pa.array([1, 1], pa.uint8()), "rater": [7, 8], "score": pa.array([1, 2], pa.float32())}
    write(tmp_path, "Acme", rows | {"score": [2.5, 3.0]})

    found = agreement(capsys, tmp_path, "--step", "0.5")

    assert found["statistics"]["percent_agreement_adjacent"]["value"] == 1
    assert list(found["statistics"]["rater_blup"]) == ["Acme/7", "Acme/8"]


@pytest.mark.parametrize("missing", [[3.0, None, 2.0, float("nan")], ["3", "", "2", " "]])
def test_empty_scores_are_ratings_that_were_not_given(capsys, tmp_path, missing):
    write(tmp_path, "Acme", PAIR | {"score": missing})

    found = agreement(capsys, tmp_path)

    assert (found["ratings"], found["absent"]) == (2, 2)


def test_ratings_of_other_phases_are_left_out_and_counted(capsys, tmp_path):
    phase = ["Independent ", "independent", "post_debrief", "post_debrief"]
    write(tmp_path, "Acme", PAIR | {"phase": phase})
    write(tmp_path, "Beta", PAIR | {"phase": ["independent"] * 3 + ["practice"]})

    found, debrief = (agreement(capsys, tmp_path, *of) for of in ((), ("--phase", "post_debrief")))

    assert found["ratings"] == 5
    assert found["left_out"] == ["2 rows of phase 'post_debrief'", "1 row of phase 'practice'"]
    assert debrief["ratings"] == 2


def test_the_same_rating_before_and_after_the_debrief_is_no_duplicate(capsys, tmp_path):
    twice = {name: column * 2 for name, column in PAIR.items()}
    write(tmp_path, "Acme", twice | {"phase": ["independent"] * 4 + ["post_debrief"] * 4})

    assert agreement(capsys, tmp_path)["ratings"] == 4


def test_one_format_of_interview_is_measured(capsys, tmp_path):
    write(tmp_path, "Acme", PAIR | {"format": ["panel", "Panel ", "PANEL", "panel"]})

    assert agreement(capsys, tmp_path)["ratings"] == 4


def test_the_table_says_what_was_counted(capsys, tmp_path):
    write(tmp_path, "Acme", PAIR | {"phase": ["independent"] * 3 + ["practice"], "score": [3, 3, None, 2]})

    assert main(["agreement", str(tmp_path), "--bootstrap", "0"]) == 0
    printed = capsys.readouterr().out

    assert printed.startswith(f"{tmp_path}: 2 ratings in 1 partition, scale 1 to 5\n")
    assert "Ratings not given (empty scores): 1" in printed
    assert "Left out: 1 row of phase 'practice'" in printed


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"rater": None}, "{file}, column 'rater': The column is missing. Columns found: unit, score."),
        (
            {"unit": ["Ann", None, "Ben", "Ben"]},
            "{file}, row 2, column 'unit': The unit is empty. Fill it in",
        ),
        ({"unit": ["Ann", "Ann", " ", "Ben"]}, "{file}, row 3, column 'unit': The unit is empty."),
        ({"rater": ["Iris", ""] * 2}, "{file}, row 2, column 'rater': The rater is empty."),
        (
            {"criterion": ["SAF", "SAF", "SAF", None]},
            "{file}, row 4, column 'criterion': The criterion is empty",
        ),
        ({"stage": [None, 1, 1, 1]}, "{file}, row 1, column 'stage': The stage is empty."),
        (
            {"score": [3, 4, 2, 6]},
            "{file}, row 4, column 'score': 6 is off the scale. Scores run from 1 to 5.",
        ),
        ({"score": [3, 2.5, 2, 6]}, "{file}, row 2, column 'score': 2.5 lies between two levels."),
        ({"score": ["3", "4", "good", "2"]}, "{file}, row 3, column 'score': 'good' is not a number."),
        ({"score": ["3", "4", "nan", "2"]}, "{file}, row 3, column 'score': 'nan' is not a number."),
        ({"score": [True, False, True, True]}, "{file}, column 'score': Yes and no are not numbers."),
        ({"unit": [1.5, 1.5, 2.5, 2.5]}, "{file}, column 'unit': DOUBLE is neither text nor a whole number."),
        ({"Unit": ["Ann", "Ann", "Ben", "Ben"]}, "{file}, column 'unit': The column appears twice."),
        (
            {"unit": ["Ann"] * 4, "rater": ["Iris", "Ivo", "Olga", "Iris "]},
            "{file}, row 4, column 'rater': 'Iris' already rated 'Ann' in row 1. Keep one of the two.",
        ),
        (
            {"unit": ["Ann"] * 4, "criterion": ["SAF", "SAF", "HND", "HND"], "rater": ["Iris"] * 4}
            | {"stage": ["phone", "onsite", "phone", "phone"]},
            "'Iris' already rated 'Ann' on 'HND' at 'phone' in row 3. Keep one of the two.",
        ),
        (
            {"format": ["panel", "panel", "separate", "panel"]},
            "{file}, row 3, column 'format': Panel and separate interviews are never measured in one figure.",
        ),
        (
            {"format": ["panel", "video", "panel", "panel"]},
            "{file}, row 2, column 'format': 'video' is no format",
        ),
        ({"phase": ["independent", None] * 2}, "{file}, row 2, column 'phase': The phase is empty."),
        (
            {"phase": ["practice"] * 4},
            "{folder}, column 'phase': No row is of phase 'independent'. There are 4",
        ),
        ({"score": [None, None, None, None]}, "{folder}, column 'score': Every score is empty."),
    ],
)
def test_files_that_cannot_be_used_are_refused_with_file_row_and_column(capsys, tmp_path, changed, words):
    columns = {name: column for name, column in (PAIR | changed).items() if column is not None}
    place = write(tmp_path, "Acme", columns)

    assert words.format(file=place / "part-0.parquet", folder=tmp_path) in refusal(capsys, tmp_path)


def test_the_same_rating_in_two_files_names_both(capsys, tmp_path):
    place = write(
        tmp_path, "Acme", PAIR, {"unit": ["Cleo", "Ben"], "rater": ["Ivo", "Ivo"], "score": [3.0, 3.0]}
    )

    assert refusal(capsys, tmp_path) == (
        f"{place}/part-1.parquet, row 2, column 'rater': 'Ivo' already rated 'Ben' in row 4 of "
        f"{place}/part-0.parquet. Keep one of the two."
    )


def test_a_faulty_score_is_named_in_the_file_that_holds_it(capsys, tmp_path):
    place = write(tmp_path, "Acme", PAIR, {"unit": ["Cleo"], "rater": ["Ivo"], "score": [9.0]})

    assert refusal(capsys, tmp_path).startswith(f"{place}/part-1.parquet, row 1, column 'score': 9 is off")


@pytest.mark.parametrize(
    ("second", "words"),
    [
        ({"criterion": ["SAF"]}, "part-0.parquet, column 'criterion': The column is missing, and"),
        ({"unit": [7]}, "part-1.parquet, column 'unit': There are whole numbers, and text in"),
        (
            {"score": None},
            "part-1.parquet, column 'score': The column is missing. Columns found: unit, rater.",
        ),
    ],
)
def test_files_of_an_employer_that_differ_are_refused(capsys, tmp_path, second, words):
    columns = {"unit": ["Cleo"], "rater": ["Ivo"], "score": [3.0]} | second
    write(tmp_path, "Acme", PAIR, {name: column for name, column in columns.items() if column is not None})

    assert words in refusal(capsys, tmp_path)


def test_a_column_that_only_the_first_file_has_is_refused(capsys, tmp_path):
    write(tmp_path, "Acme", PAIR | {"stage": [1] * 4}, {"unit": ["Cleo"], "rater": ["Ivo"], "score": [3.0]})

    assert "part-1.parquet, column 'stage': The column is missing, and" in refusal(capsys, tmp_path)


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ({"format": ["panel"] * 4}, {"format": ["separate"] * 4}, "has panel format"),
        ({"format": ["panel"] * 4}, {}, "employer=Beta has interviews of no known format"),
        (
            {"criterion": ["SAF"] * 4},
            {},
            "with criterion; employer=Beta has interviews of no known format, with",
        ),
    ],
)
def test_employers_who_must_not_stand_in_one_figure_are_refused(capsys, tmp_path, first, second, words):
    write(tmp_path, "Acme", PAIR | first)
    write(tmp_path, "Beta", PAIR | second)

    said = refusal(capsys, tmp_path)

    assert said.startswith(f"{tmp_path}: Not everything in it may stand in one figure: employer=Acme has ")
    assert words in said
    assert said.endswith("Keep them in two folders.")


def test_a_phase_that_no_column_tells_is_refused(capsys, tmp_path):
    write(tmp_path, "Acme", PAIR)

    assert "column 'phase': The column is missing, so no rating is known to be of phase 'post_debrief'." in (
        refusal(capsys, tmp_path, "--phase", "post_debrief")
    )


def test_a_folder_without_employers_or_without_files_is_refused(capsys, tmp_path):
    (tmp_path / "employer=a file").write_text("")
    assert "There are no folders employer=NAME in it." in refusal(capsys, tmp_path)

    (tmp_path / "employer=Acme").mkdir()
    assert f"{tmp_path}/employer=Acme: There is no Parquet file in it." in refusal(capsys, tmp_path)


def test_a_file_that_is_no_parquet_is_refused(capsys, tmp_path):
    place = write(tmp_path, "Acme", PAIR)
    (place / "part-1.parquet").write_text("unit,rater,score\n")

    assert f"{place}: Not readable as Parquet: " in refusal(capsys, tmp_path)


def test_a_file_without_rows_adds_nothing(capsys, tmp_path):
    place = write(tmp_path, "Acme", PAIR)
    parquet.write_table(pa.table(PAIR).slice(0, 0), place / "part-9.parquet")

    assert agreement(capsys, tmp_path)["ratings"] == 4


@pytest.mark.parametrize("options", [("--scale", "0:100"), ("--step", "0")])
def test_a_scale_of_many_points_is_refused(capsys, tmp_path, options):
    assert "A database counts scores on scales of few points" in refusal(capsys, tmp_path, *options)


def test_without_duckdb_it_says_what_to_install(capsys, tmp_path, monkeypatch):
    write(tmp_path, "Acme", PAIR)
    monkeypatch.setitem(sys.modules, "duckdb", None)

    assert refusal(capsys, tmp_path) == (
        "Counting a folder needs the package duckdb. Install the packages of the `scale` extra: "
        "pip install 'evenhand[scale]'."
    )


def test_every_phase_may_be_asked_for_together(tmp_path):
    write(tmp_path, "Acme", PAIR | {"phase": ["independent"] * 3 + ["practice"]})
    steps = []

    found = partitions.measure_folder(
        Path(tmp_path), scale=Scale(1, 5), samples=0, phase=None, on_progress=lambda *step: steps.append(step)
    )

    assert (found.ratings, found.left_out) == (4, ())
    assert steps == [("Counting", 0, 1)]
