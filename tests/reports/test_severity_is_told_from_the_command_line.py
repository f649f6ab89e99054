"""`python -m reports severity`: who scores higher or lower, habits as questions, and logits for experts."""

import numpy as np
import pytest

from reports.ratings.files import read
from reports.ratings.tables import Scale
from reports.team import report
from tests.reports.command_line import interviews, say, say_json, write
from tests.reports.planted import season


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """A season in which seven of twenty-four interviewers have a habit each, with days."""
    drawn = season(3)
    names = [f"r{rater:02d}" for rater in range(24)]
    rows = zip(
        drawn.candidate,
        [names[rater] for rater in drawn.rater],
        drawn.criterion,
        drawn.score.astype(int),
        drawn.day,
        strict=True,
    )
    return write(tmp_path_factory.mktemp("planted") / "season.csv", "unit,rater,criterion,score,day", rows)


def test_who_scores_lower_is_said_in_levels_with_a_bar_around_the_others(capsys, planted):
    said = say(capsys, "severity", planted)

    header, severe = said.line("rater, shared candidates"), said.line("r00, ")
    assert "−1 " in header
    assert header.endswith("+1")
    assert "of a level lower" in severe
    assert header.index("−1") <= severe.index("●") < header.index("0 ")
    assert "of a level higher" in said.line("r01, ")
    assert "no clear difference" in said.line("r20, ")


def test_habits_are_named_as_questions_with_their_measure(capsys, planted):
    said, found = say(capsys, "severity", planted), say_json(capsys, "severity", planted)

    assert "24 of 24 raters share enough candidates to be judged. What stands out beyond chance" in said.out
    assert "severe" in found["flags"]["r00"]
    assert "lenient" in found["flags"]["r01"]
    assert "halo" in found["flags"]["r02"]
    assert found["not_judged_because"] == {}
    assert said.line("r00: severe. ").endswith(" of a level lower")
    named = {rater: flags for rater, flags in found["flags"].items() if flags}
    for rater, flags in named.items():
        assert all(f"\n{rater}: {habit}. " in said.out for habit in flags)


def test_programs_get_each_rater_by_name_the_groups_and_what_was_left_aside(capsys, planted):
    found = say_json(capsys, "severity", planted)

    assert found["ratings"] == 300 * 3 * 5
    assert found["unused_columns"] == []
    assert found["groups"] == [[f"r{rater:02d}" for rater in range(24)]]
    severe = found["statistics"]["rater_blup"]["r00"]
    assert severe["ci"][0] < severe["value"] < severe["ci"][1] < 0
    assert severe["display"] == "show"
    assert all(set(of) == set(found["flags"]) for of in found["statistics"].values())


def test_the_page_and_the_command_say_the_same_of_a_rater(capsys, tmp_path):
    path = write(tmp_path / "few.csv", "unit,rater,score", interviews(24, raters=6, panel=2))
    page = report(read(path, scale=Scale(1, 5)), seed="x")

    text, found = (
        say(capsys, "severity", path),
        say_json(capsys, "severity", path)["statistics"]["rater_blup"],
    )

    kinds = set()
    for one in page.standings:
        row = text.line(f"{one.rater}, {one.shared} ")
        assert row.endswith(one.said.sentence)
        assert found[one.rater]["statement"] == one.said.sentence
        assert (found[one.rater]["display"] == "show") == ("●" in row) == (one.said.value is not None)
        kinds.add(one.said.display)
    assert len(kinds) == 2  # some are shown and some share too little


def test_nobody_is_cleared_of_habits_who_could_not_be_judged(capsys, tmp_path):
    few = write(tmp_path / "few.csv", "unit,rater,score", interviews(6))
    some = write(tmp_path / "some.csv", "unit,rater,score", interviews(60, raters=5, panel=2, seed=4))

    assert "No habits are named: nobody shares enough candidates" in say(capsys, "severity", few).out
    assert "5 of 5 raters share enough candidates to be judged. No habit stands out beyond chance." in (
        say(capsys, "severity", some).out
    )


def test_raters_who_never_meet_are_not_compared_and_the_table_says_so(capsys, tmp_path):
    rows = interviews(30, raters=4, seed=5)
    rows += [(f"{unit} there", f"{rater} there", score) for unit, rater, score in rows]
    path = write(tmp_path / "apart.csv", "unit,rater,score", rows)

    said, found = say(capsys, "severity", path), say_json(capsys, "severity", path)

    assert len(found["groups"]) == 2
    assert "share no candidate" in said.out
    assert said.out.index("share no candidate") < said.out.index("rater, shared candidates")


def test_a_habit_without_an_interval_is_named_with_its_measure_alone(capsys, tmp_path):
    random = np.random.default_rng(2)
    level = random.integers(1, 6, 40)
    rows = [(unit, "flat", 5) for unit in range(40)]
    rows += [
        (unit, rater, int(np.clip(level[unit] + random.integers(-1, 2), 1, 5)))
        for unit in range(40)
        for rater in "abc"
    ]
    path = write(tmp_path / "flat.csv", "unit,rater,score", rows)

    named = say(capsys, "severity", path).line("flat: restricted. ")

    assert named.endswith("over that of the typical rater on the same candidates")


def test_the_many_facet_model_is_told_in_logits_with_every_number(capsys, planted):
    said = say(capsys, "severity", planted, "--model", "mfrm")
    found = say_json(capsys, "severity", planted, "--model", "mfrm")["statistics"]

    assert set(found) == {f"mfrm_jmle_{name}" for name in ("severity", "infit", "outfit")} | {
        "mfrm_mml_severity"
    }
    joint, marginal = said.out.split("Marginal maximum likelihood, in logits; above 0 is severe")
    [row] = [line for line in joint.splitlines() if line.startswith("r00 ")]
    one = {name: found[f"mfrm_jmle_{name}"]["r00"]["value"] for name in ("severity", "infit", "outfit")}
    assert row.split()[1] == f"{one['severity']:.3f}"
    assert row.split()[-2:] == [f"{one['infit']:.2f}", f"{one['outfit']:.2f}"]
    assert one["severity"] > 0.5
    assert "outfit" in joint
    assert "outfit" not in marginal
    assert len(marginal.strip().splitlines()) == 25


def test_a_model_that_cannot_be_fitted_says_why_instead_of_numbers(capsys, tmp_path):
    rows = [(unit, rater, 3) for unit in range(12) for rater in "ab"]
    path = write(tmp_path / "same.csv", "unit,rater,score", rows)

    said = say(capsys, "severity", path, "--model", "mfrm")

    assert said.code == 0
    lines = said.out.split("Joint maximum likelihood, in logits; above 0 is severe\n")[1].splitlines()
    assert lines[0].endswith(".")
    assert lines[0] in say(capsys, "agreement", path, "--all").out


def test_a_bar_reaches_a_quarter_of_the_scale_to_either_side(capsys, tmp_path):
    rows = [(unit, rater, score * 10) for unit, rater, score in interviews(30, raters=4)]
    path = write(tmp_path / "wide.csv", "unit,rater,score", rows)

    said = say(capsys, "severity", path, "--scale", "0:100")

    assert said.line("rater, shared candidates").split()[-3:] == ["−25", "0", "+25"]
