"""`python -m reports dstudy`: how many interviewers or stages are enough, and what that takes."""

import numpy as np
import pytest

from reports.ratings.files import read
from reports.ratings.tables import Ratings, Scale
from reports.reliability.criteria_model import criteria_components
from reports.reliability.stages import (
    NO_STAGES,
    NOT_TWICE,
    ONE_STAGE,
    UNIT_BY_RATER,
    Stages,
    stage_components,
)
from reports.team import report
from tests.reports.command_line import interviews, say, say_json, write
from tests.reports.criteria_tables import table


@pytest.fixture(scope="module")
def staged(tmp_path_factory):
    """Sixty candidates, two stages, two interviewers at each, who may meet a candidate again."""
    rows = interviews(60, raters=6, panel=2, stages=2)
    return write(tmp_path_factory.mktemp("staged") / "staged.csv", "unit,rater,score,stage", rows)


def test_each_number_of_raters_has_a_row_for_the_same_and_for_fresh_panels(capsys, staged):
    said = say(capsys, "dstudy", staged, "--largest", 4)

    rows = [line for line in said.out.splitlines() if line.split()[1:2] in (["rater"], ["raters"])]
    assert [row.split()[0] for row in rows] == ["1", "2", "3", "4"] * 2
    assert all("●" in row for row in rows)
    assert len({row.index("n 60") - row.index(" (") for row in rows}) == 1
    assert "the same panel for everyone" in said.out
    assert "a fresh panel for each candidate" in said.out
    assert said.out.count("Enough for 0.8: ") == 2


def test_the_panels_as_they_were_have_the_sentence_of_the_page(capsys, staged):
    page = report(read(staged, scale=Scale(1, 5)), seed="loop 7")

    said = say(capsys, "dstudy", staged, "--seed", "loop 7").line("as the panels were")

    assert said.endswith(page.reliability.sentence)
    assert say_json(capsys, "dstudy", staged, "--seed", "loop 7")["statement"] == page.reliability.sentence


def test_a_higher_target_takes_more_raters(capsys, staged):
    needed = {
        target: say_json(capsys, "dstudy", staged, "--target", target)["d_study"]["different_panels"]
        for target in (0.6, 0.8, 0.95)
    }

    assert needed[0.6]["raters_needed"] < needed[0.8]["raters_needed"] < needed[0.95]["raters_needed"]
    low, high = needed[0.8]["raters_ci"]
    assert low <= needed[0.8]["raters_needed"] <= high
    assert f"Enough for 0.8: {needed[0.8]['raters_needed']} raters ({low} to {high})" in (
        say(capsys, "dstudy", staged).out
    )


def test_stages_are_weighed_against_raters_in_staff_hours(capsys, staged):
    said, found = say(capsys, "dstudy", staged, "--minutes", 60), say_json(capsys, "dstudy", staged)

    part = said.out.split("Cheapest way to reach 0.8 with each number of stages, for each candidate\n")[1]
    rows = [line.split() for line in part.split("\n\n")[0].splitlines()]
    stages = [int(row[0]) for row in rows]
    hours = [float(row[row.index("staff") - 1]) for row in rows]
    assert len(set(stages)) == len(stages) > 1
    assert hours == sorted(hours)
    assert all(hour == int(row[0]) * int(row[2]) for hour, row in zip(hours, rows, strict=True))

    [cheapest, *_] = found["plan"]
    assert (cheapest["stages"], cheapest["raters_per_stage"]) == (int(rows[0][0]), int(rows[0][2]))
    assert cheapest["staff_hours"] == pytest.approx(hours[0] * 0.75)
    assert all(one["reliability"] >= 0.8 - 1e-9 for one in found["plan"])
    parts = found["stages"]["components"]
    assert parts["unit"] > parts["unit_stage"] > 0


