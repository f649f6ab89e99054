"""The checks A to G on a workload: what passes, what must be said, and what may not be published."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from reports.workload.budget import Budget, PayClass, Week, Workload, budget
from reports.workload.words import lead, minutes, percent

WARNS_UP_TO = 0.02
TARGET_POINTS = 0.05
NOTHING = 1e-6


class Outcome(StrEnum):
    """What a check comes to. Only `blocks` stops publication; `fails` is published with its sentence."""

    PASSES = "passes"
    WARNS = "warns"
    FAILS = "fails"
    BLOCKS = "blocks"


class Scenario(StrEnum):
    """The periods a workload is checked on; one day of each week may be heavier than the others."""

    TYPICAL = "typical"
    HEAVY = "heavy day"
    EVERYONE = "everyone"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Check:
    """One check on one scenario, with its sentence in plain words."""

    key: Literal["A", "B", "C", "D", "E", "F", "G"]
    scenario: Scenario
    outcome: Outcome
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The minute budgets of the three scenarios, the checks on them, and the sentence to lead with."""

    typical: Budget
    everyone: Budget | None
    bad: Budget | None
    checks: tuple[Check, ...]
    lead: str

    @property
    def is_blocked(self) -> bool:
        """Whether the workload may not be published as it stands."""
        return any(check.outcome is Outcome.BLOCKS for check in self.checks)


def assess(workload: Workload) -> Assessment:
    """Add up the typical, the full and the bad period and run every check that applies."""
    typical = budget(workload.typical)
    everyone = budget(workload.everyone) if workload.everyone else None
    bad = budget(workload.bad) if workload.bad else None
    scenarios = [(Scenario.TYPICAL, typical)]
    scenarios += [(Scenario.EVERYONE, everyone)] if everyone else []
    scenarios += [(Scenario.BAD, bad)] if bad else []
    checks = [
        _fits("A", Scenario.TYPICAL, typical, workload),
        *([_fits("A", Scenario.HEAVY, budget(workload.heavy), workload)] if workload.heavy else []),
        *([_fits("A", Scenario.BAD, bad, workload)] if bad else []),
        *_target_possible(scenarios, workload),
        *_target_matches_visits(typical, workload),
        _everyone_arrives(everyone, workload),
        *_measured_beats_computed(Scenario.TYPICAL, workload.typical, typical),
        *(_measured_beats_computed(Scenario.BAD, workload.bad, bad) if workload.bad and bad else []),
        *(list(_sums(workload)) or [Check("F", Scenario.TYPICAL, Outcome.PASSES, "The sums agree.")]),
        *_points(typical, workload),
    ]
    return Assessment(
        typical=typical,
        everyone=everyone,
        bad=bad,
        checks=tuple(checks),
        lead=lead(typical, everyone, bad, away=workload.away, period=workload.period),
    )


def after_hours_to_publish(week: Week) -> float:
    """Minutes after hours to publish: the measured ones where they are more than the sum gives (check E)."""
    return max(week.after_hours or 0, -budget(week).balance, 0)


def _fits(key: Literal["A", "D"], scenario: Scenario, spent: Budget, workload: Workload) -> Check:
    """Check A, the work fits; on the full period it is check D."""
    if spent.balance >= -NOTHING:
        left = (
            f"{minutes(max(spent.balance, 0))} of {spent.paid:,.0f} paid are left{_when(scenario, workload)}."
        )
        return Check(key, scenario, Outcome.PASSES, left)
    outcome = Outcome.WARNS if spent.balance >= -WARNS_UP_TO * spent.paid - NOTHING else Outcome.FAILS
    often = "" if scenario in (Scenario.BAD, Scenario.HEAVY) else f" a {workload.period}"
    amount = f"About {minutes(max(-spent.balance, 1))}{often} do not fit in paid time"
    paid = "they are paid" if workload.after_hours_paid else "they are not paid separately"
    return Check(key, scenario, outcome, f"{amount}{_when(scenario, workload)}; {paid}.")


def _when(scenario: Scenario, workload: Workload) -> str:
    at = "in" if workload.period == "week" else "on"
    return {
        Scenario.TYPICAL: "",
        Scenario.HEAVY: f" on {workload.heavy_day or 'the heaviest day of each week'}",
        Scenario.EVERYONE: " when everyone arrives",
        Scenario.BAD: f" {at} the bad {workload.period}",
    }[scenario]


def _target_possible(scenarios: list[tuple[Scenario, Budget]], workload: Workload) -> Iterator[Check]:
    """Check B: what the target leaves is enough for the rest. Only the typical period can block."""
    if workload.target is None:
        return
    for scenario, spent in scenarios:
        left, needed = spent.paid - workload.target * spent.paid, spent.beside_treatment
        sentence = (
            f"A target of {percent(workload.target)} leaves {minutes(left)} beside treatment; "
            f"{needed:,.0f} are needed{_when(scenario, workload)}."
        )
        if left >= needed - NOTHING:
            yield Check("B", scenario, Outcome.PASSES, sentence)
            continue
        largest = math.floor(100 * (spent.paid - needed) / spent.paid + NOTHING)
        way_out = f"The largest target that fits is {largest}%." if largest > 0 else "No target fits."
        outcome = Outcome.BLOCKS if scenario is Scenario.TYPICAL else Outcome.FAILS
        yield Check("B", scenario, outcome, f"{sentence} {way_out}")


