"""Rules about scoring: what a scorecard still lacks, who may see what of a panel, when an interview is."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.core.errors import Conflict, Invalid
from app.scoring.drafts import Change, Clash, Content, Saved

HOURS_TO_SCORE = 24
NEED_BECAUSE = (1, 4, 5)


# What a scorecard lacks -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Missing:
    """Something to do before a scorecard can be handed in, and where on its page."""

    code: str
    word: str
    sentence: str
    anchor: str


def missing(content: Content) -> list[Missing]:
    """What is left, in the order of the page; a scorecard with nothing left can be handed in."""
    return [
        *_missing_of_questions(content),
        *_missing_of_flags(content),
        *(one for code in content.scored for one in _missing_for(code, content)),
    ]


def _missing_of_questions(content: Content) -> Iterable[Missing]:
    for number, decided in content.decided.items():
        if not decided.verdict:
            sentence = f"Question {number} is not decided. Choose pass, hold or fail."
            yield Missing("", "verdict", sentence, f"question-{number}")
        elif not decided.ground:
            sentence = f"Write the reason for question {number}: one sentence, about the job fact only."
            yield Missing("", "reason", sentence, f"ground-{number}")


def _missing_of_flags(content: Content) -> Iterable[Missing]:
    for number, quote in content.raised.items():
        if not quote:
            sentence = f"Write what you heard for red flag {number}, in their words, or take the flag back."
            yield Missing("", "quote", sentence, f"quote-{number}")


def _missing_for(code: str, content: Content) -> Iterable[Missing]:
    scored = content.scored[code]
    if not scored.is_given:
        yield Missing(
            code, "level", f"{code} has no level. Choose one, or “not observed”.", f"criterion-{code}"
        )
    elif scored.is_not_observed:
        if not scored.reason:
            yield Missing(code, "reason", f"Say why {code} was not observed.", f"reason-{code}")
    else:
        if not content.tied(code):
            yield Missing(
                code, "note", f"Tie a note to {code}: a level rests on what was said or done.", "evidence"
            )
        if scored.level in NEED_BECAUSE and not scored.because:
            yield Missing(
                code,
                "because",
                f"Say the because of {code}: levels 1, 4 and 5 ask for it.",
                f"because-{code}",
            )


def check_complete(content: Content) -> None:
    """Raise Invalid with everything that is left."""
    left = missing(content)
    if left:
        raise Invalid(" ".join(one.sentence for one in left))


# Saving -----------------------------------------------------------------------------------------------------


class Stale(Conflict):
    """Fields were saved elsewhere after the page had seen them; carries both texts of each."""

    def __init__(self, clashes: Sequence[Clash]) -> None:
        super().__init__("This scorecard was changed elsewhere. Nothing was overwritten.")
        self.clashes = tuple(clashes)


def check_fresh(changes: Iterable[Change], saved: dict[str, Saved]) -> None:
    """Raise Stale when a change builds on an older text than the one saved last."""
    clashes = [
        Clash(change.name, change.body, latest.body, latest.count)
        for change in changes
        if (latest := saved.get(change.name)) and change.base != latest.count and change.body != latest.body
    ]
    if clashes:
        raise Stale(clashes)


# Who may see what of a panel --------------------------------------------------------------------------------


class Seat(NamedTuple):
    """One person's place in one interview, as far as the blind rule needs it: nothing that was written."""

    interview_id: int
    person_id: int
    is_open: bool
    is_in: bool
    counts: bool


@dataclass(frozen=True)
class Sight:
    """What the policy asks about one viewer and one application, interview or assignment."""

    job_id: int
    sits_on_panel: bool
    mine_open: bool
    panel_complete: bool
    all_settled: bool
    is_active: bool
    assignment_is_open: bool = False


@dataclass(frozen=True)
class FlagSight:
    """What the policy asks about one viewer and one red flag."""

    job_id: int
    sits_on_panel: bool
    mine_open: bool
    panel_complete: bool
    raised_by_id: int


def sight(
    viewer_id: int, seats: Sequence[Seat], *, job_id: int, is_active: bool, interview_id: int | None = None
) -> Sight:
    """What a viewer's own seats and the panel's allow; `seats` are all those of the application.

    For one interview, the panel is that interview's; for the whole application, it is every panel.
    """
    panel = [seat for seat in seats if interview_id in {None, seat.interview_id}]
    mine = [seat for seat in seats if seat.person_id == viewer_id]
    return Sight(
        job_id=job_id,
        sits_on_panel=any(seat.is_open or seat.is_in for seat in panel if seat.person_id == viewer_id),
        mine_open=any(seat.is_open for seat in mine),
        panel_complete=bool(panel) and not any(seat.is_open and seat.counts for seat in panel),
        all_settled=not any(seat.is_open for seat in seats),
        is_active=is_active,
    )


def debrief_was_open(at: datetime, panel: Iterable[tuple[datetime, datetime | None]]) -> bool:
    """Whether a panel was complete at a time, given when each counting seat was given and was settled.

    A seat that somebody got later does not count: there was nothing to wait for then.
    """
    return all(
        settled_at is not None and settled_at <= at for given_at, settled_at in panel if given_at <= at
    )


class View(StrEnum):
    """How much of a panel a viewer sees."""

    NOT_MINE = "not mine"  # Who sits on it, and no more: the viewer does not.
    MINE_OPEN = "mine open"  # The same, because the viewer still owes a scorecard for this candidate.
    MINE_IN = "mine in"  # Who has submitted, and nothing else.
    COMPLETE = "complete"  # Everything.


