"""Which applications wait for their debrief, as far as a manager may know."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.candidates.models import Application
from app.core.db import db
from app.loops.models import Loop, Stage
from app.policy import Actor, Part
from app.scoring.models import Interview, Outcome
from app.scoring.queries.panel import open_to


def ready_for_debrief(actor: Actor, job_id: int | None = None) -> Sequence[Application]:
    """Undecided applications of the actor's own jobs with every panel open to the actor, the oldest first.

    Those for whom the actor still owes a scorecard are not among them, whatever their colleagues did.
    """
    jobs = [one for one, parts in actor.teams.items() if Part.MANAGER in parts and job_id in {None, one}]
    planned = (
        sa.select(sa.func.count(Stage.id))
        .join(Stage.loop)
        .where(Loop.job_id == Application.job_id, Loop.opened_at.is_not(None), Loop.closed_at.is_(None))
        .correlate(Application)
        .scalar_subquery()
    )
    complete = (
        sa.select(sa.func.count(Interview.stage_id.distinct()))
        .where(
            Interview.application_id == Application.id,
            Interview.outcome.is_distinct_from(Outcome.NO_SHOW),
            open_to(actor),
        )
        .correlate(Application)
        .scalar_subquery()
    )
    return db.session.scalars(
        sa.select(Application)
        .options(joinedload(Application.candidate), joinedload(Application.job))
        .where(
            Application.job_id.in_(jobs),
            Application.decided_at.is_(None),
            Application.withdrawn_at.is_(None),
            planned > 0,
            planned == complete,
        )
        .order_by(Application.applied_on, Application.id)
    ).all()
