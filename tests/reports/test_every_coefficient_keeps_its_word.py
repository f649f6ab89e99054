"""One battery over all coefficients: what must hold whatever the formula is."""

import itertools
import random

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reports.agreement import (
    cohen_kappa,
    fleiss_kappa,
    krippendorff_alpha,
    mean_pairwise_kappa,
    percent_agreement,
    percent_agreement_adjacent,
)
from reports.bootstrap import Resampling
from reports.results import Statistic
from reports.tables import Ratings, Scale
from tests.reports.tables import FIVE_POINTS, panel, published_rows, tables

FOR_MANY = {
    "exact": percent_agreement,
    "adjacent": percent_agreement_adjacent,
    "pairwise": mean_pairwise_kappa,
    "fleiss": fleiss_kappa,
    "nominal": lambda ratings, **k: krippendorff_alpha(ratings, "nominal", **k),
    "ordinal": lambda ratings, **k: krippendorff_alpha(ratings, "ordinal", **k),
    "interval": lambda ratings, **k: krippendorff_alpha(ratings, "interval", **k),
}
FOR_TWO = {
    "cohen": cohen_kappa,
    "cohen linear": lambda ratings, **k: cohen_kappa(ratings, "linear", **k),
    "cohen quadratic": lambda ratings, **k: cohen_kappa(ratings, "quadratic", **k),
}
ALL = FOR_MANY | FOR_TWO
CHANCE_CORRECTED = {name: function for name, function in ALL.items() if name not in ("exact", "adjacent")}


def rows_for(name: str) -> list[tuple[str, str, str]]:
    rows = published_rows("krippendorff_2011")
    return [row for row in rows if row[1] in "BC"] if name in FOR_TWO else rows


def value(name: str, rows: list[tuple], scale: Scale = FIVE_POINTS) -> float:
    found = ALL[name](Ratings.from_rows(rows, scale=scale)).value
    assert found is not None
    return found


@pytest.mark.parametrize("name", ALL)
def test_the_order_of_rows_does_not_matter_to_the_last_digit(name):
    rows = rows_for(name)
    shuffled = random.Random(7).sample(rows, len(rows))

    whole = [
        ALL[name](Ratings.from_rows(r, scale=FIVE_POINTS), resampling=Resampling("x"))
        for r in (rows, shuffled)
    ]

    assert whole[0] == whole[1]


@pytest.mark.parametrize("name", ALL)
def test_the_order_and_the_names_of_raters_and_candidates_do_not_matter(name):
    rows = rows_for(name)
    renamed = [
        (f"Zoë {99 - int(unit)}", {"A": "d", "B": "c", "C": "b", "D": "a"}[rater], s)
        for unit, rater, s in rows
    ]

    assert value(name, renamed) == pytest.approx(value(name, rows), abs=1e-12)


@pytest.mark.parametrize("name", ALL)
def test_a_rater_and_their_own_copy_agree_perfectly(name):
    rows = [row for row in published_rows("krippendorff_2011") if row[1] == "B"]
    copied = rows + [(unit, "copy of B", score) for unit, _, score in rows]

    assert value(name, copied) == pytest.approx(1)


@pytest.mark.parametrize("name", sorted(set(FOR_MANY) - {"adjacent"}))
def test_the_copy_of_one_of_two_raters_raises_agreement_without_making_it_perfect(name):
    rows = [row for row in published_rows("krippendorff_2011") if row[1] in "BC"]
    copied = rows + [(unit, "copy of C", score) for unit, rater, score in rows if rater == "C"]

    assert value(name, rows) < value(name, copied) < 1


@pytest.mark.parametrize("name", CHANCE_CORRECTED)
def test_one_category_leaves_nothing_to_correct_and_says_so(name):
    found = CHANCE_CORRECTED[name](panel(*[(3, 3)] * 41), resampling=Resampling("x"))

    assert found.value is None
    assert found.undefined_because == "All 41 pairs gave a 3: nothing to correct for chance"
    assert (found.se, found.ci) == (None, None)


@pytest.mark.parametrize(
    "score", [("8", "an 8"), ("11", "an 11"), ("18", "an 18"), ("80", "an 80"), ("3.5", "a 3.5")]
)
def test_the_sentence_for_one_category_reads_as_english(score):
    number, words = score

    found = krippendorff_alpha(panel(*[(number, number)] * 4, scale=Scale(0, 100, 0.5)))

    assert found.undefined_because == f"All 4 pairs gave {words}: nothing to correct for chance"


