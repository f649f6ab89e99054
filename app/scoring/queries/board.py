"""The lists: a job's applications as its manager or recruiter may know them, and a person's own work."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased, contains_eager, joinedload

from app.candidates import queries as candidates
from app.candidates.models import Application, Candidate
from app.core import clock
from app.core.db import db
from app.core.search import every_word
from app.jobs.models import Job
from app.loops import opened
from app.loops.lineage import by_loop, unlike
from app.loops.models import Stage
from app.policy import Act, Actor, decide
from app.scoring import rules
from app.scoring.models import Assignment, AssignmentState, Interview, Outcome, Scorecard
from app.scoring.queries import own, seats
from app.scoring.queries.meeting import met_loops
from app.scoring.queries.panel import is_past_due
from app.scoring.results import Board, BoardRow, MyWork, StageCell, Waited, Work
from app.scoring.rules import Group, Owed, Planned
from app.web.paging import SIZE, Page

LATEST_HANDED_IN = 5

_GROUPS = {
    Group.ACTIVE: sa.and_(Application.decided_at.is_(None), Application.withdrawn_at.is_(None)),
    Group.DECIDED: sa.and_(Application.decided_at.is_not(None), Application.withdrawn_at.is_(None)),
    Group.WITHDRAWN: Application.withdrawn_at.is_not(None),
}


def in_group(group: Group) -> sa.ColumnElement[bool]:
    """The applications of a group."""
    return _GROUPS[group]


class Met(NamedTuple):
    """An interview, and the viewer's own scorecard of it if there is one."""

    interview: Interview
    card: uuid.UUID | None


def board(actor: Actor, job: Job, number: int, *, group: Group = Group.ACTIVE, words: str = "") -> Board:
    """One page of a job's applications in the order they applied, as far as the actor may know them.

    Words narrow each group to the candidates in whose names they stand.
    """
    mine = sa.and_(Application.job_id == job.id, candidates.visible_to(actor))
    named = every_word(words, Candidate.name)
    total, *counts = db.session.execute(
        sa.select(sa.func.count(), *(sa.func.count().filter(sa.and_(in_group(one), named)) for one in Group))
        .select_from(Application)
        .join(Application.candidate)
        .where(mine)
    ).one()
    by_group = dict(zip(Group, counts, strict=True))
    page = Page(number, by_group[group])
    applications = db.session.scalars(
        sa.select(Application)
        .join(Application.candidate)
        .options(contains_eager(Application.candidate))
        .where(mine, in_group(group), named)
        .order_by(Application.applied_on, Application.id)
        .offset(page.offset)
        .limit(SIZE)
    ).all()
    loops = by_loop(opened.stages_of(job.id))
    met = met_loops(sa.and_(mine, in_group(group), named)) if len(loops) > 1 else []
    interviews = _interviews(actor, [application.id for application in applications])
    return Board(
        rows=tuple(_row(actor, one, loops, interviews[one.id]) for one in applications),
        page=page,
        total=total,
        by_group=by_group,
        loops=len(loops),
        unlike=unlike(loops, met),
    )


def _interviews(actor: Actor, application_ids: Sequence[int]) -> dict[int, list[Met]]:
    """The interviews of several applications in the order of their attempts, with who sits on them."""
    mine = aliased(Assignment)
    rows = db.session.execute(
        sa.select(Interview, Scorecard.public_id)
        .outerjoin(mine, sa.and_(mine.interview_id == Interview.id, mine.person_id == actor.id))
        .outerjoin(Scorecard, Scorecard.assignment_id == mine.id)
        .options(joinedload(Interview.assignments).joinedload(Assignment.person))
        .where(Interview.application_id.in_(application_ids))
        .order_by(Interview.attempt, Interview.id)
    ).unique()
    found: dict[int, list[Met]] = defaultdict(list)
    for interview, card in rows:
        found[interview.application_id].append(Met(interview, card))
    return found


def _row(
    actor: Actor,
    application: Application,
    loops: Mapping[int, Sequence[Stage]],
    met: Sequence[Met],
) -> BoardRow:
    now = clock.now()
    interviews = [one.interview for one in met]
    number = _loop_number(loops, interviews)
    stages = loops[number] if number else []
    everyone = [seats.seat(assignment) for interview in interviews for assignment in interview.assignments]
    mine_open = seats.sight(actor, application, seats=everyone).mine_open
    latest = {interview.stage_id: interview for interview in interviews}

    def cell(stage: Stage) -> StageCell:
        interview = latest.get(stage.id)
        sight = seats.sight(actor, application, interview, seats=everyone)
        state = rules.stage_state(
            starts_at=interview.starts_at if interview else None,
            is_no_show=bool(interview and interview.outcome is Outcome.NO_SHOW),
            mine_open=mine_open,
            complete=sight.panel_complete,
            some_in=any(seat.is_in for seat in everyone if interview and seat.interview_id == interview.id),
            now=now,
        )
        return StageCell(stage.position, stage.scenario_version.title, state)

    cells = [cell(stage) for stage in stages]
    titles = {stage.id: stage.scenario_version.title for of in loops.values() for stage in of}
    owed = [
        Owed(titles.get(interview.stage_id, ""), card, interview.starts_at, assignment.due_at)
        for interview, card in met
        for assignment in interview.assignments
        if card
        and assignment.is_open
        and not assignment.has_stepped_back
        and assignment.person_id == actor.id
    ]
    planned = [
        Planned(one.title, one.state, latest[stage.id].starts_at if stage.id in latest else None)
        for one, stage in zip(cells, stages, strict=True)
    ]
    return BoardRow(
        application=application,
        loop_number=number,
        stages=tuple(cells),
        mine_open=mine_open,
        waited_on=() if mine_open else tuple(_waited(interviews)),
        next_step=rules.next_step(planned, owed, is_active=application.is_active, now=now),
    )


