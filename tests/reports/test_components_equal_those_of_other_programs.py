"""The variance components are those of lme4, of the analysis of variance and of the likelihood itself."""

import numpy as np
import pytest

from reports.counting.blocks import Blocks
from reports.reliability.likelihood import Sums, criterion, one_way
from reports.reliability.reml import (
    ALL_EQUAL,
    NO_ERROR,
    NO_SCORES,
    NOT_SHARED,
    NOTHING_LEFT,
    ONE_RATER,
    ONE_UNIT,
    variance_components,
)
from tests.reports.score_tables import SHROUT_FLEISS, blocks_of, complete, drawn, formula_rows, two_groups


def log_likelihood(unit, rater, score, variances, groups=None):
    """Return the restricted log likelihood, written out with the full covariance matrix."""
    number = len(score)
    groups = np.zeros(number) if groups is None else groups
    fixed = (groups[:, np.newaxis] == np.unique(groups)).astype(float)
    among_units = unit[:, np.newaxis] == unit
    among_raters = rater[:, np.newaxis] == rater
    covariance = variances[0] * among_units + variances[1] * among_raters + variances[2] * np.eye(number)
    inverse = np.linalg.inv(covariance)
    precision = fixed.T @ inverse @ fixed
    rest = score - fixed @ np.linalg.solve(precision, fixed.T @ inverse @ score)
    logs = np.linalg.slogdet(covariance)[1] + np.linalg.slogdet(precision)[1]
    return -((number - fixed.shape[1]) * np.log(2 * np.pi) + logs + rest @ inverse @ rest) / 2


def second_derivatives(of, place, width=1e-3):
    steps = np.eye(len(place)) * width
    return np.array(
        [
            [
                (of(place + i + j) - of(place + i - j) - of(place - i + j) + of(place - i - j))
                / (4 * width**2)
                for j in steps
            ]
            for i in steps
        ]
    )


def test_overlapping_panels_give_the_components_and_effects_of_lme4():
    """lme4 1.1-31, R 4.2.2: lmer(score ~ 1 + (1 | unit) + (1 | rater), d, control = lmerControl(optimizer =
    "bobyqa", optCtrl = list(rhoend = 1e-12, maxfun = 1e5))); ranef(f, condVar = TRUE).
    """
    fit = variance_components(blocks_of(formula_rows()))

    assert fit.variances == pytest.approx((100.1622048, 14.41377226, 3.557363888), rel=2e-6)
    assert (fit.mean, fit.mean_se) == pytest.approx((42.59711626, 2.40647769), rel=2e-6)
    assert fit.log_likelihood == pytest.approx(-251.4717815, abs=1e-6)
    assert list(fit.rater_effects.values()) == pytest.approx(
        [-5.59840287, 3.6236991, 0.749981061, -2.92230056, 4.06715723, 0.0798660455], abs=1e-5
    )
    assert list(fit.rater_deviations.values()) == pytest.approx(
        [1.31845187, 1.35734346, 1.26648011, 1.31512015, 1.35472565, 1.2767016], rel=1e-5
    )


def test_a_mean_for_each_group_of_raters_gives_the_components_of_lme4():
    """As above, score ~ group + (1 | unit) + (1 | rater), the second group being raters 10 to 13."""
    fit = variance_components(blocks_of(two_groups()), mean_of_each_component=True)

    assert fit.variances == pytest.approx((98.28025467, 15.44883898, 3.33936438), rel=2e-6)
    assert fit.mean is None
    assert fit.mean_se is None
    assert fit.log_likelihood == pytest.approx(-435.1781495, abs=1e-6)
    assert [fit.rater_effects[rater] for rater in range(6)] == pytest.approx(
        [-5.61561665, 3.63005054, 0.7518968, -2.92597569, 4.08392181, 0.0757231963], abs=1e-5
    )
    assert [fit.rater_effects[rater] for rater in range(10, 14)] == pytest.approx(
        [-4.37632252, 4.84052699, 1.64237542, -2.10657989], abs=1e-5
    )
    assert list(fit.rater_deviations.values())[-1] == pytest.approx(1.48762107, rel=1e-5)