@pytest.mark.parametrize("name", ["exact", "adjacent"])
def test_one_category_is_full_agreement_in_percent_and_has_no_interval(name):
    found = ALL[name](panel(*[(3, 3)] * 41), resampling=Resampling("x"))

    assert (found.value, found.ci) == (1, None)
    assert found.no_interval_because == "Whichever candidates are drawn again, the value stays the same."


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("exact", 0),
        ("adjacent", 1),
        ("fleiss", -1),
        ("nominal", 0),
        ("ordinal", 0),
        ("interval", 0),
        ("cohen", 0),
    ],
)
def test_one_candidate_gives_what_the_formula_gives_and_no_interval(name, expected):
    found = ALL[name](panel((3, 4)), resampling=Resampling("x"))

    assert found.value == pytest.approx(expected)
    assert found.ci is None
    assert found.no_interval_because == "One candidate cannot be drawn again in different ways."


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("scores", [[], [(3, None), (None, 4)]], ids=["no rating", "no thing rated twice"])
def test_without_two_ratings_of_a_candidate_there_is_no_value(name, scores):
    found = ALL[name](panel(*scores), resampling=Resampling("x"))

    assert found.value is None
    assert found.undefined_because == "No candidate has two independent ratings."
    assert (found.n_units, found.n_candidates, found.n_raters) == (0, 0, 0)


@pytest.mark.parametrize("name", sorted(set(ALL) - {"fleiss"}))
def test_candidates_rated_once_and_raters_without_ratings_change_nothing(name):
    rows = rows_for(name)
    more = [*rows, ("99", "B", 5), ("98", "C", 1), ("1", "silent", None), ("97", "silent", "")]

    assert value(name, more) == pytest.approx(value(name, rows), abs=1e-12)


def test_fleiss_takes_the_chance_of_a_level_from_candidates_rated_once_too():
    rows = published_rows("krippendorff_2011")

    assert value("fleiss", [*rows, ("99", "B", 5)]) != pytest.approx(value("fleiss", rows), abs=1e-6)


@pytest.mark.parametrize("name", ALL)
def test_points_of_the_scale_that_nobody_used_change_nothing(name):
    assert value(name, rows_for(name), Scale(0, 12)) == pytest.approx(value(name, rows_for(name)), abs=1e-12)


@pytest.mark.parametrize("name", sorted(set(ALL) - {"adjacent"}))
def test_half_points_count_as_their_doubles_would(name):
    rows = [(unit, rater, score) for unit, rater, score in rows_for(name) if score]
    halved = [(unit, rater, float(score) / 2) for unit, rater, score in rows]

    assert value(name, halved, Scale(0.5, 2.5, 0.5)) == pytest.approx(value(name, rows), abs=1e-12)


def test_adjacent_means_one_score_point_whatever_the_step():
    halves = panel((3, 3.5), (3, 4), (3, 4.5), scale=Scale(1, 5, 0.5))

    assert percent_agreement_adjacent(halves).value == pytest.approx(2 / 3)


def test_quadratic_kappa_stays_on_the_known_scale_where_a_pair_never_used_a_level():
    """Some programs weigh by the ranks of the levels that occur, as if 1, 2, 5 were 1, 2, 3."""
    ratings = panel((1, 1), (1, 2), (2, 5), (5, 5), (5, 2))
    ranks = panel((1, 1), (1, 2), (2, 3), (3, 3), (3, 2))

    assert cohen_kappa(ratings, "quadratic").value == pytest.approx(
        mean_pairwise_kappa(ratings).value, abs=1e-12
    )
    assert cohen_kappa(ratings, "quadratic").value != pytest.approx(
        cohen_kappa(ranks, "quadratic").value, abs=0.01
    )


def test_cohens_kappa_for_more_than_two_raters_is_refused_in_words():
    found = cohen_kappa(panel((1, 2, 3), (2, 2, 2)))

    assert found.undefined_because == "Cohen's kappa is for two raters; these ratings come from 3."


def test_a_pair_of_raters_with_too_few_shared_candidates_does_not_enter_the_mean():
    rows = [
        (u, r, s)
        for u, (a, b) in enumerate([(1, 2), (2, 3), (3, 3), (4, 5)])
        for r, s in (("A", a), ("B", b))
    ]
    with_stranger = [*rows, (0, "C", 5)]
    ratings = Ratings.from_rows(with_stranger, scale=FIVE_POINTS)

    assert mean_pairwise_kappa(ratings, least_shared=2).value == pytest.approx(value("pairwise", rows))
    assert mean_pairwise_kappa(ratings).value != pytest.approx(value("pairwise", rows))
    assert mean_pairwise_kappa(ratings, least_shared=9).undefined_because == (
        "No two raters share 9 things they both rated."
    )


def test_pairs_of_raters_who_each_gave_one_score_have_no_mean_kappa():
    rows = [(1, "A", 3), (1, "B", 3), (2, "A", 3), (2, "B", 3), (3, "C", 4), (3, "D", 4)]

    found = mean_pairwise_kappa(Ratings.from_rows(rows, scale=FIVE_POINTS))

    assert found.undefined_because == (
        "Every pair of raters gave one and the same score throughout: nothing to correct for chance"
    )


