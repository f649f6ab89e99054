"""The workload of an invented employer, Riverbend Hand and Neuro Clinic: an outpatient job at mid level.

In an ordinary week 13 minutes are left, in a full one 263 do not fit, in the bad one 381 do not.
"""

from datetime import date, timedelta
from decimal import Decimal

from app.disclosures.facts import Basis, Fact, FactState

THIRD_OF_MARCH = date(2026, 3, 3)
NOT_APPLICABLE = Fact(state=FactState.NOT_APPLICABLE)


def facts(as_of: date = THIRD_OF_MARCH) -> dict[str, Fact]:
    """Every field with its envelope, and the shared source of each group, as somebody would type them."""
    return {
        **_paid_time(as_of),
        **_visits(as_of),
        **_productivity(as_of),
        **_writing(as_of),
        **_support(as_of),
        **_joining(as_of),
        **_scope(as_of),
    }


def _number(typical: float, low: float | None = None, high: float | None = None, **more: object) -> Fact:
    """A number; `bad` is that of the bad week, and everything else is said by name."""
    bad = more.pop("bad", None)
    ends = {"low": low, "high": high, "bad_week": bad}
    given = {name: Decimal(str(value)) for name, value in ends.items() if value is not None}
    return Fact(typical=Decimal(str(typical)), **given, **more)  # type: ignore[arg-type]  # its fields by name


def _words(text: str, **more: object) -> Fact:
    return Fact(text=text, **more)  # type: ignore[arg-type]  # its fields by name


def _shared(as_of: date, source: str, *, basis: Basis | None = None, measured: bool = False) -> Fact:
    """The source of a group; what is measured here was measured over 12 weeks on 4 therapists."""
    if measured:
        return Fact(
            basis=Basis.MEASURED, source=source, window_weeks=12, people=4, as_of=as_of, owner="clinic lead"
        )
    return Fact(basis=basis, source=source, as_of=as_of, owner="clinic lead")


def _paid_time(as_of: date) -> dict[str, Fact]:
    return {
        "time_source": _shared(as_of, "contract", basis=Basis.CONTRACT),
        "pay_class": _words("salaried exempt"),
        "pay_covers": _words("Documentation is inside the salary; no bonus.", source="HR"),
        "paid_minutes": _number(2400),
        "unpaid_break": _number(45),
        "paid_breaks": NOT_APPLICABLE,
        "hours": _words("Monday to Friday, one evening to 7; two evenings in a bad week.", source="schedule"),
        "schedule_notice": _number(7, bad=1, source="schedule"),
    }


def _visits(as_of: date) -> dict[str, Fact]:
    return {
        "visits_source": _shared(as_of, "schedule", measured=True),
        "caseload": _number(46, 38, 55, bad=61, source="EHR"),
        "visits_booked": _number(50, 45, 56, bad=57),
        "visits_completed": _number(44, 40, 50, bad=52, bad_week_reason="a colleague on leave"),
        "evaluations_booked": _number(5, bad=6),
        "evaluations_completed": _number(5, bad=6),
        "evaluation_minutes": _number(60, 50, 65),
        "follow_up_minutes": _number(40, 35, 45),
        "turnover": _number(2),
        "no_show": _number(12, 7, 17, bad=9),
        "lost_slot": _words("Used for notes; no planned buffer."),
    }


def _productivity(as_of: date) -> dict[str, Fact]:
    return {
        "target_source": _shared(as_of, "policy 12", basis=Basis.POLICY),
        "target": _number(75, note="A target, not a measurement."),
        "target_terms": _words(
            "Treatment minutes of paid minutes, monthly. Missing it twice means a talk. Set by the owner; "
            "therapists are consulted yearly."
        ),
        "productivity": _number(
            77.5, 72, 83, bad=91.7, basis=Basis.MEASURED, source="schedule", window_weeks=12, people=4
        ),
    }


def _writing(as_of: date) -> dict[str, Fact]:
    return {
        "writing_source": _shared(as_of, "EHR timestamps", measured=True),
        "evaluation_writing": _number(18, 12, 30, people=3),
        "follow_up_writing": _number(4, 2, 8, people=3),
        "progress_reports": _number(4, bad=5, people=3),
        "report_minutes": _number(12, 8, 20, people=3),
        "writing_inside": _words(
            "Evaluation 9 minutes, follow-up 5. Expected in half of follow-ups, not in splinting or "
            "cognition sessions: policy 9."
        ),
        "protected_writing": _number(60, 0, 60, bad=0, source="schedule", note="Kept 8 weeks of 12."),
        "after_hours": _number(35, 0, 120, bad=340),
        "after_hours_pay": _words("not separately paid", source="contract"),
        "note_deadline": _words(
            "Same day. Never skipped: minutes, skilled need, response, plan, precautions. May wait: the "
            "home-program printout.",
            source="policy 15",
        ),
        "notes_on_time": _number(91, 84, 97, bad=78, source="audit"),
    }


def _support(as_of: date) -> dict[str, Fact]:
    diary = {"basis": Basis.ESTIMATED, "source": "diary", "window_weeks": 2}
    return {
        "support_source": _shared(as_of, "log", measured=True),
        "supervision_given": _number(45, 30, 60, bad=45),
        "supervision_received": NOT_APPLICABLE,
        "supervision_terms": _words(
            "One OTA. Counted as paid time, not in the target. The state's rule was checked on 3 March."
        ),
        "co_sign": _number(48, 12, 72, bad=96, note="OTA progress data and discharge notes."),
        "meetings": _number(30, 0, 60, bad=0, **diary),
        "coordination": _number(40, 20, 70, bad=50, **diary),
        "authorization": _number(30, bad=30, source="billing", note="41% of people need one; 5% are denied."),
        "travel": NOT_APPLICABLE,
        "aide_hours": _number(6, 4, 8, bad=0, source="payroll"),
    }


def _joining(as_of: date) -> dict[str, Fact]:
    return {
        "joining_source": _shared(as_of, "policy", basis=Basis.POLICY),
        "ramp": _words(
            "30% of a full load in week 1, 50% in week 3, 75% in week 6, 90% in week 9, all of it in week 12."
        ),
        "mentor": _number(60, bad=30, note="To day 90."),
        "license_weeks": Fact(
            low=Decimal(4),
            high=Decimal(8),
            bad_week=Decimal(12),
            basis=Basis.ESTIMATED,
            source="state board",
            as_of=as_of - timedelta(days=11),
            note="Whether the OT Compact is open in the state has to be checked.",
        ),
    }


def _scope(as_of: date) -> dict[str, Fact]:
    return {
        "scope_source": _shared(as_of, "policy"),
        "scope_owned": _words("Evaluation\nPlan\nDischarge\nSplints"),
        "scope_not_owned": _words("Payer appeals\nScheduling templates"),
        "scope_escalate": _words("Red-flag hand: surgeon line\nConduct: lead"),
        "overload_plan": _words(
            "At 50 booked with an absence, adds stop, the desk rebooks stable follow-ups, the lead decides "
            "by 8:15. Last used 11 February, 6 moved.",
            source="log",
        ),
        "hardest_part": _words("Authorizations that end mid-week.", source="staff"),
    }
