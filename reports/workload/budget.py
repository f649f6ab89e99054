"""The arithmetic of a workload disclosure: whether the work fits into the paid time, and what does not.

Minutes of one period, a week or a day. Pure arithmetic on plain numbers; the words are in `workload_words`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Literal

Period = Literal["week", "day"]


class PayClass(StrEnum):
    """How the job is paid; it decides what unpaid minutes mean."""

    SALARIED = "salaried exempt"
    HOURLY = "hourly"
    PER_VISIT = "per visit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visits:
    """Visits of one kind: how many are completed and booked, and the minutes each takes.

    `writing` counts only minutes outside the visit. Without `booked`, the workload's no-show rate says how
    many were booked. `points` is what a points scheme gives for one.
    """

    kind: str
    completed: float
    booked: float | None = None
    patient: float
    writing: float
    points: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """Minutes that do not depend on how many people come."""

    supervision: float = 0
    meetings: float = 0
    coordination: float = 0
    authorization: float = 0
    travel: float = 0
    breaks: float = 0
    other: float = 0

    @property
    def total(self) -> float:
        """All of them together."""
        return (
            self.supervision
            + self.meetings
            + self.coordination
            + self.authorization
            + self.travel
            + self.breaks
            + self.other
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """What one period holds: paid minutes, visits, reports, turnover between visits, and the fixed parts.

    `billable` is given only where the employer counts otherwise than minutes of treatment.
    `after_hours` is measured record time outside paid hours.
    """

    paid: float
    visits: tuple[Visits, ...]
    reports: float = 0
    report_minutes: float = 0
    turnover: float = 0
    fixed: Fixed = field(default_factory=Fixed)
    billable: float | None = None
    after_hours: float | None = None

    def __post_init__(self) -> None:
        if self.paid <= 0:
            raise ValueError("Paid minutes are more than 0.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """A job's typical and bad week, with the promises and rules they are checked against.

    `target` and `no_show` are shares from 0 to 1; `mixes` are percents by name; `ramp` is percents of a full
    load, first to last; `assistants` and `assistants_allowed` are OTAs per OT: actual, and by state rule.
    `heavy_day_writing` are minutes that one day of each week adds to a typical day, and `heavy_day` names it.
    """

    typical: Week
    bad: Week | None = None
    period: Period = "week"
    pay_class: PayClass
    after_hours_paid: bool = False
    no_show: float | None = None
    target: float | None = None
    required_points: float | None = None
    mixes: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    ramp: tuple[float, ...] = ()
    assistants: float | None = None
    assistants_allowed: float | None = None
    heavy_day_writing: float = 0
    heavy_day: str = ""

    def __post_init__(self) -> None:
        for name, share in (("no_show", self.no_show), ("target", self.target)):
            if share is not None and not 0 <= share < 1:
                raise ValueError(f"{name} is a share from 0 up to 1, not {share}.")

    @property
    def everyone(self) -> Week | None:
        """The typical week if everyone booked came; None when it is not known how many were booked."""
        booked = [self._booked(visits) for visits in self.typical.visits]
        if any(number is None for number in booked):
            return None
        visits = tuple(
            replace(kind, completed=number)
            for kind, number in zip(self.typical.visits, booked, strict=True)
            if number is not None
        )
        return replace(self.typical, visits=visits, billable=None, after_hours=None)

    @property
    def heavy(self) -> Week | None:
        """The day of each week that writes more than the others; None where every day is alike."""
        if self.period == "week" or self.heavy_day_writing <= 0:
            return None
        added = self.typical.fixed.other + self.heavy_day_writing
        return replace(self.typical, fixed=replace(self.typical.fixed, other=added))

    @property
    def away(self) -> float | None:
        """The share of booked visits that do not happen in the typical week."""
        everyone = self.everyone
        if everyone is None or not _number_of(everyone.visits):
            return None
        return 1 - _number_of(self.typical.visits) / _number_of(everyone.visits)

    def _booked(self, visits: Visits) -> float | None:
        if visits.booked is not None:
            return visits.booked
        return None if self.no_show is None else visits.completed / (1 - self.no_show)


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """Where the paid minutes of one period go."""

    paid: float
    treat: float
    write: float
    turn: float
    fixed: Fixed
    billable: float

    @property
    def beside_treatment(self) -> float:
        """Minutes the work needs that are not treatment."""
        return self.write + self.turn + self.fixed.total

    @property
    def demand(self) -> float:
        """Minutes the work needs."""
        return self.treat + self.beside_treatment

    @property
    def balance(self) -> float:
        """Paid minutes that are left; negative when the work does not fit."""
        return self.paid - self.demand

    @property
    def productivity(self) -> float:
        """Billable share of paid minutes, by the employer's formula where it differs."""
        return self.billable / self.paid

    @property
    def treatment_share(self) -> float:
        """Treatment share of paid minutes, to show beside a productivity that is counted otherwise."""
        return self.treat / self.paid


def budget(week: Week) -> Budget:
    """Add up one period."""
    treat = sum(visits.completed * visits.patient for visits in week.visits)
    write = sum(visits.completed * visits.writing for visits in week.visits)
    return Budget(
        paid=week.paid,
        treat=treat,
        write=write + week.reports * week.report_minutes,
        turn=_number_of(week.visits) * week.turnover,
        fixed=week.fixed,
        billable=treat if week.billable is None else week.billable,
    )


def _number_of(visits: tuple[Visits, ...]) -> float:
    return sum(kind.completed for kind in visits)
