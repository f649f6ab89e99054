"""Rules about loops: which scenarios they begin with, what their stages cover, how criteria weigh."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from app.core.errors import Conflict, Invalid
from app.jobs.rules import Profile
from scenarios import Kind, Role, Scenario, Setting, clinical, competency_library, standard

FIRST_KINDS = (Kind.SAFETY_NEAR_MISS, Kind.HIGH_VOLUME_DAY, Kind.CASE_WALKTHROUGH)
HEAVIEST = Decimal(100)
FEWEST_CRITERIA = 3
MOST_MINUTES = 120


# Choosing scenarios -----------------------------------------------------------------------------------------


def plays_here(scenario: Scenario, profile: Profile) -> bool:
    """Whether the scenario is set where the job is, and is for its role."""
    return scenario.setting in {profile.setting, Setting.ANY} and scenario.role in {profile.role, Role.EITHER}


def first_stages(scenarios: Iterable[Scenario], profile: Profile) -> list[Scenario]:
    """One scenario of each kind a loop begins with; those that play where the job is come first.

    Where some play there, a kind that has only scenarios for another role is rather left out.
    """
    usable = list(scenarios)
    if any(plays_here(scenario, profile) for scenario in usable):
        usable = [scenario for scenario in usable if scenario.role in {profile.role, Role.EITHER}]
    usable.sort(key=lambda one: (not plays_here(one, profile), *_far(one, profile)))
    found = [next((one for one in usable if one.kind is kind), None) for kind in FIRST_KINDS]
    return [scenario for scenario in found if scenario is not None]


def _far(scenario: Scenario, profile: Profile) -> tuple[bool, bool]:
    """Whether a scenario was written for another level, and whether it has no bar of its own for this one."""
    return scenario.written_for is not profile.level, not standard.has_own_bar(scenario, profile.level)


def differences(scenario: Scenario, profile: Profile) -> list[str]:
    """In which ways the scenario was written for something else than the job."""
    found = []
    if scenario.setting not in {profile.setting, Setting.ANY}:
        found.append(scenario.setting.label.lower())
    if scenario.role not in {profile.role, Role.EITHER}:
        found.append(f"{scenario.role.label.lower()}s")
    if scenario.written_for is not profile.level:
        found.append(f"{scenario.written_for.label.lower()} level")
    return found


# What a stage puts and scores -------------------------------------------------------------------------------


class Minutes(NamedTuple):
    """A time-box of a stage's own: to read, to answer, and for the probes."""

    read: int
    answer: int
    probes: int


def check_minutes(minutes: Minutes) -> None:
    """A stage is long enough to be held, and short enough to be borne."""
    wrong = {
        field: f"A whole number from 1 to {MOST_MINUTES}."
        for field, value in minutes._asdict().items()
        if not 1 <= value <= MOST_MINUTES
    }
    if wrong:
        raise Invalid(**wrong)


def fixed_codes(scenario: Scenario, profile: Profile) -> tuple[str, ...]:
    """The criteria of a scenario that are scored whatever else is, in clinical roles."""
    core = clinical.CORE if clinical.is_clinical(profile.role) else ()
    return tuple(code for code in scenario.codes if code in core)


def owed(profile: Profile) -> Mapping[str, str]:
    """The competencies, by code, that a loop of this role should score somewhere."""
    codes = (*clinical.CORE, "HND") if clinical.is_clinical(profile.role) else ()
    return {code: one.name for code, one in competency_library().items() if code in codes}


def check_scored(scenario: Scenario, codes: Sequence[str]) -> None:
    """Enough is scored that a stage is worth its minutes; a short kind has fewer to begin with."""
    least = min(FEWEST_CRITERIA, len(scenario.codes))
    if len(codes) < least:
        raise Invalid(criteria=f"Score at least {least} criteria. Fewer say too little of an answer.")


# What a loop covers -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Scored:
    """A competency as one stage scores it."""

    code: str
    name: str
    is_critical: bool
    bar: int


