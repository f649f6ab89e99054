"""Which applications wait for their debrief, as far as a manager may know."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from app.candidates.models import Application
from app.core.db import db
from app.loops.models import Stage
from app.policy import Actor, Part
from app.scoring.models import Assignment, AssignmentState, Interview, Outcome

MOST = 6


@dataclass(frozen=True)
class Waiting:
    """The applications that wait longest, and how many there are in all."""

    first: tuple[Application, ...]
    total: int


def ready_for_debrief(actor: Actor, job_id: int | None = None) -> Waiting:
    """Undecided applications of the actor's own jobs with every stage met and every scorecard settled.

    Somebody for whom the actor still owes a scorecard has an open one, and so is never among them.
    """
    jobs = [one for one, parts in actor.teams.items() if Part.MANAGER in parts and job_id in {None, one}]
    met = (
        sa.select(sa.func.count(Interview.stage_id.distinct()))
        .where(
            Interview.application_id == Application.id,
            Interview.outcome.is_distinct_from(Outcome.NO_SHOW),
        )
        .scalar_subquery()
    )
    begun = aliased(Stage)
    loop = (
        sa.select(sa.func.max(begun.loop_id))
        .join(Interview, Interview.stage_id == begun.id)
        .where(Interview.application_id == Application.id)
        .scalar_subquery()
    )
    planned = sa.select(sa.func.count(Stage.id)).where(Stage.loop_id == loop).scalar_subquery()
    something_is_open = sa.exists().where(
        Assignment.interview_id == Interview.id,
        Interview.application_id == Application.id,
        Assignment.state == AssignmentState.OPEN,
    )
    ready = (
        Application.job_id.in_(jobs),
        Application.decided_at.is_(None),
        Application.withdrawn_at.is_(None),
        met > 0,
        met == planned,
        ~something_is_open,
    )
    rows = db.session.execute(
        sa.select(Application, sa.func.count().over())
        .options(joinedload(Application.candidate), joinedload(Application.job))
        .where(*ready)
        .order_by(Application.applied_on, Application.id)
        .limit(MOST)
    ).all()
    return Waiting(tuple(application for application, _ in rows), rows[0][1] if rows else 0)