@pytest.mark.parametrize("name", FOR_MANY)
@given(rows=tables(criteria=2))
@settings(max_examples=40, deadline=None)
def test_no_coefficient_exceeds_one_and_each_number_is_a_plain_one(name, rows):
    found = ALL[name](Ratings.from_rows(rows, scale=FIVE_POINTS), resampling=Resampling("x", samples=100))

    assert (found.value is None) == (found.undefined_because is not None)
    for number in (found.value, *(found.ci or ())):
        assert number is None or (type(number) is float and number <= 1 + 1e-12)
    assert found.se is None or (type(found.se) is float and found.se >= 0)
    if found.ci:
        assert found.ci[0] <= found.ci[1]


def test_a_candidate_rated_once_widens_the_standard_error_of_percent_agreement():
    """Gwet's variance by hand: shares 1 and 0 scaled by 3/2, a 0 for the third, around .5, over 3 times 2."""
    found = percent_agreement(panel((3, 3), (3, 4), (2, None)))

    assert found.value == 0.5
    assert found.se == pytest.approx(((1.0**2 + 0.5**2 + 0.5**2) / 6) ** 0.5)


@pytest.mark.parametrize("both", [{"value": 0.5, "undefined_because": "why"}, {"value": None}])
def test_a_statistic_has_a_value_or_a_reason_never_both_and_never_neither(both):
    with pytest.raises(ValueError, match="either a value or a sentence"):
        Statistic(key="k", n_units=1, n_candidates=1, n_raters=2, method="m", **both)


# The formulas again, each as its author writes it, for tables small enough to go through pair by pair.


def things(rows: list[tuple]) -> list[list[int]]:
    by_thing: dict[tuple, list[int]] = {}
    for unit, _, score, criterion in rows:
        if score is not None:
            by_thing.setdefault((unit, criterion), []).append(score)
    return list(by_thing.values())


def alpha_pair_by_pair(rows: list[tuple], level: str) -> float | None:
    pairable = [scores for scores in things(rows) if len(scores) > 1]
    everything = sorted(itertools.chain(*pairable))
    frequency = {score: everything.count(score) for score in set(everything)}

    def distance(a: int, b: int) -> float:
        if level == "nominal":
            return float(a != b)
        if level == "interval":
            return float((a - b) ** 2)
        low, high = sorted((a, b))
        between = sum(frequency.get(g, 0) for g in range(low, high + 1))
        return float((between - (frequency[a] + frequency[b]) / 2) ** 2)

    number = len(everything)
    observed = sum(
        sum(distance(a, b) for a, b in itertools.permutations(scores, 2)) / (len(scores) - 1)
        for scores in pairable
    )
    expected = sum(distance(a, b) for a, b in itertools.permutations(everything, 2))
    return 1 - (number - 1) * observed / expected if expected else None


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval"])
@given(rows=tables(criteria=2))
@settings(max_examples=100, deadline=None)
def test_alpha_equals_its_definition_worked_out_pair_by_pair(level, rows):
    expected = alpha_pair_by_pair(rows, level)

    found = krippendorff_alpha(Ratings.from_rows(rows, scale=FIVE_POINTS), level).value

    assert found == (None if expected is None else pytest.approx(expected, abs=1e-9))


@given(rows=tables(criteria=2))
@settings(max_examples=60, deadline=None)
def test_percent_agreement_equals_its_definition_worked_out_pair_by_pair(rows):
    twice = [scores for scores in things(rows) if len(scores) > 1]
    assume(twice)
    ratings = Ratings.from_rows(rows, scale=FIVE_POINTS)

    for within, function in ((0, percent_agreement), (1, percent_agreement_adjacent)):
        shares = [np.mean([abs(a - b) <= within for a, b in itertools.combinations(s, 2)]) for s in twice]
        assert function(ratings).value == pytest.approx(np.mean(shares))


@given(rows=tables(criteria=2))
@settings(max_examples=60, deadline=None)
def test_the_mean_pairwise_kappa_is_the_mean_of_each_pairs_weighted_kappa(rows):
    raters = sorted({rater for _, rater, _, _ in rows})
    kappas = []
    for pair in itertools.combinations(raters, 2):
        shared = Ratings.from_rows([row for row in rows if row[1] in pair], scale=FIVE_POINTS)
        kappas.append(cohen_kappa(shared, "quadratic").value)
    defined = [kappa for kappa in kappas if kappa is not None]

    found = mean_pairwise_kappa(Ratings.from_rows(rows, scale=FIVE_POINTS)).value

    assert found == (pytest.approx(np.mean(defined), abs=1e-12) if defined else None)


@given(pairs=st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=2, max_size=30))
@settings(max_examples=60, deadline=None)
def test_quadratic_kappa_is_twice_the_covariance_over_variances_and_squared_difference(pairs):
    x, y = np.array(pairs, dtype=float).T
    below = x.var() + y.var() + (x.mean() - y.mean()) ** 2
    assume(below > 0)

    found = cohen_kappa(panel(*pairs), "quadratic").value

    assert found == pytest.approx(2 * np.cov(x, y, bias=True)[0, 1] / below, abs=1e-12)