def _target_matches_visits(spent: Budget, workload: Workload) -> Iterator[Check]:
    """Check C: the target and the visits tell the same story."""
    if workload.target is None:
        return
    wanted = workload.target * spent.paid
    apart = abs(wanted - spent.billable) / spent.paid
    both = f"The target is {minutes(wanted)} and the visits make {spent.billable:,.0f}"
    sentence = f"{both}: {100 * apart:.1f} points apart."
    if apart <= TARGET_POINTS + NOTHING:
        yield Check("C", Scenario.TYPICAL, Outcome.PASSES, sentence)
    else:
        yield Check("C", Scenario.TYPICAL, Outcome.FAILS, f"{sentence} Say which one is true.")


def _everyone_arrives(everyone: Budget | None, workload: Workload) -> Check:
    """Check D: the same sum as A with everyone who is booked."""
    if everyone is None:
        unknown = f"How many are booked is not known, so a full {workload.period} cannot be added up."
        return Check("D", Scenario.EVERYONE, Outcome.WARNS, unknown)
    return _fits("D", Scenario.EVERYONE, everyone, workload)


def _measured_beats_computed(scenario: Scenario, week: Week, spent: Budget) -> Iterator[Check]:
    """Check E: the measured minutes after hours are published where they are more than the sum gives."""
    if week.after_hours is None:
        yield Check("E", scenario, Outcome.WARNS, "Record time after hours is not measured.")
        return
    computed = max(0.0, -spent.balance)
    both = f"Measured after hours: {minutes(week.after_hours)}; the sum gives {computed:,.0f}."
    if week.after_hours > computed + NOTHING:
        yield Check("E", scenario, Outcome.WARNS, f"{both} The measured figure is shown.")
    else:
        yield Check("E", scenario, Outcome.PASSES, both)


def _sums(workload: Workload) -> Iterator[Check]:
    """Check F: whatever in the figures contradicts itself, the state's rule or the wage law."""

    def wrong(
        sentence: str, outcome: Outcome = Outcome.FAILS, scenario: Scenario = Scenario.TYPICAL
    ) -> Check:
        return Check("F", scenario, outcome, sentence)

    for name, shares in workload.mixes.items():
        if abs(sum(shares) - 100) > NOTHING:
            yield wrong(f"The {name} mix adds up to {sum(shares):g}, not to 100.")
    for number, (before, after) in enumerate(zip(workload.ramp, workload.ramp[1:], strict=False), start=2):
        if after < before:
            yield wrong(f"The ramp falls from {before:g}% to {after:g}% at step {number}.")
    allowed = workload.assistants_allowed
    if allowed is not None and workload.assistants is not None and workload.assistants > allowed:
        yield wrong(f"{workload.assistants:g} OTAs per OT; the state allows {allowed:g}.")
    for scenario, week in ((Scenario.TYPICAL, workload.typical), (Scenario.BAD, workload.bad)):
        if week is None:
            continue
        for kind in week.visits:
            if kind.completed < 0:
                sentence = (
                    f"Visits of the kind '{kind.kind}' come to −{-kind.completed:g}: the others are too many."
                )
                yield wrong(sentence, scenario=scenario)
        unpaid = 0.0 if workload.after_hours_paid else week.after_hours or 0.0
        if workload.pay_class is PayClass.HOURLY and unpaid > 0:
            sentence = (
                f"Hourly staff write {minutes(unpaid)} after hours unpaid{_when(scenario, workload)}. "
                "This cannot be published; it goes to compliance."
            )
            yield wrong(sentence, Outcome.BLOCKS, scenario)


def _points(spent: Budget, workload: Workload) -> Iterator[Check]:
    """Check G: required points, turned into minutes with travel, fit into the paid time."""
    if workload.required_points is None:
        return
    given = sum(kind.completed * kind.points for kind in workload.typical.visits)
    if given <= 0:
        sentence = "No visit carries points, so the scheme cannot be turned into minutes."
        yield Check("G", Scenario.TYPICAL, Outcome.FAILS, sentence)
        return
    travel = spent.fixed.travel
    each = (spent.treat + spent.write + spent.turn + travel) / given
    needed = each * workload.required_points + spent.fixed.total - travel
    outcome = Outcome.PASSES if needed <= spent.paid + NOTHING else Outcome.FAILS
    points = f"{workload.required_points:g} points, at {each:.0f} minutes each with travel"
    sentence = f"{points}, take {minutes(needed)} with all the rest; {spent.paid:,.0f} are paid."
    yield Check("G", Scenario.TYPICAL, outcome, sentence)
