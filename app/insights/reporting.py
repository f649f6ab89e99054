"""Turns the ratings of a loop into what the Agreement page shows of them.

What may be shown is decided by `reports` alone: its statements hold no number that may not be read. Nothing
is kept: a report is computed when somebody reads it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.loops.models import Criterion, Loop
from app.scoring.results import LoopRatings, RatingRow
from reports.ratings.tables import Label, Ratings, Scale
from reports.showing import Display, Statement
from reports.team import Agreement, Panel, report

SCALE = Scale(1, 5)
MOST_NAMES = 5
_RANKS: Mapping[Display, int] = {Display.BAND: 0, Display.NUMBER: 0, Display.EARLY: 1}
_NO_INTERVAL = 2


@dataclass(frozen=True)
class Track:
    """Where an interval and its point lie on a track from 0 to 1, in per cent of its width."""

    low: float
    high: float
    point: float | None

    @property
    def width(self) -> float:
        return round(self.high - self.low, 1)


@dataclass(frozen=True)
class CriterionAgreement:
    """What may be said of one criterion of one stage."""

    criterion: Criterion
    title: str
    said: Agreement

    @property
    def track(self) -> Track | None:
        """What to draw of alpha; None when no interval may be shown."""
        return _track(self.said.alpha)


@dataclass(frozen=True)
class InterviewerStanding:
    """What may be said of how high one interviewer scores beside those who saw the same candidates."""

    name: str
    shared: int
    said: Statement

    @property
    def track(self) -> Track | None:
        """What to draw, from one level lower to one level higher; None when nothing may be shown."""
        return _track(self.said, -1.0, 1.0)


@dataclass(frozen=True)
class LoopAgreement:
    """What may be said of a loop: overall, its reliability, criterion by criterion, person by person."""

    overall: Agreement
    reliability: Statement
    consistency: Statement
    panel: float | None
    is_enough: bool
    larger: Panel | None
    criteria: tuple[CriterionAgreement, ...]
    interviewers: tuple[InterviewerStanding, ...]
    groups_apart: str | None
    since: datetime | None
    until: datetime | None
    left_out: tuple[str, ...]

    @property
    def reliability_track(self) -> Track | None:
        """What to draw of the reliability; None when no interval may be shown."""
        return _track(self.reliability)

    @property
    def consistency_track(self) -> Track | None:
        """What to draw of the consistency; None when no interval may be shown."""
        return _track(self.consistency)

    @property
    def larger_track(self) -> Track | None:
        """What to draw of the larger panel; None when there is none."""
        return _track(self.larger.said) if self.larger else None


def measure(loop: Loop, ratings: LoopRatings) -> LoopAgreement:
    """Report on a loop; its identity is the seed, so that a page reloaded shows the same intervals."""
    seed = str(loop.public_id)
    bars: dict[Label, float] = {
        criterion.id: criterion.bar for stage in loop.stages for criterion in stage.criteria
    }
    found = report(_table(ratings.rows), seed=seed, bars=bars)
    by_criterion = {one.criterion: one for one in found.criteria}
    criteria = [
        CriterionAgreement(criterion, stage.scenario_version.title, by_criterion[criterion.id])
        for stage in loop.stages
        for criterion in stage.criteria
    ]
    times = [row.submitted_at for row in ratings.rows]
    return LoopAgreement(
        overall=found.overall,
        reliability=found.reliability,
        consistency=found.consistency,
        panel=found.raters_a_candidate,
        is_enough=found.is_enough,
        larger=found.larger,
        criteria=tuple(sorted(criteria, key=_certainty)),
        interviewers=tuple(
            sorted(
                (
                    InterviewerStanding(ratings.names[int(one.rater)], one.shared, one.said)
                    for one in found.standings
                ),
                key=lambda one: one.name,
            )
        ),
        groups_apart=found.groups_apart,
        since=min(times, default=None),
        until=max(times, default=None),
        left_out=_few(ratings.left_out),
    )


def _table(rows: Sequence[RatingRow]) -> Ratings:
    return Ratings.from_columns(
        [row.application_id for row in rows],
        [row.person_id for row in rows],
        [row.level for row in rows],
        [row.criterion_id for row in rows],
        scale=SCALE,
    )


def _certainty(one: CriterionAgreement) -> tuple[int, float]:
    """Numbers first, the highest on top; then intervals alone, then none: both in the order of the loop."""
    alpha = one.said.alpha
    return _RANKS.get(alpha.display, _NO_INTERVAL), -(alpha.value or 0.0)


def _track(statement: Statement, least: float = 0.0, most: float = 1.0) -> Track | None:
    """Where a statement is drawn; what lies beyond the ends of the track is drawn at them."""
    if statement.interval is None:
        return None

    def place(value: float) -> float:
        return round(100 * (min(most, max(least, value)) - least) / (most - least), 1)

    low, high = (place(end) for end in statement.interval)
    return Track(low, high, None if statement.value is None else place(statement.value))


def _few(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names, or the first of them and how many others."""
    if len(names) <= MOST_NAMES + 1:
        return names
    return (*names[:MOST_NAMES], f"{len(names) - MOST_NAMES} others")
