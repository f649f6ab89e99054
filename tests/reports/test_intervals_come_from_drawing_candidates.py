"""Intervals: the same for the same seed, from whole candidates, and about as wide as they should be."""

import math
from dataclasses import replace

import numpy as np
import pytest

from reports.agreement.unit_level import UnitLevel
from reports.counting.bootstrap import Resampling, things_drawn, times_drawn
from reports.counting.cells import Cells
from reports.counting.counts import Counts
from reports.ratings.tables import Ratings, Scale
from tests.reports.simulation import alpha_alone, scored
from tests.reports.tables import measured, panel, published

DRAWN = [
    [1, 4, 2, 2, 0, 2, 1, 2],
    [1, 2, 2, 0, 4, 3, 0, 2],
    [0, 0, 1, 0, 0, 0, 2, 0],
    [2, 0, 1, 0, 1, 2, 1, 2],
]
ALPHA, EXACT = "krippendorff_alpha_ordinal", "percent_agreement"


@pytest.mark.parametrize("key", [ALPHA, EXACT, "gwet_ac2_quadratic", "krippendorff_alpha_ordinal_bootstrap"])
def test_the_same_seed_gives_the_same_interval_and_another_seed_another(key):
    ratings = scored(40, criteria=3)

    first, again, other = (measured(ratings, seed=seed, samples=1000)[key].ci for seed in ("a", "a", "b"))

    assert first == again
    assert first != other
    assert first == pytest.approx(other, abs=0.05)


def test_the_draws_do_not_change_from_one_release_to_the_next():
    keys = Resampling("a published report").keys(["Ann", "Ben", "Cleo", 4])

    assert times_drawn(keys, 8).astype(int).tolist() == DRAWN


def test_how_often_a_candidate_is_drawn_follows_the_poisson_distribution():
    drawn = times_drawn(Resampling("x").keys(range(2000)), 1000)
    share = np.bincount(drawn.astype(int).ravel(), minlength=9) / drawn.size

    expected = [math.exp(-1) / math.factorial(times) for times in range(9)]
    assert share[:9] == pytest.approx(expected, abs=0.001)
    assert drawn.mean(axis=0) == pytest.approx(1, abs=0.15)
    assert abs(np.corrcoef(drawn[:, :200].T) - np.eye(200)).max() < 0.15


def test_draws_of_some_samples_are_those_of_all_samples():
    keys = Resampling("x").keys(range(50))

    assert np.array_equal(times_drawn(keys, 102)[:, 40:60], times_drawn(keys, 20, 40))


def test_a_candidate_is_drawn_alike_whoever_else_is_in_the_table():
    alone, among = Resampling("x").keys(["Ann"]), Resampling("x").keys(["Ben", "Ann", "Cleo"])

    assert np.array_equal(times_drawn(alone, 100)[0], times_drawn(among, 100)[1])


def test_things_are_drawn_as_many_as_there_are_in_blocks_that_fit():
    blocks = list(things_drawn(Resampling("x", 250), np.full(40_000, 2.0), 80_000))

    assert [len(block) for block in blocks] == [100, 100, 50]
    assert {float(total) for block in blocks for total in block.sum(axis=1)} == {80_000}


def test_alpha_has_an_interval_symmetric_in_the_logarithm_and_never_above_one():
    found = measured(scored(12, seed=3), samples=1000)[ALPHA]
    low, high = found.ci

    assert np.log((1 - low) / (1 - found.value)) == pytest.approx(np.log((1 - found.value) / (1 - high)))
    assert high < 1
    assert found.ci_level == 0.95


def test_the_reach_of_alphas_interval_is_that_of_students_t():
    found = measured(scored(20, seed=3), samples=1000)[ALPHA]

    reach = np.log((1 - found.ci[0]) / (1 - found.value))

    assert reach == pytest.approx(2.0930 * found.se / (1 - found.value), rel=1e-4), "t of 19 degrees at .975"


