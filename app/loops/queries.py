"""Reads about loops: whole, with their stages, criteria, scenario versions and panels."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from app import policy
from app.core.db import db
from app.core.errors import NotFound
from app.jobs.models import Job
from app.jobs.rules import Profile
from app.loops import bars, rules
from app.loops.advice import Advice, advice
from app.loops.models import COUNTING_PARTS, Loop, PlannedPanelist, Stage
from app.loops.rules import Planned, Scored
from app.packs import queries as packs
from app.packs.models import ScenarioVersion
from app.policy import Act, Actor


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
        selectinload(Loop.stages).options(
            joinedload(Stage.scenario_version),
            selectinload(Stage.criteria),
            selectinload(Stage.panel).joinedload(PlannedPanelist.person),
        ),
    )


def planned(loop: Loop) -> list[Planned]:
    """The stages as rules see them; a draft's bars are those of the job's level as it is now."""
    return [_planned(stage, loop) for stage in loop.stages]


def _planned(stage: Stage, loop: Loop) -> Planned:
    scenario, profile = packs.scenario_of(stage.scenario_version), loop.job.profile
    minimum = bars.bars_of(scenario, profile.level) if loop.is_draft else {}
    return Planned(
        position=stage.position,
        scored=tuple(
            Scored(one.code, one.name, one.is_critical, minimum.get(one.code, one.bar))
            for one in stage.criteria
        ),
        raters=frozenset(seat.person_id for seat in stage.panel if seat.part in COUNTING_PARTS),
        differences=tuple(rules.differences(scenario, profile)),
        minutes=scenario.time_box.total,
    )


def advised(loop: Loop) -> list[Advice]:
    """What would make this loop stronger."""
    names = {seat.person_id: seat.person.name for stage in loop.stages for seat in stage.panel}
    return advice(planned(loop), names)


@dataclass(frozen=True)
class Offer:
    """A pack to begin a loop with: the stages it gives, and whether they were written for such a job."""

    pack: str
    title: str
    versions: list[ScenarioVersion]
    fits: bool


def offers(job: Job) -> list[Offer]:
    """The packs; those of the job's setting and role first."""
    by_pack: dict[str, list[ScenarioVersion]] = {}
    for version in packs.latest_versions():
        by_pack.setdefault(version.pack, []).append(version)
    found = [_offer(versions, job.profile) for versions in by_pack.values()]
    return sorted((offer for offer in found if offer.versions), key=lambda offer: not offer.fits)


def _offer(versions: list[ScenarioVersion], profile: Profile) -> Offer:
    by_key = {version.key: version for version in versions}
    first = rules.first_stages(map(packs.scenario_of, versions), profile)
    return Offer(
        pack=versions[0].pack,
        title=versions[0].pack_title,
        versions=[by_key[scenario.id] for scenario in first],
        fits=all(rules.plays_here(scenario, profile) for scenario in first),
    )


def scenarios_for(job: Job, *, besides: ScenarioVersion | None = None) -> list[ScenarioVersion]:
    """The versions a stage may hold, those that play where the job is first; and the one it holds now."""
    versions = sorted(
        packs.latest_versions(), key=lambda one: not rules.plays_here(packs.scenario_of(one), job.profile)
    )
    if besides is not None and besides not in versions:
        versions.insert(0, besides)
    return versions
