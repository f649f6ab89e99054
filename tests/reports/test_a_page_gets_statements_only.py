"""The report a page asks for: overall and by criterion, and no number in it that may not be shown."""

import dataclasses
import subprocess
import sys

import pytest

from reports.agreement import AgreementReport, krippendorff_alpha, measure, report
from reports.bootstrap import Resampling
from reports.showing import Statement
from reports.tables import Ratings
from tests.reports.tables import FIVE_POINTS, published


def loop(candidates: int, *, on_second_criterion: int = 0) -> Ratings:
    """Two interviewers on two criteria, the second of which both observed for the first few only."""
    rows = []
    for unit in range(candidates):
        rows += [(unit, "Iris", 1 + unit % 4, "SAF"), (unit, "Ivo", 1 + (unit + unit % 3 // 2) % 4, "SAF")]
        rows += [(unit, "Iris", 2 + unit % 2, "HND")]
        rows += [(unit, "Ivo", 2 + unit % 3, "HND")] if unit < on_second_criterion else []
    return Ratings.from_rows(rows, scale=FIVE_POINTS)


def statements(found: AgreementReport) -> list[Statement]:
    return [
        s for row in (found.overall, *found.criteria) for s in (row.exact, row.adjacent, row.kappa, row.alpha)
    ]


def test_each_criterion_is_judged_by_the_candidates_that_two_people_scored_on_it():
    found = report(loop(36, on_second_criterion=9), seed="loop 1")
    hnd, saf = found.criteria

    assert (hnd.criterion, saf.criterion) == ("HND", "SAF")
    assert (found.overall.alpha.n, saf.alpha.n, hnd.alpha.n) == (36, 36, 9)
    assert saf.alpha.value == krippendorff_alpha(loop(36).on("SAF")).value
    assert hnd.alpha.display == "counts"
    assert hnd.alpha.sentence.startswith("Too early: both observed it for 9. Same level in ")
    assert hnd.tally.pairs == 9


def test_a_loop_without_ratings_says_that_nobody_has_two_scorecards():
    found = report(Ratings.from_rows([], scale=FIVE_POINTS), seed="loop 1")

    assert {s.sentence for s in statements(found)} == {"No candidate has two independent scorecards yet."}
    assert found.overall.tally.pairs == 0
    assert found.criteria == ()


def test_one_candidate_gives_the_sentence_and_the_counts():
    found = report(loop(1, on_second_criterion=1), seed="loop 1")

    assert found.overall.alpha.sentence == (
        "Too early: 1 candidate has two independent scorecards. Same level in 2 of 2 pairs"
    )
    assert (found.overall.tally.pairs, found.overall.tally.same, found.overall.tally.within_one) == (2, 2, 2)


@pytest.mark.parametrize("candidates", [3, 12, 29])
def test_a_report_on_few_candidates_holds_no_estimate_anywhere(candidates):
    ratings = loop(candidates, on_second_criterion=candidates)
    alpha = krippendorff_alpha(ratings).value

    everything = dataclasses.asdict(report(ratings, seed="loop 1"))

    assert repr(alpha) not in repr(everything)
    assert all(s.value is None for s in statements(report(ratings, seed="loop 1")))


def test_the_report_shows_what_the_statistics_are():
    ratings = loop(60, on_second_criterion=60)
    found, measured = report(ratings, seed="loop 1"), measure(ratings, seed="loop 1")

    shown = found.overall
    pairs = {
        "percent_agreement": shown.exact,
        "percent_agreement_adjacent": shown.adjacent,
        "mean_pairwise_kappa_quadratic": shown.kappa,
        "krippendorff_alpha_ordinal": shown.alpha,
    }
    for key, statement in pairs.items():
        assert (statement.key, statement.value, statement.interval) == (
            key,
            measured[key].value,
            measured[key].ci,
        )


def test_the_report_is_the_same_on_every_call_with_its_seed():
    ratings = loop(40, on_second_criterion=20)

    assert report(ratings, seed="loop 1") == report(ratings, seed="loop 1")
    assert report(ratings, seed="loop 1") != report(ratings, seed="loop 2")


def test_cohens_kappa_is_measured_for_two_raters_and_left_out_for_more():
    assert "cohen_kappa" in measure(published("cohen_1960"), seed="x", samples=100)
    assert "cohen_kappa" not in measure(published("krippendorff_2011"), seed="x", samples=100)


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

    same = [krippendorff_alpha(ratings, resampling=Resampling("x")) for ratings in (whole.on("SAF"), alone)]

    assert same[0] == same[1]


@pytest.mark.parametrize(
    "module", ["reports", "reports.agreement", "reports.workload_checks", "reports.command"]
)
def test_importing_the_library_costs_neither_pandas_nor_scipy(module):
    heavy = "{'pandas', 'scipy', 'flask', 'sqlalchemy', 'app'}"
    script = f"import sys, {module}; print(sorted({heavy} & set(sys.modules)))"

    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "[]"
