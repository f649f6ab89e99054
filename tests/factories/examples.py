"""Two more invented employers, as their managers type them: an inpatient unit by the day, and home health."""

from datetime import date

from app.demo.typed import NOT_APPLICABLE, number, shared, whole, words
from app.disclosures.facts import Basis, Fact
from app.jobs.rules import Profile
from scenarios import Level, Role, Setting

LAKESHORE = Profile(Setting.INPATIENT_REHAB, Role.OTA, Level.MID)
HOME = Profile(Setting.HOME_HEALTH, Role.OT, Level.MID)
APRIL = date(2026, 4, 14)
MEASURED = {"basis": Basis.MEASURED, "window_weeks": 12, "people": 5}


def lakeshore(as_of: date = APRIL) -> dict[str, Fact]:
    """An OTA's day on an inpatient rehab unit: five sessions of an hour and two of half an hour."""
    log = shared(as_of, "log", people=5, owner="lead therapist")
    said = {
        "time_source": shared(as_of, "contract", basis=Basis.CONTRACT, owner="lead therapist"),
        "period": words("day"),
        "pay_class": words("hourly"),
        "paid_minutes": number(480),
        "unpaid_break": number(30),
        "paid_breaks": number(20, note="2 of 10 minutes."),
        "weekend_days": number(3, bad=4, note="1 day every fourth weekend, a weekday off; every third."),
        "schedule_notice": number(14, bad=3),
        "float_share": number(5, 0, 10, bad=15, note="Acute ward, 1 day a month."),
        "float_terms": words("The acute ward 1 day a month, after a competency check."),
        "visits_source": log,
        "caseload": number(6, 6, 8, bad=8),
        "visits_completed": number(7, 6, 8, bad=8, bad_week_reason="one OTA out"),
        "follow_up_minutes": number(60),
        "other_visits": number(2),
        "other_minutes": number(30),
        "other_named": words("Sessions of 30 minutes: 2 a day."),
        "turnover": number(5, note="Transport, 5 minutes a session."),
        "no_show": number(6, 3, 10, bad=14),
        "lost_slot": words("Make-up minutes are sought the same day: the three-hour rule."),
        "group_share": number(8, 0, 12, bad=15),
        "group_terms": words("Two patients, each may opt out."),
        "target_source": shared(as_of, "policy 4", basis=Basis.POLICY, owner="lead therapist"),
        "target": number(75),
        "target_terms": words("Treatment minutes of paid minutes, weekly."),
        "target_missed": words("No discipline in the first 90 days."),
        "productivity": number(75, 70, 79, bad=87.5, source="log", **MEASURED),
        "writing_source": shared(as_of, "EHR timestamps", people=5, owner="lead therapist"),
        "follow_up_writing": number(4, 4, 8, bad=4, note="8 a session: 4 in it, 4 after."),
        "other_writing": number(4),
        "progress_reports": NOT_APPLICABLE,
        "follow_up_inside": number(4),
        "heavy_day_writing": number(10, note="Summary data for the OT."),
        "heavy_day": words("Fridays"),
        "point_of_care": number(50, basis=Basis.POLICY, source="policy 6"),
        "writing_inside": words("Never during transfers, cooking, toileting or distress."),
        "after_hours": number(0, 0, 30, bad=69, source="payroll", note="Forbidden off the clock."),
        "after_hours_pay": words("paid as overtime", basis=Basis.CONTRACT, source="contract"),
        "note_deadline": words("The end of each shift."),
        "notes_on_time": number(96, 92, 99, bad=88, source="audit"),
        "never_skipped": words("Minutes\nResponse\nChange in status"),
        "may_wait": words("Handouts"),
        "supervision_source": log,
        "supervision_received": number(15, 10, 25, bad=15),
        "supervisor": words("The assigned OT, 1 for each OTA."),
        "supervision_ratio": number(2),
        "ratio_allowed": number(3),
        "state_rule": words("Rule 12 of the board, read on 10 April.", basis=Basis.LAW, source="board"),
        "supervision_on_site": number(100, note="Weekdays."),
        "supervision_terms": words("A joint session each week."),
        "supervision_cover": words("At weekends 1 OT by phone, on site in 40 minutes."),
        "co_sign": number(24, 6, 30, bad=48),
        "plan_changes": words(
            "You ask in the chart and in person; the OT answers the same shift. You edit no goals."
        ),
        "payers_source": shared(as_of, "billing", people=5, owner="lead therapist"),
        "payer_mix": words("Medicare 58\nMedicare Advantage 22\nOther 20"),
        "authorization": NOT_APPLICABLE,
        "patients_source": shared(as_of, "EHR", people=5, owner="lead therapist"),
        "case_mix": words("Stroke 38\nOrthopedic 27\nBrain injury 15\nOther 20"),
        "acuity": number(25, bad=40, note="Two-person help."),
        "support_source": log,
        "support_shared": words("Lift team 8 to 4, none after 4 on a bad day. One aide for three."),
        "meetings": number(10),
        "coordination": number(10, bad=12, note="Handoffs."),
        "getting_there_source": log,
        "travel": NOT_APPLICABLE,
        "joining_source": shared(as_of, "policy", basis=Basis.POLICY, owner="lead therapist"),
        "ramp": words("week 1: 33\nweek 3: 67\nweek 6: 83\nweek 8: 100", note="2, 4, 5 and 6 patients."),
        "mentor": number(45, bad=20),
        "ce_money": number(600),
        "ce_hours": number(16),
        "license_weeks": number(6, 3, 6, bad=10, note="After the NBCOT score.", source="board"),
        "team_source": shared(as_of, "payroll", people=5, owner="lead therapist"),
        "vacancy": number(17, note="1 of 6 posts."),
        "departures": number(33, note="2 of 6."),
        "prn_share": number(6),
        "scope_source": shared(as_of, "policy", owner="lead therapist"),
        "scope_owned": words("Treatment in the plan\nDaily note\nCaregiver practice"),
        "scope_not_owned": words("Evaluation\nGoals\nDischarge"),
        "scope_escalate": words("Change in status: the OT now\nNurse\nRapid response"),
        "hardest_part": words("Transport takes longer than five minutes when the lift is down."),
        "overload_source": shared(as_of, "log", basis=Basis.POLICY, owner="lead therapist"),
        "overload_trigger": number(8, note="Sessions, or a second absence."),
        "overload_plan": words("The group is dropped, and the OT takes one session."),
        "overload_decides": words("The charge therapist."),
        "overload_reply": words("By 10:00, with a list of make-up minutes."),
        "overload_used": words("2 April."),
        "overload_result": words("1 session moved."),
        "pay_source": shared(as_of, "HR", basis=Basis.CONTRACT, owner="lead therapist"),
        "pay_covers": words("All recorded time is paid."),
        "differentials": words("Weekends $2.50 more an hour."),
    }
    return whole(said, LAKESHORE)


