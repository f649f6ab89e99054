"""Seven variance components of ratings on criteria: lme4's, and those of full matrices."""

from dataclasses import replace

import numpy as np
import pytest

from reports.ratings.tables import Ratings, Scale
from reports.reliability.criteria_layout import Layout
from reports.reliability.criteria_likelihood import evaluate
from reports.reliability.criteria_model import (
    KEYS,
    NO_INTERVAL,
    NOT_DRAWN,
    VARIANCES,
    CriteriaFit,
    criteria_components,
    drawn_components,
    fit_components,
)
from reports.reliability.criteria_start import (
    first_values,
)
from reports.reliability.generalizability import Draws
from tests.reports.criteria_tables import columns, ratings, small, table

ORDER = ("criterion", "unit", "rater", "unit_criterion", "rater_criterion", "unit_rater", "residual")

# R 4.2.2, lme4 1.1-31, on the rows of `table()` written as unit, rater, criterion (factors) and score:
# lmer(score ~ 1 + (1|criterion) + (1|unit) + (1|rater) + (1|unit:criterion) + (1|rater:criterion)
#      + (1|unit:rater), d, REML = TRUE, control = lmerControl(optimizer = "bobyqa",
#      optCtrl = list(rhoend = 1e-9, maxfun = 1e5)))
OF_LME4 = {
    "var_criterion": 0.02706732145,
    "var_unit": 0.90428508115,
    "var_rater": 0.04261461200,
    "var_unit_criterion": 0.10516388074,
    "var_rater_criterion": 0.02813143895,
    "var_unit_rater": 0.09023694729,
    "var_residual": 0.23882856045,
}
RESTRICTED_DEVIANCE_OF_LME4 = 726.510557659


def by_full_matrices(unit, rater, criterion, y, components):
    """Deviance, slope and average information with a matrix of all ratings for each component."""
    many = 1000
    factors = [
        criterion,
        unit,
        rater,
        unit * many + criterion,
        rater * many + criterion,
        unit * many + rater,
        np.arange(len(y)),
    ]
    same = [np.equal.outer(factor, factor).astype(float) for factor in factors]
    inverse = np.linalg.inv(sum(value * matrix for value, matrix in zip(components, same, strict=True)))
    mean = inverse.sum(axis=0)
    project = inverse - np.outer(mean, mean) / mean.sum()
    pulled = [matrix @ project @ y for matrix in same]
    deviance = -np.linalg.slogdet(inverse)[1] + np.log(mean.sum()) + y @ project @ y
    slope = [
        (project @ y @ one - np.trace(project @ matrix)) / 2 for one, matrix in zip(pulled, same, strict=True)
    ]
    information = [[one @ project @ other / 2 for other in pulled] for one in pulled]
    return deviance, slope, information


@pytest.fixture(scope="module")
def found():
    return criteria_components(ratings(), Draws(seed="thirty candidates"))


@pytest.mark.parametrize("key", VARIANCES)
def test_the_components_are_those_of_lme4(found, key):
    assert found[key].value == pytest.approx(OF_LME4[key], rel=1e-5)
    assert found[key].se > 0
    assert (found[key].ci, found[key].no_interval_because) == (None, NO_INTERVAL)


def test_the_restricted_likelihood_is_that_of_lme4():
    unit, rater, criterion, y = columns()
    layout = Layout.of(unit, rater, criterion, y - y.mean())
    components = np.array(list(OF_LME4.values()))

    constant = (len(y) - 1) * np.log(2 * np.pi)

    assert evaluate(layout, components).deviance + constant == pytest.approx(
        RESTRICTED_DEVIANCE_OF_LME4, abs=1e-6
    )


@pytest.mark.parametrize("most_pairs", [10**6, 0])
@pytest.mark.parametrize(
    "components",
    [
        [0.03, 0.9, 0.04, 0.1, 0.03, 0.09, 0.24],
        [0, 0.9, 0, 0.1, 0, 0.09, 0.24],
        [0.2, 0, 0.1, 0, 0.3, 0, 0.5],
    ],
)
def test_likelihood_slope_and_information_are_those_of_full_matrices(components, most_pairs):
    data = small()
    deviance, slope, information = by_full_matrices(*data, components)

    at = evaluate(Layout.of(*data, most_pairs=most_pairs), np.array(components))

    assert at.deviance == pytest.approx(deviance)
    assert at.slope == pytest.approx(np.array(slope), rel=1e-7)
    assert at.information == pytest.approx(np.array(information), rel=1e-7)