def view(sight: Sight, *, belongs: bool, may_see_scores: bool) -> View:
    """The state of knowing; `belongs` says that the viewer sits on the panel or recruits for the job."""
    if sight.mine_open:
        return View.MINE_OPEN
    if may_see_scores:
        return View.COMPLETE
    return View.MINE_IN if belongs else View.NOT_MINE


# Where a candidate stands -----------------------------------------------------------------------------------


class StageState(StrEnum):
    """Where a candidate stands in one stage, as the blind rule lets a viewer know it."""

    NOT_YET = "not yet"
    CLOSED = "closed to you while yours is open"
    WAITING = "waiting"
    COMPLETE = "panel complete"


def stage_state(
    *,
    starts_at: datetime | None,
    is_no_show: bool,
    mine_open: bool,
    complete: bool,
    some_in: bool,
    now: datetime,
) -> StageState:
    """The state of a candidate's latest interview of a stage; `starts_at` is None when there is none."""
    if starts_at is None or is_no_show:
        return StageState.NOT_YET
    if mine_open:
        return StageState.CLOSED
    if complete:
        return StageState.COMPLETE
    return StageState.WAITING if some_in or starts_at <= now else StageState.NOT_YET


class Group(StrEnum):
    """Which of a job's applications a list shows."""

    ACTIVE = "active"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What comes next for an application."""

    SCORE = "score"
    MEET = "meet"
    INTERVIEW = "interview"
    SCHEDULE = "schedule"
    WAIT = "wait"
    DEBRIEF = "debrief"
    ENDED = "ended"


@dataclass(frozen=True)
class Planned:
    """A stage as the next step depends on it."""

    title: str
    state: StageState
    starts_at: datetime | None


@dataclass(frozen=True)
class Owed:
    """A scorecard that the viewer owes."""

    title: str
    card: uuid.UUID
    starts_at: datetime
    due_at: datetime


@dataclass(frozen=True)
class NextStep:
    """What comes next: for what stage, when, and the viewer's own scorecard when that is it."""

    step: Step
    title: str = ""
    at: datetime | None = None
    card: uuid.UUID | None = None


def next_step(stages: Sequence[Planned], owed: Sequence[Owed], *, is_active: bool, now: datetime) -> NextStep:
    """What to do first; while the viewer owes a scorecard, nothing that would tell about colleagues."""
    if not is_active:
        return NextStep(Step.ENDED)
    if owed:
        first = min(owed, key=lambda one: one.starts_at)
        if first.starts_at <= now:
            return NextStep(Step.SCORE, first.title, first.due_at, first.card)
        return NextStep(Step.MEET, first.title, first.starts_at, first.card)
    coming = [(one.starts_at, one.title) for one in stages if one.starts_at and one.starts_at > now]
    if coming:
        at, title = min(coming)
        return NextStep(Step.INTERVIEW, title, at)
    unscheduled = [one for one in stages if one.state is StageState.NOT_YET]
    if unscheduled:
        return NextStep(Step.SCHEDULE, unscheduled[0].title)
    if any(one.state is StageState.WAITING for one in stages):
        return NextStep(Step.WAIT)
    return NextStep(Step.DEBRIEF)


# When an interview is ---------------------------------------------------------------------------------------


def instant(local: datetime, zone: str, which: str = "") -> datetime:
    """The instant that a wall clock of a place shows; `which` says first or second when it shows it twice."""
    place = ZoneInfo(zone)
    first, second = (local.replace(tzinfo=place, fold=fold) for fold in (0, 1))
    if first.astimezone(UTC).astimezone(place).replace(tzinfo=None) != local:
        raise Invalid(
            starts_at=f"This time does not exist in {zone}: clocks go forward that night. Choose another."
        )
    if first.utcoffset() != second.utcoffset() and which not in {"first", "second"}:
        raise Invalid(which=f"Clocks go back in {zone} that night, so this time comes twice. Say which one.")
    return (second if which == "second" else first).astimezone(UTC)


def wall_clock(at: datetime, zone: str) -> datetime:
    """What a wall clock of a place shows at an instant."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def usual_minutes(time_box: int) -> int:
    """How long to plan for a scenario: its time-box and five minutes, in whole fives."""
    return -(-(time_box + 5) // 5) * 5


def due(starts_at: datetime, minutes: int) -> datetime:
    """When a scorecard is due: memory decays, so a day after the interview's end."""
    return starts_at + timedelta(minutes=minutes, hours=HOURS_TO_SCORE)


def check_may_meet(loop: int, *, is_open: bool, begun: Sequence[int]) -> None:
    """Whoever began a loop finishes that one, also after it closed; nobody else meets a closed one."""
    if begun and loop not in begun:
        raise Conflict(
            f"This candidate began loop {begun[-1]} of the job and finishes that one. "
            "Reload the page to see its stages."
        )
    if not is_open and loop not in begun:
        raise Conflict("The loop is not open. Open it first, then schedule.")


def check_minutes(minutes: int) -> None:
    """Between five minutes and four hours, as the database insists."""
    if not 5 <= minutes <= 240:
        raise Invalid(minutes="Between 5 and 240 minutes.")


def check_reason(reason: str) -> None:
    """A reason is given in words."""
    if not reason.strip():
        raise Invalid(reason="Say why, in a few words; it is kept.")
