"""Reads over several features: jobs with the state of their loops, and candidates over all jobs."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import aliased, contains_eager, joinedload

from app.candidates import queries as candidates
from app.candidates.models import Application, Candidate
from app.core.db import db
from app.core.search import every_word
from app.identity.models import Site
from app.jobs import queries as jobs
from app.jobs.models import Job
from app.loops.models import Loop
from app.loops.rules import LoopState
from app.policy import Act, Actor, decide
from app.scoring import queries as scoring
from app.scoring.rules import Group
from app.web.paging import SIZE, Page


class Progress(StrEnum):
    """How far a job has come with its last loop."""

    NONE = "none"
    DRAFT = LoopState.DRAFT.value
    OPEN = LoopState.OPEN.value
    CLOSED = LoopState.CLOSED.value


@dataclass(frozen=True)
class FoundJob:
    """A job of the list; the state of its loop is for those who may see the job."""

    job: Job
    state: Progress | None


_last = aliased(Loop)
_STATES = {
    Progress.NONE: _last.id.is_(None),
    Progress.DRAFT: sa.and_(_last.id.is_not(None), _last.opened_at.is_(None)),
    Progress.OPEN: sa.and_(_last.opened_at.is_not(None), _last.closed_at.is_(None)),
    Progress.CLOSED: _last.closed_at.is_not(None),
}


def found_jobs(
    actor: Actor,
    number: int,
    *,
    words: str = "",
    setting: str = "",
    role: str = "",
    level: str = "",
    state: str = "",
) -> tuple[Sequence[FoundJob], Page]:
    """One page of the jobs an actor may read of, newest first, as far as they fit what is asked for."""
    wanted = [jobs.listed_to(actor), every_word(words, Job.title, Site.name)]
    wanted += [
        column == value
        for column, value in ((Job.setting, setting), (Job.role, role), (Job.level, level))
        if value
    ]
    if state:
        # Whoever reads only titles must not learn by searching what the list does not say.
        wanted += [jobs.visible_to(actor), _STATES[Progress(state)]]
    newest = sa.select(sa.func.max(Loop.number)).where(Loop.job_id == Job.id).correlate(Job).scalar_subquery()
    found = (
        sa.select(Job, _last)
        .join(Job.site)
        .outerjoin(_last, sa.and_(_last.job_id == Job.id, _last.number == newest))
        .where(*wanted)
    )
    page = Page(number, _count(found.with_only_columns(Job.id)))
    rows = db.session.execute(
        found.options(contains_eager(Job.site)).order_by(Job.id.desc()).offset(page.offset).limit(SIZE)
    ).all()
    return [
        FoundJob(job, _state(loop) if decide(actor, Act.SEE_JOB, job) else None) for job, loop in rows
    ], page


def found_candidates(
    actor: Actor, number: int, *, words: str = "", group: str = ""
) -> tuple[Sequence[Application], Page]:
    """One page of the applications an actor may see, the latest first, by words in name or e-mail."""
    wanted = [candidates.visible_to(actor), every_word(words, Candidate.name, Candidate.email)]
    if group:
        wanted.append(scoring.in_group(Group(group)))
    found = sa.select(Application).join(Application.candidate).where(*wanted)
    page = Page(number, _count(found.with_only_columns(Application.id)))
    rows = db.session.scalars(
        found.options(contains_eager(Application.candidate), joinedload(Application.job))
        .order_by(Application.applied_on.desc(), Application.id.desc())
        .offset(page.offset)
        .limit(SIZE)
    ).all()
    return rows, page


def _count(found: sa.Select[int]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(found.subquery())) or 0


def _state(loop: Loop | None) -> Progress:
    return Progress(loop.state.value) if loop else Progress.NONE