def test_more_criteria_than_fit_into_one_number_are_told_apart():
    unit, rater, criterion = (codes.ravel() for codes in np.indices((3, 2, 40)))
    given = (unit * 3 + rater * 5 + criterion * 7) % 6 > 0
    unit, rater, criterion = unit[given], rater[given], criterion[given]
    y = ((unit * 5 + rater * 3 + criterion * criterion) % 7).astype(float)
    components = [0.3, 0.5, 0.2, 0.4, 0.1, 0.2, 0.9]

    at = evaluate(Layout.of(unit, rater, criterion, y), np.array(components))

    deviance, slope, _ = by_full_matrices(unit, rater, criterion, y, components)
    assert at.deviance == pytest.approx(deviance)
    assert at.slope == pytest.approx(np.array(slope))


def test_no_other_components_are_more_likely():
    data = small()
    fit = fit_components(*data)
    best = by_full_matrices(*data, fit.components)[0]

    assert (fit.components > 0).sum() >= 5
    for place in range(7):
        for change in (-0.02, 0.02):
            other = fit.components.copy()
            other[place] = max(other[place] + change * fit.components.sum(), 0.0)
            assert by_full_matrices(*data, other)[0] >= best


def test_a_complete_table_has_the_components_of_its_mean_squares():
    """Of complete tables, REML is the analysis of variance where that gives no variance below zero."""
    rows = [row for row in table() if row[0] < 20]
    scores = {(unit, rater % 3, criterion): score for unit, rater, score, criterion in rows}
    whole = [
        (unit, rater, scores.get((unit, rater, criterion), 3.0) + criterion + rater / 2, criterion)
        for unit in range(20)
        for rater in range(3)
        for criterion in range(4)
    ]
    unit, rater, criterion, y = columns(whole)
    fit = fit_components(unit, rater, criterion, y)

    cube = y.reshape(20, 4, 3) - y.mean()
    residual = cube.copy()
    for axis in range(3):
        residual -= residual.mean(axis=axis, keepdims=True)
    start = first_values(Layout.of(unit, rater, criterion, y - y.mean()))
    assert (residual**2).sum() / (19 * 3 * 2) == pytest.approx(start[-1])
    assert (start > 0).all()
    # The factors of the first values come in the order criterion, unit, rater, then their pairs.
    assert fit.components == pytest.approx(start, rel=1e-6)


def below_zero() -> Ratings:
    """Raters take turns at giving more: their means differ less than chance would have them differ."""
    rows = [
        (unit, rater, 3 + unit % 4 + (unit + rater + criterion) % 3 + (unit == rater == criterion), criterion)
        for unit in range(12)
        for rater in range(3)
        for criterion in range(3)
    ]
    return Ratings.from_rows(rows, scale=Scale(0, 10))


def test_a_component_below_zero_is_held_at_zero_and_has_no_standard_error():
    ratings = below_zero()

    found = criteria_components(ratings, Draws(seed="held"))
    fit = fit_components(ratings.unit, ratings.rater, ratings.criterion, ratings.score)

    assert (found["var_rater"].value, found["var_rater"].se) == (0, None)
    assert found["var_rater"].method.endswith("held at zero")
    assert fit.slope[ORDER.index("rater")] < 0
    drawn = drawn_components(fit, Draws(seed="held"))
    assert (drawn[:, ORDER.index("rater")] > 0).any(), "that it is zero is not known for sure"
    low, high = found["generalizability"].ci
    assert low <= found["generalizability"].value <= high


def test_the_coefficients_are_those_of_the_mean_over_criteria_and_raters(found):
    criterion, unit, rater, unit_criterion, rater_criterion, unit_rater, residual = (
        found[key].value for key in VARIANCES
    )
    relative = unit_criterion / 4 + unit_rater / 3 + residual / 12
    absolute = relative + criterion / 4 + rater / 3 + rater_criterion / 12

    assert found["generalizability"].value == pytest.approx(unit / (unit + relative))
    assert found["dependability"].value == pytest.approx(unit / (unit + absolute))
    assert tuple(found) == KEYS
    assert (found["dependability"].n_candidates, found["dependability"].n_raters) == (30, 6)
    assert "mean over 4 criteria and 3 raters" in found["dependability"].method


def test_panels_of_different_size_count_with_their_harmonic_mean():
    rows = [row for row in table() if row[0] >= 15 or row[1] != (row[0] + 4) % 6]
    sizes = {unit: len({row[1] for row in rows if row[0] == unit}) for unit, *_ in rows}

    fit = fit_components(*columns(rows))

    assert set(sizes.values()) == {2, 3}
    assert fit.panel == pytest.approx(len(sizes) / sum(1 / size for size in sizes.values()))


def test_the_same_seed_draws_the_same_interval(found):
    again = criteria_components(ratings(), Draws(seed="thirty candidates"))
    other = criteria_components(ratings(), Draws(seed="another report"))

    assert again == found
    assert other["generalizability"].ci != found["generalizability"].ci
    assert other["generalizability"].ci == pytest.approx(found["generalizability"].ci, abs=0.02)


