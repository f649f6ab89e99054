"""`python -m reports severity --after` and `--chart`: change over the debrief, and of one rater over time."""

import pytest

from tests.reports.command_line import say, say_json, write

NAMES = "unit,rater,criterion,score,phase,day"


@pytest.fixture
def season(tmp_path):
    """Three people on two criteria over five months; Wren's scores rise by two levels, and Ivo gives in."""

    def of(candidates: int):
        rows = []
        for unit in range(candidates):
            for place, rater in enumerate(("Iris", "Ivo", "Wren")):
                for criterion in ("SAF", "DOC"):
                    level = 2 + (unit + place * (criterion == "DOC")) % 2
                    level += round(2 * unit / candidates) * (rater == "Wren")
                    day = f"2026-{1 + 5 * unit // candidates:02d}-{1 + unit % 28:02d}"
                    rows.append((unit, rater, criterion, level, "independent", day))
                    later = level + 1 if rater == "Ivo" and unit % 2 == 0 else level
                    rows.append((unit, rater, criterion, later, "post_debrief", day))
        return write(tmp_path / "season.csv", NAMES, rows)

    return of


def test_scores_that_the_debrief_changed_are_counted_for_everyone_and_each_rater(capsys, season):
    said = say(capsys, "severity", season(40), "--after", "post_debrief")

    assert said.code == 0
    assert "240 scores given twice, 40 of them changed. Every score has its other one." in said.out
    assert said.line("share changed").endswith("n 40")
    assert said.line("Ivo").split("  ")[-1].strip() == "0.5 (0.3 to 0.7), n 40"
    assert "candidates" not in said.line("Iris"), "nothing of Iris's changed, which has a reason of its own"


def test_the_debrief_in_json_has_every_figure_with_whether_it_may_be_shown(capsys, season):
    found = say_json(capsys, "severity", season(40), "--after", "post_debrief")

    assert (found["everyone"]["n_scores"], found["everyone"]["n_changed"]) == (240, 40)
    assert found["everyone"]["mean_change"]["value"] == pytest.approx(40 / 240)
    assert found["raters"]["Ivo"]["share_changed"]["value"] == pytest.approx(0.5)
    assert found["raters"]["Wren"]["n_changed"] == 0
    assert found["panels"]["spread_before"]["display"] == "show"
    assert (found["unmatched_before"], found["unmatched_after"]) == (0, 0)


@pytest.mark.parametrize(
    ("candidates", "words", "display"),
    [(9, "Too early: 9 of 10 candidates", "withhold"), (12, "Early: 12 of 30 candidates", "withhold")],
)
def test_few_candidates_show_less_of_a_change_too(capsys, season, candidates, words, display):
    file = season(candidates)

    assert words in say(capsys, "severity", file, "--after", "post_debrief").line("share changed")
    found = say_json(capsys, "severity", file, "--after", "post_debrief")
    assert found["everyone"]["share_changed"]["display"] == display


def test_scores_that_were_given_in_one_phase_only_are_said(capsys, tmp_path):
    rows = [
        (u, r, "SAF", 3, phase, "2026-01-01")
        for u in range(3)
        for r in "ab"
        for phase in ("independent", "later")
    ]
    file = write(tmp_path / "part.csv", NAMES, rows[:-1])

    said = say(capsys, "severity", file, "--after", "later")

    assert "Without the other one: 1 before, 0 after." in said.out


def test_a_phase_that_nobody_scored_in_is_refused(capsys, season):
    said = say(capsys, "severity", season(5), "--after", "never")

    assert said.code == 2
    assert "phase" in said.err


def test_a_rater_who_drifts_leaves_the_limits_of_their_chart(capsys, season):
    said = say(capsys, "severity", season(60), "--chart", "Wren")

    assert said.code == 0
    assert "day 0 to 30" in said.out
    assert "outside the limits" in said.line("day 120 to 150")
    assert "stretches outside the limits." in said.out


def test_a_rater_who_stays_as_they_are_keeps_to_the_limits(capsys, tmp_path):
    rows = [
        (
            unit,
            rater,
            "SAF",
            2 + (unit + place) % 3 // 2 + unit % 2,
            "independent",
            f"2026-0{1 + unit // 10}-{1 + unit % 10:02d}",
        )
        for unit in range(40)
        for place, rater in enumerate(("Iris", "Ivo", "Wren"))
    ]
    said = say(capsys, "severity", write(tmp_path / "steady.csv", NAMES, rows), "--chart", "Iris")

    assert "No stretch lies outside the limits of three standard errors." in said.out


def test_the_chart_in_json_has_its_windows_and_whether_it_may_be_shown(capsys, season):
    found = say_json(capsys, "severity", season(60), "--chart", "Wren")

    assert found["display"] == "show"
    assert len(found["chart"]["windows"]) == 5
    assert {"first_day", "last_day", "mean", "low", "high", "n_candidates"} == set(
        found["chart"]["windows"][0]
    )


def test_of_somebody_with_few_shared_candidates_no_chart_is_shown(capsys, season):
    said = say(capsys, "severity", season(8), "--chart", "Wren")
    found = say_json(capsys, "severity", season(8), "--chart", "Wren")

    assert said.out == "Not enough shared interviews: 8 of 10\n"
    assert (found["display"], found["statement"]) == ("withhold", "Not enough shared interviews: 8 of 10")


def test_without_days_there_is_no_chart_and_a_rater_nobody_knows_is_refused(capsys, tmp_path):
    rows = [(u, r, 1 + (u + p) % 4) for u in range(12) for p, r in enumerate("abc")]
    file = write(tmp_path / "plain.csv", "unit,rater,score", rows)

    assert "day" in say(capsys, "severity", file, "--chart", "a").out
    unknown = say(capsys, "severity", file, "--chart", "z")
    assert (unknown.code, unknown.err) == (2, "There is no rater z. There are a, b, c.\n")


def test_panel_and_separate_interviews_have_a_chart_each(capsys, tmp_path):
    rows = [
        (f"{kind}{u}", r, 1 + (u + p) % 4, kind, u * 5)
        for kind in ("panel", "separate")
        for u in range(14)
        for p, r in enumerate("abc")
    ]
    file = write(tmp_path / "both.csv", "unit,rater,score,format,day", rows)

    said = say(capsys, "severity", file, "--chart", "a")
    found = say_json(capsys, "severity", file, "--chart", "a")

    assert "Panel interviews" in said.out
    assert "Separate interviews" in said.out
    assert set(found["formats"]) == {"panel", "separate"}


def test_panel_and_separate_interviews_are_never_mixed_in_what_a_debrief_changed(capsys, tmp_path):
    rows = [
        (f"{kind}{u}", r, 2 + (u + p) % 3 + (kind == "panel" and phase == "later"), kind, phase)
        for kind in ("panel", "separate")
        for u in range(12)
        for p, r in enumerate("abc")
        for phase in ("independent", "later")
    ]
    file = write(tmp_path / "both.csv", "unit,rater,score,format,phase", rows)

    found = say_json(capsys, "severity", file, "--after", "later")
    said = say(capsys, "severity", file, "--after", "later")

    assert "everyone" not in found
    changed = {name: one["everyone"]["n_changed"] for name, one in found["formats"].items()}
    assert changed == {"panel": 36, "separate": 0}
    assert said.out.index("Panel interviews") < said.out.index("36 scores given twice, 36 of them changed")
    assert "36 scores given twice, 0 of them changed" in said.out.partition("Separate interviews")[2]