def test_criteria_of_one_candidate_are_drawn_together():
    """Five criteria under one halo are not five times the candidates: the interval hardly narrows."""
    one = measured(scored(300, criteria=1, halo=1.5), samples=1000)[EXACT]
    five = measured(scored(300, criteria=5, halo=1.5), samples=1000)[EXACT]
    widths = [found.ci[1] - found.ci[0] for found in (five, one)]

    assert widths[0] > widths[1] / np.sqrt(5) * 1.2


def test_drawing_things_instead_of_candidates_gives_an_interval_that_is_too_narrow():
    found = measured(scored(100, criteria=5, halo=1.0), samples=1000)
    by_things, by_candidates = found[f"{ALPHA}_bootstrap"].ci, found[ALPHA].ci

    assert by_things[1] - by_things[0] < 0.8 * (by_candidates[1] - by_candidates[0])


def test_the_percentile_interval_of_percent_agreement_matches_the_binomial():
    found = measured(panel(*[(3, 3)] * 60, *[(3, 4)] * 40), samples=1000)[EXACT]

    assert found.ci == pytest.approx((0.504, 0.696), abs=0.02)
    assert found.se == pytest.approx(np.sqrt(0.6 * 0.4 / 99))


def test_gwets_interval_stands_where_each_candidate_is_one_thing_and_gives_way_where_not():
    alone = measured(scored(40), samples=1000)["gwet_ac1"]
    on_criteria = measured(scored(40, criteria=3), samples=1000)["gwet_ac1"]

    reach = 2.0227 * alone.se
    assert alone.ci == pytest.approx((alone.value - reach, alone.value + reach), abs=1e-4)
    assert "linearized interval, t with 39" in alone.method
    assert "1000 samples of candidates" in on_criteria.method


def test_without_samples_the_formula_gives_the_interval_or_there_is_none():
    alone, on_criteria = measured(scored(40)), measured(scored(40, criteria=3))

    assert alone["krippendorff_alpha_interval"].ci is not None
    assert "t with 39 degrees" in alone["krippendorff_alpha_interval"].method
    assert alone[ALPHA].ci is None
    assert on_criteria["krippendorff_alpha_interval"].ci is None
    assert on_criteria["krippendorff_alpha_interval"].no_interval_because == (
        "No samples were asked for, and no formula gives an interval."
    )


def test_ratings_that_hardly_vary_have_no_interval_and_say_why():
    found = measured(panel(*[(3, 3)] * 20, (3, 4)), samples=1000)[ALPHA]

    assert found.value is not None
    assert found.ci is None
    assert found.no_interval_because == (
        "Too often the candidates drawn again leave nothing to correct for chance."
    )


def test_too_few_samples_are_refused():
    with pytest.raises(ValueError, match="at least 100 samples, or none"):
        Resampling("x", 10)


def test_pairs_counted_without_their_candidates_have_no_interval_and_say_why():
    counts = Counts.of(published("cohen_1960"))
    cells = counts.pairs_of_raters
    without = replace(counts, pairs_of_raters=Cells.of(cells.cells, None, cells.frequency))

    found = UnitLevel(without, Resampling("x", 0)).cohen("nominal")

    assert round(found.value, 3) == 0.492
    assert found.no_interval_because == "The pairs were counted without their candidates."


def test_a_scale_of_many_points_is_drawn_in_blocks_that_fit():
    ratings = Ratings.from_rows(
        [(unit, rater, (7 * unit + rater * (unit % 3)) % 101) for unit in range(4500) for rater in range(2)],
        scale=Scale(0, 100),
    )

    found = measured(ratings, samples=1000)[EXACT]

    assert found.se == pytest.approx((found.ci[1] - found.ci[0]) / 3.92, rel=0.15)


def test_alphas_interval_covers_the_truth_about_as_often_as_it_promises():
    """A small simulation: 150 tables of 25 candidates and 5 criteria with halo, nominal 95 %."""
    truth = measured(scored(20_000, criteria=5, halo=0.5, seed=0))[ALPHA].value
    covered = 0
    for seed in range(1, 151):
        found = alpha_alone(scored(25, criteria=5, halo=0.5, seed=seed), str(seed))
        covered += found.ci[0] <= truth <= found.ci[1]

    assert covered / 150 >= 0.90
