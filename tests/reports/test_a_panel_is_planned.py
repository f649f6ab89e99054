"""How many raters, or stages, a panel needs: projections and what they cost."""

import pytest

from reports.reliability.dstudy import NO_DESIGN, NO_DIFFERENCES, Components, d_study, plan
from reports.reliability.generalizability import Draws
from reports.reliability.reml import NOT_SHARED, VarianceComponents, variance_components
from tests.reports.score_tables import SHROUT_FLEISS, blocks_of, complete, formula_rows

DRAWS = Draws(seed="a report")


def test_shrout_and_fleiss_1979_four_judges_together():
    """Shrout & Fleiss (1979), table 4: ICC(3,1) = .71, ICC(3,4) = .91; ICC(2,1) = .29, ICC(2,4) = .62."""
    studies = d_study(variance_components(complete(SHROUT_FLEISS))).studies

    same, fresh = studies["crossed"].curve, studies["different_panels"].curve
    assert [round(same[m - 1].value, 2) for m in (1, 4)] == [0.71, 0.91]
    assert [round(fresh[m - 1].value, 2) for m in (1, 4)] == [0.29, 0.62]
    assert [projection.raters for projection in same] == list(range(1, 11))


@pytest.mark.parametrize("target", [0.5, 0.8, 0.95])
def test_the_fewest_raters_reach_the_target_and_one_less_does_not(target):
    fit = VarianceComponents(var_unit=0.5, var_rater=0.2, var_residual=0.6)
    for study in d_study(fit, target=target, largest=60).studies.values():
        values = [projection.value for projection in study.curve]

        assert values[study.raters_needed - 1] >= target
        assert study.raters_needed == 1 or values[study.raters_needed - 2] < target


def test_a_target_that_is_met_exactly_is_met():
    fit = VarianceComponents(var_unit=0.4, var_rater=0.0, var_residual=0.3)

    assert d_study(fit).studies["crossed"].raters_needed == 3


def test_more_raters_than_the_curve_shows_are_still_counted():
    fit = VarianceComponents(var_unit=0.1, var_rater=0.0, var_residual=0.9)

    assert d_study(fit).studies["crossed"].raters_needed == 36


def test_no_number_of_raters_finds_differences_that_are_not_there():
    fit = VarianceComponents(var_unit=0.0, var_rater=0.1, var_residual=0.9)
    study = d_study(fit).studies["crossed"]

    assert study.raters_needed is None
    assert study.out_of_reach_because == NO_DIFFERENCES
    assert {projection.value for projection in study.curve} == {0.0}


def test_the_curve_and_the_number_of_raters_have_intervals_from_the_same_draws():
    fit = variance_components(blocks_of(formula_rows()))
    for study in d_study(fit, DRAWS, target=0.9).studies.values():
        for projection in study.curve:
            assert projection.ci[0] < projection.value < projection.ci[1]
        assert study.raters_ci[0] <= study.raters_needed <= study.raters_ci[1]
        assert study.ci_level == 0.95


def test_an_interval_may_have_no_upper_end():
    fit = variance_components(complete([[1, 5, 2], [2, 4, 5], [1, 5, 3], [4, 3, 1], [3, 3, 4]]))
    study = d_study(fit, DRAWS).studies["crossed"]

    assert fit.var_unit == 0.0
    assert study.raters_ci[0] > 1
    assert study.raters_ci[1] is None or study.raters_ci[1] > 100


def test_raters_who_always_agree_need_no_second_and_no_interval():
    study = d_study(variance_components(complete([[1, 1], [4, 4], [5, 5]])), DRAWS).studies[
        "different_panels"
    ]

    assert study.raters_needed == 1
    assert (study.raters_ci, study.ci_level, study.curve[0].ci) == (None, None, None)


def test_without_components_of_variance_nothing_is_projected():
    study = d_study(VarianceComponents(undefined_because=NOT_SHARED), DRAWS)

    assert (study.studies, study.undefined_because) == ({}, NOT_SHARED)