def test_the_intervals_hold_the_estimates_and_get_narrower_with_a_lower_level(found):
    lower = criteria_components(ratings(), Draws(seed="thirty candidates", level=0.5))

    for key in KEYS[-2:]:
        assert found[key].ci[0] < lower[key].ci[0] < found[key].value < lower[key].ci[1] < found[key].ci[1]
        assert (found[key].ci_level, lower[key].ci_level) == (0.95, 0.5)
        assert found[key].se > 0


def test_without_draws_the_coefficients_have_no_interval(found):
    alone = criteria_components(ratings())

    assert alone["dependability"].value == found["dependability"].value
    assert (alone["dependability"].ci, alone["dependability"].no_interval_because) == (None, NOT_DRAWN)


def test_draws_spread_as_the_covariances_say_and_are_never_negative():
    covariance = np.diag([0.01, 0.04, 0.0, 0.01, 9.0, 0.01, 0.01])
    fit = CriteriaFit(
        components=np.array([1.0, 2.0, 0.0, 1.0, 0.5, 1.0, 1.0]),
        covariance=covariance,
        slope=np.array([0.0, 0.0, -2.0, 0.0, 0.0, 0.0, 0.0]),
        information=np.full(7, 4.0),
        criteria=4,
        panel=3.0,
    )

    drawn = drawn_components(fit, Draws(seed="many", number=20_000))

    assert (drawn >= 0).all()
    assert np.isfinite(drawn).all()
    assert drawn[:, 1].std() == pytest.approx(0.2, rel=0.05)
    # A normal about -1/2 with variance 1/4, cut off at zero: its mean is -1/2 + 1/2 * phi(1) / Phi(-1).
    assert drawn[:, 2].mean() == pytest.approx(-0.5 + 0.5 * 0.2419707 / 0.1586553, rel=0.03)


def test_a_component_at_zero_of_which_only_the_slope_is_known_is_drawn_from_an_exponential():
    fit = CriteriaFit(
        components=np.array([1.0, 2.0, 0.0, 1.0, 0.5, 1.0, 0.0]),
        covariance=np.diag([0.01, 0.04, 0.0, 0.01, 0.01, 0.01, 0.0]),
        slope=np.array([0.0, 0.0, -20.0, 0.0, 0.0, 0.0, 0.0]),
        information=np.array([1.0, 1.0, 1e-30, 1.0, 1.0, 1.0, 0.0]),
        criteria=4,
        panel=3.0,
    )

    drawn = drawn_components(fit, Draws(seed="many", number=20_000))

    assert drawn[:, 2].mean() == pytest.approx(1 / 20, rel=0.03)
    assert drawn[:, 2].std() == pytest.approx(1 / 20, rel=0.03)
    assert not drawn[:, 6].any(), "without slope or information nothing is known to draw from"


def test_the_order_of_rows_and_the_names_do_not_matter(found):
    renamed = [
        (f"c{99 - unit}", f"r{9 - rater}", score, f"k{9 - criterion}")
        for unit, rater, score, criterion in table()
    ]

    other = criteria_components(ratings(renamed[::-1]))

    assert {key: other[key].value for key in KEYS} == pytest.approx(
        {key: found[key].value for key in KEYS}, rel=1e-5
    )


def test_labels_without_ratings_make_no_difference(found):
    whole = ratings()
    wider = replace(whole, units=("nobody", *whole.units), unit=whole.unit + 1)
    wider = replace(wider, raters=("idle", *whole.raters), rater=whole.rater + 1)

    assert criteria_components(wider)["var_unit"].value == found["var_unit"].value


def test_scores_ten_times_as_far_apart_have_variances_a_hundred_times_as_large(found):
    unit, rater, criterion, y = columns()

    fit = fit_components(unit, rater, criterion, 10 * y - 40)

    assert fit.components / 100 == pytest.approx(np.array([found[key].value for key in VARIANCES]), rel=1e-6)


def test_with_stages_a_candidate_is_judged_anew_at_each_stage():
    rows = table()
    staged = Ratings.from_columns(
        [unit // 2 for unit, *_ in rows],
        [rater for _, rater, *_ in rows],
        [score for _, _, score, _ in rows],
        [criterion for *_, criterion in rows],
        [unit % 2 for unit, *_ in rows],
        scale=Scale(-5, 10, 0.1),
    )

    found = criteria_components(staged)

    assert {key: found[key].value for key in VARIANCES} == pytest.approx(OF_LME4, rel=1e-5)
    assert found["var_unit"].n_candidates == 15
