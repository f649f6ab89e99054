"""The six intraclass correlations: the published values, what leaves them alone, and when there are none."""

import itertools

import numpy as np
import pytest

from reports.ratings.tables import Ratings, Scale
from reports.reliability.icc import (
    ALL_EQUAL,
    INCOMPLETE,
    KEYS,
    NO_DIFFERENCE,
    NO_ERROR,
    NO_FREEDOM,
    NO_LIMIT,
    NO_RATINGS,
    NO_VARIANCE,
    ONE_RATER,
    ONE_THING,
    correlations_of,
    intraclass_correlations,
)
from tests.reports.tables import panel

# Shrout, P. E. & Fleiss, J. L. (1979). Intraclass correlations: uses in assessing rater reliability.
# Psychological Bulletin 86, 420-428, table 2: six targets, four judges; coefficients in table 4.
SHROUT_FLEISS = ((9, 2, 5, 8), (6, 1, 3, 2), (8, 4, 6, 8), (7, 1, 2, 6), (10, 5, 6, 9), (6, 2, 4, 7))
PUBLISHED = {
    "icc_1_1": 0.17,
    "icc_2_1": 0.29,
    "icc_3_1": 0.71,
    "icc_1_k": 0.44,
    "icc_2_k": 0.62,
    "icc_3_k": 0.91,
}

# R 4.2.2, psych 2.2.9: print(ICC(m, lmer = FALSE)$results, digits = 8), m the table above.
OF_PSYCH = {
    "icc_1_1": (0.16574177, -0.132932325, 0.72256006),
    "icc_2_1": (0.28976378, 0.018786513, 0.76108437),
    "icc_3_1": (0.71484071, 0.342464765, 0.94585826),
    "icc_1_k": (0.44279713, -0.884442155, 0.91241542),
    "icc_2_k": (0.62005055, 0.071136815, 0.92723204),
    "icc_3_k": (0.90931554, 0.675674714, 0.98589168),
}


def shrout_fleiss() -> Ratings:
    return panel(*SHROUT_FLEISS, scale=Scale(1, 10))


def values(ratings: Ratings) -> dict[str, float | None]:
    return {key: one.value for key, one in intraclass_correlations(ratings).items()}


def test_the_published_coefficients_are_found():
    found = intraclass_correlations(shrout_fleiss())

    assert {key: round(one.value, 2) for key, one in found.items()} == PUBLISHED
    assert {(one.n_units, one.n_candidates, one.n_raters) for one in found.values()} == {(6, 6, 4)}


@pytest.mark.parametrize("key", KEYS)
def test_another_program_gives_the_same_value_and_interval(key):
    found = intraclass_correlations(shrout_fleiss())[key]

    assert (found.value, *found.ci) == pytest.approx(OF_PSYCH[key], abs=1e-8)
    assert found.ci_level == 0.95


def test_the_published_intervals_are_found():
    """Pages 424 and 425 of Shrout & Fleiss (1979): .02 to .76 for ICC(2,1), .34 to .95 for ICC(3,1)."""
    found = intraclass_correlations(shrout_fleiss())

    assert [round(limit, 2) for key in ("icc_2_1", "icc_3_1") for limit in found[key].ci] == [
        0.02,
        0.76,
        0.34,
        0.95,
    ]


def test_a_wider_level_gives_a_wider_interval():
    narrow, wide = (intraclass_correlations(shrout_fleiss(), level=level) for level in (0.8, 0.99))

    for key in KEYS:
        assert wide[key].ci[0] < narrow[key].ci[0] < narrow[key].ci[1] < wide[key].ci[1]
        assert (narrow[key].ci_level, wide[key].ci_level) == (0.8, 0.99)


@pytest.mark.parametrize("order", [(3, 1, 0, 2), (1, 0, 3, 2)])
def test_the_order_of_raters_and_of_candidates_does_not_matter(order):
    other = panel(*([row[place] for place in order] for row in reversed(SHROUT_FLEISS)), scale=Scale(1, 10))

    assert values(other) == pytest.approx(values(shrout_fleiss()))


def test_another_scale_with_the_same_distances_gives_the_same_coefficients():
    other = panel(*([10 * score - 3 for score in row] for row in SHROUT_FLEISS), scale=Scale(0, 100))

    assert values(other) == pytest.approx(values(shrout_fleiss()))


def test_with_criteria_each_candidate_on_each_criterion_is_one_thing_rated():
    rows = [
        (f"candidate {unit // 2}", f"rater {rater}", score, f"criterion {unit % 2}")
        for unit, row in enumerate(SHROUT_FLEISS)
        for rater, score in enumerate(row)
    ]

    found = intraclass_correlations(Ratings.from_rows(rows, scale=Scale(1, 10)))

    assert {key: one.value for key, one in found.items()} == pytest.approx(values(shrout_fleiss()))
    assert (found["icc_2_k"].n_units, found["icc_2_k"].n_candidates) == (6, 3)


