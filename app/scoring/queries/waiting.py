"""Which applications wait for their debrief, as far as a manager may know."""

from collections import defaultdict

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.candidates.models import Application
from app.core.db import db
from app.loops.models import Loop, Stage
from app.policy import Actor, Part
from app.scoring.models import Interview, Outcome
from app.scoring.queries import seats


def ready_for_debrief(actor: Actor, job_id: int | None = None) -> list[Application]:
    """Undecided applications of the actor's own jobs whose every stage has a complete panel, oldest first.

    Those for whom the actor still owes a scorecard are not among them, whatever their colleagues did.
    """
    jobs = [one for one, parts in actor.teams.items() if Part.MANAGER in parts and job_id in {None, one}]
    applications = db.session.scalars(
        sa.select(Application)
        .options(joinedload(Application.candidate), joinedload(Application.job))
        .where(
            Application.job_id.in_(jobs), Application.decided_at.is_(None), Application.withdrawn_at.is_(None)
        )
        .order_by(Application.applied_on, Application.id)
    ).all()
    ids = [application.id for application in applications]
    rows = db.session.execute(
        sa.select(Loop.job_id, sa.func.count(Stage.id))
        .join(Loop.stages)
        .where(Loop.job_id.in_(jobs), Loop.opened_at.is_not(None), Loop.closed_at.is_(None))
        .group_by(Loop.job_id)
    )
    planned = {job: stages for job, stages in rows}  # noqa: C416 (a result is no mapping)
    stages_met: dict[int, dict[int, Interview]] = defaultdict(dict)
    for interview in db.session.scalars(
        sa.select(Interview).where(Interview.application_id.in_(ids)).order_by(Interview.attempt)
    ):
        stages_met[interview.application_id][interview.stage_id] = interview
    everyone = seats.seats_of(ids)
    return [
        application
        for application in applications
        if len(stages_met[application.id]) == planned.get(application.job_id)
        and all(
            (
                sight := seats.sight(actor, application, interview, seats=everyone[application.id])
            ).panel_complete
            and not sight.mine_open
            and interview.outcome is not Outcome.NO_SHOW
            for interview in stages_met[application.id].values()
        )
    ]
