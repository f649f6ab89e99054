"""The workload of an invented employer, Riverbend Hand and Neuro Clinic: an outpatient job at mid level.

In an ordinary week 13 minutes are left, in a full one 263 do not fit, in the bad one 381 do not.
"""

from datetime import date, timedelta
from decimal import Decimal

from app.demo.typed import NOT_APPLICABLE, number, shared, whole, words
from app.disclosures.facts import Basis, Fact
from app.jobs.rules import Profile
from scenarios import Level, Role, Setting

THIRD_OF_MARCH = date(2026, 3, 3)
PROFILE = Profile(Setting.OUTPATIENT, Role.OT, Level.MID)
THERAPISTS = 4


def facts(as_of: date = THIRD_OF_MARCH) -> dict[str, Fact]:
    """Every field with its envelope, and the shared source of each group, as somebody would type them."""
    said = {
        **_paid_time(as_of),
        **_visits(as_of),
        **_productivity(as_of),
        **_writing(as_of),
        **_supervision(as_of),
        **_payers(as_of),
        **_support(as_of),
        **_joining(as_of),
        **_team(as_of),
        **_scope(as_of),
    }
    return whole(said, PROFILE)


def _paid_time(as_of: date) -> dict[str, Fact]:
    return {
        "time_source": shared(as_of, "contract", basis=Basis.CONTRACT),
        "period": words("week"),
        "pay_class": words("salaried exempt"),
        "paid_minutes": number(2400),
        "unpaid_break": number(45),
        "paid_breaks": NOT_APPLICABLE,
        "hours": words("Monday to Friday, one evening to 7.", source="schedule"),
        "evenings": number(1, bad=2, source="schedule"),
        "weekend_days": number(0, source="schedule"),
        "on_call": number(0),
        "schedule_notice": number(7, bad=1, source="schedule"),
        "float_share": number(
            10, 0, 10, bad=15, source="schedule", note="0 to 2 days a month; 3 in the bad one."
        ),
        "float_terms": words("The second site, 1 day in 10.", source="schedule"),
    }


def _visits(as_of: date) -> dict[str, Fact]:
    return {
        "visits_source": shared(as_of, "schedule", people=THERAPISTS),
        "caseload": number(46, 38, 55, bad=61, source="EHR"),
        "visits_booked": number(50, 45, 56, bad=57),
        "visits_completed": number(44, 40, 50, bad=52, bad_week_reason="a colleague on leave"),
        "evaluations_booked": number(5, bad=6),
        "evaluations_completed": number(5, bad=6),
        "evaluation_minutes": number(60, 50, 65),
        "follow_up_minutes": number(40, 35, 45),
        "other_visits": NOT_APPLICABLE,
        "turnover": number(2),
        "no_show": number(12, 7, 17, bad=9),
        "lost_slot": words("Used for notes."),
        "buffer": number(0),
        "double_booking": number(0),
        "add_ons": number(1, 0, 3, bad=5),
        "add_on_rule": words("You may refuse each one."),
    }


def _productivity(as_of: date) -> dict[str, Fact]:
    return {
        "target_source": shared(as_of, "policy 12", basis=Basis.POLICY),
        "target": number(75, note="A target, not a measurement."),
        "target_terms": words("Treatment minutes of paid minutes, monthly."),
        "target_missed": words("Missing it twice means a talk."),
        "target_say": words("Set by the owner; OTs are consulted once a year."),
        "billable": NOT_APPLICABLE,
        "productivity": number(
            77.5,
            72,
            83,
            bad=91.7,
            basis=Basis.MEASURED,
            source="schedule",
            window_weeks=12,
            people=THERAPISTS,
        ),
        "points_required": NOT_APPLICABLE,
    }


def _writing(as_of: date) -> dict[str, Fact]:
    return {
        "writing_source": shared(as_of, "EHR timestamps", people=THERAPISTS),
        "evaluation_writing": number(18, 12, 30, people=3),
        "follow_up_writing": number(4, 2, 8, people=3),
        "progress_reports": number(4, bad=5, people=3),
        "report_minutes": number(12, 8, 20, people=3),
        "evaluation_inside": number(9, people=3),
        "follow_up_inside": number(5, people=3),
        "point_of_care": number(50, note="Of follow-ups.", basis=Basis.POLICY, source="policy 9"),
        "writing_inside": words(
            "Not in splinting or cognition sessions.", basis=Basis.POLICY, source="policy 9"
        ),
        "protected_writing": number(60, 0, 60, bad=0, source="schedule"),
        "protected_kept": number(66.7, source="schedule", note="8 weeks of 12."),
        "after_hours": number(35, 0, 120, bad=340),
        "after_hours_pay": words("not separately paid", basis=Basis.CONTRACT, source="contract"),
        "note_deadline": words("Same day.", basis=Basis.POLICY, source="policy 15"),
        "notes_on_time": number(91, 84, 97, bad=78, source="audit"),
        "never_skipped": words(
            "Minutes\nSkilled need\nResponse\nPlan\nPrecautions", basis=Basis.POLICY, source="policy 15"
        ),
        "may_wait": words("Home-program printout", basis=Basis.POLICY, source="policy 15"),
        "ai_drafting": words(
            "Allowed with consent; you check and sign each one.", basis=Basis.POLICY, source="policy 15"
        ),
        "record_system": words("Web system, on tablets. Down for 2 hours in the bad week.", source="log"),
    }


