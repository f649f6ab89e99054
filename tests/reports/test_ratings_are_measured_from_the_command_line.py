"""`python -m reports agreement FILE`, as a statistician would run it."""

import json
import runpy
import subprocess
import sys

import pytest

from reports.commands import main
from tests.reports.tables import DATA

KRIPPENDORFF = str(DATA / "krippendorff_2011.csv")


def as_json(capsys, *arguments: str) -> dict:
    assert main(["agreement", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_it_prints_the_published_values_of_krippendorffs_table():
    run = subprocess.run(
        [sys.executable, "-m", "reports", "agreement", KRIPPENDORFF, "--all"],
        capture_output=True,
        text=True,
        check=True,
    )

    lines = {line.split()[0]: line.split()[1] for line in run.stdout.splitlines() if line.startswith("kripp")}
    for level, value in (("nominal", "0.743"), ("ordinal", "0.815"), ("interval", "0.849")):
        assert lines[f"krippendorff_alpha_{level}"] == value
    assert "41 ratings of 12 units by 4 raters, scale 1 to 5" in run.stdout
    assert "Ratings not given (empty scores): 7" in run.stdout
    assert run.stderr == ""


def test_without_asking_for_all_no_number_is_printed_that_is_too_early(capsys):
    assert main(["agreement", KRIPPENDORFF, "--level", "nominal"]) == 0
    printed = capsys.readouterr().out

    assert "krippendorff_alpha_nominal" in printed
    assert "krippendorff_alpha_ordinal" not in printed
    [alpha] = [line for line in printed.splitlines() if line.startswith("krippendorff_alpha_nominal")]
    assert alpha.endswith("Early: 11 of 30 candidates. Interval only: 0.1 to 0.9")
    assert "0.7" not in alpha
    assert "●" not in printed


def test_json_holds_full_precision_and_what_a_page_may_show(capsys):
    found = as_json(capsys, KRIPPENDORFF)
    alpha = found["statistics"]["krippendorff_alpha_ordinal"]

    assert alpha["value"] == pytest.approx(0.8153875037548814, abs=1e-15)
    assert set(alpha) == {
        *("value", "se", "ci", "ci_level", "n_units", "n_candidates", "n_raters", "method"),
        *("undefined_because", "no_interval_because", "display", "statement"),
    }
    assert (alpha["n_units"], alpha["n_candidates"], alpha["n_raters"]) == (11, 11, 4)
    assert alpha["ci_level"] == 0.95
    assert (alpha["display"], alpha["statement"]) == ("withhold", "Early: 11 of 30 candidates. Interval only")
    assert (found["ratings"], found["absent"]) == (41, 7)


def test_json_says_show_where_a_page_may_show(capsys):
    kappa = as_json(capsys, str(DATA / "cohen_1960.csv"))["statistics"]["cohen_kappa"]

    assert (kappa["display"], round(kappa["value"], 3)) == ("show", 0.492)


def test_an_undefined_value_is_null_with_its_sentence(capsys, tmp_path):
    path = tmp_path / "same.csv"
    path.write_text("unit,rater,score\n" + "".join(f"{u},{r},3\n" for u in range(12) for r in "ab"))

    alpha = as_json(capsys, str(path))["statistics"]["krippendorff_alpha_ordinal"]

    assert (alpha["value"], alpha["ci"]) == (None, None)
    assert (
        alpha["undefined_because"]
        == alpha["statement"]
        == "All 12 pairs gave a 3: nothing to correct for chance"
    )


@pytest.fixture
def by_criterion(tmp_path):
    path = tmp_path / "scores.csv"
    rows = [
        f"{unit},{rater},{1 + (unit * times + lead) % 5},{criterion},x\n"
        for unit in range(4)
        for lead, rater in enumerate("ab")
        for times, criterion in ((1, "SAF"), (2, "HND"))
    ]
    path.write_text("unit,rater,score,criterion,remark\n" + "".join(rows))
    return str(path)


def test_criteria_are_measured_apart_when_asked(capsys, by_criterion):
    whole, apart = as_json(capsys, by_criterion), as_json(capsys, by_criterion, "--by", "criterion")

    assert "criteria" not in whole
    assert apart["statistics"] == whole["statistics"]
    assert set(apart["criteria"]) == {"SAF", "HND"}
    on_safety = apart["criteria"]["SAF"]["statistics"]["percent_agreement"]
    assert on_safety["n_units"] == 4
    assert on_safety["statement"].startswith("Too early: both observed it for 4.")
    assert whole["statistics"]["percent_agreement"]["n_units"] == 8
    assert whole["unused_columns"] == ["remark"]


def test_the_table_names_each_criterion_and_the_columns_it_left_aside(capsys, by_criterion):
    assert main(["agreement", by_criterion, "--by", "criterion"]) == 0
    printed = capsys.readouterr().out

    assert "All ratings" in printed
    assert "Criterion SAF" in printed
    assert "Columns not used: remark" in printed
    assert "Too early: both observed it for 4." in printed


def test_an_undefined_coefficient_is_explained_in_the_table_too(capsys, tmp_path):
    path = tmp_path / "same.csv"
    path.write_text("unit,rater,score\n" + "".join(f"{u},{r},3\n" for u in range(12) for r in "ab"))

    assert main(["agreement", str(path)]) == 0

    assert "All 12 pairs gave a 3: nothing to correct for chance" in capsys.readouterr().out


def test_the_scale_and_its_step_are_told(capsys, tmp_path):
    path = tmp_path / "halves.csv"
    path.write_text("unit,rater,score\n1,a,2.5\n1,b,3\n2,a,7\n2,b,7\n")

    found = as_json(capsys, str(path), "--scale", "0:10", "--step", "0.5")

    assert found["statistics"]["percent_agreement"]["value"] == 0.5


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            [KRIPPENDORFF, "--scale", "1:4"],
            "krippendorff_2011.csv, row 39, column 'score': 5 is off the scale.",
        ),
        ([KRIPPENDORFF, "--scale", "five"], "Write a scale as low:high, for example 1:5, not 'five'."),
        ([KRIPPENDORFF, "--scale", "5:1"], "A scale runs upward in positive steps"),
        ([KRIPPENDORFF, "--by", "criterion"], "there is no column 'criterion' to go by."),
        (["nowhere.csv"], "nowhere.csv: Cannot be read: No such file or directory."),
    ],
)
def test_what_cannot_be_measured_is_one_clear_line_and_exit_code_2(capsys, arguments, words):
    assert main(["agreement", *arguments]) == 2

    printed = capsys.readouterr()
    assert printed.out == ""
    assert words in printed.err
    assert printed.err.count("\n") == 1


def test_the_module_leaves_with_the_exit_code_of_its_command(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["reports", "agreement", "nowhere.csv"])

    with pytest.raises(SystemExit) as leaving:
        runpy.run_module("reports", run_name="__main__")

    assert leaving.value.code == 2
    assert "nowhere.csv" in capsys.readouterr().err