def _loop_number(loops: Mapping[int, Sequence[Stage]], interviews: Sequence[Interview]) -> int:
    """The number of the loop a candidate began, else of the one opened last; 0 before any was."""
    begun = {one.stage_id for one in interviews if one.outcome is not Outcome.NO_SHOW}
    numbers = [number for number, stages in loops.items() if begun & {stage.id for stage in stages}]
    return max(numbers or loops, default=0)


def _waited(interviews: Iterable[Interview]) -> Iterable[Waited]:
    """Who has not handed in a scorecard of an interview that is over, and who stepped back from any."""
    now = clock.now()
    for interview in interviews:
        is_over = interview.starts_at + timedelta(minutes=interview.minutes) <= now
        for assignment in interview.assignments:
            if assignment.is_open and (is_over or assignment.has_stepped_back):
                yield Waited(
                    assignment.person.name,
                    assignment.due_at,
                    is_past_due(assignment),
                    assignment.has_stepped_back,
                )


# A person's own work ----------------------------------------------------------------------------------------


def _mine(actor: Actor, *states: AssignmentState) -> sa.Select[Assignment, Scorecard]:
    return (
        sa.select(Assignment, Scorecard)
        .join(Scorecard, Scorecard.assignment_id == Assignment.id)
        .join(Assignment.interview)
        .options(joinedload(Assignment.interview).options(*seats.interview_path()))
        .where(Assignment.person_id == actor.id, Assignment.state.in_(states))
    )


def my_work(actor: Actor) -> MyWork:
    """What a person has to score, soonest first, and what they handed in last."""
    now = clock.now()
    work = my_open_scorecards(actor)
    coming = [one for one in work if one.interview.starts_at + timedelta(minutes=one.interview.minutes) > now]
    to_finish = [one for one in work if one not in coming]
    today = [one for one in coming if one.interview.starts_at - now < timedelta(hours=12)]
    first = next(iter([*today, *to_finish, *coming]), None)
    handed_in, listed = my_scorecards(actor, 1, size=LATEST_HANDED_IN)
    return MyWork(
        next=first,
        to_finish=tuple(one for one in to_finish if one is not first),
        coming_up=tuple(one for one in coming if one is not first),
        handed_in=tuple(handed_in),
        handed_in_count=listed.total,
    )


def my_open_scorecards(actor: Actor) -> list[Work]:
    """What a person has to score, in the order of the interviews."""
    rows = db.session.execute(
        _mine(actor, AssignmentState.OPEN).where(Assignment.tie.is_(None)).order_by(Interview.starts_at)
    ).all()
    return _works(actor, rows)


def my_scorecards(actor: Actor, number: int, *, size: int = SIZE) -> tuple[list[Work], Page]:
    """One page of what a person handed in, the newest first."""
    handed_in = sa.and_(Assignment.person_id == actor.id, Assignment.state == AssignmentState.SUBMITTED)
    total = db.session.scalar(sa.select(sa.func.count()).select_from(Assignment).where(handed_in)) or 0
    page = Page(number, total)
    rows = db.session.execute(
        _mine(actor, AssignmentState.SUBMITTED)
        .order_by(Assignment.settled_at.desc(), Assignment.id.desc())
        .offset(page.offset)
        .limit(size)
    ).all()
    return _works(actor, rows), page


def _works(actor: Actor, rows: Sequence[sa.Row[Assignment, Scorecard]]) -> list[Work]:
    open_cards = [card.id for assignment, card in rows if assignment.is_open]
    levels = own.saved_fields_of(open_cards, kind="level-") if open_cards else {}
    everyone = seats.seats_of({assignment.interview.application_id for assignment, _ in rows})
    return [
        Work(
            assignment=assignment,
            card=card.public_id,
            given=sum(bool(one.body) for one in levels.get(card.id, {}).values()),
            criteria=len(assignment.interview.stage.criteria),
            is_past_due=is_past_due(assignment),
            is_open_to_me=bool(
                decide(
                    actor,
                    Act.SEE_PANEL_SCORES,
                    seats.sight(
                        actor,
                        assignment.interview.application,
                        assignment.interview,
                        seats=everyone[assignment.interview.application_id],
                    ),
                )
            ),
        )
        for assignment, card in rows
    ]
