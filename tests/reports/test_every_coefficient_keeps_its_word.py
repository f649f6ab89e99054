"""One battery over all coefficients: what must hold whatever the formula is."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.agreement.unit_level import UnitLevel
from reports.counting.bootstrap import Resampling
from reports.counting.counts import Counts
from reports.ratings.tables import Ratings, Scale
from reports.results import Statistic
from tests.reports.tables import BRENNAN, FIVE_POINTS, FLEISS, GWET, measured, panel, published_rows, tables

PERCENT = ["percent_agreement", "percent_agreement_adjacent"]
ALPHAS = [f"krippendorff_alpha_{level}" for level in ("nominal", "ordinal", "interval", "ratio")]
OBSERVED = [f"{key}_observed_categories" for key in (*GWET, *BRENNAN)]
PAIRS = [
    "conger_kappa",
    "mean_pairwise_kappa",
    "mean_pairwise_kappa_linear",
    "mean_pairwise_kappa_quadratic",
]
COHEN = ["cohen_kappa", "cohen_kappa_linear", "cohen_kappa_quadratic"]
FOR_MANY = [
    *PERCENT,
    *ALPHAS,
    *FLEISS,
    *GWET,
    *BRENNAN,
    *OBSERVED,
    *PAIRS,
    *(f"{key}_bootstrap" for key in ALPHAS),
]
ALL = [*FOR_MANY, *COHEN]
SCALES = ["five points", "31 points", "any number"]
CORRECTED_BY_THE_DATA = [*ALPHAS, *FLEISS, *PAIRS, *COHEN, *OBSERVED]


def rows_for(name: str) -> list[tuple[str, str, str]]:
    rows = published_rows("krippendorff_2011")
    return [row for row in rows if row[1] in "BC"] if name in COHEN else rows


def value(name: str, rows: list[tuple], scale: Scale = FIVE_POINTS) -> float:
    found = measured(Ratings.from_rows(rows, scale=scale))[name].value
    assert found is not None
    return found


def test_the_battery_is_about_every_coefficient_there_is():
    assert set(measured(panel((1, 2), (3, 3)))) == set(ALL)
    assert set(measured(panel((1, 2, 3), (3, 3, 4)))) == set(FOR_MANY)


@pytest.mark.parametrize("many", [True, False], ids=["four raters", "two raters"])
def test_the_order_of_rows_does_not_matter_to_the_last_digit(many):
    rows = rows_for("" if many else COHEN[0])
    shuffled = random.Random(7).sample(rows, len(rows))

    assert measured(Ratings.from_rows(rows, scale=FIVE_POINTS), samples=200) == measured(
        Ratings.from_rows(shuffled, scale=FIVE_POINTS), samples=200
    )


@pytest.mark.parametrize("name", ALL)
def test_the_order_and_the_names_of_raters_and_candidates_do_not_matter(name):
    rows = rows_for(name)
    renamed = [
        (f"Zoë {99 - int(unit)}", {"A": "d", "B": "c", "C": "b", "D": "a"}[rater], s)
        for unit, rater, s in rows
    ]

    assert value(name, renamed) == pytest.approx(value(name, rows), abs=1e-12)


def test_whole_numbers_and_odd_words_are_names_like_any_other():
    rows = published_rows("krippendorff_2011")
    odd = {"A": "O'Neil; DROP", "B": " ", "C": "", "D": "漢字\n"}
    odd |= {"B": "%s", "C": "null"}
    numbered = [(int(unit) * 10**12, ord(rater), s) for unit, rater, s in rows]
    worded = [(f"'{unit}\"", odd[rater], s) for unit, rater, s in rows]

    plain = measured(Ratings.from_rows(rows, scale=FIVE_POINTS))
    for other in (numbered, worded):
        found = measured(Ratings.from_rows(other, scale=FIVE_POINTS))
        assert {key: one.value for key, one in found.items()} == pytest.approx(
            {key: one.value for key, one in plain.items()}, abs=1e-12
        )


@pytest.mark.parametrize("name", ALL)
def test_a_rater_and_their_own_copy_agree_perfectly(name):
    rows = [row for row in published_rows("krippendorff_2011") if row[1] == "B"]
    copied = rows + [(unit, "copy of B", score) for unit, _, score in rows]

    assert value(name, copied) == pytest.approx(1)


@pytest.mark.parametrize("name", sorted({*PERCENT, *ALPHAS, *FLEISS, *GWET, *BRENNAN, *PAIRS} - {PERCENT[1]}))
def test_the_copy_of_one_of_two_raters_raises_agreement_without_making_it_perfect(name):
    rows = [row for row in published_rows("krippendorff_2011") if row[1] in "BC"]
    copied = rows + [(unit, "copy of C", score) for unit, rater, score in rows if rater == "C"]

    assert value(name, rows) < value(name, copied) < 1


@pytest.mark.parametrize("name", CORRECTED_BY_THE_DATA)
def test_one_category_leaves_nothing_to_correct_and_says_so(name):
    found = measured(panel(*[(3, 3)] * 41), samples=200)[name]

    assert found.value is None
    assert found.undefined_because in {
        "All 41 pairs gave a 3: nothing to correct for chance",
        "One score occurs, so that there is nothing to correct for chance.",
    }
    assert (found.se, found.ci) == (None, None)


@pytest.mark.parametrize(
    ("score", "words"), [("8", "an 8"), ("11", "an 11"), ("18", "an 18"), ("80", "an 80"), ("3.5", "a 3.5")]
)
def test_the_sentence_for_one_category_reads_as_english(score, words):
    found = measured(panel(*[(score, score)] * 4, scale=Scale(0, 100, 0.5)))["krippendorff_alpha_ordinal"]

    assert found.undefined_because == f"All 4 pairs gave {words}: nothing to correct for chance"


@pytest.mark.parametrize("name", [*PERCENT, *GWET, *BRENNAN])
def test_one_category_is_full_agreement_where_chance_is_that_of_the_scale_and_has_no_interval(name):
    found = measured(panel(*[(3, 3)] * 41), samples=200)[name]

    assert (found.value, found.ci) == (1, None)
    assert found.no_interval_because == "Whichever candidates are drawn again, the value stays the same."


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("percent_agreement", 0),
        ("percent_agreement_adjacent", 1),
        ("fleiss_kappa", -1),
        ("krippendorff_alpha_nominal", 0),
        ("krippendorff_alpha_ordinal", 0),
        ("krippendorff_alpha_interval", 0),
        ("krippendorff_alpha_ratio", 0),
        ("gwet_ac1", -1 / 7),
        ("brennan_prediger", -1 / 4),
        ("cohen_kappa", 0),
        ("conger_kappa", 0),
    ],
)
def test_one_candidate_gives_what_the_formula_gives_and_no_interval(name, expected):
    found = measured(panel((3, 4)), samples=200)[name]

    assert found.value == pytest.approx(expected)
    assert found.ci is None
    assert found.no_interval_because


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("scores", [[], [(3, None), (None, 4)]], ids=["no rating", "no thing rated twice"])
def test_without_two_ratings_of_a_candidate_there_is_no_value(name, scores):
    resampling = Resampling("x", 200)
    level = UnitLevel(Counts.of(panel(*scores)), resampling)
    found = (
        level.everything() | {one.key: one for one in map(level.cohen, ("nominal", "linear", "quadratic"))}
    )[name]

    assert found.value is None
    if name not in COHEN or scores:
        assert found.undefined_because == "No candidate has two independent ratings."
    assert (found.n_units, found.n_candidates, found.n_raters) == (0, 0, 0)


@pytest.mark.parametrize(
    "name", [*PERCENT, *ALPHAS, "mean_pairwise_kappa", "mean_pairwise_kappa_quadratic", *COHEN]
)
def test_candidates_rated_once_and_raters_without_ratings_change_nothing(name):
    rows = rows_for(name)
    more = [*rows, ("99", "B", 5), ("98", "C", 1), ("1", "silent", None), ("97", "silent", "")]

    assert value(name, more) == pytest.approx(value(name, rows), abs=1e-12)


@pytest.mark.parametrize("name", [*FLEISS, *GWET, "conger_kappa"])
def test_the_chance_of_a_level_comes_from_candidates_rated_once_too(name):
    rows = published_rows("krippendorff_2011")

    assert value(name, [*rows, ("99", "B", 5), ("98", "B", 5)]) != pytest.approx(value(name, rows), abs=1e-6)


@pytest.mark.parametrize("name", ALL)
def test_a_rater_without_a_rating_is_no_rater(name):
    rows = rows_for(name)

    assert value(name, [*rows, ("1", "silent", None)]) == pytest.approx(value(name, rows), abs=1e-12)


@pytest.mark.parametrize("name", [*PERCENT, *ALPHAS, *FLEISS, *PAIRS, *COHEN, *OBSERVED])
def test_points_of_the_scale_that_nobody_used_change_nothing(name):
    assert value(name, rows_for(name), Scale(0, 12)) == pytest.approx(value(name, rows_for(name)), abs=1e-12)


@pytest.mark.parametrize("name", [*GWET, *BRENNAN])
def test_coefficients_that_count_the_points_of_the_scale_take_those_of_the_scorecard(name):
    """Programs that are not told the scale take the scores that occur instead."""
    rows = published_rows("krippendorff_2011")
    told, untold = value(name, rows, Scale(0, 12)), value(f"{name}_observed_categories", rows, Scale(0, 12))

    assert told > untold + 0.01
    assert untold == pytest.approx(value(name, rows), abs=1e-12)


@pytest.mark.parametrize("name", sorted({*ALL} - {PERCENT[1]}))
def test_half_points_count_as_their_doubles_would(name):
    rows = [(unit, rater, score) for unit, rater, score in rows_for(name) if score]
    halved = [(unit, rater, float(score) / 2) for unit, rater, score in rows]

    assert value(name, halved, Scale(0.5, 2.5, 0.5)) == pytest.approx(value(name, rows), abs=1e-12)


@pytest.mark.parametrize("name", sorted({*ALL} - {PERCENT[1], *GWET, *BRENNAN}))
@pytest.mark.parametrize("step", [1, None], ids=["0 to 100", "any number from 0 to 100"])
def test_a_long_scale_and_one_without_steps_count_as_a_short_one_would(name, step):
    rows = [(unit, rater, score) for unit, rater, score in rows_for(name) if score]
    stretched = [(unit, rater, float(score) * 20) for unit, rater, score in rows]

    assert value(name, stretched, Scale(0, 100, step)) == pytest.approx(value(name, rows), abs=1e-12)


@pytest.mark.parametrize("name", [*GWET, *BRENNAN])
def test_a_scale_without_steps_has_no_coefficient_that_counts_its_points(name):
    rows = [(unit, rater, score) for unit, rater, score in published_rows("krippendorff_2011") if score]

    found = measured(Ratings.from_rows(rows, scale=Scale(1, 5, None)))[name]

    assert found.undefined_because == (
        "The scale has no fixed points, and this coefficient depends on how many there are."
    )


def test_the_ratio_metric_is_refused_for_scores_below_zero():
    found = measured(panel((-1, 1), (0, 2), scale=Scale(-2, 2)))["krippendorff_alpha_ratio"]

    assert found.undefined_because == "The ratio metric is for scores that cannot be negative."


def test_intervals_on_a_long_scale_are_those_on_a_short_one():
    rows = [(unit, rater, int(score)) for unit, rater, score in published_rows("krippendorff_2011") if score]
    short = measured(Ratings.from_rows(rows, scale=FIVE_POINTS), samples=200)
    long = measured(Ratings.from_rows(rows, scale=Scale(1, 40)), samples=200)

    for name in (*ALPHAS, *FLEISS, *PERCENT):
        assert long[name].ci == pytest.approx(short[name].ci, abs=1e-9)


def test_adjacent_means_one_score_point_whatever_the_step():
    halves = panel((3, 3.5), (3, 4), (3, 4.5), scale=Scale(1, 5, 0.5))

    assert measured(halves)["percent_agreement_adjacent"].value == pytest.approx(2 / 3)


def test_quadratic_kappa_stays_on_the_known_scale_where_a_pair_never_used_a_level():
    """Some programs weigh by the ranks of the levels that occur, as if 1, 2, 5 were 1, 2, 3."""
    ratings = measured(panel((1, 1), (1, 2), (2, 5), (5, 5), (5, 2)))
    ranks = measured(panel((1, 1), (1, 2), (2, 3), (3, 3), (3, 2)))

    assert ratings["cohen_kappa_quadratic"].value == ratings["mean_pairwise_kappa_quadratic"].value
    assert ratings["cohen_kappa_quadratic"].value != pytest.approx(
        ranks["cohen_kappa_quadratic"].value, abs=0.01
    )


def test_cohens_kappa_for_more_than_two_raters_is_refused_in_words():
    resampling = Resampling("x", 0)
    found = UnitLevel(Counts.of(panel((1, 2, 3), (2, 2, 2))), resampling).cohen("nominal")

    assert found.undefined_because == "Cohen's kappa is for two raters; these ratings come from 3."


def test_a_pair_of_raters_with_too_few_shared_candidates_does_not_enter_the_mean():
    rows = [
        (u, r, s)
        for u, (a, b) in enumerate([(1, 2), (2, 3), (3, 3), (4, 5)])
        for r, s in (("A", a), ("B", b))
    ]
    ratings = Ratings.from_rows([*rows, (0, "C", 5)], scale=FIVE_POINTS)
    name = "mean_pairwise_kappa_quadratic"

    assert measured(ratings, least_shared=2)[name].value == pytest.approx(value(name, rows))
    assert measured(ratings)[name].value != pytest.approx(value(name, rows))
    assert measured(ratings, least_shared=9)[name].undefined_because == (
        "No two raters share 9 things they both rated."
    )


def test_pairs_of_raters_who_each_gave_one_score_have_no_mean_kappa():
    rows = [(1, "A", 3), (1, "B", 3), (2, "A", 3), (2, "B", 3), (3, "C", 4), (3, "D", 4)]

    found = measured(Ratings.from_rows(rows, scale=FIVE_POINTS))["mean_pairwise_kappa_quadratic"]

    assert found.undefined_because == (
        "Every pair of raters gave one and the same score throughout: nothing to correct for chance"
    )


@pytest.mark.parametrize("scale", [FIVE_POINTS, Scale(0, 30), Scale(1, 5, None)], ids=SCALES)
@given(rows=tables(criteria=2))
@settings(max_examples=10, deadline=None)
def test_no_coefficient_exceeds_one_and_each_number_is_a_plain_one(scale, rows):
    for found in measured(Ratings.from_rows(rows, scale=scale), samples=100).values():
        assert (found.value is None) == (found.undefined_because is not None)
        for number in (found.value, *(found.ci or ())):
            assert number is None or (type(number) is float and number <= 1 + 1e-12)
        assert found.se is None or (type(found.se) is float and found.se >= 0)
        assert (found.ci is None) == (found.ci_level is None)
        if found.ci:
            assert found.ci[0] <= found.ci[1]
        elif found.value is not None:
            assert found.no_interval_because


@pytest.mark.parametrize("scale", [FIVE_POINTS, Scale(0, 30), Scale(0, 9, None)], ids=SCALES)
@given(rows=tables(criteria=2), cut=st.integers(1, 3))
@settings(max_examples=10, deadline=None)
def test_any_split_of_candidates_merged_equals_the_whole(scale, rows, cut):
    resampling = Resampling("x", 100)
    parts = [
        Counts.of(
            Ratings.from_rows([row for row in rows if int(row[0][1:]) % (cut + 1) == part], scale=scale)
        )
        for part in range(cut + 1)
        if any(int(row[0][1:]) % (cut + 1) == part for row in rows)
    ]
    merged = UnitLevel(Counts.joined(parts), resampling).everything()

    for key, found in measured(Ratings.from_rows(rows, scale=scale), samples=100).items():
        other = merged[key]
        assert other.undefined_because == found.undefined_because
        for one, two in ((found.value, other.value), (found.se, other.se)):
            assert two == (None if one is None else pytest.approx(one, abs=1e-12))
        assert other.ci == (None if found.ci is None else pytest.approx(found.ci, abs=1e-12))


def test_ratings_on_different_scales_are_not_counted_together():
    with pytest.raises(ValueError, match="different scales"):
        Counts.joined([Counts.of(panel((1, 2))), Counts.of(panel((1, 2), scale=Scale(1, 4)))])


def test_a_candidate_rated_once_widens_the_standard_error_of_percent_agreement():
    """Gwet's variance by hand: shares 1 and 0 scaled by 3/2, a 0 for the third, around .5, over 3 times 2."""
    found = measured(panel((3, 3), (3, 4), (2, None)))["percent_agreement"]

    assert found.value == 0.5
    assert found.se == pytest.approx(((1.0**2 + 0.5**2 + 0.5**2) / 6) ** 0.5)


@pytest.mark.parametrize("both", [{"value": 0.5, "undefined_because": "why"}, {"value": None}])
def test_a_statistic_has_a_value_or_a_reason_never_both_and_never_neither(both):
    with pytest.raises(ValueError, match="either a value or a sentence"):
        Statistic(key="k", n_units=1, n_candidates=1, n_raters=2, method="m", **both)