@dataclass(frozen=True)
class Planned:
    """A stage as it is planned: what it scores, and by whom."""

    position: int
    scored: tuple[Scored, ...]
    raters: frozenset[int]
    differences: tuple[str, ...] = ()
    minutes: int = 0

    def of(self, code: str) -> Scored | None:
        return next((one for one in self.scored if one.code == code), None)


@dataclass(frozen=True)
class Covered:
    """A row of the coverage grid: a competency, and where and how often it is scored."""

    code: str
    name: str
    cells: tuple[Scored | None, ...]
    ratings: int
    raters: int

    @property
    def is_critical(self) -> bool:
        return any(cell.is_critical for cell in self.cells if cell)

    @property
    def bars(self) -> list[int]:
        """Its bars, mostly one and the same."""
        return sorted({cell.bar for cell in self.cells if cell})


def coverage(stages: Sequence[Planned]) -> list[Covered]:
    """Every competency of a loop in the order of its stages, and how many independent ratings each gets."""
    names = {one.code: one.name for stage in stages for one in stage.scored}
    rows = []
    for code, name in names.items():
        scoring = [stage for stage in stages if stage.of(code)]
        rows.append(
            Covered(
                code,
                name,
                cells=tuple(stage.of(code) for stage in stages),
                ratings=sum(len(stage.raters) for stage in scoring),
                raters=len(frozenset[int]().union(*(stage.raters for stage in scoring))),
            )
        )
    return rows


# Weights ----------------------------------------------------------------------------------------------------


def weight_key(position: int, code: str) -> str:
    """The name of one criterion's weight: the same competency in two stages is two criteria."""
    return f"weight_{position}_{code}"


def are_equal(weights: Iterable[Decimal]) -> bool:
    """Whether every criterion counts the same."""
    return len(set(weights)) <= 1


def check_weights(weights: Mapping[str, Decimal], reason: str) -> None:
    """Weights are equal unless a reason is on file; `weights` is by `weight_key`."""
    wrong = {
        field: f"A number above 0, {HEAVIEST} at most."
        for field, weight in weights.items()
        if not 0 < weight <= HEAVIEST
    }
    if wrong:
        raise Invalid(**wrong)
    if not are_equal(weights.values()) and not reason:
        raise Invalid(reason="Say why these weights differ. It is kept with the loop, under your name.")


# States -----------------------------------------------------------------------------------------------------


class LoopState(StrEnum):
    """How far a loop has come."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class Step(StrEnum):
    """What takes a loop from one state to the next."""

    DRAFT = "draft it from a template, a pack or an earlier loop"
    OPEN = "open the loop"
    CLOSE = "close the loop"


# There is no way back: what candidates met stays as they met it.
TRANSITIONS: Mapping[Step, tuple[LoopState | None, LoopState]] = {
    Step.DRAFT: (None, LoopState.DRAFT),
    Step.OPEN: (LoopState.DRAFT, LoopState.OPEN),
    Step.CLOSE: (LoopState.OPEN, LoopState.CLOSED),
}


def check_step(step: Step, state: LoopState | None) -> None:
    """A loop goes the one way that the table has for it."""
    before, _ = TRANSITIONS[step]
    if state is not before:
        raise Conflict("The loop is not as this page showed it. Reload the page to see how it is.")


def check_may_draft(*, has_loop_that_stands: bool) -> None:
    """A job has one loop at a time, so that its candidates all meet the same stages."""
    if has_loop_that_stands:
        raise Conflict("This job has a loop already. Reload the page to see it.")


def moved(number: int, stages: int, *, earlier: bool) -> int:
    """The place a stage changes places with when it goes one earlier or later."""
    place = number - 1 if earlier else number + 1
    if not 1 <= place <= stages:
        raise Conflict("This stage is there already. Reload the page to see the order as it is.")
    return place


def check_place(place: int, stages: int) -> None:
    """A stage goes where there is a place for it."""
    if not 1 <= place <= stages:
        raise Conflict("There is no such place any more. Reload the page to see the order as it is.")


def check_is_current(seen: int, now: int) -> None:
    """Nobody changes a loop they have not seen as it is."""
    if seen != now:
        raise Conflict(
            "Somebody else changed this loop meanwhile. Reload the page and make your change again."
        )