def test_complete_tables_give_the_components_of_the_analysis_of_variance():
    """Shrout & Fleiss (1979), table 3: mean squares of targets 11.24, judges 32.49, residual 1.02."""
    table = np.array(SHROUT_FLEISS, dtype=float)
    rest = table - table.mean(axis=0) - table.mean(axis=1, keepdims=True) + table.mean()
    targets, judges = 4 * table.mean(axis=1).var(ddof=1), 6 * table.mean(axis=0).var(ddof=1)
    residual = (rest**2).sum() / 15
    assert [round(square, 2) for square in (targets, judges, residual)] == [11.24, 32.49, 1.02]

    fit = variance_components(complete(SHROUT_FLEISS))

    assert fit.variances == pytest.approx(
        ((targets - residual) / 4, (judges - residual) / 6, residual), rel=1e-9
    )


@pytest.mark.parametrize("seed", range(4))
def test_no_other_components_near_by_are_likelier(seed):
    unit, rater, score, _ = drawn(seed, smallest=1)
    fit = variance_components(Blocks.of(unit, rater, score, raters=range(8)))

    assert fit.log_likelihood == pytest.approx(log_likelihood(unit, rater, score, fit.variances), abs=1e-9)
    for place in range(3):
        for factor in (0.99, 1.01):
            other = np.array(fit.variances)
            other[place] *= factor
            assert log_likelihood(unit, rater, score, other) < fit.log_likelihood


def test_the_information_is_the_curvature_of_the_likelihood():
    unit, rater, score, _ = drawn(1, smallest=1)
    fit = variance_components(Blocks.of(unit, rater, score, raters=range(8)))

    curvature = second_derivatives(
        lambda logs: -log_likelihood(unit, rater, score, np.exp(logs)), np.log(fit.variances)
    )

    assert fit.information == pytest.approx(curvature, rel=1e-4, abs=1e-4)


@pytest.mark.parametrize("ratios", [(0.7, 0.4), (2.0, 0.01), (0.5, 0.0)])
def test_the_derivatives_are_those_of_the_criterion(ratios):
    blocks = blocks_of(two_groups())
    sums = Sums.of(blocks, blocks.components()[1])
    here, step = np.array(ratios), np.eye(2) * 1e-6

    point = criterion(sums, *here)

    up, down = ([criterion(sums, *(here + sign * away)) for away in step] for sign in (1, -1))
    slope = [(one.value - other.value) / 2e-6 for one, other in zip(up, down, strict=True)]
    curvature = [(one.slope - other.slope) / 2e-6 for one, other in zip(up, down, strict=True)]
    assert point.slope == pytest.approx(slope, rel=1e-4, abs=1e-4)
    assert point.curvature == pytest.approx(np.array(curvature), rel=1e-4, abs=1e-3)


@pytest.mark.parametrize(("of", "ratios"), [("unit", (0.3, 0.0)), ("rater", (0.0, 0.3))])
def test_with_one_variance_at_zero_the_short_way_gives_the_same_criterion(of, ratios):
    blocks = blocks_of(two_groups())
    sums = Sums.of(blocks, blocks.components()[1])

    assert one_way(sums, np.array([0.3]), of=of) == pytest.approx(criterion(sums, *ratios).value)


def test_raters_who_differ_less_than_chance_would_make_them_have_no_variance():
    fit = variance_components(complete([[1, 2], [4, 4], [5, 3]]))

    assert fit.var_rater == 0.0
    assert set(fit.rater_effects.values()) == {0.0}
    # Without raters it is an analysis of variance in one way: mean squares 25/6 and 5/6, panels of two.
    assert fit.variances == pytest.approx(((25 / 6 - 5 / 6) / 2, 0.0, 5 / 6))
    assert fit.slope[1] > 0, "the likelihood falls as the variance leaves 0"


def test_candidates_who_differ_less_than_chance_would_make_them_have_no_variance():
    fit = variance_components(complete([[1, 5], [2, 4], [1, 5], [2, 3]]))

    assert fit.var_unit == 0.0
    assert fit.slope[0] > 0
    assert fit.information[0].tolist() == [0.0, 0.0, 0.0]


