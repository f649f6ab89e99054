"""How far a panel's score would be found again by another panel, and how sure that is."""

import dataclasses
import math

import numpy as np
import pytest

from reports.counting.blocks import Blocks
from reports.reliability.generalizability import (
    NO_ERROR_TO_DRAW,
    NO_SCORES,
    OF_THE_DESIGN,
    ONE_CANDIDATE,
    Draws,
    generalizability,
    k_harmonic,
    q,
    reliability,
)
from reports.reliability.reml import NO_SCORES as NOTHING_TO_FIT
from reports.reliability.reml import NOT_SHARED, variance_components
from tests.reports.score_tables import SHROUT_FLEISS, blocks_of, complete, drawn, formula_rows

DRAWS = Draws(seed="a report")
KEYS = {
    "g_q_k",
    "icc_a_1_reml",
    "icc_c_1_reml",
    "reml_var_unit",
    "reml_var_rater",
    "reml_var_residual",
    "reml_mean",
    "k_harmonic",
    "q",
}


def q_by_the_double_loop(rows):
    """Putka et al. (2008), as printed: over ordered pairs of ratees."""
    panels = {}
    for unit, rater, _ in rows:
        panels.setdefault(unit, set()).add(rater)
    pairs = [(one, other) for one in panels for other in panels if one != other]
    shared = sum(
        len(panels[one] & panels[other]) / (len(panels[one]) * len(panels[other])) for one, other in pairs
    )
    return np.mean([1 / len(panel) for panel in panels.values()]) - shared / len(pairs)


def test_shrout_and_fleiss_1979_four_judges_and_six_targets():
    """Shrout & Fleiss (1979), table 4: ICC(2,1) = .29, ICC(3,1) = .71, ICC(3,4) = .91."""
    found = generalizability(complete(SHROUT_FLEISS))

    assert found.keys() == KEYS
    assert round(found["icc_a_1_reml"].value, 2) == 0.29
    assert round(found["icc_c_1_reml"].value, 2) == 0.71
    assert round(found["g_q_k"].value, 2) == 0.91, "the panel is the same for all, so that q is 0"
    assert (found["q"].value, found["k_harmonic"].value) == (0.0, 4.0)


def test_overlapping_panels_have_the_q_of_the_double_loop():
    rows = formula_rows()

    assert q(blocks_of(rows)) == pytest.approx(q_by_the_double_loop(rows), rel=1e-12)


def test_nested_panels_have_all_of_the_raters_variance():
    nested = Blocks.of([0, 0, 1, 1], [0, 1, 2, 3], [1, 2, 3, 5], raters=range(4))

    assert q(nested) == pytest.approx(1 / 2)


def test_the_coefficients_follow_from_the_components():
    blocks = blocks_of(formula_rows())
    found = {key: statistic.value for key, statistic in generalizability(blocks).items()}
    unit, rater, residual = (found[f"reml_var_{name}"] for name in ("unit", "rater", "residual"))

    assert found["g_q_k"] == pytest.approx(unit / (unit + q(blocks) * rater + residual / k_harmonic(blocks)))
    assert found["icc_a_1_reml"] == pytest.approx(unit / (unit + rater + residual))
    assert found["icc_c_1_reml"] == pytest.approx(unit / (unit + residual))
    assert found["reml_mean"] == pytest.approx(42.59711626)


def test_each_statistic_says_on_what_it_rests():
    rows = formula_rows()
    found = generalizability(blocks_of(rows), DRAWS)
    seen = [u for u, _, _ in rows]
    twice = sum(seen.count(u) >= 2 for u in range(30))

    assert twice < 30
    assert {(s.n_units, s.n_candidates, s.n_raters) for s in found.values()} == {(twice, twice, 6)}
    assert found["q"].no_interval_because == OF_THE_DESIGN
    assert "4000 draws" in found["g_q_k"].method


def test_the_same_seed_gives_the_same_interval_and_another_nearly_the_same():
    blocks = blocks_of(formula_rows())
    one, again, other = (
        generalizability(blocks, Draws(seed=seed))["g_q_k"].ci for seed in ("one", "one", "other")
    )

    assert one == again != other
    assert other == pytest.approx(one, abs=0.01)


def test_the_interval_and_the_standard_error_tell_of_the_same_spread():
    unit, rater, score, _ = drawn(1, units=400, raters=60)
    found = generalizability(Blocks.of(unit, rater, score, raters=range(60)), DRAWS)

    for key in KEYS - {"q", "k_harmonic"}:
        low, high = found[key].ci
        assert low < found[key].value < high
        assert (high - low) / (2 * 1.96) == pytest.approx(found[key].se, rel=0.1)
        assert found[key].ci_level == 0.95


