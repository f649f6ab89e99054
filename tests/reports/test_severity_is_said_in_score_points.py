"""How lenient each rater is, in score points, among those who can be compared."""

import numpy as np
import pytest

from reports.counting.blocks import Blocks
from reports.raters.severity import ALONE, NO_RATER_VARIANCE, NOTHING_SCORED, severities
from reports.ratings.tables import Ratings, Scale
from reports.reliability.reml import NOTHING_LEFT, variance_components
from tests.reports.score_tables import blocks_of, complete, drawn, formula_rows, two_groups


def test_the_effects_are_those_of_lme4_with_an_interval_of_1_96_deviations():
    """lme4 1.1-31, R 4.2.2: ranef(lmer(score ~ 1 + (1 | unit) + (1 | rater), d), condVar = TRUE)."""
    found = severities(blocks_of(formula_rows())).statistics[0]

    assert (found.key, found.value, found.se) == (
        "rater_blup",
        pytest.approx(-5.59840287),
        pytest.approx(1.31845187),
    )
    assert found.ci == pytest.approx((found.value - 1.96 * found.se, found.value + 1.96 * found.se))
    assert found.ci_level == 0.95


def test_a_lenient_rater_is_positive_and_a_severe_one_negative():
    found = severities(complete([[4, 3, 2], [5, 4, 4], [3, 2, 1], [4, 4, 2], [5, 3, 3]])).statistics

    assert found["rater 0"].value > 0 > found["rater 2"].value


def test_ratings_on_several_criteria_count_as_their_mean():
    rows = [
        (f"candidate {u}", f"rater {r}", 1 + (u + r + u * r * c + c) % 5, f"criterion {c}")
        for u in range(6)
        for r in range(3)
        for c in range(2)
    ]
    means = [(u, r, 1 + ((u + r) % 5 + (u + r + u * r + 1) % 5) / 2) for u in range(6) for r in range(3)]

    by_ratings = severities(Ratings.from_rows(rows, scale=Scale(1, 5))).statistics
    by_means = severities(blocks_of(means)).statistics

    assert [found.value for found in by_ratings.values()] == pytest.approx(
        [found.value for found in by_means.values()]
    )


def test_each_rater_is_given_with_what_the_comparison_rests_on():
    blocks = Blocks.of(
        [0, 0, 1, 1, 2, 2, 3, 4],
        [0, 1, 0, 1, 1, 2, 2, 0],
        [3, 4, 2, 4, 5, 3, 2, 2],
        raters=["Iris", "Ivo", "Rina"],
    )
    found = severities(blocks)

    assert found.shared == {"Iris": 2, "Ivo": 3, "Rina": 1}
    assert found.corated == {"Iris": 1, "Ivo": 2, "Rina": 1}
    assert found.components == (("Iris", "Ivo", "Rina"),)
    assert found.not_comparable_because is None
    ivo = found.statistics["Ivo"]
    assert (ivo.n_candidates, ivo.n_units, ivo.n_raters) == (3, 3, 3)


def test_groups_who_share_no_candidate_are_each_compared_within_themselves():
    found = severities(blocks_of(two_groups()))

    assert found.components == ((0, 1, 2, 3, 4, 5), (10, 11, 12, 13))
    assert found.not_comparable_because == (
        "The raters fall into 2 groups who share no candidate: compare within a group only."
    )
    second = [found.statistics[rater].value for rater in found.components[1]]
    assert abs(np.mean(second)) < 1, "30 points more for better candidates are not leniency"
    assert "connected group" in found.statistics[10].method
    # lme4 1.1-31: score ~ group + (1 | unit) + (1 | rater).
    assert found.statistics[13].value == pytest.approx(-2.10657989, abs=1e-5)


def test_a_group_that_scores_higher_throughout_changes_nobody_s_severity():
    rows = two_groups()
    higher = [(u, r, score + 500 * (r >= 10)) for u, r, score in rows]

    before, after = (severities(blocks_of(table)).statistics for table in (rows, higher))

    for rater in before:
        assert after[rater].value == pytest.approx(before[rater].value, abs=1e-6)
        assert after[rater].se == pytest.approx(before[rater].se, rel=1e-6)


def test_a_rater_who_shares_no_candidate_is_compared_with_nobody():
    unit, rater, score, _ = drawn(1)
    blocks = Blocks.of(
        np.append(unit, [90, 91]), np.append(rater, [8, 8]), np.append(score, [1, 5]), raters=range(10)
    )
    found = severities(blocks)

    assert found.statistics[8].undefined_because == ALONE
    assert found.statistics[9].undefined_because == NOTHING_SCORED
    assert found.statistics[8].value is found.statistics[9].value is None
    assert (8,) in found.components
    assert found.statistics[0].value is not None
    assert found.not_comparable_because is None, "one rater alone is no second group"


def test_where_raters_are_alike_no_interval_pretends_to_know_it_exactly():
    found = severities(complete([[1, 2], [4, 4], [5, 3]])).statistics["rater 0"]

    assert (found.value, found.se, found.ci) == (0.0, None, None)
    assert found.no_interval_because == NO_RATER_VARIANCE


def test_without_components_of_variance_no_severity_is_said():
    blocks = Blocks.of([0, 0, 1, 1], [0, 1, 1, 2], [1, 3, 2, 5], raters=["Iris", "Ivo", "Rina"])

    found = severities(blocks).statistics

    assert {statistic.undefined_because for statistic in found.values()} == {NOTHING_LEFT}


def test_an_estimate_that_is_there_already_is_used():
    blocks = blocks_of(formula_rows())
    fit = variance_components(blocks)

    given, own = severities(blocks, fit=fit).statistics, severities(blocks).statistics

    assert given == own


def test_planted_effects_are_recovered_and_lie_in_their_intervals():
    """Effects against the mean of these raters, whom alone the scores can compare."""
    inside, correlations = [], []
    for seed in range(40):
        unit, rater, score, effects = drawn(seed, units=120, raters=12, variances=(0.5, 0.15, 0.4))
        found = severities(Blocks.of(unit, rater, score, raters=range(12))).statistics
        true = effects - effects.mean()
        inside += [found[r].ci[0] <= true[r] <= found[r].ci[1] for r in range(12)]
        correlations.append(np.corrcoef([found[r].value for r in range(12)], true)[0, 1])

    assert 0.92 <= np.mean(inside) <= 0.99
    assert np.mean(correlations) > 0.9
