"""`python -m reports fairness`: rates by group, their ratio, and whom nobody may recognize."""

import pandas as pd
import pytest

from tests.reports.command_line import say, say_json, write
from tests.reports.selection import rows_of


def decisions(path, cells: dict, *names: str):
    """A file of decisions, from how many people of each group there were and how many of them passed."""
    table = rows_of(cells, ("group", *names))
    table["outcome"] = table["outcome"].map({True: "yes", False: "no"})
    if path.suffix == ".xlsx":
        table.to_excel(path, index=False)
    elif path.suffix == ".parquet":
        table.to_parquet(path, index=False)
    else:
        table.to_csv(path, index=False, sep="\t" if path.suffix == ".tsv" else ",")
    return path


def test_each_group_has_a_row_with_its_rate_ratio_and_finding(capsys, tmp_path):
    path = decisions(tmp_path / "d.csv", {"A": (60, 45), "B": (60, 20)})

    said = say(capsys, "fairness", path)

    assert said.out.splitlines()[0].endswith("d.csv: 120 decisions")
    assert "All decisions on a candidate together" in said.out
    assert said.line("A ").split("  ")[-1] == "75% (63% to 84%)"
    ratio, finding = said.line("B ").split("  ")[-2:]
    assert ratio.strip().startswith("0.44 (")
    assert finding.strip() == "difference shown"
    assert said.line("Difference shown. With equal rates")
    header = said.line("group ")
    assert header.index("ratio") == said.line("B ").index("0.44")


@pytest.mark.parametrize("kind", ["xlsx", "parquet", "tsv"])
def test_decisions_are_the_same_from_each_kind_of_file(capsys, tmp_path, kind):
    cells = {"A": (20, 12), "B": (20, 10)}
    usual, other = (decisions(tmp_path / f"d.{suffix}", cells) for suffix in ("csv", kind))

    found, again = say_json(capsys, "fairness", usual), say_json(capsys, "fairness", other)

    assert found["decisions"] == 40
    assert found["overall"] == again["overall"]


def test_a_group_under_five_is_nowhere_to_be_seen(capsys, tmp_path):
    path = decisions(tmp_path / "d.csv", {"A": (40, 20), "B": (31, 17), "C": (12, 7), "D": (3, 3)})

    said, found = say(capsys, "fairness", path), say_json(capsys, "fairness", path)

    assert said.line("D ").startswith("D      Not shown: the group, or another")
    hidden = next(group for group in found["overall"]["groups"] if group["group"] == "D")
    assert (hidden["people"], hidden["passed"]) == (None, None)
    assert hidden["selection_rate"]["value"] is None
    assert hidden["selection_rate"]["display"] == "withhold"
    shown = next(group for group in found["overall"]["groups"] if group["group"] == "A")
    assert (shown["people"], shown["selection_rate"]["display"]) == (40, "show")
    assert found["overall"]["finding"] == "too few to say"


def test_where_no_group_can_be_shown_there_is_no_table_either(capsys, tmp_path):
    path = decisions(tmp_path / "d.csv", {"A": (3, 2), "B": (4, 1)})

    said = say(capsys, "fairness", path)

    assert "ratio to the highest" not in said.out
    assert said.out.count("Not shown: ") == 2
    assert said.line("Too few to say. ")


def test_stages_and_criteria_follow_the_bottom_line(capsys, tmp_path):
    cells = {("A", "phone", None): (30, 20), ("B", "phone", None): (30, 18), ("A", "phone", "SAF"): (30, 21)}
    cells |= {("B", "phone", "SAF"): (30, 9)}
    by_stage = decisions(tmp_path / "stages.csv", cells, "stage", "criterion")
    on_criteria = decisions(
        tmp_path / "criteria.csv", {("A", "SAF"): (12, 9), ("B", "SAF"): (12, 8)}, "criterion"
    )

    titles = [
        line for line in say(capsys, "fairness", by_stage).out.splitlines() if line.startswith(("All", "St"))
    ]

    assert titles == ["All decisions on a candidate together", "Stage phone", "Stage phone, criterion SAF"]
    assert "\nCriterion SAF\n" in say(capsys, "fairness", on_criteria).out
    stages = [one["stage"] for one in say_json(capsys, "fairness", by_stage)["comparisons"]]
    assert stages == ["phone", "phone"]


def test_with_jobs_the_ratio_within_jobs_stands_beside_the_other(capsys, tmp_path):
    cells = {
        ("A", "clerk"): (40, 30),
        ("B", "clerk"): (20, 15),
        ("A", "cook"): (20, 5),
        ("B", "cook"): (40, 10),
    }
    path = decisions(tmp_path / "jobs.csv", cells, "job")

    said = say(capsys, "fairness", path)

    header, other = said.line("group "), said.line("B ")
    assert other[header.index("ratio") :].startswith("0.71 (")
    assert other[header.index("within jobs") :].startswith("1.00 (")


def test_groups_that_never_meet_in_a_job_have_an_undefined_ratio_there(capsys, tmp_path):
    path = decisions(tmp_path / "jobs.csv", {("A", "clerk"): (40, 30), ("B", "cook"): (40, 28)}, "job")

    said = say(capsys, "fairness", path)

    assert said.line("B ")[said.line("group ").index("within jobs") :].startswith("undefined")


def test_who_stated_no_group_is_counted(capsys, tmp_path):
    path = write(
        tmp_path / "d.csv",
        "Unit,GROUP,outcome,remark",
        [
            (unit, "AB"[unit % 2] if unit < 40 else None, "yes" if unit % 3 else "no", "x")
            for unit in range(48)
        ],
    )

    assert say(capsys, "fairness", path).line("Group not stated: 8")


def test_the_seed_decides_the_draws_of_the_test_over_all_groups(capsys, tmp_path):
    path = decisions(tmp_path / "d.csv", {"A": (40, 20), "B": (40, 16), "C": (40, 12)})

    one, again, other = (
        say_json(capsys, "fairness", path, "--seed", seed)["overall"]["p_value"] for seed in ("x", "x", "y")
    )

    assert one == again
    assert 0 < one < 1
    assert other == pytest.approx(one, abs=0.05)


def test_a_row_without_an_outcome_is_refused_by_its_number_in_the_file(capsys, tmp_path):
    rows = [(1, "A", "yes"), (None, None, None), (2, "B", "perhaps")]
    path = write(tmp_path / "d.csv", "unit,group,outcome", rows)
    stored = tmp_path / "d.parquet"
    pd.DataFrame(rows[::2], columns=["unit", "group", "outcome"]).to_parquet(stored)

    said, as_stored = say(capsys, "fairness", path), say(capsys, "fairness", stored)

    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"{path}, row 4, column 'outcome': ")
    assert as_stored.err.startswith(f"{stored}, row 2, column 'outcome': ")
    assert said.err.count("\n") == 1