def test_with_a_hundred_candidates_a_reliability_has_two_decimals(capsys, tmp_path):
    path = write(
        tmp_path / "many.csv", "unit,rater,score,stage", interviews(110, raters=6, panel=2, stages=2, seed=2)
    )

    [row] = [line for line in say(capsys, "dstudy", path).out.splitlines() if line.startswith("3 stages")]

    assert len(row.rpartition(" 0.")[2]) == 2


def test_where_every_stage_has_its_own_interviewers_that_is_said_below_the_plan(capsys, tmp_path):
    rows = [
        (unit, f"{rater} of {stage}", score, stage)
        for unit, rater, score, stage in interviews(60, raters=6, panel=2, stages=2)
    ]
    path = write(tmp_path / "apart.csv", "unit,rater,score,stage", rows)

    said = say(capsys, "dstudy", path)

    assert "Cheapest way to reach 0.8" in said.out
    assert UNIT_BY_RATER in said.out.splitlines()
    assert say_json(capsys, "dstudy", path)["stages"]["notes"] == [UNIT_BY_RATER]


def test_where_no_design_reaches_the_target_that_is_said(capsys, staged):
    said = say(capsys, "dstudy", staged, "--target", 0.99)

    assert "No design of up to five stages with five raters each reaches 0.99." in said.out
    assert say_json(capsys, "dstudy", staged, "--target", 0.99)["plan"] == []


def test_without_a_stage_column_or_with_one_stage_nothing_is_weighed(capsys, tmp_path):
    none = write(tmp_path / "none.csv", "unit,rater,score", interviews(40))
    one = write(tmp_path / "one.csv", "unit,rater,score,stage", interviews(40, stages=1))

    assert NO_STAGES in say(capsys, "dstudy", none).out
    assert (say_json(capsys, "dstudy", none)["stages"], say_json(capsys, "dstudy", none)["plan"]) == (
        NO_STAGES,
        [],
    )
    assert "There is one stage only: stages cannot be weighed against raters." in (
        say(capsys, "dstudy", one).out
    )


def test_early_on_there_are_intervals_only_and_no_plan(capsys, tmp_path):
    path = write(tmp_path / "early.csv", "unit,rater,score,stage", interviews(20, panel=2, stages=2))

    said, found = say(capsys, "dstudy", path), say_json(capsys, "dstudy", path)

    assert "●" not in said.out
    assert "Enough for" not in said.out
    assert "├" in said.line("as the panels were")
    assert "Stages are weighed against raters once there are candidates enough for a number." in said.out
    assert found["display"] == "withhold"


def test_without_any_differences_between_candidates_no_panel_is_enough(capsys, tmp_path):
    rows = [
        (unit, rater, 1 + (unit + lead * 2) % 5) for unit in range(40) for lead, rater in enumerate("abcde")
    ]
    path = write(tmp_path / "none.csv", "unit,rater,score", rows)

    said = say(capsys, "dstudy", path)

    assert said.out.count("no number of raters finds differences that are not there") == 2
    assert "Enough for" not in said.out


def test_where_candidates_may_hardly_differ_the_most_raters_are_open(capsys, tmp_path):
    random = np.random.default_rng(3)
    rows = []
    for unit in range(40):
        level = random.normal(0, 0.4)
        rows += [(unit, rater, int(np.clip(round(3 + level + random.normal()), 1, 5))) for rater in "ab"]
    path = write(tmp_path / "faint.csv", "unit,rater,score", rows)

    enough = [line for line in say(capsys, "dstudy", path).out.splitlines() if line.startswith("Enough for")]

    assert len(enough) == 2
    assert all(line.endswith("or more, perhaps no panel)") for line in enough)


