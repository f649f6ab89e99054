"""The report a page asks for: overall, by criterion and by person, and no number that may not be shown."""

import dataclasses
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from reports.measure import measure
from reports.ratings.tables import Ratings
from reports.showing import Statement
from reports.team import TeamReport, report
from tests.reports.tables import FIVE_POINTS, published


def loop(candidates: int, *, on_second_criterion: int = 0) -> Ratings:
    """Two interviewers on two criteria, the second of which both observed for the first few only."""
    rows = []
    for unit in range(candidates):
        rows += [(unit, "Iris", 1 + unit % 4, "SAF"), (unit, "Ivo", 1 + (unit + unit % 3 // 2) % 4, "SAF")]
        rows += [(unit, "Iris", 2 + unit % 2, "HND")]
        rows += [(unit, "Ivo", 2 + unit % 3, "HND")] if unit < on_second_criterion else []
    return Ratings.from_rows(rows, scale=FIVE_POINTS)


def team(candidates: int) -> Ratings:
    """Three of four interviewers for each candidate; Wren has met six, and Max scores a level lower."""
    people = ["Iris", "Ivo", "Max"]
    rows = []
    for unit in range(candidates):
        panel = [*people[:2], "Wren"] if unit < 6 else people
        for place, person in enumerate(panel):
            level = 3 + (unit % 3) - (unit + place) % 4 // 3 - (person == "Max")
            rows.append((unit, person, min(max(level, 1), 5)))
    return Ratings.from_rows(rows, scale=FIVE_POINTS)


def statements(found: TeamReport) -> list[Statement]:
    rows = (found.overall, *found.criteria)
    of_rows = [
        s for row in rows for s in (row.exact, row.adjacent, row.same_side, row.kappa, row.alpha, row.ac2)
    ]
    of_people = [standing.said for standing in found.standings]
    larger = [found.larger.said] if found.larger else []
    return [s for s in (*of_rows, found.reliability, found.consistency, *larger, *of_people) if s is not None]


def test_each_criterion_is_judged_by_the_candidates_that_two_people_scored_on_it():
    found = report(loop(36, on_second_criterion=9), seed="loop 1")
    hnd, saf = found.criteria

    assert (hnd.criterion, saf.criterion) == ("HND", "SAF")
    assert (found.overall.alpha.n, saf.alpha.n, hnd.alpha.n) == (36, 36, 9)
    assert (
        saf.alpha.value
        == measure(loop(36).on("SAF"), seed="x").statistics["krippendorff_alpha_ordinal"].value
    )
    assert hnd.alpha.display == "counts"
    assert hnd.alpha.sentence.startswith("Too early: both observed it for 9. Same level in ")
    assert hnd.tally.pairs == 9


def test_a_loop_without_ratings_says_that_nobody_has_two_scorecards():
    found = report(Ratings.from_rows([], scale=FIVE_POINTS), seed="loop 1", bars={1: 3})
    of_criteria = {"No candidate has two independent scores on it yet."}

    assert {s.sentence for s in statements(replace(found, criteria=()))} == {
        "No candidate has two independent scorecards yet."
    }
    assert {s.sentence for s in statements(found)} - of_criteria != set()
    assert found.overall.tally.pairs == 0
    assert [row.criterion for row in found.criteria] == [1]
    assert {found.criteria[0].alpha.sentence, found.criteria[0].same_side.sentence} == of_criteria
    assert (found.standings, found.larger) == ((), None)


def test_a_criterion_with_a_bar_that_nobody_scored_is_reported_on_and_changes_no_other():
    ratings = loop(36)
    found = report(ratings, seed="x", bars={"SAF": 3, "HND": 3, "VER": 4})
    without = report(ratings, seed="x", bars={"SAF": 3, "HND": 3})

    assert [row.criterion for row in found.criteria] == ["HND", "SAF", "VER"]
    assert found.criteria[:2] == without.criteria
    assert found.overall == without.overall
    assert found.criteria[2].exact.sentence == "No candidate has two independent scores on it yet."


def test_one_candidate_gives_the_sentence_and_the_counts():
    found = report(loop(1, on_second_criterion=1), seed="loop 1", bars=2)

    assert found.overall.alpha.sentence == (
        "Too early: 1 candidate has two independent scorecards. Same level in 2 of 2 pairs"
    )
    assert found.overall.same_side.sentence == (
        "Too early: 1 candidate has two independent scorecards. Same side of the bar in 2 of 2 pairs"
    )
    assert (found.overall.tally.pairs, found.overall.tally.same, found.overall.tally.within_one) == (2, 2, 2)


@pytest.mark.parametrize("candidates", [3, 12, 29])
def test_a_report_on_few_candidates_holds_no_estimate_of_agreement_anywhere(candidates):
    ratings = loop(candidates, on_second_criterion=candidates)
    measured = measure(ratings, seed="loop 1").statistics

    found = report(ratings, seed="loop 1", bars=3)

    values = [measured[key].value for key in ("krippendorff_alpha_ordinal", "g_q_k", "gwet_ac2_quadratic")]
    for value in (value for value in values if len(repr(value)) > 8):
        assert repr(value) not in repr(dataclasses.asdict(found))
    assert all(s.value is None for s in statements(found))


def test_the_report_shows_what_the_statistics_are():
    ratings = loop(60, on_second_criterion=60)
    found = report(ratings, seed="loop 1", bars=3)
    measured = measure(ratings, seed="loop 1", at_line=3, least_shared=20).statistics

    shown = found.overall
    pairs = {
        "percent_agreement": shown.exact,
        "percent_agreement_adjacent": shown.adjacent,
        "percent_agreement_at_line": shown.same_side,
        "mean_pairwise_kappa_quadratic": shown.kappa,
        "krippendorff_alpha_ordinal": shown.alpha,
        "gwet_ac2_quadratic": shown.ac2,
        "g_q_k": found.reliability,
    }
    for key, statement in pairs.items():
        assert (statement.key, statement.value, statement.interval) == (
            key,
            measured[key].value,
            measured[key].ci,
        )


def test_each_criterion_has_a_bar_of_its_own():
    ratings = loop(40, on_second_criterion=40)

    at_three = report(ratings, seed="x", bars={"SAF": 3, "HND": 3})
    apart = report(ratings, seed="x", bars={"SAF": 3, "HND": 2})
    only_one = report(ratings, seed="x", bars={"SAF": 3})

    hnd, saf = apart.criteria
    assert hnd.same_side.value is None, "everybody is above a 2"
    assert (saf.same_side, hnd.tally.same_side) == (at_three.criteria[1].same_side, 40)
    assert apart.overall.tally.same_side == saf.tally.same_side + 40
    assert only_one.criteria[0].same_side is None
    assert only_one.overall.tally.same_side == saf.tally.same_side


def test_without_criteria_a_bar_is_for_the_score_as_a_whole():
    found = report(team(36), seed="loop 1", bars=3)
    measured = measure(team(36), seed="loop 1", at_line=3).statistics

    assert found.overall.same_side.value == measured["percent_agreement_at_line"].value
    assert found.overall.tally.same_side < found.overall.tally.pairs


def test_without_a_bar_nothing_is_said_of_sides():
    found = report(loop(40), seed="x")

    assert {row.same_side for row in (found.overall, *found.criteria)} == {None}


def test_who_scores_lower_is_said_in_levels_and_who_met_few_candidates_is_not_judged():
    found = report(team(40), seed="x")
    said = {one.rater: (one.shared, one.said.sentence) for one in found.standings}

    assert said["Wren"] == (6, "Not enough shared interviews: 6 of 10")
    assert said["Max"][0] == 34
    assert said["Max"][1].startswith("about 0.")
    assert said["Max"][1].endswith("of a level lower")
    assert next(one.said.value for one in found.standings if one.rater == "Max") < -0.3
    assert found.reliability.note.startswith("With fewer than 5 interviewers")
    assert found.consistency.key == "icc_c_1_reml"


def test_two_people_differ_and_nobody_can_say_whose_it_is():
    found = report(loop(40), seed="x")

    assert {one.said.sentence for one in found.standings} == {
        "Only one person to compare with: which of the two differs cannot be said"
    }


def test_people_who_share_no_candidate_are_compared_within_their_group_only():
    rows = [
        (f"{group} {unit}", f"{group}{person}", 2 + (unit * (person + 1) + unit % 2) % 3)
        for group in "AB"
        for unit in range(30)
        for person in range(3)
    ]

    found = report(Ratings.from_rows(rows, scale=FIVE_POINTS), seed="x")

    assert found.groups_apart == (
        "The raters fall into 2 groups who share no candidate: compare within a group only."
    )


def noisy() -> Ratings:
    """Two of six interviewers for each candidate, who see much of the same and much of something else."""
    random = np.random.default_rng(3)
    quality, noise = random.normal(size=60), random.normal(size=(60, 2))
    seats = [random.choice(6, 2, replace=False) for _ in range(60)]
    rows = [
        (unit, f"r{person}", int(np.clip(np.rint(3 + quality[unit] + noise[unit, seat]), 1, 5)))
        for unit in range(60)
        for seat, person in enumerate(seats[unit])
    ]
    return Ratings.from_rows(rows, scale=FIVE_POINTS)


def test_a_panel_that_is_not_reliable_enough_is_told_the_size_that_would_be():
    found = report(noisy(), seed="x")

    assert found.reliability.value < 0.8
    assert not found.is_enough
    assert found.larger.said.key == "d_study_different_panels"
    assert found.larger.said.value >= 0.8
    assert found.larger.reaches_target


def test_where_candidates_do_not_differ_no_panel_is_said_to_help():
    alike = Ratings.from_rows(
        [(unit, person, 3 + (unit + person) % 2) for unit in range(40) for person in range(3)],
        scale=FIVE_POINTS,
    )
    found = report(alike, seed="x")

    assert found.reliability.value == 0
    assert found.reliability.interval[0] == 0, "an interval holds its estimate"
    assert found.larger is None
    assert not found.is_enough


def test_a_panel_that_is_reliable_enough_is_told_nothing_of_larger_ones():
    steady = Ratings.from_rows(
        [
            (unit, person, 1 + unit % 5 - (unit % 11 == person))
            for unit in range(1, 60)
            for person in range(5)
            if unit % 5
        ],
        scale=FIVE_POINTS,
    )
    found = report(steady, seed="x")

    assert found.reliability.value > 0.8
    assert found.is_enough
    assert found.larger is None


def test_the_report_is_the_same_on_every_call_with_its_seed():
    ratings = loop(40, on_second_criterion=20)

    assert report(ratings, seed="loop 1") == report(ratings, seed="loop 1")
    assert report(ratings, seed="loop 1") != report(ratings, seed="loop 2")


def test_cohens_kappa_is_measured_for_two_raters_and_left_out_for_more():
    assert "cohen_kappa" in measure(published("cohen_1960"), samples=100).statistics
    assert "cohen_kappa" not in measure(published("krippendorff_2011"), samples=100).statistics


def test_a_criterion_keeps_the_ratings_it_had_in_the_whole_table():
    whole = loop(40, on_second_criterion=20)
    alone = Ratings.from_rows(
        [
            (u, r, 1 + u % 4 if r == "Iris" else 1 + (u + u % 3 // 2) % 4)
            for u in range(40)
            for r in ("Iris", "Ivo")
        ],
        scale=FIVE_POINTS,
    )

    one, other = (report(ratings, seed="x").overall for ratings in (whole.on("SAF"), alone))

    assert (one.alpha, one.exact, one.kappa) == (other.alpha, other.exact, other.kappa)


@pytest.mark.parametrize(
    "module",
    ["reports", "reports.measure", "reports.team", "reports.workload.checks", "reports.commands"],
)
def test_importing_the_library_costs_neither_pandas_nor_scipy(module):
    heavy = "{'pandas', 'scipy', 'duckdb', 'distributed', 'pyarrow', 'flask', 'sqlalchemy', 'app'}"
    script = f"import sys, {module}; print(sorted({heavy} & set(sys.modules)))"

    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "[]"
