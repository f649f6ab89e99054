"""The door to the workload arithmetic: a disclosure's facts become a workload, and come back assessed."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.disclosures.catalogue import UNPAID, catalogue
from app.disclosures.facts import BLANK, Fact, FactState
from app.disclosures.shares import parts_of, rises_of
from app.disclosures.values import period_of
from reports.workload.budget import Fixed, PayClass, Visits, Week, Workload
from reports.workload.checks import Assessment, Check, Outcome, assess

FIXED = {
    "supervision": ("supervision_given", "supervision_received"),
    "meetings": ("meetings",),
    "coordination": ("coordination",),
    "authorization": ("authorization",),
    "travel": ("travel",),
    "breaks": ("paid_breaks",),
}
MIXES = {"payer": "payer_mix", "condition": "case_mix"}


@dataclass(frozen=True, slots=True)
class Sums:
    """What the facts add up to, or the fields the sum waits for; and what it had to leave out."""

    assessment: Assessment | None
    waits_for: tuple[str, ...]
    left_out: tuple[str, ...]

    @property
    def blocking(self) -> list[Check]:
        """The checks that forbid publication."""
        checks = self.assessment.checks if self.assessment else ()
        return [check for check in checks if check.outcome is Outcome.BLOCKS]


def sums(facts: Mapping[str, Fact]) -> Sums:
    """Add up the effective facts once those that every sum needs are there."""
    fields = catalogue(period_of(facts)).fields
    unstated = [field for field in fields if field.in_sum and not facts.get(field.key, BLANK).is_stated]
    open_ = [field for field in unstated if not (field.may_not_apply and _is_ruled_out(facts, field.key))]
    waits_for = tuple(field.label for field in open_ if field.required)
    left_out = tuple(
        field.label for field in open_ if field.unit == "min" and not _is_ruled_out(facts, field.key)
    )
    return Sums(None if waits_for else assess(workload(facts)), waits_for, left_out)


def _is_ruled_out(facts: Mapping[str, Fact], key: str) -> bool:
    return facts.get(key, BLANK).state is FactState.NOT_APPLICABLE


def workload(facts: Mapping[str, Fact]) -> Workload:
    """The facts as the arithmetic takes them; a field that is not given counts as nothing."""
    period = period_of(facts)
    fields = catalogue(period).by_key
    stated = {key: fact for key, fact in facts.items() if fact.is_stated and key in fields}
    typical = _Numbers({key: fact.typical for key, fact in stated.items()})
    worst = _Numbers({key: fact.worst for key, fact in stated.items()})
    has_bad_week = any(fact.bad_week is not None and fields[key].in_sum for key, fact in stated.items())
    return Workload(
        typical=_week(typical, billable=typical.maybe("billable")),
        bad=_week(worst, billable=None) if has_bad_week else None,
        period=period,
        pay_class=PayClass(stated["pay_class"].text),
        after_hours_paid=stated["after_hours_pay"].text != UNPAID,
        no_show=typical.share("no_show"),
        target=typical.share("target"),
        required_points=typical.maybe("points_required"),
        mixes={
            name: tuple(float(part.share) for part in parts_of(stated[key].items))
            for name, key in MIXES.items()
            if key in stated
        },
        ramp=tuple(float(rise.share) for rise in rises_of(stated["ramp"].items)) if "ramp" in stated else (),
        assistants=typical.maybe("supervision_ratio"),
        assistants_allowed=typical.maybe("ratio_allowed"),
        heavy_day_writing=typical.of("heavy_day_writing"),
        heavy_day=stated["heavy_day"].text if "heavy_day" in stated else "",
    )


class _Numbers:
    """The numbers of one week, by field."""

    def __init__(self, values: Mapping[str, Decimal | None]) -> None:
        self._values = values

    def maybe(self, key: str) -> float | None:
        value = self._values.get(key)
        return None if value is None else float(value)

    def of(self, *keys: str) -> float:
        return sum((self.maybe(key) or 0.0 for key in keys), 0.0)

    def share(self, key: str) -> float | None:
        percent = self.maybe(key)
        return None if percent is None else percent / 100


def _week(numbers: _Numbers, *, billable: float | None) -> Week:
    evaluations, others = numbers.of("evaluations_completed"), numbers.of("other_visits")
    completed = numbers.of("visits_completed")
    booked = _booked(numbers)
    return Week(
        paid=numbers.of("paid_minutes"),
        visits=(
            _kind(numbers, "evaluation", evaluations, booked.get("evaluation")),
            _kind(numbers, "follow-up", completed - evaluations - others, booked.get("follow-up")),
            _kind(numbers, "other", others, booked.get("other")),
        ),
        reports=numbers.of("progress_reports"),
        report_minutes=numbers.of("report_minutes"),
        turnover=numbers.of("turnover"),
        fixed=Fixed(**{part: numbers.of(*keys) for part, keys in FIXED.items()}),
        billable=billable,
        after_hours=numbers.maybe("after_hours"),
    )


def _kind(numbers: _Numbers, kind: str, completed: float, booked: float | None) -> Visits:
    key = kind.replace("-", "_")
    return Visits(
        kind=kind,
        completed=completed,
        booked=booked,
        patient=numbers.of(f"{key}_minutes"),
        writing=numbers.of(f"{key}_writing"),
        points=numbers.of(f"points_{key}"),
    )


def _booked(numbers: _Numbers) -> dict[str, float]:
    """How many of each kind are booked; nothing unless it is known of every kind that happens."""
    all_of_them = numbers.maybe("visits_booked")
    if all_of_them is None:
        return {}
    kinds = {
        "evaluation": ("evaluations_completed", "evaluations_booked"),
        "other": ("other_visits", "other_visits_booked"),
    }
    found = {
        kind: numbers.maybe(booked) if numbers.of(completed) else numbers.of(booked)
        for kind, (completed, booked) in kinds.items()
    }
    known = {kind: count for kind, count in found.items() if count is not None}
    if len(known) < len(kinds):
        return {}
    return {**known, "follow-up": all_of_them - sum(known.values())}
