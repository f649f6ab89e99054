"""Reads about disclosures: the draft's facts, the versions, and who acknowledged which."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import fields

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app.candidates.models import Application, CandidateLink
from app.core.db import db
from app.core.errors import NotFound
from app.disclosures.facts import Fact
from app.disclosures.models import Acknowledgement, Disclosure, DisclosureFact, DisclosureVersion
from app.jobs import queries as jobs
from app.jobs.models import Job
from app.policy import Actor


def draft_of(job: Job) -> Disclosure | None:
    """The job's working draft with its facts as they are now; None until the first save."""
    return db.session.scalar(
        sa.select(Disclosure)
        .options(selectinload(Disclosure.facts))
        .where(Disclosure.job_id == job.id)
        .execution_options(populate_existing=True)
    )


def facts_of(draft: Disclosure | None) -> dict[str, Fact]:
    """The draft's facts as plain values, with the shared sources of the groups among them."""
    return {row.key: as_fact(row) for row in draft.facts} if draft else {}


def as_fact(row: DisclosureFact) -> Fact:
    """A row as a plain value."""
    return Fact(**{column.name: getattr(row, column.name) for column in fields(Fact)})


def versions_of(job: Job) -> Sequence[DisclosureVersion]:
    """Every version of the job's disclosure, the newest first."""
    return db.session.scalars(
        _versions()
        .options(joinedload(DisclosureVersion.published_by))
        .where(Disclosure.job_id == job.id)
        .order_by(DisclosureVersion.number.desc())
    ).all()


def get_version(public_id: uuid.UUID) -> DisclosureVersion:
    """A published version by its address, retracted or not."""
    return _found(
        db.session.scalar(
            _versions()
            .join(Disclosure.job)
            .join(Job.site)
            .options(
                contains_eager(DisclosureVersion.disclosure)
                .contains_eager(Disclosure.job)
                .contains_eager(Job.site)
            )
            .where(DisclosureVersion.public_id == public_id)
        )
    )


def get_own_version(actor: Actor, public_id: uuid.UUID) -> DisclosureVersion:
    """A version of a job the actor may see; 404 for anybody but its manager and recruiter."""
    return _found(
        db.session.scalar(
            _versions()
            .join(Disclosure.job)
            .options(contains_eager(DisclosureVersion.disclosure).contains_eager(Disclosure.job))
            .where(DisclosureVersion.public_id == public_id, jobs.visible_to(actor))
        )
    )


def get_version_of(job_id: int, public_id: uuid.UUID) -> DisclosureVersion:
    """A version of this job's disclosure; 404 for one of another job."""
    return _found(
        db.session.scalar(
            _versions().where(DisclosureVersion.public_id == public_id, Disclosure.job_id == job_id)
        )
    )


def standing_of(disclosure_id: int) -> Sequence[DisclosureVersion]:
    """The versions of one disclosure that stand, the newest first."""
    return db.session.scalars(
        _versions()
        .where(DisclosureVersion.disclosure_id == disclosure_id, DisclosureVersion.retracted_at.is_(None))
        .order_by(DisclosureVersion.number.desc())
    ).all()


def latest(job_id: int) -> DisclosureVersion | None:
    """The newest version that stands."""
    return db.session.scalar(
        _versions()
        .where(Disclosure.job_id == job_id, DisclosureVersion.retracted_at.is_(None))
        .order_by(DisclosureVersion.number.desc())
        .limit(1)
    )


def is_delivered(application: Application) -> bool:
    """Whether a disclosure reached a candidate: they acknowledged one, or their link was handed over."""
    reached = sa.or_(
        sa.exists().where(Acknowledgement.application_id == application.id),
        sa.and_(
            sa.exists().where(
                CandidateLink.application_id == application.id, CandidateLink.handed_over_at.is_not(None)
            ),
            sa.exists().where(
                DisclosureVersion.disclosure_id == Disclosure.id,
                Disclosure.job_id == application.job_id,
                DisclosureVersion.retracted_at.is_(None),
            ),
        ),
    )
    return bool(db.session.scalar(sa.select(reached)))


def acknowledgement_of(application: Application) -> Acknowledgement | None:
    """The newest version an application acknowledged, and when."""
    return db.session.scalar(
        _acknowledgements([application.id]).order_by(DisclosureVersion.number.desc()).limit(1)
    )


def acknowledged_by(application: Application) -> Sequence[Acknowledgement]:
    """Every version that an application acknowledged, the newest first."""
    return db.session.scalars(
        _acknowledgements([application.id]).order_by(DisclosureVersion.number.desc())
    ).all()


def find_acknowledgement(version: DisclosureVersion, application: Application) -> Acknowledgement | None:
    """The acknowledgement of exactly this version."""
    return db.session.scalar(
        _acknowledgements([application.id]).where(Acknowledgement.version_id == version.id)
    )


def _versions() -> sa.Select[DisclosureVersion]:
    return (
        sa.select(DisclosureVersion)
        .join(DisclosureVersion.disclosure)
        .options(contains_eager(DisclosureVersion.disclosure))
    )


def _acknowledgements(application_ids: Iterable[int]) -> sa.Select[Acknowledgement]:
    return (
        sa.select(Acknowledgement)
        .join(Acknowledgement.version)
        .options(contains_eager(Acknowledgement.version))
        .where(Acknowledgement.application_id.in_(list(application_ids)))
    )


def _found(version: DisclosureVersion | None) -> DisclosureVersion:
    if version is None:
        raise NotFound
    return version
