"""What a panel wrote, behind the blind rule: the only reads of other people's scorecards."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, contains_eager, selectinload

from app.candidates import queries as candidates
from app.candidates.models import Application, Candidate
from app.core import clock
from app.core.db import db, plain
from app.core.errors import NotFound
from app.identity.models import Person
from app.loops.models import COUNTING_PARTS, Loop, Stage
from app.policy import Act, Actor, decide
from app.scoring import rules
from app.scoring.models import (
    Amendment,
    Assignment,
    AssignmentState,
    FlagAnswer,
    Interview,
    Rating,
    RedFlag,
    Scorecard,
)
from app.scoring.queries import seats
from app.scoring.queries.record import contents_of
from app.scoring.results import (
    Amended,
    FlagSaid,
    InterviewScores,
    LoopRatings,
    Member,
    Raised,
    RaterCard,
    RatingRow,
)
from app.scoring.rules import FlagSight, View

# Named once: a new alias each time would be taken apart anew in each request.
_theirs, _mine, _sitting = aliased(Assignment), aliased(Assignment), aliased(Assignment)
_met = aliased(Interview)
_VIEWER = sa.bindparam("viewer_id", type_=sa.Integer)
_SEEN_JOBS = sa.bindparam("seen_jobs", type_=sa.Integer, expanding=True)


def open_to() -> sa.ColumnElement[bool]:
    """The blind rule, for a query that joins Interview and Application: this panel is open to the viewer.

    Its counting seats are all settled, the viewer owes no scorecard for this candidate in any stage, and the
    viewer sits on this panel or is the job's manager or recruiter. `SEE_PANEL_SCORES` says the same. Who the
    viewer is comes with the parameters of the query: `seen_by`.
    """
    somebody_counting_is_open = sa.exists().where(
        _theirs.interview_id == Interview.id,
        _theirs.state == AssignmentState.OPEN,
        _theirs.part.in_(COUNTING_PARTS),
        _theirs.is_informed.is_(False),
    )
    something_of_mine_is_open = sa.exists().where(
        _mine.interview_id == _met.id,
        _met.application_id == Interview.application_id,
        _mine.person_id == _VIEWER,
        _mine.state == AssignmentState.OPEN,
    )
    sits_on_panel = sa.exists().where(
        _sitting.interview_id == Interview.id,
        _sitting.person_id == _VIEWER,
        _sitting.state == AssignmentState.SUBMITTED,
    )
    return sa.and_(
        ~somebody_counting_is_open,
        ~something_of_mine_is_open,
        sa.or_(Application.job_id.in_(_SEEN_JOBS), sits_on_panel),
    )


def seen_by(actor: Actor) -> dict[str, Any]:
    """What `open_to` has to know of the viewer."""
    return {"viewer_id": actor.id, "seen_jobs": candidates.seen_jobs(actor)}


def panels(
    actor: Actor, application: Application, interviews: Sequence[Interview] | None = None
) -> list[InterviewScores]:
    """Who sits on each interview of an application, and how far the actor may know where they stand.

    Whoever holds the interviews already gives them, so that they are not read again.
    """
    interviews = seats.interviews_of(application) if interviews is None else interviews
    everyone = [seats.seat(assignment) for interview in interviews for assignment in interview.assignments]
    recruits = bool(decide(actor, Act.SEE_APPLICATION, application))
    found = []
    for interview in interviews:
        sight = seats.sight(actor, application, interview, seats=everyone)
        view = rules.view(
            sight,
            belongs=recruits or sight.sits_on_panel,
            may_see_scores=bool(decide(actor, Act.SEE_PANEL_SCORES, sight)),
        )
        found.append(
            InterviewScores(
                interview=interview,
                criteria=tuple(interview.stage.criteria),
                view=view,
                members=tuple(
                    member(assignment, view)
                    for assignment in interview.assignments
                    if assignment.state is not AssignmentState.REPLACED
                ),
            )
        )
    return found


def panel_scores(
    actor: Actor, application: Application, interviews: Sequence[Interview] | None = None
) -> list[InterviewScores]:
    """Each interview of an application, with the scorecards of the panels that are open to the actor."""
    interviews = seats.interviews_of(application) if interviews is None else interviews
    cards = _open_cards(actor, application, interviews)
    return [
        one._replace(cards=tuple(cards[one.interview.id])) if one.interview.id in cards else one
        for one in panels(actor, application, interviews)
    ]


def amendments_of(actor: Actor, card: Scorecard) -> tuple[Amended, ...]:
    """What the actor added to their own scorecard; before or after what, once its panel is open to them."""
    rows = db.session.execute(
        sa.select(Amendment.body, Amendment.reason, Amendment.created_at)
        .where(Amendment.scorecard_id == card.id)
        .order_by(Amendment.id)
    )
    found = tuple(Amended(*row) for row in rows)
    interview = card.assignment.interview
    if found and decide(actor, Act.SEE_PANEL_SCORES, seats.sight(actor, interview.application, interview)):
        return tuple(_placed(one, interview) for one in found)
    return found


def _placed(amended: Amended, interview: Interview) -> Amended:
    panel = [(seat.created_at, seat.settled_at) for seat in interview.assignments if seat.counts]
    return amended._replace(after_debrief=rules.debrief_was_open(amended.at, panel))


def member(assignment: Assignment, view: View) -> Member:
    """Somebody on a panel, with their state only where the viewer may know it."""
    who = Member(
        assignment=assignment.public_id,
        person_id=assignment.person_id,
        name=assignment.person.name,
        part=assignment.part,
        counts=assignment.counts,
        is_informed=assignment.is_informed,
    )
    if view in {View.MINE_OPEN, View.NOT_MINE}:
        return who
    return who._replace(
        state=assignment.state,
        due_at=assignment.due_at,
        is_past_due=is_past_due(assignment),
        has_stepped_back=assignment.has_stepped_back,
        reason=f"Tied to the candidate: {assignment.tie}."
        if assignment.has_stepped_back
        else assignment.reason,
    )


def is_past_due(assignment: Assignment) -> bool:
    """Whether a scorecard came, or is still to come, after it was due."""
    if assignment.state in {AssignmentState.WAIVED, AssignmentState.REPLACED}:
        return False
    return (assignment.settled_at or clock.now()) > assignment.due_at


@cache
def _of_open_panels() -> sa.Select[int, uuid.UUID, datetime | None, int, str, str, datetime]:
    """The scorecards of open panels in the order of their seats, a row for each amendment if there are."""
    return (
        sa.select(
            Scorecard.id,
            Scorecard.public_id,
            Scorecard.submitted_at,
            Scorecard.assignment_id,
            Amendment.body,
            Amendment.reason,
            Amendment.created_at,
        )
        .join(Scorecard.assignment)
        .join(Assignment.interview)
        .join(Interview.application)
        .outerjoin(Scorecard.amendments)
        .where(
            Interview.application_id == sa.bindparam("application_id"),
            Assignment.state == AssignmentState.SUBMITTED,
            open_to(),
        )
        .order_by(Assignment.id, Amendment.id)
    )


def _open_cards(
    actor: Actor, application: Application, interviews: Sequence[Interview]
) -> Mapping[int, list[RaterCard]]:
    """The scorecards of open panels by interview, in the order of their seats."""
    asked = {"application_id": application.id, **seen_by(actor)}
    rows = plain(_of_open_panels(), asked).all()
    cards = {row.id: row for row in rows}
    contents = contents_of({row.id: row.public_id for row in rows})
    amendments = _amendments(rows)
    flags = _flags_of([card_id for card_id in cards if contents[card_id].raised])
    sitting = {one.id: (one, interview) for interview in interviews for one in interview.assignments}
    found: dict[int, list[RaterCard]] = {}
    for card_id, row in cards.items():
        assert row.submitted_at is not None  # noqa: S101 (the query asks for submitted ones)
        assignment, interview = sitting[row.assignment_id]
        card = RaterCard(
            person_id=assignment.person_id,
            name=assignment.person.name,
            counts=assignment.counts,
            is_informed=assignment.is_informed,
            is_late=is_past_due(assignment),
            submitted_at=row.submitted_at,
            content=contents[card_id],
            amendments=tuple(_placed(one, interview) for one in amendments.get(card_id, ())),
            flags=tuple(flags.get(card_id, ())),
        )
        found.setdefault(assignment.interview_id, []).append(card)
    return found


def _amendments(rows: Iterable[Any]) -> Mapping[int, list[Amended]]:
    """What was added to scorecards, by their ids, from rows that hold it, or nothing, beside the card."""
    found: dict[int, list[Amended]] = {}
    for row in rows:
        if row.body is not None:
            found.setdefault(row.id, []).append(Amended(row.body, row.reason, row.created_at))
    return found


def _flags_of(card_ids: Sequence[int]) -> Mapping[int, list[Raised]]:
    found: dict[int, list[Raised]] = {}
    if not card_ids:
        return found
    for flag in db.session.scalars(
        sa.select(RedFlag)
        .options(selectinload(RedFlag.answers).joinedload(FlagAnswer.person))
        .where(RedFlag.scorecard_id.in_(card_ids))
        .order_by(RedFlag.position)
        .execution_options(populate_existing=True)
    ):
        raised = Raised(flag.public_id, flag.position, flag.quote, _last_words(flag))
        found.setdefault(flag.scorecard_id, []).append(raised)
    return found


def _last_words(flag: RedFlag) -> tuple[FlagSaid, ...]:
    said = {
        one.person_id: FlagSaid(one.person_id, one.person.name, one.is_confirmed, one.created_at)
        for one in flag.answers
    }
    return tuple(said.values())


def get_flag(actor: Actor, public_id: uuid.UUID) -> tuple[RedFlag, FlagSight]:
    """A red flag of a panel that is open to the actor, and what the policy asks before they answer it."""
    flag = db.session.scalar(
        sa.select(RedFlag)
        .join(RedFlag.scorecard)
        .join(Scorecard.assignment)
        .join(Assignment.interview)
        .join(Interview.application)
        .options(
            contains_eager(RedFlag.scorecard)
            .contains_eager(Scorecard.assignment)
            .contains_eager(Assignment.interview)
            .contains_eager(Interview.application),
            selectinload(RedFlag.answers),
        )
        .where(RedFlag.public_id == public_id, open_to()),
        seen_by(actor),
    )
    if flag is None:
        raise NotFound
    assignment = flag.scorecard.assignment
    found = seats.sight(actor, assignment.interview.application, assignment.interview)
    return flag, FlagSight(
        job_id=found.job_id,
        sits_on_panel=found.sits_on_panel,
        mine_open=found.mine_open,
        panel_complete=found.panel_complete,
        raised_by_id=assignment.person_id,
    )


def rating_rows(actor: Actor, loop: Loop) -> LoopRatings:
    """The counting ratings of a loop's complete panels, without candidates whom the actor has to score."""
    found = db.session.execute(
        sa.select(
            Interview.application_id,
            Rating.criterion_id,
            Assignment.person_id,
            Rating.level,
            Scorecard.submitted_at,
        )
        .join(Rating, Rating.scorecard_id == Scorecard.id)
        .join(Scorecard.assignment)
        .join(Assignment.interview)
        .join(Interview.application)
        .join(Interview.stage)
        .where(
            Stage.loop_id == loop.id,
            Assignment.state == AssignmentState.SUBMITTED,
            Assignment.part.in_(COUNTING_PARTS),
            Assignment.is_informed.is_(False),
            Scorecard.submitted_at.is_not(None),
            open_to(),
        )
        .order_by(Interview.application_id, Rating.criterion_id, Assignment.person_id),
        seen_by(actor),
    )
    rows = tuple(RatingRow._make(row) for row in found)
    names = db.session.execute(
        sa.select(Person.id, Person.name).where(Person.id.in_({row.person_id for row in rows}))
    )
    left_out = db.session.scalars(
        sa.select(Candidate.name)
        .join(Application, Application.candidate_id == Candidate.id)
        .join(Interview, Interview.application_id == Application.id)
        .join(Assignment, Assignment.interview_id == Interview.id)
        .where(
            Application.job_id == loop.job_id,
            Assignment.person_id == actor.id,
            Assignment.state == AssignmentState.OPEN,
        )
        .distinct()
        .order_by(Candidate.name)
    )
    return LoopRatings(
        rows=rows,
        names=dict(names.all()),
        left_out=tuple(left_out),
    )
