"""Who meets which loop of a job, where several were opened one after the other."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from app.candidates import queries as candidates
from app.candidates.models import Application
from app.core.db import db
from app.jobs.models import Job
from app.loops.models import Loop, Stage
from app.policy import Actor
from app.scoring.models import Interview, Outcome
from app.web.paging import SIZE, Page

_CAME = sa.or_(Interview.outcome.is_(None), Interview.outcome != Outcome.NO_SHOW)


def met_loops(of: sa.ColumnElement[bool]) -> Sequence[int]:
    """The numbers of the loops that some applications began, in their order."""
    return db.session.scalars(
        sa.select(Loop.number)
        .distinct()
        .select_from(Interview)
        .join(Interview.stage)
        .join(Stage.loop)
        .join(Interview.application)
        .join(Application.candidate)
        .where(of, _CAME)
        .order_by(Loop.number)
    ).all()


def numbers_by_loop(actor: Actor, job: Job) -> dict[int, int]:
    """How many applications began each loop of a job, by the number of the loop."""
    rows = db.session.execute(
        sa.select(Loop.number, sa.func.count(Interview.application_id.distinct()))
        .select_from(Interview)
        .join(Interview.stage)
        .join(Stage.loop)
        .join(Interview.application)
        .where(Loop.job_id == job.id, candidates.visible_to(actor), _CAME)
        .group_by(Loop.number)
    )
    return {row.number: row[1] for row in rows}


def of_loop(actor: Actor, loop: Loop, number: int) -> tuple[Sequence[Application], Page]:
    """One page of the applications that began a loop, in the order they applied."""
    begun = (
        sa.select(Interview.application_id)
        .join(Interview.stage)
        .where(Stage.loop_id == loop.id, _CAME)
        .scalar_subquery()
    )
    found = sa.select(Application).where(Application.id.in_(begun), candidates.visible_to(actor))
    total = db.session.scalar(sa.select(sa.func.count()).select_from(found.subquery())) or 0
    page = Page(number, total)
    rows = db.session.scalars(
        found.join(Application.candidate)
        .options(contains_eager(Application.candidate))
        .order_by(Application.applied_on, Application.id)
        .offset(page.offset)
        .limit(SIZE)
    ).all()
    return rows, page


def loops_begun(application_ids: Sequence[int]) -> dict[int, list[int]]:
    """By application, the numbers of the loops it began: more than one is nobody's plan, and is said."""
    found: dict[int, list[int]] = {}
    rows = db.session.execute(
        sa.select(Interview.application_id, Loop.number)
        .distinct()
        .select_from(Interview)
        .join(Interview.stage)
        .join(Stage.loop)
        .where(Interview.application_id.in_(application_ids), _CAME)
        .order_by(Loop.number)
    )
    for application_id, number in rows:
        found.setdefault(application_id, []).append(number)
    return found