def test_ratings_that_leave_nothing_to_project_say_why(capsys, tmp_path):
    path = write(
        tmp_path / "alone.csv", "unit,rater,score", [(unit, "a", 1 + unit % 5) for unit in range(20)]
    )

    said, found = say(capsys, "dstudy", path), say_json(capsys, "dstudy", path)

    assert found["undefined_because"] in said.out
    assert found["d_study"] == {}
    assert "├" not in said.out


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--target", 1, "A reliability to reach lies between 0 and 1, not at 1.0."),
        ("--largest", 0, "A panel has at least one rater, not 0."),
        ("--minutes", 0, "A stage takes some minutes, not 0.0."),
    ],
)
def test_a_study_of_nothing_is_refused(capsys, staged, option, value, words):
    said = say(capsys, "dstudy", staged, option, value)

    assert (said.code, said.out, said.err) == (2, "", f"{words}\n")


def test_variances_of_stages_are_those_of_the_crossed_model():
    rows = table()
    staged = at_stages(rows, Scale(-5, 10, 0.1))
    crossed = criteria_components(Ratings.from_rows(rows, scale=Scale(-5, 10, 0.1)))

    found = stage_components(staged)

    assert isinstance(found, Stages)
    assert found.notes == ()
    assert found.components.unit == pytest.approx(crossed["var_unit"].value)
    assert found.components.unit_stage == pytest.approx(crossed["var_unit_criterion"].value)
    assert found.components.unit_rater == pytest.approx(crossed["var_unit_rater"].value)


def planted(seed: int) -> list[tuple]:
    """150 candidates, three stages, two interviewers out of twelve at each, none of whom comes twice."""
    random = np.random.default_rng(seed)
    severity, rows = random.normal(0, 0.3, 12), []
    for unit in range(150):
        level = random.normal(50, 0.8)
        for stage, panel in enumerate(random.permutation(12)[:6].reshape(3, 2)):
            at_stage = level + random.normal(0, 0.5) - 5 * stage
            rows += [
                (unit, int(who), at_stage + severity[who] + random.normal(0, 0.7), stage) for who in panel
            ]
    return rows


def at_stages(rows: list[tuple], scale: Scale) -> Ratings:
    unit, rater, score, stage = zip(*rows, strict=True)
    return Ratings.from_columns(unit, rater, score, stage=stage, scale=scale)


def test_planted_variances_are_found_where_nobody_meets_a_candidate_twice():
    found = [stage_components(at_stages(planted(seed), Scale(0, 100, None))) for seed in range(20)]

    assert all(one.notes == (UNIT_BY_RATER,) for one in found)
    means = {
        name: np.mean([getattr(one.components, name) for one in found])
        for name in ("unit", "unit_stage", "rater", "residual")
    }
    assert means == pytest.approx(
        {"unit": 0.64, "unit_stage": 0.25, "rater": 0.09, "residual": 0.49}, abs=0.05
    )


def test_only_some_candidates_at_a_later_stage_do_not_narrow_what_they_differ_by():
    rows = planted(1)
    first = {unit: score for unit, _, score, stage in rows if stage == 0}
    ranked = sorted(first, key=first.get)[75:]
    later = [row for row in rows if row[3] < 2 or row[0] in ranked]

    whole, some = (stage_components(at_stages(part, Scale(0, 100, None))) for part in (rows, later))

    assert some.components.unit == pytest.approx(whole.components.unit, abs=0.15)


@pytest.mark.parametrize(
    ("rows", "because"),
    [
        ([(unit, "ab"[stage], 1 + unit % 5, stage) for unit in range(6) for stage in range(2)], None),
        ([(unit, "a", 1 + (unit + stage) % 5, stage) for unit in range(6) for stage in range(2)], None),
        (
            [
                (unit, rater, 1 + (unit * lead) % 5, unit % 2)
                for unit in range(12)
                for lead, rater in enumerate("abc", 1)
            ],
            NOT_TWICE,
        ),
        ([(unit, rater, 1 + unit % 5, 0) for unit in range(6) for rater in "ab"], ONE_STAGE),
    ],
)
def test_stages_that_cannot_be_weighed_say_so_in_words_about_stages(rows, because):
    said = stage_components(at_stages(rows, Scale(1, 5)))

    assert isinstance(said, str)
    assert said.endswith(".")
    assert "criteri" not in said
    assert because in (None, said)
