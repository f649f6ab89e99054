"""The formulas again, each as its author writes it, for tables small enough to go through pair by pair."""

import itertools

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reports.agreement.conger import conger_kappa
from reports.agreement.disagreement import Disagreement
from reports.agreement.kappa import large_sample_se
from reports.agreement.unit_level import UnitLevel
from reports.counting.bootstrap import Resampling
from reports.counting.counts import Counts, pairs_of
from reports.ratings.tables import Ratings, Scale
from tests.reports.tables import BRENNAN, FIVE_POINTS, FLEISS, GWET, measured, panel, tables


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
        if level == "ratio":
            return ((a - b) / (a + b)) ** 2
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


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
@pytest.mark.parametrize("scale", [FIVE_POINTS, Scale(1, 30)], ids=str)
@given(rows=tables(criteria=2))
@settings(max_examples=20, deadline=None)
def test_alpha_equals_its_definition_worked_out_pair_by_pair(level, scale, rows):
    expected = alpha_pair_by_pair(rows, level)

    found = measured(Ratings.from_rows(rows, scale=scale))[f"krippendorff_alpha_{level}"].value

    assert found == (None if expected is None else pytest.approx(expected, abs=1e-9))


@given(rows=tables(criteria=2))
@settings(max_examples=20, deadline=None)
def test_percent_agreement_equals_its_definition_worked_out_pair_by_pair(rows):
    twice = [scores for scores in things(rows) if len(scores) > 1]
    assume(twice)
    found = measured(Ratings.from_rows(rows, scale=FIVE_POINTS))

    for within, name in ((0, "percent_agreement"), (1, "percent_agreement_adjacent")):
        shares = [np.mean([abs(a - b) <= within for a, b in itertools.combinations(s, 2)]) for s in twice]
        assert found[name].value == pytest.approx(np.mean(shares))


def weight(name: str, a: int, b: int) -> float:
    apart = abs(a - b)
    if name.endswith("linear"):
        return 1 - apart / 4
    if name.endswith("quadratic"):
        return 1 - apart**2 / 16
    if name.endswith("ordinal"):
        return 1 - (apart + 1) * apart / 2 / 10
    return float(a == b)


@pytest.mark.parametrize("name", [*FLEISS, *GWET, *BRENNAN])
@given(rows=tables(criteria=2))
@settings(max_examples=20, deadline=None)
def test_coefficients_of_gwets_frame_equal_their_definition(name, rows):
    rated = things(rows)
    twice = [scores for scores in rated if len(scores) > 1]
    assume(twice)
    observed = np.mean(
        [np.mean([weight(name, a, b) for a, b in itertools.permutations(s, 2)]) for s in twice]
    )
    points = range(1, 6)
    share = {k: np.mean([scores.count(k) / len(scores) for scores in rated]) for k in points}
    total = sum(weight(name, a, b) for a in points for b in points)
    if name.startswith("fleiss"):
        chance = sum(weight(name, a, b) * share[a] * share[b] for a in points for b in points)
    elif name.startswith("gwet"):
        chance = total / 20 * sum(p * (1 - p) for p in share.values())
    else:
        chance = total / 25
    assume(chance < 1 - 1e-9)

    found = measured(Ratings.from_rows(rows, scale=FIVE_POINTS))[name].value

    assert found == pytest.approx((observed - chance) / (1 - chance), abs=1e-12)


@given(rows=tables(criteria=2))
@settings(max_examples=20, deadline=None)
def test_congers_chance_is_the_mean_over_pairs_of_raters(rows):
    given_by: dict[str, list[int]] = {}
    for _, rater, score, _ in rows:
        if score is not None:
            given_by.setdefault(rater, []).append(score)
    twice = [scores for scores in things(rows) if len(scores) > 1]
    assume(twice)
    observed = np.mean([np.mean([a == b for a, b in itertools.permutations(s, 2)]) for s in twice])
    chance = np.mean(
        [
            sum(one.count(k) / len(one) * other.count(k) / len(other) for k in range(1, 6))
            for one, other in itertools.combinations(given_by.values(), 2)
        ]
    )
    assume(chance < 1 - 1e-9)

    found = measured(Ratings.from_rows(rows, scale=FIVE_POINTS))["conger_kappa"].value

    assert found == pytest.approx((observed - chance) / (1 - chance), abs=1e-12)


@pytest.mark.parametrize("weighting", ["", "_linear", "_quadratic"])
@given(rows=tables(criteria=2))
@settings(max_examples=20, deadline=None)
def test_the_mean_pairwise_kappa_is_the_mean_of_each_pairs_kappa(weighting, rows):
    raters = sorted({rater for _, rater, _, _ in rows})
    resampling = Resampling("x", 0)
    kappas = []
    for pair in itertools.combinations(raters, 2):
        shared = Ratings.from_rows([row for row in rows if row[1] in pair], scale=FIVE_POINTS)
        found = measured(shared).get(f"cohen_kappa{weighting}")
        kappas.append(found.value if found else None)
    defined = [kappa for kappa in kappas if kappa is not None]

    counts = Counts.of(Ratings.from_rows(rows, scale=FIVE_POINTS))
    found = UnitLevel(counts, resampling).everything()[f"mean_pairwise_kappa{weighting}"].value

    assert found == (pytest.approx(np.mean(defined), abs=1e-12) if defined else None)


@given(pairs=st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=2, max_size=30))
@settings(max_examples=20, deadline=None)
def test_quadratic_kappa_is_twice_the_covariance_over_variances_and_squared_difference(pairs):
    x, y = np.array(pairs, dtype=float).T
    below = x.var() + y.var() + (x.mean() - y.mean()) ** 2
    assume(below > 0)

    found = measured(panel(*pairs))["cohen_kappa_quadratic"].value

    assert found == pytest.approx(2 * np.cov(x, y, bias=True)[0, 1] / below, abs=1e-12)


def test_one_rater_has_no_kappa_with_themself():
    alone = Counts.of(panel((1,), (3,), (5,)))
    patterns = alone.patterns()
    distance = Disagreement.on_points("nominal", patterns.values, patterns.points)

    assert conger_kappa(patterns, alone.levels, distance) is None


def test_two_raters_of_one_score_leave_kappa_without_a_standard_error():
    pairs = pairs_of(panel((3, 3), (3, 3), (3, 3)))
    distance = Disagreement.on_points("nominal", pairs.values)

    assert large_sample_se(pairs, distance) is None


@pytest.mark.parametrize("raters", [3, 40])
def test_panels_so_large_that_their_patterns_do_not_fit_into_a_number_count_alike(raters):
    """With 40 raters on ten points a pattern needs more than 52 bits; without steps there are none."""
    random = np.random.default_rng(5)
    scores = random.integers(1, 11, (12, raters))
    packed, apart = (
        measured(panel(*scores.tolist(), scale=scale)) for scale in (Scale(1, 10), Scale(1, 10, None))
    )

    for key in ("percent_agreement", "percent_agreement_adjacent", "krippendorff_alpha_ordinal", *FLEISS):
        assert packed[key].value == pytest.approx(apart[key].value, abs=1e-12)
        assert packed[key].se == pytest.approx(apart[key].se, abs=1e-12)
