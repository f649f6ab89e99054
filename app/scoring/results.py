"""What comes out of the queries: frozen, and holding no more than the viewer may see."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from app.candidates.models import Application
from app.loops.models import AssignmentPart, Criterion
from app.scoring.drafts import Content
from app.scoring.models import Assignment, AssignmentState, Interview
from app.scoring.rules import Group, NextStep, StageState, View
from app.web.paging import Page


class Member(NamedTuple):
    """Somebody on a panel; `state` is None while it is closed to the viewer."""

    assignment: uuid.UUID
    person_id: int
    name: str
    part: AssignmentPart
    counts: bool
    is_informed: bool
    state: AssignmentState | None = None
    due_at: datetime | None = None
    is_past_due: bool = False
    has_stepped_back: bool = False
    reason: str = ""

    @property
    def is_open(self) -> bool:
        return self.state is AssignmentState.OPEN

    @property
    def is_in(self) -> bool:
        return self.state is AssignmentState.SUBMITTED


class Amended(NamedTuple):
    """What an author added to a frozen scorecard; None while the panel is closed to the viewer."""

    body: str
    reason: str
    at: datetime
    after_debrief: bool | None = None


@dataclass(frozen=True)
class Revised:
    """One text that was saved in a field; empty when it was taken away."""

    label: str
    body: str
    at: datetime


@dataclass(frozen=True)
class FlagSaid:
    """What somebody else says of a red flag."""

    person_id: int
    name: str
    is_confirmed: bool
    at: datetime


@dataclass(frozen=True)
class Raised:
    """A red flag as an open panel shows it, with what others say of it; of each person only the last word."""

    id: uuid.UUID
    position: int
    quote: str
    said: tuple[FlagSaid, ...]


class RaterCard(NamedTuple):
    """One rater's frozen scorecard, as an open panel shows it."""

    person_id: int
    name: str
    counts: bool
    is_informed: bool
    is_late: bool
    submitted_at: datetime
    content: Content
    amendments: tuple[Amended, ...]
    flags: tuple[Raised, ...] = ()


class InterviewScores(NamedTuple):
    """One interview as the blind rule shows it; without `cards` until its panel is open to the viewer."""

    interview: Interview
    criteria: tuple[Criterion, ...]
    view: View
    members: tuple[Member, ...]
    cards: tuple[RaterCard, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.view is View.COMPLETE


class RatingRow(NamedTuple):
    """One counting rater's rating on one criterion; the level is None when it was not observed."""

    application_id: int
    criterion_id: int
    person_id: int
    level: int | None
    submitted_at: datetime


@dataclass(frozen=True)
class LoopRatings:
    """The ratings of a loop that a viewer may see, who gave them, and whom they still owe a scorecard for.

    The latter are candidates, and left out.
    """

    rows: tuple[RatingRow, ...]
    names: Mapping[int, str]
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class Waited:
    """Somebody whose scorecard is waited for."""

    name: str
    due_at: datetime
    is_past_due: bool
    has_stepped_back: bool = False


@dataclass(frozen=True)
class StageCell:
    """Where a candidate stands in one stage."""

    position: int
    title: str
    state: StageState


@dataclass(frozen=True)
class BoardRow:
    """One application on the job page."""

    application: Application
    loop_number: int  # Of the loop they began, else of the one opened last; 0 before any was.
    stages: tuple[StageCell, ...]
    mine_open: bool
    waited_on: tuple[Waited, ...]
    next_step: NextStep


@dataclass(frozen=True)
class Board:
    """One page of a job's applications, how many there are in all, and of each group of those looked for."""

    rows: tuple[BoardRow, ...]
    page: Page
    total: int
    by_group: Mapping[Group, int]
    loops: int  # How many were opened.
    unlike: tuple[int, ...]  # The loops that candidates of the list met, unless all put the same to them.


@dataclass(frozen=True)
class Work:
    """One of the viewer's own scorecards, as Today and "My scorecards" list it."""

    assignment: Assignment
    card: uuid.UUID
    given: int
    criteria: int
    is_past_due: bool
    is_open_to_me: bool

    @property
    def interview(self) -> Interview:
        return self.assignment.interview


@dataclass(frozen=True)
class MyWork:
    """What a person has to do: the next thing, what is to finish, what comes, and what was handed in last."""

    next: Work | None
    to_finish: tuple[Work, ...]
    coming_up: tuple[Work, ...]
    handed_in: tuple[Work, ...]
    handed_in_count: int