def test_a_severe_rater_lowers_agreement_and_not_consistency():
    even, severe = panel((2, 3), (3, 3), (4, 5), (5, 4)), panel((2, 2), (3, 2), (4, 4), (5, 3))

    assert values(severe)["icc_3_1"] == pytest.approx(values(even)["icc_3_1"])
    assert values(severe)["icc_2_1"] < values(even)["icc_2_1"]


def test_a_table_with_a_gap_has_none_and_nothing_is_deleted_to_fill_it():
    gap = panel(*SHROUT_FLEISS, (5, 5, 5, None), scale=Scale(1, 10))

    found = intraclass_correlations(gap)

    assert {one.undefined_because for one in found.values()} == {INCOMPLETE}
    assert tuple(found) == KEYS


def test_as_many_ratings_as_a_complete_table_of_other_raters_has_is_not_complete():
    ratings = Ratings.from_rows(
        [("Ann", "Iris", 1), ("Ann", "Ivo", 2), ("Ben", "Iris", 4), ("Ben", "Hana", 5)], scale=Scale(1, 5)
    )

    assert {one.undefined_because for one in intraclass_correlations(ratings).values()} == {INCOMPLETE}


@pytest.mark.parametrize(
    ("ratings", "because"),
    [
        (panel(), NO_RATINGS),
        (panel((1, 2, 3)), ONE_THING),
        (panel((1,), (2,), (3,)), ONE_RATER),
        (panel((4, 4), (4, 4)), ALL_EQUAL),
    ],
)
def test_what_cannot_be_compared_has_none(ratings, because):
    assert {one.undefined_because for one in intraclass_correlations(ratings).values()} == {because}


def test_equal_scores_that_are_not_whole_numbers_are_still_equal():
    found = correlations_of(np.full((7, 3), 0.1))

    assert {one.undefined_because for one in found.values()} == {ALL_EQUAL}


def test_perfect_agreement_is_one_without_an_interval():
    found = correlations_of(np.array([[0.1, 0.1, 0.1], [0.3, 0.3, 0.3], [0.7, 0.7, 0.7]]))

    assert {one.value for one in found.values()} == {1.0}
    assert {one.no_interval_because for one in found.values()} == {NO_ERROR}


@pytest.mark.parametrize(
    ("scores", "key", "because"),
    [
        ([[2, 5], [3, 4]], "icc_1_1", NO_DIFFERENCE),
        ([[2, 5], [3, 4]], "icc_3_1", NO_DIFFERENCE),
        ([[2, 5], [3, 4]], "icc_2_1", NO_DIFFERENCE),
        ([[4, 1], [3, 3], [5, 1]], "icc_2_1", NO_FREEDOM),
        ([[4, 5, 4], [4, 3, 3], [5, 2, 5]], "icc_2_k", NO_LIMIT),
    ],
)
def test_a_value_whose_interval_cannot_be_given_says_why(scores, key, because):
    found = correlations_of(np.array(scores, dtype=float))[key]

    assert found.value is not None
    assert (found.ci, found.no_interval_because) == (None, because)


@pytest.mark.parametrize("key", ["icc_1_k", "icc_2_k", "icc_3_k"])
def test_things_that_do_not_differ_on_average_have_no_reliability_of_means(key):
    assert correlations_of(np.array([[1.0, 2.0], [2.0, 1.0]]))[key].undefined_because == NO_VARIANCE


def test_whatever_the_scores_no_number_is_infinite_and_none_leaves_its_interval():
    for scores in itertools.product([1.0, 2.0, 5.0], repeat=6):
        for one in correlations_of(np.array(scores).reshape(3, 2)).values():
            assert (one.value is None) == (one.undefined_because is not None)
            assert one.value is None or np.isfinite(one.value)
            assert one.ci is None or one.ci[0] - 1e-9 <= one.value <= one.ci[1] + 1e-9


@pytest.mark.parametrize(
    ("scores", "level", "words"),
    [
        (np.ones((2, 2)), 1.0, "between 0 and 1"),
        (np.array([[1.0, np.nan], [1.0, 2.0]]), 0.95, "without gaps"),
        (np.ones(4), 0.95, "a matrix"),
    ],
)
def test_what_is_no_table_of_scores_is_refused(scores, level, words):
    with pytest.raises(ValueError, match=words):
        correlations_of(scores, level=level)
