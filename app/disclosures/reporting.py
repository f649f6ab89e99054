"""The door to the workload arithmetic: a disclosure's facts become a workload, and come back assessed."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.disclosures.catalogue import BY_KEY, FIELDS, UNPAID
from app.disclosures.facts import BLANK, Fact, FactState
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
    """Add up the facts once those that every sum needs are there."""
    unstated = [field for field in FIELDS if field.in_sum and not facts.get(field.key, BLANK).is_stated]
    waits_for = tuple(field.label for field in unstated if field.required)
    left_out = tuple(
        field.label
        for field in unstated
        if field.unit == "min" and facts.get(field.key, BLANK).state is not FactState.NOT_APPLICABLE
    )
    return Sums(None if waits_for else assess(workload(facts)), waits_for, left_out)


def workload(facts: Mapping[str, Fact]) -> Workload:
    """The facts as the arithmetic takes them; a field that is not given counts as nothing."""
    stated = {key: fact for key, fact in facts.items() if fact.is_stated}
    typical = _Numbers({key: fact.typical for key, fact in stated.items()})
    worst = _Numbers({key: fact.worst for key, fact in stated.items()})
    has_bad_week = any(fact.bad_week is not None and BY_KEY[key].in_sum for key, fact in stated.items())
    return Workload(
        typical=_week(typical),
        bad=_week(worst) if has_bad_week else None,
        pay_class=PayClass(stated["pay_class"].text),
        after_hours_paid=stated["after_hours_pay"].text != UNPAID,
        no_show=typical.share("no_show"),
        target=typical.share("target"),
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


def _week(numbers: _Numbers) -> Week:
    booked, evaluations_booked = numbers.maybe("visits_booked"), numbers.maybe("evaluations_booked")
    evaluations = numbers.of("evaluations_completed")
    return Week(
        paid=numbers.of("paid_minutes"),
        visits=(
            Visits(
                kind="evaluation",
                completed=evaluations,
                booked=None if booked is None else evaluations_booked,
                patient=numbers.of("evaluation_minutes"),
                writing=numbers.of("evaluation_writing"),
            ),
            Visits(
                kind="follow-up",
                completed=numbers.of("visits_completed") - evaluations,
                booked=None if booked is None or evaluations_booked is None else booked - evaluations_booked,
                patient=numbers.of("follow_up_minutes"),
                writing=numbers.of("follow_up_writing"),
            ),
        ),
        reports=numbers.of("progress_reports"),
        report_minutes=numbers.of("report_minutes"),
        turnover=numbers.of("turnover"),
        fixed=Fixed(**{part: numbers.of(*keys) for part, keys in FIXED.items()}),
        after_hours=numbers.maybe("after_hours"),
    )
