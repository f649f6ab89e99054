"""The minutes of a working week: three examples worked out by hand, every figure of them."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.workload.budget import Budget, Fixed, PayClass, Visits, Week, Workload, budget
from reports.workload.checks import assess
from tests.reports.weeks import CLINIC, UNIT, clinic_week


def parts(spent: Budget) -> tuple[float, ...]:
    return (spent.treat, spent.write, spent.turn, spent.fixed.total, spent.demand, spent.balance)


def test_a_home_health_week_leaves_31_minutes_and_is_54_8_percent_productive():
    spent = budget(
        Week(
            paid=2400,
            visits=(
                Visits(kind="follow-up", completed=24, patient=45, writing=12),
                Visits(kind="evaluation", completed=3, patient=60, writing=35),
                Visits(kind="reassessment", completed=1, patient=55, writing=25),
            ),
            fixed=Fixed(travel=28 * 17, coordination=90, meetings=30, supervision=40),
        )
    )

    assert 24 * (45 + 12) + 3 * (60 + 35) + 1 * (55 + 25) == spent.treat + spent.write == 1368 + 285 + 80
    assert (spent.fixed.travel, spent.demand, spent.balance) == (476, 2369, 31)
    assert spent.billable == 1080 + 180 + 55 == 1315
    assert round(100 * spent.productivity, 1) == 54.8


def test_the_clinics_three_weeks_come_to_what_was_worked_out_by_hand():
    found = assess(CLINIC)

    assert parts(found.typical) == (1860, 90 + 156 + 48, 88, 145, 2387, 13)
    assert parts(found.everyone) == (2100, 318, 100, 145, 2663, -263)
    assert parts(found.bad) == (2200, 352, 104, 125, 2781, -381)
    assert round(100 * found.typical.productivity, 1) == 77.5
    assert round(100 * found.bad.productivity, 1) == 91.7


def test_the_units_day_leaves_two_minutes_and_its_bad_day_lacks_69():
    found = assess(UNIT)

    assert parts(found.typical) == (360, 28, 35, 55, 478, 2)
    assert found.typical.productivity == 0.75
    assert parts(found.bad) == (420, 32, 40, 57, 549, -69)
    assert found.bad.productivity == 0.875
    assert found.lead.endswith("On our worst day about an hour does not fit.")


def test_the_employers_own_formula_stands_beside_the_share_of_treatment():
    spent = budget(clinic_week(5, 39, reports=4, billable=1980))

    assert (spent.productivity, spent.treatment_share) == (0.825, 0.775)


def test_without_bookings_the_no_show_rate_tells_who_would_have_come():
    week = Week(paid=2400, visits=(Visits(kind="visit", completed=44, patient=45, writing=5),), turnover=2)
    workload = Workload(typical=week, no_show=0.12, pay_class=PayClass.SALARIED)

    found = assess(workload)

    assert found.everyone.treat == pytest.approx(50 * 45)
    assert workload.away == pytest.approx(0.12)


@pytest.mark.parametrize("change", [{"target": 1.2}, {"no_show": 1.0}, {"target": -0.1}])
def test_shares_are_shares(change):
    with pytest.raises(ValueError, match="is a share from 0 up to 1"):
        replace(CLINIC, **change)


def test_a_week_without_paid_minutes_is_refused():
    with pytest.raises(ValueError, match="Paid minutes are more than 0"):
        clinic_week(5, 39, reports=4, paid=0)


MINUTES, COUNTS = st.integers(0, 120), st.integers(0, 60)


@st.composite
def weeks(draw: st.DrawFn) -> Week:
    """Any week: one to four kinds of visits, reports, turnover and the fixed parts."""
    kinds = tuple(
        Visits(
            kind=str(number),
            completed=draw(COUNTS),
            patient=draw(MINUTES),
            writing=draw(MINUTES),
            points=draw(st.integers(0, 5)),
        )
        for number in range(draw(st.integers(1, 4)))
    )
    return Week(
        paid=draw(st.integers(1, 6000)),
        visits=kinds,
        reports=draw(COUNTS),
        report_minutes=draw(MINUTES),
        turnover=draw(MINUTES),
        fixed=Fixed(**{part.name: draw(MINUTES) for part in fields(Fixed)}),
        after_hours=draw(st.none() | MINUTES),
    )


@given(weeks())
def test_every_minute_of_a_week_is_in_one_part_and_the_parts_make_the_whole(week):
    spent = budget(week)

    assert spent.demand == spent.treat + spent.write + spent.turn + spent.fixed.total
    assert spent.paid == spent.demand + spent.balance
    assert spent.fixed.total == sum(getattr(spent.fixed, part.name) for part in fields(Fixed))
    assert spent.productivity * spent.paid == pytest.approx(spent.billable)


@given(weeks(), st.integers(2, 60))
def test_in_hours_or_in_seconds_the_week_is_the_same(week, factor):
    """Every minute times a factor is every answer times that factor, and shares stay as they are."""
    other = replace(
        week,
        paid=week.paid * factor,
        visits=tuple(
            replace(kind, patient=kind.patient * factor, writing=kind.writing * factor)
            for kind in week.visits
        ),
        report_minutes=week.report_minutes * factor,
        turnover=week.turnover * factor,
        fixed=_times(week.fixed, factor),
    )

    assert parts(budget(other)) == pytest.approx(tuple(part * factor for part in parts(budget(week))))
    assert budget(other).productivity == pytest.approx(budget(week).productivity)


@given(weeks(), st.integers(2, 12))
def test_twelve_weeks_are_one_week_twelve_times(week, weeks_together):
    together = replace(
        week,
        paid=week.paid * weeks_together,
        visits=tuple(replace(kind, completed=kind.completed * weeks_together) for kind in week.visits),
        reports=week.reports * weeks_together,
        fixed=_times(week.fixed, weeks_together),
    )

    assert parts(budget(together)) == pytest.approx(
        tuple(part * weeks_together for part in parts(budget(week)))
    )


@given(weeks(), st.sampled_from(["completed", "patient", "writing"]), st.integers(1, 20))
def test_more_work_never_leaves_more_time_and_more_pay_never_less(week, part, more):
    first, *rest = week.visits
    heavier = replace(week, visits=(replace(first, **{part: getattr(first, part) + more}), *rest))

    assert budget(heavier).balance <= budget(week).balance
    assert budget(replace(week, paid=week.paid + more)).balance == budget(week).balance + more


@given(weeks(), st.integers(0, 98))
def test_a_target_that_fits_still_fits_when_it_is_lower(week, percent):
    def is_possible(target: float) -> bool:
        found = assess(Workload(typical=week, target=target, pay_class=PayClass.SALARIED))
        return not found.is_blocked

    if is_possible((percent + 1) / 100):
        assert is_possible(percent / 100)


def _times(fixed: Fixed, factor: float) -> Fixed:
    return Fixed(**{part.name: getattr(fixed, part.name) * factor for part in fields(Fixed)})


@given(
    completed=st.lists(st.integers(0, 60), min_size=1, max_size=4),
    minutes=st.integers(0, 90),
    no_show=st.floats(0, 0.5),
)
def test_a_full_week_never_asks_less_than_the_typical_one(completed, minutes, no_show):
    week = Week(
        paid=2400,
        visits=tuple(Visits(kind=str(n), completed=n, patient=minutes, writing=5) for n in completed),
        turnover=3,
        fixed=Fixed(other=10),
    )

    found = assess(Workload(typical=week, no_show=no_show, pay_class=PayClass.SALARIED))

    assert found.everyone.demand >= found.typical.demand - 1e-9
    assert found.typical.balance == pytest.approx(2400 - found.typical.demand)
