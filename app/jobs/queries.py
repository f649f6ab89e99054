"""Reads about jobs and their teams."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from app import policy
from app.core.db import db, plain
from app.core.errors import NotFound
from app.identity.models import Person
from app.jobs.models import Approver, Job, Owner, TeamMember
from app.policy import Act, Actor, Part, Role

# Built once, because nearly every request asks it.
_TEAMS = sa.select(TeamMember.job_id, TeamMember.part).where(
    TeamMember.person_id == sa.bindparam("person_id")
)


def teams_of(person_id: int) -> dict[int, frozenset[Part]]:
    """A person's parts on hiring teams, by job id."""
    found: dict[int, set[Part]] = {}
    for job_id, part in plain(_TEAMS, {"person_id": person_id}):
        found.setdefault(job_id, set()).add(part)
    return {job_id: frozenset(parts) for job_id, parts in found.items()}


class TeamsOf(Mapping[int, frozenset[Part]]):
    """The same, read when somebody first asks: a scorecard's page never does."""

    def __init__(self, person_id: int) -> None:
        self._person_id = person_id

    @cached_property
    def _parts(self) -> dict[int, frozenset[Part]]:
        return teams_of(self._person_id)

    def __getitem__(self, job_id: int) -> frozenset[Part]:
        return self._parts[job_id]

    def __iter__(self) -> Iterator[int]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)


def members_of(job: Job, part: Part) -> Sequence[Person]:
    """Those who have this part on the job's team and can still sign in."""
    return db.session.scalars(
        sa.select(Person)
        .join(TeamMember, TeamMember.person_id == Person.id)
        .where(TeamMember.job_id == job.id, TeamMember.part == part, Person.disabled_at.is_(None))
        .order_by(Person.id)
    ).all()


def contacts_of(job: Job) -> Sequence[Person]:
    """Whoever deals with the job's candidates: its recruiters, or its managers where it has none."""
    return members_of(job, Part.RECRUITER) or members_of(job, Part.MANAGER)


def visible_to(actor: Actor) -> sa.ColumnElement[bool]:
    """The jobs whose manager or recruiter the actor is."""
    return Job.id.in_(
        [job_id for job_id, parts in actor.teams.items() if parts & {Part.MANAGER, Part.RECRUITER}]
    )


def listed_to(actor: Actor) -> sa.ColumnElement[bool]:
    """The jobs whose titles an actor may read: those they may see, and all of them for administrators."""
    return sa.true() if Role.ADMINISTRATOR in actor.roles else visible_to(actor)


def mine(actor: Actor) -> Sequence[Job]:
    """The jobs an actor manages or recruits for that are not closed, newest first."""
    return db.session.scalars(
        sa.select(Job).where(visible_to(actor), Job.closed_at.is_(None)).order_by(Job.id.desc())
    ).all()


def get_job(
    actor: Actor, public_id: uuid.UUID, to: Act = Act.SEE_JOB, *, besides: Sequence[ORMOption] = ()
) -> Job:
    """A job with its site, for who may see it or what a page shows of it; 404 for anybody else."""
    job = _find(public_id, *besides)
    if not policy.decide(actor, to, job):
        raise NotFound
    return job


def get_job_with_team(actor: Actor, public_id: uuid.UUID) -> Job:
    """A job with its team, for those who may see the job or put its team together; 404 for anybody else."""
    job = _find(public_id, selectinload(Job.team).joinedload(TeamMember.person))
    if not (policy.decide(actor, Act.SEE_JOB, job) or policy.decide(actor, Act.EDIT_TEAM, job)):
        raise NotFound
    return job


def get_brief(actor: Actor, public_id: uuid.UUID) -> Job:
    """A job with all that its brief says, for its team and its approvers; 404 for anybody else."""
    job = _find(public_id, *BRIEF)
    if not policy.decide(actor, Act.SEE_BRIEF, job):
        raise NotFound
    return job


def waiting_for(actor: Actor) -> Sequence[Approver]:
    """The jobs to which an actor is asked to agree and has not yet, the soonest first."""
    return db.session.scalars(
        sa.select(Approver)
        .join(Approver.job)
        .options(contains_eager(Approver.job))
        .where(Approver.person_id == actor.id, Approver.agreed_at.is_(None), Job.closed_at.is_(None))
        .order_by(Approver.due_on, Approver.id)
    ).all()


# What a brief shows beside the job's own columns: few rows each, so that one query with the job brings them.
BRIEF = (
    joinedload(Job.decision_rights),
    joinedload(Job.owners).joinedload(Owner.person),
    joinedload(Job.approvers).joinedload(Approver.person),
)


def _find(public_id: uuid.UUID, *more: ORMOption) -> Job:
    found = sa.select(Job).options(joinedload(Job.site), *more).where(Job.public_id == public_id)
    job = db.session.scalars(found).unique().one_or_none()
    if job is None:
        raise NotFound
    return job
