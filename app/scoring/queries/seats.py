"""Reads about interviews and who sits on them, and the sight that the policy asks about."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from app.candidates.models import Application
from app.core.db import db
from app.core.errors import NotFound
from app.identity.models import Person
from app.jobs.models import Job, TeamMember
from app.loops import opened
from app.loops.models import Criterion, Loop, PlannedPanelist, Stage
from app.policy import Act, Actor, decide
from app.scoring import rules
from app.scoring.models import Assignment, AssignmentState, Interview, Outcome
from app.scoring.rules import Seat, Sight


def application_path() -> Any:
    """Whose interview it is, and for which job."""
    return joinedload(Interview.application).options(
        joinedload(Application.candidate), joinedload(Application.job).joinedload(Job.site)
    )


def interview_path() -> list[Any]:
    """What a page about an interview shows around it, from `Assignment.interview` on."""
    return [
        application_path(),
        joinedload(Interview.stage).options(
            joinedload(Stage.scenario_version), joinedload(Stage.loop), selectinload(Stage.criteria)
        ),
    ]


def _has_begun(application: Application) -> sa.ColumnElement[bool]:
    """Whether an application met, or is to meet, a stage of a loop."""
    return sa.exists().where(
        Stage.loop_id == Loop.id,
        Interview.stage_id == Stage.id,
        Interview.application_id == application.id,
        sa.or_(Interview.outcome.is_(None), Interview.outcome != Outcome.NO_SHOW),
    )


def _loop_of(application: Application) -> sa.Select[int]:
    """The loop an application began, else the one opened last; of several begun the last."""
    return (
        sa.select(Loop.id)
        .where(Loop.job_id == application.job_id, Loop.opened_at.is_not(None))
        .order_by(sa.case((_has_begun(application), 1), else_=0).desc(), Loop.number.desc())
        .limit(1)
    )


def loop_of(application: Application) -> Loop | None:
    """The loop a candidate meets, with its stages and planned panels.

    Whoever began a loop finishes it, also after it closed; everybody else meets the one opened last.
    """
    return db.session.scalar(
        sa.select(Loop)
        .options(
            selectinload(Loop.stages).options(
                joinedload(Stage.scenario_version),
                selectinload(Stage.panel).joinedload(PlannedPanelist.person),
            )
        )
        .where(Loop.id == _loop_of(application).scalar_subquery())
    )


def loop_to_prepare_for(application: Application) -> int | None:
    """The id of the loop a candidate is or will be in; None while none is open to them."""
    return db.session.scalar(
        _loop_of(application).where(sa.or_(Loop.closed_at.is_(None), _has_begun(application)))
    )


class Met(NamedTuple):
    """What a candidate met: the stages of every loop of the job that was opened, and the interviews."""

    stages: Sequence[Stage]
    interviews: Sequence[Interview]


def met_by(application: Application) -> Met:
    """Loop by loop in the order of the stages, with who sits on the interviews."""
    asked = {"application_id": application.id, "job_id": application.job_id}
    rows = db.session.execute(_met(), asked).unique().all()
    stages = opened.stages([stage_id for stage_id, _ in rows])
    interviews = [_at(stages[stage_id], one) for stage_id, one in rows if one is not None]
    return Met(list(stages.values()), interviews)


def interviews_of(application: Application) -> Sequence[Interview]:
    """The interviews of an application in the order of its stages, with who sits on them."""
    return met_by(application).interviews


def at_its_stage(interview: Interview) -> Interview:
    """The same interview, holding its stage as that was opened."""
    return _at(opened.stages([interview.stage_id])[interview.stage_id], interview)


def _at(stage: Stage, interview: Interview) -> Interview:
    set_committed_value(interview, "stage", stage)
    return interview


@cache
def _met() -> sa.Select[int, Interview | None]:
    of_application = sa.and_(
        Interview.stage_id == Stage.id, Interview.application_id == sa.bindparam("application_id")
    )
    return (
        sa.select(Stage.id, Interview)
        .select_from(Stage)
        .join(Stage.loop)
        .outerjoin(Interview, of_application)
        .outerjoin(Interview.assignments)
        .options(contains_eager(Interview.assignments).joinedload(Assignment.person).load_only(Person.name))
        .where(Loop.job_id == sa.bindparam("job_id"), Loop.opened_at.is_not(None))
        .order_by(Loop.number, Stage.position, Interview.attempt, Assignment.id)
    )


def latest_attempt(application: Application, stage: Stage) -> Interview | None:
    """The newest interview of an application in a stage."""
    return db.session.scalar(
        sa.select(Interview)
        .options(selectinload(Interview.assignments))
        .where(Interview.application_id == application.id, Interview.stage_id == stage.id)
        .order_by(Interview.attempt.desc())
        .limit(1)
    )


def get_interview(actor: Actor, public_id: uuid.UUID) -> Interview:
    """An interview of a job whose manager or recruiter the actor is."""
    interview = db.session.scalar(
        sa.select(Interview)
        .options(*interview_path(), selectinload(Interview.assignments).joinedload(Assignment.person))
        .where(Interview.public_id == public_id)
    )
    if interview is None or not decide(actor, Act.SEE_APPLICATION, interview.application):
        raise NotFound
    return interview


def get_assignment(actor: Actor, public_id: uuid.UUID) -> Assignment:
    """A seat in an interview of a job whose manager or recruiter the actor is."""
    assignment = db.session.scalar(
        sa.select(Assignment)
        .options(joinedload(Assignment.person), joinedload(Assignment.interview).options(*interview_path()))
        .where(Assignment.public_id == public_id)
    )
    if assignment is None or not decide(actor, Act.SEE_APPLICATION, assignment.interview.application):
        raise NotFound
    return assignment


def sealed_jobs(actor: Actor) -> frozenset[int]:
    """The jobs on which the actor still owes a scorecard."""
    return frozenset(
        db.session.scalars(
            sa.select(Application.job_id)
            .join(Interview, Interview.application_id == Application.id)
            .join(Interview.assignments)
            .where(Assignment.person_id == actor.id, Assignment.state == AssignmentState.OPEN)
        )
    )


def owed_by(actor: Actor, person_id: int) -> Sequence[Assignment]:
    """What a person still owes, for the page that disables them.

    Without the candidates whom the actor has to score: that a colleague's is open is closed to the actor.
    """
    own = (
        sa.select(Interview.application_id)
        .join(Interview.assignments)
        .where(Assignment.person_id == actor.id, Assignment.state == AssignmentState.OPEN)
    )
    hidden = sa.and_(Assignment.person_id != actor.id, Interview.application_id.in_(own))
    return db.session.scalars(
        sa.select(Assignment)
        .join(Assignment.interview)
        .options(joinedload(Assignment.interview).options(*interview_path()))
        .where(Assignment.person_id == person_id, Assignment.state == AssignmentState.OPEN, ~hidden)
        .order_by(Assignment.due_at)
    ).all()


def open_assignments_in(application: Application) -> Sequence[Assignment]:
    """Every seat of an application that is still open."""
    return db.session.scalars(
        sa.select(Assignment)
        .join(Assignment.interview)
        .where(Interview.application_id == application.id, Assignment.state == AssignmentState.OPEN)
        .order_by(Assignment.id)
    ).all()


def seat(assignment: Assignment) -> Seat:
    """What the blind rule needs of an assignment; one that was given to somebody else is no seat."""
    return Seat(
        interview_id=assignment.interview_id,
        person_id=assignment.person_id,
        is_open=assignment.is_open,
        is_in=assignment.state is AssignmentState.SUBMITTED,
        counts=assignment.counts and assignment.state is not AssignmentState.REPLACED,
    )


def seats_of(application_ids: Collection[int]) -> Mapping[int, list[Seat]]:
    """The seats of several applications, in one query."""
    found: dict[int, list[Seat]] = defaultdict(list)
    for application_id, assignment in db.session.execute(
        _seats(), {"application_ids": list(application_ids)}
    ):
        found[application_id].append(seat(assignment))
    return found


@cache
def _seats() -> sa.Select[int, Assignment]:
    return (
        sa.select(Interview.application_id, Assignment)
        .join(Assignment.interview)
        .where(Interview.application_id.in_(sa.bindparam("application_ids", expanding=True)))
        .order_by(Assignment.id)
    )


def sight(
    actor: Actor,
    application: Application,
    interview: Interview | None = None,
    *,
    seats: Sequence[Seat] | None = None,
) -> Sight:
    """What the policy asks about an actor and an application, or one of its interviews."""
    return rules.sight(
        actor.id,
        seats_of([application.id])[application.id] if seats is None else seats,
        job_id=application.job_id,
        is_active=application.is_active,
        interview_id=interview.id if interview else None,
    )


def assignment_sight(actor: Actor, assignment: Assignment) -> Sight:
    """What the policy asks about an actor and somebody's seat."""
    found = sight(actor, assignment.interview.application, assignment.interview)
    return replace(found, assignment_is_open=assignment.is_open)


def team_of(application: Application) -> Sequence[Person]:
    """Who can be put on a panel: the job's hiring team, but for those who are disabled, by name."""
    return db.session.scalars(
        sa.select(Person)
        .where(
            Person.disabled_at.is_(None),
            sa.exists().where(TeamMember.person_id == Person.id, TeamMember.job_id == application.job_id),
        )
        .order_by(Person.name)
    ).all()


def criteria_by_code(stage: Stage) -> dict[str, Criterion]:
    """A stage's criteria by their codes."""
    return {criterion.code: criterion for criterion in stage.criteria}