def test_a_minimum_at_the_edge_is_found_when_the_way_down_ends_elsewhere():
    """Five raters in panels of up to five, coarse scores: two valleys, the lower one at the edge."""
    random = np.random.default_rng(1752)
    units, raters = random.integers(3, 12), random.integers(2, 7)
    largest = random.integers(2, raters + 1)
    seats = []
    for unit in range(units):
        size = random.integers(1, largest + 1)
        seats += [(unit, rater) for rater in np.sort(random.choice(raters, size, replace=False))]
    unit, rater = np.array(seats).T
    score = 3 + random.choice([0, 0.3, 1]) * random.normal(size=units)[unit]
    score += random.choice([0, 0.3, 1, 3]) * random.normal(size=raters)[rater]
    score += random.choice([0.1, 0.5, 1, 2]) * random.normal(size=len(unit))
    score = np.clip(np.round(score), 1, 5)

    fit = variance_components(Blocks.of(unit, rater, score, raters=range(raters)))

    assert fit.var_unit == 0.0
    for start in ((1e-3, 1.0, 0.05), (0.3, 1.0, 0.1), (0.05, 4.0, 0.05), (1.0, 0.01, 1.0)):
        assert log_likelihood(unit, rater, score, start) < fit.log_likelihood


def test_raters_who_always_agree_leave_all_variance_to_the_candidates():
    fit = variance_components(complete([[1, 1], [4, 4], [5, 5]]))

    assert fit.variances == pytest.approx((np.var([1, 4, 5], ddof=1), 0.0, 0.0))
    assert fit.mean == pytest.approx(10 / 3)
    assert fit.information is None
    assert set(fit.rater_effects.values()) == {0.0}


def test_a_mean_for_each_of_two_agreeing_pairs_leaves_the_variance_within_them():
    blocks = Blocks.of(
        [0, 0, 1, 1, 2, 2, 3, 3], [0, 1, 0, 1, 2, 3, 2, 3], [1, 1, 3, 3, 11, 11, 15, 15], raters=range(4)
    )

    fit = variance_components(blocks, mean_of_each_component=True)

    assert fit.variances == pytest.approx(((2 + 8) / 2, 0.0, 0.0))
    assert fit.mean is None


@pytest.mark.parametrize(
    ("unit", "rater", "score", "because"),
    [
        ([], [], [], NO_SCORES),
        ([0, 1, 2], [0, 0, 0], [1, 2, 3], ONE_RATER),
        ([0, 1, 2], [0, 1, 0], [1, 2, 3], NOT_SHARED),
        ([0, 0, 0], [0, 1, 2], [1, 2, 3], ONE_UNIT),
        ([0, 0, 1, 1], [0, 1, 0, 1], [3, 3, 3, 3], ALL_EQUAL),
        ([0, 0, 1, 1], [0, 1, 1, 2], [1, 3, 2, 5], NOTHING_LEFT),
        ([0, 0, 1, 1, 2, 2], [0, 1, 0, 1, 0, 1], [1, 2, 2, 3, 4, 5], NO_ERROR),
    ],
)
def test_what_cannot_be_estimated_is_said_in_a_sentence(unit, rater, score, because):
    fit = variance_components(Blocks.of(unit, rater, score, raters=["Iris", "Ivo", "Rina"]))

    assert fit.undefined_because == because
    assert fit.variances is None
    assert fit.rater_effects == {}


def test_raters_without_scores_change_nothing():
    unit, rater, score, _ = drawn(3)
    among_eight = variance_components(Blocks.of(unit, rater, score, raters=range(8)))
    among_ten = variance_components(Blocks.of(unit, rater, score, raters=range(10)))

    assert among_ten.variances == pytest.approx(among_eight.variances)
    assert among_ten.rater_effects[9] == 0.0


def test_the_unit_of_the_scores_does_not_matter():
    unit, rater, score, _ = drawn(4)
    points = variance_components(Blocks.of(unit, rater, score, raters=range(8)))
    percent = variance_components(Blocks.of(unit, rater, 1000 + 20 * score, raters=range(8)))

    assert percent.variances == pytest.approx([400 * value for value in points.variances], rel=1e-6)
