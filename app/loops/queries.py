"""Reads about loops: whole, with their stages, criteria, scenario versions and panels."""

import uuid
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from app import policy
from app.core.db import db
from app.core.errors import NotFound
from app.identity.models import Person
from app.jobs.models import Job, TeamMember
from app.jobs.rules import Profile
from app.loops import bars, rules
from app.loops.advice import Advice, advice
from app.loops.bars import Put
from app.loops.models import COUNTING_PARTS, Loop, PlannedPanelist, Stage
from app.loops.panels import Seat, Seated
from app.loops.rules import Planned, Scored
from app.packs import queries as packs
from app.packs.models import ScenarioVersion
from app.policy import Act, Actor, Part


def open_loop(job_id: int) -> Loop | None:
    """The job's open loop, whole; None when it has none."""
    return db.session.scalar(
        sa.select(Loop)
        .options(*_whole())
        .where(Loop.job_id == job_id, Loop.opened_at.is_not(None), Loop.closed_at.is_(None))
    )


def latest_loop(job: Job) -> Loop | None:
    """The loop a job's page is about, whole: its last one, in whatever state."""
    return db.session.scalar(
        sa.select(Loop).options(*_whole()).where(Loop.job_id == job.id).order_by(Loop.number.desc()).limit(1)
    )


def next_loop(job: Job) -> Loop:
    """The loop the job would begin next; not kept before a service does so."""
    last = db.session.scalar(sa.select(sa.func.max(Loop.number)).where(Loop.job_id == job.id)) or 0
    return Loop(job=job, job_id=job.id, number=last + 1)


def get_loop(actor: Actor, public_id: uuid.UUID, to: Act = Act.SEE_LOOP) -> Loop:
    """A loop, whole, for who may see it or what a page shows of it; 404 for anybody else."""
    loop = db.session.scalar(sa.select(Loop).options(*_whole()).where(Loop.public_id == public_id))
    if loop is None or not policy.decide(actor, to, loop):
        raise NotFound
    return loop


def whole(loop_id: int) -> Loop:
    """A loop, whole, for whoever was let to it by another thing that they may see."""
    return db.session.scalars(sa.select(Loop).options(*_whole()).where(Loop.id == loop_id)).one()


def all_whole(job: Job) -> Sequence[Loop]:
    """Every loop of a job, whole, the first one first."""
    return db.session.scalars(
        sa.select(Loop).options(*_whole()).where(Loop.job_id == job.id).order_by(Loop.number)
    ).all()


def get_stage(actor: Actor, public_id: uuid.UUID) -> Stage:
    """A stage of a loop the actor may see."""
    loop_id = sa.select(Stage.loop_id).where(Stage.public_id == public_id).scalar_subquery()
    loop = db.session.scalar(sa.select(Loop).options(*_whole()).where(Loop.id == loop_id))
    if loop is None or not policy.decide(actor, Act.SEE_LOOP, loop):
        raise NotFound
    return next(stage for stage in loop.stages if stage.public_id == public_id)


def _whole() -> Sequence[ORMOption]:
    return (
        joinedload(Loop.job).joinedload(Job.site),
        joinedload(Loop.opened_by),
        joinedload(Loop.copied_from).joinedload(Loop.job),
        selectinload(Loop.stages).options(
            joinedload(Stage.scenario_version),
            selectinload(Stage.criteria),
            selectinload(Stage.panel).joinedload(PlannedPanelist.person),
        ),
    )


def planned(loop: Loop) -> list[Planned]:
    """The stages as rules see them; a draft's bars are those of the job's level as it is now."""
    return [_planned(stage, loop, loop.profile) for stage in loop.stages]


def _planned(stage: Stage, loop: Loop, profile: Profile) -> Planned:
    scenario = packs.scenario_of(stage.scenario_version)
    minimum = bars.bars_of(scenario, profile.level) if loop.is_draft else {}
    return Planned(
        position=stage.position,
        scored=tuple(
            Scored(one.code, one.name, one.is_critical, minimum.get(one.code, one.bar))
            for one in stage.criteria
        ),
        raters=frozenset(seat.person_id for seat in stage.panel if seat.part in COUNTING_PARTS),
        differences=tuple(rules.differences(scenario, profile)),
        minutes=stage.time_box.total,
    )


def advised(loop: Loop) -> list[Advice]:
    """What would make this loop stronger."""
    names = {seat.person_id: seat.person.name for stage in loop.stages for seat in stage.panel}
    return advice(planned(loop), names, rules.owed(loop.job.profile))


def scenarios_for(job: Job, *, besides: ScenarioVersion | None = None) -> list[ScenarioVersion]:
    """The versions a stage may hold, those that play where the job is first; and the one it holds now."""
    versions = sorted(
        packs.latest_versions(), key=lambda one: not rules.plays_here(packs.scenario_of(one), job.profile)
    )
    if besides is not None and besides not in versions:
        versions.insert(0, besides)
    return versions


def put(loop: Loop) -> list[Put]:
    """The stages as rules over several criteria see them."""
    return [
        Put(stage.id, packs.scenario_of(stage.scenario_version), tuple(one.code for one in stage.criteria))
        for stage in loop.stages
    ]


def seated(loop: Loop) -> list[Seated]:
    """The stages as panels are shared out: minutes, and who sits where as what."""
    return [
        Seated(
            stage.position,
            stage.time_box.total,
            tuple(Seat(seat.person_id, seat.part) for seat in stage.panel),
        )
        for stage in loop.stages
    ]


def interviewers_of(job: Job) -> Sequence[Person]:
    """The interviewers of a job's hiring team who can sign in, by name."""
    return db.session.scalars(
        sa.select(Person)
        .join(TeamMember, TeamMember.person_id == Person.id)
        .where(TeamMember.job_id == job.id, TeamMember.part == Part.INTERVIEWER, Person.disabled_at.is_(None))
        .order_by(Person.name)
    ).all()