def test_a_wider_level_gives_a_wider_interval_of_the_mean_too():
    blocks = blocks_of(formula_rows())
    wide = generalizability(blocks, Draws(seed="x", level=0.99))["reml_mean"]
    usual = generalizability(blocks)["reml_mean"]

    assert (usual.ci[1] - usual.value) / usual.se == pytest.approx(1.96, abs=1e-3)
    assert (wide.ci[1] - wide.value) / wide.se == pytest.approx(2.576, abs=1e-3)
    assert wide.ci_level == 0.99


@pytest.mark.parametrize(
    ("units", "raters", "variances"),
    [(60, 12, (0.5, 0.1, 0.4)), (120, 20, (0.5, 0.1, 0.4)), (60, 12, (0.5, 0.02, 0.5))],
)
def test_the_intervals_cover_what_they_promise(units, raters, variances):
    """100 tables from the model: of intervals that cover 95 %, fewer than 89 % cover once in 200 times."""
    covered = []
    for seed in range(100):
        unit, rater, score, _ = drawn(seed, units=units, raters=raters, variances=variances)
        blocks = Blocks.of(unit, rater, score, raters=range(raters))
        found = generalizability(blocks, Draws(seed="x", number=1000))
        true = reliability(np.array(variances), q(blocks), 1 / k_harmonic(blocks))
        single = reliability(np.array(variances), 1.0, 1.0)
        pairs = ((found["g_q_k"].ci, true), (found["icc_a_1_reml"].ci, single))
        covered.append([low <= value <= high for (low, high), value in pairs])

    assert (np.mean(covered, axis=0) >= 0.89).all()


def test_a_variance_of_zero_is_drawn_from_zero_upward():
    fit = variance_components(complete([[1, 2], [4, 4], [5, 3]]))
    drawn_variances = DRAWS.variances(fit)

    assert fit.var_rater == 0.0
    assert (drawn_variances[:, 1] >= 0).all()
    assert drawn_variances[:, 1].std() > 0
    found = generalizability(complete([[1, 2], [4, 4], [5, 3]]), DRAWS)["reml_var_rater"]
    assert found.se is None
    assert found.ci[1] > 0


@pytest.mark.parametrize("curvature", [4.0, 0.0, -1.0])
def test_the_draws_from_zero_have_the_density_they_should(curvature):
    """exp(-slope v - curvature v^2 / 2) on v >= 0, a bare exponential where the curvature is not upward."""
    fit = dataclasses.replace(
        variance_components(complete([[1, 2], [4, 4], [5, 3]])), slope=(0.0, 2.0), curvature=(0.0, curvature)
    )
    values = np.linspace(0, 30, 300_001)
    density = np.exp(-2 * values - max(curvature, 0) * values**2 / 2)

    drawn_variances = Draws(seed="x", number=20_000).variances(fit)[:, 1]

    assert drawn_variances.mean() == pytest.approx((values @ density) / density.sum(), rel=0.03)


def test_a_variance_of_which_little_is_known_is_not_drawn_absurdly_large():
    fit = variance_components(complete(SHROUT_FLEISS))
    information = fit.information.copy()
    information[1] = information[:, 1] = 0.0
    information[1, 1] = 0.01
    drawn_variances = DRAWS.variances(dataclasses.replace(fit, information=information))

    assert np.quantile(drawn_variances[:, 1], 0.975) < 1000 * fit.var_rater
    assert (drawn_variances[:, 1] >= 0).all()


def test_raters_who_always_agree_are_wholly_reliable_without_an_interval():
    found = generalizability(complete([[1, 1], [4, 4], [5, 5]]), DRAWS)

    assert found["g_q_k"].value == 1.0
    assert (found["g_q_k"].se, found["g_q_k"].ci) == (None, None)
    assert found["g_q_k"].no_interval_because == NO_ERROR_TO_DRAW
    assert found["reml_mean"].ci is not None


@pytest.mark.parametrize(
    ("unit", "rater", "fit_because", "design_because"),
    [
        ([], [], NOTHING_TO_FIT, NO_SCORES),
        ([0], [0], None, ONE_CANDIDATE),
        ([0, 1], [0, 1], NOT_SHARED, None),
    ],
)
def test_what_is_undefined_is_said(unit, rater, fit_because, design_because):
    found = generalizability(
        Blocks.of(unit, rater, np.arange(1, len(unit) + 1), raters=["Iris", "Ivo"]), DRAWS
    )

    for key in KEYS - {"q", "k_harmonic"}:
        assert found[key].value is None
        assert fit_because in (None, found[key].undefined_because)
    assert found["q"].undefined_because == design_because


def test_draws_that_make_no_sense_are_refused():
    with pytest.raises(ValueError, match="at least 100 draws"):
        Draws(seed="x", number=10)
    with pytest.raises(ValueError, match="between 0 and 1"):
        Draws(seed="x", level=95)


def test_where_nothing_varies_nothing_is_reliable():
    assert float(reliability(np.zeros(3), 1.0, 1.0)) == 0.0
    assert math.isfinite(generalizability(complete([[1, 5], [2, 4], [1, 5], [2, 3]]), DRAWS)["g_q_k"].ci[1])
