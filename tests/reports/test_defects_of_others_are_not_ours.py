"""Tables on which a program in wide use gives a wrong number, and the right one."""

import pytest

from reports.measure import measure
from reports.ratings.tables import Ratings, Scale
from reports.results import Statistic
from tests.reports.oracles.records import recorded, table
from tests.reports.tables import FIVE_POINTS, panel, published, published_rows


def statistic(ratings: Ratings, key: str) -> Statistic:
    return measure(ratings, seed="defects", samples=0).statistics[key]


# R, irr 0.84.1, `kripp.alpha`: where no rating is missing it divides by 1 instead of by ratings - 1. Right
# for two raters, and where anything is missing.


@pytest.mark.parametrize(
    ("name", "metric", "right", "irr"),
    [("fleiss_1971", "nominal", 0.4334, 0.4309), ("shrout_fleiss_1979", "interval", 0.147, 0.123)],
)
def test_alpha_of_a_complete_table_by_more_than_two_raters_divides_by_ratings_less_one(
    name, metric, right, irr
):
    alpha = statistic(table(name), f"krippendorff_alpha_{metric}").value

    assert alpha == pytest.approx(right, abs=5e-4 if metric == "interval" else 5e-5)
    assert alpha != pytest.approx(irr, abs=1e-3)


@pytest.mark.parametrize("metric", ["nominal", "ordinal", "interval"])
def test_alpha_of_one_candidate_is_nought_whoever_disagreed(metric):
    """All the disagreement there is lies within the one candidate; irr gives -.22 for four raters."""
    found = statistic(panel((9, 2, 5, 8), scale=Scale(1, 10)), f"krippendorff_alpha_{metric}")

    assert found.value == pytest.approx(0, abs=1e-12)


# Python, irrCAC 0.4.4 on pandas 3: DataFrame.stack keeps gaps since, and the gap becomes a category. Gwet, K.
# L. (2014). Handbook of Inter-Rater Reliability, 4th ed.: twelve subjects and four raters, the table that
# Krippendorff (2011) has, too.


@pytest.mark.parametrize(
    ("key", "right", "irrcac"),
    [("gwet_ac1", 0.77544, 0.7855), ("brennan_prediger", 0.77273, 0.7818)],
)
def test_a_gap_is_no_category(key, right, irrcac):
    for ending in ("", "_observed_categories"):
        value = statistic(published("krippendorff_2011"), f"{key}{ending}").value

        assert value == pytest.approx(right, abs=5e-6)
        assert value != pytest.approx(irrcac, abs=1e-3)


# Python, scikit-learn 1.9.1 without `labels`, and R, irr 0.84.1, `kappa2`: weights by the rank of the levels
# that occur, as if 1, 2, 4, 5 were 1, 2, 3, 4.


@pytest.mark.parametrize(("weighting", "sklearn"), [("linear", 0.65933), ("quadratic", 0.77416)])
@pytest.mark.parametrize("coefficient", ["cohen_kappa", "mean_pairwise_kappa"])
def test_a_level_that_nobody_used_keeps_its_place_in_the_weights(coefficient, weighting, sklearn):
    value = statistic(table("never_a_three"), f"{coefficient}_{weighting}").value

    assert value == pytest.approx(
        recorded("vcd", "never_a_three", f"cohen_kappa_{weighting}")["value"], abs=1e-9
    )
    assert value != pytest.approx(sklearn, abs=0.01)


# R, psych 2.2.9, `cohen.kappa`: the standard error of the weighted kappa. It agrees with none of vcd,
# statsmodels and Fleiss, Cohen & Everitt (1969), which agree with each other.


@pytest.mark.parametrize(
    ("name", "psych"), [("two_raters", 0.0), ("paradox", 64.92683), ("middle_only", 2.557125)]
)
def test_the_standard_error_of_a_weighted_kappa_is_that_of_large_samples(name, psych):
    se = statistic(table(name), "cohen_kappa_quadratic").se

    assert se == pytest.approx(recorded("vcd", name, "cohen_kappa_quadratic")["se"], abs=1e-7)
    assert se != pytest.approx(psych, abs=0.01)


# R, irrCAC 1.0, and Python, irrCAC 0.4.4: the shares of a rater without ratings are 0 / 0, and Conger's kappa
# is not a number.


def test_a_rater_without_ratings_does_not_undo_congers_kappa():
    rows = published_rows("krippendorff_2011")
    with_silent = Ratings.from_rows([*rows, ("1", "silent", ""), ("2", "silent", "")], scale=FIVE_POINTS)

    found = statistic(with_silent, "conger_kappa")

    assert found.value == pytest.approx(0.76207, abs=5e-6)


# Both irrCAC: alpha with weights "ordinal" is not Krippendorff's ordinal alpha, whose distances depend on how
# often each level occurs.


def test_ordinal_alpha_has_krippendorffs_metric_not_ordinal_weights():
    """Krippendorff (2011), section E, prints .815; irrCAC 0.4.4 with weights="ordinal" .83364."""
    alpha = statistic(published("krippendorff_2011"), "krippendorff_alpha_ordinal").value

    assert alpha == pytest.approx(0.815, abs=5e-4)
    assert alpha != pytest.approx(0.83364, abs=1e-3)


# Both irrCAC: the standard error of AC1 from the table of two raters is another than from the ratings.


def test_the_standard_error_of_ac1_is_the_one_from_the_ratings():
    """irrCAC 0.4.4, its table_cont3x3abstractors: .04343519 by irrcac.raw, .04321747 by irrcac.table."""
    table = {(1, 1): 13, (2, 2): 20, (2, 3): 7, (3, 2): 4, (3, 3): 56}
    pairs = [pair for pair, number in table.items() for _ in range(number)]

    found = statistic(panel(*pairs, scale=Scale(1, 3)), "gwet_ac1")

    assert found.value == pytest.approx(0.84933055, abs=5e-9)
    assert found.se == pytest.approx(0.04343519, abs=5e-9)
    assert found.se != pytest.approx(0.04321747, abs=1e-4)
