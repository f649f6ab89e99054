"""Reads about what was done for a version since it was published."""

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from app.candidates.sending import keeps_back
from app.core import clock
from app.core.db import db
from app.disclosures import queries as disclosures
from app.disclosures.freshness import Upkeep, why_stale
from app.disclosures.models import Attestation, Disclosure, DisclosureChange, DisclosureVersion
from app.jobs.models import Job, Matter, Owner, TeamMember
from app.policy import Part

Doubt = Callable[[DisclosureVersion], date | None]
_doubts: list[Doubt] = []


def doubts(doubt: Doubt) -> Doubt:
    """Register since when something known elsewhere makes a version doubtful, as a recorded change does."""
    _doubts.append(doubt)
    return doubt


def upkeep_of(version: DisclosureVersion, zone: str) -> Upkeep:
    """Since when a version is confirmed, and the oldest change or other doubt that nobody answered.

    A change is answered by a confirmation, or by a version, that came after it was recorded.
    """
    attested = (
        sa.select(sa.func.max(Attestation.created_at))
        .where(Attestation.version_id == version.id)
        .scalar_subquery()
    )
    changed = (
        sa.select(sa.func.min(DisclosureChange.happened_on))
        .where(
            DisclosureChange.disclosure_id == version.disclosure_id,
            DisclosureChange.created_at > version.published_at,
            sa.or_(attested.is_(None), DisclosureChange.created_at > attested),
        )
        .scalar_subquery()
    )
    found = db.session.execute(sa.select(attested, changed)).one()
    attested_at: datetime | None = found[0]
    since = [day for day in (found[1], *(doubt(version) for doubt in _doubts)) if day is not None]
    return Upkeep(
        attested_at.astimezone(ZoneInfo(zone)).date() if attested_at else None, min(since, default=None)
    )


@keeps_back
def why_not_sent(job: Job) -> str:
    """Why the job's disclosure cannot be sent, as sentences; empty while it can, or there is none yet."""
    version = disclosures.latest(job.id)
    if version is None:
        return ""
    zone = job.site.time_zone
    why = why_stale(version.number, json.loads(version.document), clock.today(zone), upkeep_of(version, zone))
    return f"{why} It cannot be sent until somebody confirms it or corrects it." if why else ""


def attestations_of(version: DisclosureVersion) -> Sequence[Attestation]:
    """Who confirmed a version, the newest first."""
    return db.session.scalars(
        sa.select(Attestation)
        .options(joinedload(Attestation.person))
        .where(Attestation.version_id == version.id)
        .order_by(Attestation.id.desc())
    ).all()


def changes_of(version: DisclosureVersion) -> Sequence[DisclosureChange]:
    """What was recorded about a job since this version was published, the newest first."""
    return db.session.scalars(
        sa.select(DisclosureChange)
        .options(joinedload(DisclosureChange.person))
        .where(
            DisclosureChange.disclosure_id == version.disclosure_id,
            DisclosureChange.created_at > version.published_at,
        )
        .order_by(DisclosureChange.id.desc())
    ).all()


def standing_versions() -> Sequence[DisclosureVersion]:
    """The newest standing version of every job that is not closed, with its job."""
    newest = (
        sa.select(sa.func.max(DisclosureVersion.number))
        .where(
            DisclosureVersion.disclosure_id == Disclosure.id,
            DisclosureVersion.retracted_at.is_(None),
        )
        .correlate(Disclosure)
        .scalar_subquery()
    )
    return db.session.scalars(
        sa.select(DisclosureVersion)
        .join(DisclosureVersion.disclosure)
        .join(Disclosure.job)
        .join(Job.site)
        .options(
            contains_eager(DisclosureVersion.disclosure)
            .contains_eager(Disclosure.job)
            .contains_eager(Job.site)
        )
        .where(DisclosureVersion.number == newest, Job.closed_at.is_(None))
        .order_by(DisclosureVersion.id)
    ).all()


def keepers_of(job: Job) -> list[int]:
    """Who is reminded: whoever answers for the job's disclosure, else its managers."""
    owners = db.session.scalars(
        sa.select(Owner.person_id).where(Owner.job_id == job.id, Owner.matter == Matter.DISCLOSURE)
    ).all()
    managers = (
        sa.select(TeamMember.person_id)
        .where(TeamMember.job_id == job.id, TeamMember.part == Part.MANAGER)
        .order_by(TeamMember.id)
    )
    return list(owners or db.session.scalars(managers).all())
