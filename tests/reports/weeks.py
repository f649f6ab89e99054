"""Two invented employers whose minutes were worked out by hand: a clinic and an inpatient unit."""

from dataclasses import replace

from reports.workload.budget import Fixed, PayClass, Visits, Week, Workload


def clinic_week(evaluations: float, follow_ups: float, *, reports: float, **changes: object) -> Week:
    """An outpatient clinic: evaluations of 60 and follow-ups of 40 minutes, two minutes between patients."""
    week = Week(
        paid=2400,
        visits=(
            Visits(kind="evaluation", completed=evaluations, booked=5, patient=60, writing=18),
            Visits(kind="follow-up", completed=follow_ups, booked=45, patient=40, writing=4),
        ),
        reports=reports,
        report_minutes=12,
        turnover=2,
        fixed=Fixed(supervision=45, meetings=30, coordination=40, authorization=30),
        after_hours=35,
    )
    return replace(week, **changes)


CLINIC = Workload(
    typical=clinic_week(5, 39, reports=4),
    bad=clinic_week(
        6,
        46,
        reports=5,
        fixed=Fixed(supervision=45, meetings=0, coordination=50, authorization=30),
        after_hours=340,
    ),
    pay_class=PayClass.SALARIED,
    target=0.75,
)


def unit_day(
    long_sessions: float, *, writing: float = 4, handoffs: float = 10, transport: float = 35
) -> Week:
    """An inpatient unit: sessions of 60 minutes and two of 30, and transport between them."""
    sessions = long_sessions + 2
    return Week(
        paid=480,
        visits=(
            Visits(kind="long session", completed=long_sessions, patient=60, writing=writing),
            Visits(kind="short session", completed=2, patient=30, writing=writing),
        ),
        turnover=transport / sessions,
        fixed=Fixed(supervision=15, meetings=10, coordination=handoffs, breaks=20),
        after_hours=0,
    )


UNIT = Workload(
    typical=unit_day(5),
    bad=replace(unit_day(6, handoffs=12, transport=40), after_hours=69),
    period="day",
    pay_class=PayClass.HOURLY,
    after_hours_paid=True,
    target=0.75,
)
