"""Selection rates, their ratios and tests: the published formulas, and the values of other programs."""

import numpy as np
import pytest
from scipy.stats import fisher_exact

from reports.fairness.exact_test import exact_p_value, holm, permutation_p_value
from reports.fairness.proportions import mantel_haenszel_ratio, ratio_interval, wilson_interval
from tests.reports.selection import one, overall


def test_a_rate_and_its_ratio_to_the_highest_come_with_their_intervals():
    """29 CFR 1607.4(D) and its Questions and Answers 11: 48 of 80 whites, 12 of 40 blacks, ratio one half."""
    found = overall({"white": (80, 48), "black": (40, 12)})
    black, white = found.groups

    assert (black.people, black.passed, found.highest) == (40, 12, "white")
    assert (white.selection_rate.value, black.selection_rate.value) == (0.6, 0.3)
    assert black.impact_ratio.value == 0.5
    assert black.impact_ratio.key == "impact_ratio"
    assert black.selection_rate.key == "selection_rate"
    assert black.selection_rate.ci == wilson_interval(12, 40)
    assert black.impact_ratio.ci == tuple(float(limit) for limit in ratio_interval(12, 40, 48, 80))
    assert black.p_value == pytest.approx(fisher_exact([[12, 28], [48, 32]]).pvalue)
    assert black.finding == found.finding == "difference shown"
    assert (white.impact_ratio.value, white.p_value, white.finding) == (1, None, None)


@pytest.mark.parametrize(
    ("passed", "people", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_of_a_rate_is_wilsons(passed, people, low, high):
    """Newcombe, R. G. (1998). Two-sided confidence intervals for the single proportion.

    Statistics in Medicine 17, 857-872, table I, method 3.
    """
    assert wilson_interval(passed, people) == pytest.approx((low, high), abs=5e-5)
    assert wilson_interval(people - passed, people) == pytest.approx((1 - high, 1 - low), abs=5e-5)


@pytest.mark.parametrize(
    ("pair", "low", "high"),
    [
        ((36, 40, 16, 80), 2.9395691922, 7.1522234349),
        ((0, 20, 15, 20), 0.0, 0.2173648548),
        ((7, 20, 1, 30), 1.8715325552, 62.9397269741),
        ((12, 40, 30, 45), 0.2621913383, 0.7285640184),
    ],
)
def test_the_interval_of_a_ratio_is_koopmans(pair, low, high):
    """Koopman (1984), Biometrics 40, 513-517, prints 2.94 to 7.15 for the first.

    All: statsmodels 0.15.0, confint_proportions_2indep(*pair, compare="ratio", method="score",
    correction=False).
    """
    assert ratio_interval(*pair) == pytest.approx((low, high), rel=1e-9, abs=1e-12)


def test_the_interval_of_a_ratio_turns_over_with_its_groups():
    low, high = ratio_interval(12, 40, 30, 45)
    turned = ratio_interval(30, 45, 12, 40)

    assert turned == pytest.approx((1 / high, 1 / low))


def test_the_exact_test_of_two_groups_is_fishers():
    stream = np.random.default_rng(1)
    for _ in range(60):
        n, m = stream.integers(1, 90, 2)
        x, y = stream.integers(0, n + 1), stream.integers(0, m + 1)

        found = exact_p_value(one(x), one(n), one(y), one(m))

        assert found == pytest.approx(fisher_exact([[x, n - x], [y, m - y]]).pvalue, rel=1e-9)


JOBS = [np.array(column) for column in ([4, 10, 3], [10, 20, 9], [8, 18, 7], [12, 22, 8])]


def test_the_exact_test_within_jobs_is_that_of_r():
    """R 4.2.2: mantelhaen.test(array(c(4,6,8,4, 10,10,18,4, 3,6,7,1), c(2,2,3)), exact = TRUE)."""
    assert exact_p_value(*JOBS) == pytest.approx(0.001558313, rel=1e-6)


def test_a_job_with_people_of_one_group_only_says_nothing_about_a_difference():
    more = [np.append(column, number) for column, number in zip(JOBS, (5, 6, 0, 0), strict=True)]

    assert exact_p_value(*more) == pytest.approx(exact_p_value(*JOBS), rel=1e-12)
    assert mantel_haenszel_ratio(*more) == mantel_haenszel_ratio(*JOBS)


def test_a_difference_beyond_all_chance_has_a_p_value_of_next_to_nothing():
    many = [np.full(400, number) for number in (0, 10, 10, 10)]

    assert 0 <= exact_p_value(*many) < 1e-15


def test_the_ratio_within_jobs_is_that_of_mantel_and_haenszel():
    """By hand: the weighted sums over jobs, variance of Greenland & Robins (1985), also worked out in R."""
    ratio, interval = mantel_haenszel_ratio(*JOBS)

    assert ratio == pytest.approx(0.5549741571)
    assert interval == pytest.approx((0.3769359460, 0.8171051827))


def test_several_p_values_are_corrected_as_holm_does():
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.6, 0.7]) == [1, 1]


def test_the_permutation_test_over_all_groups_is_close_to_the_exact_one():
    """R 4.2.2: fisher.test(matrix(c(4,6,10,10,3,6), 2)) gives .6995."""
    passed, people = np.array([[4, 10, 3]]), np.array([[10, 20, 9]])

    found = permutation_p_value(passed, people, seed="x")

    assert found == pytest.approx(0.6995, abs=0.04)
    assert found == permutation_p_value(passed, people, seed="x")
    assert permutation_p_value(np.array([[0, 10, 20]]), np.array([[20, 20, 20]]), seed="x") == 1 / 2000