def home_health(as_of: date = APRIL) -> dict[str, Fact]:
    """A home health week: 24 follow-ups, 3 evaluations, 1 reassessment, 17 minutes of travel to each."""
    said = {
        "time_source": shared(as_of, "contract", basis=Basis.CONTRACT),
        "period": words("week"),
        "pay_class": words("salaried exempt"),
        "paid_minutes": number(2400),
        "visits_source": shared(as_of, "schedule", people=6),
        "visits_completed": number(28),
        "evaluations_completed": number(3),
        "evaluation_minutes": number(60),
        "follow_up_minutes": number(45),
        "other_visits": number(1),
        "other_minutes": number(55),
        "other_named": words("1 reassessment a week."),
        "turnover": NOT_APPLICABLE,
        "target": NOT_APPLICABLE,
        "writing_source": shared(as_of, "EHR timestamps", people=6),
        "evaluation_writing": number(35),
        "follow_up_writing": number(12),
        "other_writing": number(25),
        "progress_reports": NOT_APPLICABLE,
        "after_hours_pay": words("paid at the usual rate"),
        "supervision_source": shared(as_of, "log", people=6),
        "supervision_received": NOT_APPLICABLE,
        "supervision_given": number(40),
        "authorization": NOT_APPLICABLE,
        "support_source": shared(as_of, "log", people=6),
        "meetings": number(30),
        "coordination": number(90),
        "getting_there_source": shared(as_of, "log", people=6),
        "travel": number(28 * 17),
    }
    return whole(said, HOME)
