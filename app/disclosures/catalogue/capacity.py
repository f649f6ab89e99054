"""Capacity: how much time is paid, who comes, and what is expected."""

from app.disclosures.catalogue.fields import (
    MINUTES,
    Group,
    Predictor,
    Step,
    minutes,
    minutes_each,
    number,
    one_of,
    percent,
    visits,
    words,
)
from reports.workload.budget import PayClass

TIME = Group(
    key="time",
    label="Paid time",
    hint="Everything else is measured against it.",
    fields=(
        one_of(
            "period",
            "Week or day",
            ("week", "day"),
            required=True,
            in_sum=True,
            hint="What the sums are of. A day where each is planned alike, as on a ward.",
        ),
        one_of(
            "pay_class",
            "How the job is paid",
            tuple(PayClass),
            required=True,
            in_sum=True,
            hint="Hourly staff may have no unpaid minutes after hours.",
        ),
        minutes("paid_minutes", "Paid minutes", required=True, lowest=1),
        number("unpaid_break", "Unpaid break a day", "min", highest=MINUTES["day"]),
        minutes("paid_breaks", "Paid rest breaks", hint="Those inside the paid minutes."),
        words("hours", "Days and hours"),
        number("evenings", "Evenings a week", "evenings", highest=7),
        number("weekend_days", "Weekend and holiday days in 12 weeks", "days", highest=84),
        number("on_call", "On-call nights a month", "nights", highest=31, hint="Call-ins go in the note."),
        number("schedule_notice", "Notice of a schedule change", "days", highest=365),
        number("schedule_changes", "Schedule changes a month", highest=200, hint="And what sets them off."),
        percent("float_share", "Days at another site"),
        words("float_terms", "Float and PRN", goes_with="float_share", hint="Which sites; who decides."),
        words("planned_hours", "Hours that are planned to change", hint="What, and from which day."),
    ),
)

VISITS = Group(
    key="visits",
    label="People and visits",
    hint="A bad week is the worst of the last 12.",
    fields=(
        number("caseload", "Caseload", "people", predicts=Predictor.PATIENTS),
        visits("visits_booked", "Visits booked", hint="Of every kind together."),
        visits(
            "visits_completed",
            "Visits completed",
            required=True,
            hint="What the worst one was, and why, is needed here.",
        ),
        visits("evaluations_booked", "Evaluations booked"),
        visits("evaluations_completed", "Evaluations completed", required=True, may_not_apply=True),
        minutes_each(
            "evaluation_minutes",
            "Patient time in an evaluation",
            required=True,
            may_not_apply=True,
            goes_with="evaluations_completed",
        ),
        minutes_each("follow_up_minutes", "Patient time in a follow-up", required=True),
        visits("other_visits", "Other visits completed", hint="Reassessments, short sessions."),
        visits("other_visits_booked", "Other visits booked", goes_with="other_visits"),
        minutes_each("other_minutes", "Patient time in another visit", goes_with="other_visits"),
        words("other_named", "What the other visits are", goes_with="other_visits"),
        minutes_each("turnover", "Between two patients", hint="Cleaning, setting up, walking, transport."),
        percent(
            "no_show",
            "Not arriving",
            in_sum=True,
            highest=99,
            hint="Fills the full week where booked visits are not given.",
        ),
        words("lost_slot", "What a lost slot is used for", hint="And what raises the show rate."),
        number("buffer", "Planned buffer a day", "min", highest=MINUTES["day"]),
        percent("group_share", "Group and concurrent treatment"),
        words(
            "group_terms",
            "Groups",
            goes_with="group_share",
            hint="How many people; their own goals; whether they may choose to come alone.",
        ),
        percent("double_booking", "Double-booked"),
        number("add_ons", "Visits added on the same day, a week", highest=1000),
        words("add_on_rule", "Added visits and interruptions", hint="Who may refuse, and what gives way."),
        words("busy_day", "What a busy day is", hint="In numbers."),
    ),
)

TARGET = Group(
    key="target",
    label="Productivity",
    hint="A target is shown beside what is measured, never in its place.",
    fields=(
        percent(
            "target",
            "Productivity, target",
            in_sum=True,
            highest=99,
            predicts=Predictor.TARGET,
            hint="It has to leave time for the rest. Not applicable where there is none.",
        ),
        words(
            "target_terms",
            "What the target means",
            goes_with="target",
            predicts=Predictor.TARGET,
            hint="Numerator, denominator, period.",
        ),
        words(
            "target_missed", "Below the target", goes_with="target", hint="What happens, and from when on."
        ),
        words("target_say", "Who set the target", goes_with="target", hint="And your say in it."),
        percent("productivity", "Productivity, actual", highest=150, predicts=Predictor.TARGET),
        minutes(
            "billable",
            "Billable minutes by your own formula",
            in_sum=False,
            goes_with="target",
            hint="Only where they are not the treatment minutes.",
        ),
        words("guardrail", "What guards quality", hint="The measure and its value. Two sentences at most."),
        visits("points_required", "Points required", hint="Only where visits are counted in points."),
        number(
            "points_evaluation",
            "Points for an evaluation",
            in_sum=True,
            highest=100,
            goes_with="points_required",
        ),
        number(
            "points_follow_up",
            "Points for a follow-up",
            in_sum=True,
            highest=100,
            goes_with="points_required",
        ),
        number(
            "points_other", "Points for another visit", in_sum=True, highest=100, goes_with="points_required"
        ),
    ),
)

CAPACITY = Step(key="capacity", label="Capacity", groups=(TIME, VISITS, TARGET))