INTERVIEWS = Components(unit=0.5, unit_stage=0.2, rater=0.1, residual=0.4)


def test_a_second_stage_helps_more_than_a_second_rater_where_stages_differ():
    designs = {(d.stages, d.raters_per_stage): d for d in plan(INTERVIEWS, minutes_per_stage=45).designs}

    assert designs[2, 1].reliability == pytest.approx(0.5 / (0.5 + 0.2 / 2 + (0.1 + 0.4) / 2))
    assert designs[1, 2].reliability == pytest.approx(0.5 / (0.5 + 0.2 + (0.1 + 0.4) / 2))
    assert designs[2, 1].staff_hours == designs[1, 2].staff_hours == 1.5


def test_the_cheapest_design_that_reaches_the_target_is_named():
    found = plan(INTERVIEWS, minutes_per_stage=60)

    assert found.cheapest == found.reaching[0]
    assert all(d.reliability >= 0.8 for d in found.reaching)
    assert all(d.reliability < 0.8 for d in found.designs if d.staff_hours < found.cheapest.staff_hours)
    hours = [d.staff_hours for d in found.designs]
    assert hours == sorted(hours)


def test_no_number_of_raters_makes_up_for_a_single_stage():
    found = plan(INTERVIEWS, minutes_per_stage=45, stages=[1], raters_per_stage=range(1, 100))

    assert (found.cheapest, found.reaching, found.out_of_reach_because) == (None, (), NO_DESIGN)
    assert max(d.reliability for d in found.designs) < 0.5 / 0.7


def test_criteria_share_out_what_belongs_to_them_alone():
    parts = Components(unit=1.0, unit_criterion=0.4, unit_rater=0.3, residual=0.8)
    [design] = plan(parts, minutes_per_stage=30, stages=[2], raters_per_stage=[3], criteria=4).designs

    assert design.reliability == pytest.approx(1 / (1 + 0.4 / 4 + 0.3 / 6 + 0.8 / 24))
    assert design.criteria == 4


def test_the_same_panel_for_everyone_makes_severity_harmless():
    same, fresh = (
        plan(INTERVIEWS, minutes_per_stage=30, stages=[2], raters_per_stage=[2], panels=panels).designs[0]
        for panels in ("crossed", "different_panels")
    )

    assert same.reliability == pytest.approx(0.5 / (0.5 + 0.1 + 0.1))
    assert fresh.reliability < same.reliability


def test_without_differences_between_candidates_no_design_is_reliable():
    assert {d.reliability for d in plan(Components(unit=0.0), minutes_per_stage=30).designs} == {0.0}


@pytest.mark.parametrize(
    ("act", "problem"),
    [
        (lambda: d_study(VarianceComponents(), target=1.0), "between 0 and 1, not at 1"),
        (lambda: d_study(VarianceComponents(), largest=0), "at least one rater"),
        (lambda: plan(INTERVIEWS, minutes_per_stage=0), "takes some minutes"),
        (lambda: plan(INTERVIEWS, minutes_per_stage=30, stages=[]), "one stage, one rater"),
        (lambda: plan(INTERVIEWS, minutes_per_stage=30, raters_per_stage=[0]), "one rater at each"),
        (lambda: plan(INTERVIEWS, minutes_per_stage=30, criteria=0), "and one criterion"),
        (lambda: plan(INTERVIEWS, minutes_per_stage=30, panels="nested"), "Panels are crossed or"),
        (lambda: plan(INTERVIEWS, minutes_per_stage=30, target=0.0), "between 0 and 1, not at 0"),
        (lambda: Components(unit=-0.1), "unit is -0.1"),
        (lambda: Components(unit=float("nan")), "0 or more"),
    ],
)
def test_plans_that_make_no_sense_are_refused(act, problem):
    with pytest.raises(ValueError, match=problem):
        act()
