"""Intervals: the same for the same seed, from whole candidates, and about as wide as they should be."""

import numpy as np
import pytest

from reports.agreement import krippendorff_alpha, mean_pairwise_kappa, percent_agreement
from reports.bootstrap import Resampling
from reports.tables import Ratings
from tests.reports.tables import FIVE_POINTS, panel, published


def scored(candidates: int, criteria: int = 1, halo: float = 0.0, seed: int = 1) -> Ratings:
    """Two interviewers; `halo` is what an interviewer carries over from one criterion to the next."""
    random = np.random.default_rng(seed)
    rows = []
    for unit, quality in enumerate(random.normal(size=candidates)):
        carried = halo * random.normal(size=2)
        for criterion in range(criteria):
            for rater in (0, 1):
                score = round(3 + quality + carried[rater] + 0.5 * random.normal())
                rows.append((unit, rater, min(max(score, 1), 5), criterion))
    return Ratings.from_rows(rows, scale=FIVE_POINTS)


@pytest.mark.parametrize("coefficient", [krippendorff_alpha, mean_pairwise_kappa])
def test_the_same_seed_gives_the_same_interval_and_another_seed_another(coefficient):
    ratings = scored(40, criteria=3)

    first, again, other = (coefficient(ratings, resampling=Resampling(seed)).ci for seed in ("a", "a", "b"))

    assert first == again
    assert first != other
    assert first == pytest.approx(other, abs=0.05)


def test_the_draws_do_not_change_from_one_release_to_the_next():
    weights = next(Resampling("a published report", samples=100).weights(5))

    assert weights[:3].tolist() == [[1, 1, 3, 0, 0], [3, 2, 0, 0, 0], [1, 1, 1, 1, 1]]


def test_every_sample_draws_as_many_candidates_as_there_are():
    weights = np.concatenate(list(Resampling("x", samples=250).weights(40_000)))

    assert weights.shape == (250, 40_000)
    assert set(weights.sum(axis=1)) == {40_000}


def test_alpha_has_an_interval_symmetric_in_the_logarithm_and_never_above_one():
    found = krippendorff_alpha(scored(12, seed=3), resampling=Resampling("x"))
    low, high = found.ci

    assert np.log((1 - low) / (1 - found.value)) == pytest.approx(np.log((1 - found.value) / (1 - high)))
    assert high < 1
    assert found.ci_level == 0.95


def test_the_reach_of_alphas_interval_is_that_of_students_t():
    ratings = scored(20, seed=3)
    found = krippendorff_alpha(ratings, resampling=Resampling("x"))

    reach = np.log((1 - found.ci[0]) / (1 - found.value))

    assert reach == pytest.approx(2.0930 * found.se / (1 - found.value), rel=1e-4), "t of 19 degrees at .975"


def test_criteria_of_one_candidate_are_drawn_together():
    """Five criteria under one halo are not five times the candidates: the interval hardly narrows."""
    one = percent_agreement(scored(300, criteria=1, halo=1.5), resampling=Resampling("x"))
    five = percent_agreement(scored(300, criteria=5, halo=1.5), resampling=Resampling("x"))
    widths = [found.ci[1] - found.ci[0] for found in (five, one)]

    assert widths[0] > widths[1] / np.sqrt(5) * 1.2


def test_the_percentile_interval_of_percent_agreement_matches_the_binomial():
    found = percent_agreement(panel(*[(3, 3)] * 60, *[(3, 4)] * 40), resampling=Resampling("x"))

    assert found.ci == pytest.approx((0.504, 0.696), abs=0.02)
    assert found.se == pytest.approx(np.sqrt(0.6 * 0.4 / 99))


def test_ratings_that_hardly_vary_have_no_interval_and_say_why():
    found = krippendorff_alpha(panel(*[(3, 3)] * 20, (3, 4)), resampling=Resampling("x"))

    assert found.value is not None
    assert found.ci is None
    assert found.no_interval_because == (
        "Too often the candidates drawn again leave nothing to correct for chance."
    )


@pytest.mark.parametrize("arguments", [{"samples": 10}, {"level": 1.0}, {"level": 0.0}])
def test_too_few_samples_or_a_level_that_is_none_are_refused(arguments):
    with pytest.raises(ValueError, match=r"samples|level"):
        Resampling("x", **arguments)


def test_without_resampling_there_is_a_value_and_no_interval():
    found = krippendorff_alpha(published("krippendorff_2011"))

    assert (found.ci, found.ci_level, found.no_interval_because) == (None, None, None)


def test_alphas_interval_covers_the_truth_about_as_often_as_it_promises():
    """A small simulation: 150 tables of 25 candidates and 5 criteria with halo, nominal 95 %."""
    truth = krippendorff_alpha(scored(20_000, criteria=5, halo=0.5, seed=0)).value
    covered = 0
    for seed in range(1, 151):
        found = krippendorff_alpha(
            scored(25, criteria=5, halo=0.5, seed=seed), resampling=Resampling(str(seed), samples=400)
        )
        covered += found.ci[0] <= truth <= found.ci[1]

    assert covered / 150 >= 0.90