def _supervision(as_of: date) -> dict[str, Fact]:
    return {
        "supervision_source": shared(as_of, "log", people=THERAPISTS),
        "supervision_received": NOT_APPLICABLE,
        "state_rule": words("Checked on 3 March.", basis=Basis.LAW, source="state board"),
        "supervision_given": number(45, 30, 60, bad=45),
        "supervised": number(1, note="An OTA."),
        "supervision_counted": words("not counted in the target"),
        "co_sign": number(48, 12, 72, bad=96),
        "co_sign_notes": words("OTA progress data and discharge notes, in 48 hours."),
    }


def _payers(as_of: date) -> dict[str, Fact]:
    return {
        "payers_source": shared(as_of, "billing", people=THERAPISTS),
        "payer_mix": words("Commercial 48\nMedicare 34\nWorkers' compensation 12\nSelf-pay 6"),
        "authorization_share": number(41),
        "authorization": number(30, bad=30),
        "denials": number(5, 3, 8),
        "patients_source": shared(as_of, "EHR", people=THERAPISTS),
        "case_mix": words("Hand 55\nNeuro 30\nOther 15"),
        "acuity": number(20, bad=28),
    }


def _support(as_of: date) -> dict[str, Fact]:
    diary = {"basis": Basis.ESTIMATED, "source": "diary", "window_weeks": 2}
    return {
        "support_source": shared(as_of, "payroll", people=THERAPISTS),
        "aide_hours": number(6, 4, 8, bad=0),
        "authorization_hours": number(3, 2, 4, bad=3),
        "support_shared": words("One front desk for all 4 of us."),
        "meetings": number(30, 0, 60, bad=0, **diary),
        "coordination": number(40, 20, 70, bad=50, **diary),
        "getting_there_source": shared(as_of, "schedule"),
        "travel": NOT_APPLICABLE,
    }


def _joining(as_of: date) -> dict[str, Fact]:
    board = {"basis": Basis.ESTIMATED, "source": "state board", "as_of": as_of - timedelta(days=11)}
    return {
        "joining_source": shared(as_of, "policy", basis=Basis.POLICY),
        "ramp": words("week 1: 30\nweek 3: 50\nweek 6: 75\nweek 9: 90\nweek 12: 100"),
        "mentor": number(60, bad=30),
        "mentor_terms": words("A colleague, to day 90."),
        "ce_money": number(1200),
        "ce_hours": number(24),
        "license_weeks": Fact(low=Decimal(4), high=Decimal(8), bad_week=Decimal(12), **board),  # type: ignore[arg-type]  # its fields by name
        "temporary_permit": words("Check whether the OT Compact is open in this state: 1 call.", **board),
    }


def _team(as_of: date) -> dict[str, Fact]:
    return {
        "team_source": shared(as_of, "payroll", people=5),
        "vacancy": number(11, note="0.5 FTE."),
        "departures": number(20, note="1 of 5."),
        "tenure": number(3.1),
    }


def _scope(as_of: date) -> dict[str, Fact]:
    return {
        "scope_source": shared(as_of, "policy"),
        "scope_owned": words("Evaluation\nPlan\nDischarge\nSplints"),
        "scope_not_owned": words("Payer appeals\nScheduling templates"),
        "scope_escalate": words("Red-flag hand: surgeon line\nConduct: lead"),
        "hardest_part": words("Authorizations that end mid-week.", source="staff"),
        "overload_source": shared(as_of, "log", basis=Basis.POLICY),
        "overload_trigger": number(50, note="Booked, with an absence."),
        "overload_plan": words("Adds stop, and the desk rebooks stable follow-ups."),
        "overload_decides": words("The lead."),
        "overload_reply": words("By 8:15."),
        "overload_used": words("11 February."),
        "overload_result": words("6 visits moved."),
        "pay_source": shared(as_of - timedelta(days=2), "HR", basis=Basis.CONTRACT),
        "pay_covers": words("Documentation is inside the salary; no bonus."),
        "bonus": words("None."),
    }
