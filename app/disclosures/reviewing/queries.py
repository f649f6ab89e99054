"""Reads about reviews: who may review a draft, who did, and what changed since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.audit.events import Event
from app.audit.models import AuditEvent
from app.core.db import db
from app.disclosures.models import Disclosure, DisclosureReview
from app.disclosures.reviewing.rules import Review
from app.identity.models import Person
from app.jobs.models import Job, TeamMember
from app.policy import Part


@dataclass(frozen=True)
class Draft:
    """Whose draft it is and who wrote it, as the policy asks."""

    job_id: int
    author_ids: frozenset[int]


def reviewable(job: Job, draft: Disclosure | None) -> Draft:
    """The draft as the policy asks about it; what nobody is named for was written by a manager."""
    if draft is None:
        return Draft(job.id, frozenset())
    authors = draft.author_ids
    if any(fact.changed_by_id is None for fact in draft.facts):
        managers = sa.select(TeamMember.person_id).where(
            TeamMember.job_id == job.id, TeamMember.part == Part.MANAGER
        )
        authors |= frozenset(db.session.scalars(managers))
    return Draft(job.id, authors)


def reviews_of(draft: Disclosure | None) -> Sequence[DisclosureReview]:
    """Every review of a job's drafts with its reader, the newest first."""
    if draft is None:
        return []
    return db.session.scalars(
        sa.select(DisclosureReview)
        .options(joinedload(DisclosureReview.person))
        .where(DisclosureReview.disclosure_id == draft.id)
        .order_by(DisclosureReview.id.desc())
    ).all()


def as_review(row: DisclosureReview, zone: str) -> Review:
    """A row as a plain value, its day by the clock of the job's site."""
    on = row.created_at.astimezone(ZoneInfo(zone)).date()
    return Review(row.person_id, row.digest, row.is_in_role, row.dissent, on)


def team_of(job: Job) -> Sequence[Person]:
    """The people of the job's hiring team who can sign in, by name."""
    return db.session.scalars(
        sa.select(Person)
        .where(
            Person.id.in_(sa.select(TeamMember.person_id).where(TeamMember.job_id == job.id)),
            Person.disabled_at.is_(None),
        )
        .order_by(Person.name)
    ).all()


def changed_since(job: Job, moment: datetime) -> list[str]:
    """The names of what was changed in the job's draft, or in the job itself, after a moment."""
    rows = db.session.scalars(
        sa.select(AuditEvent)
        .where(
            AuditEvent.job_id == job.id,
            AuditEvent.event.in_([Event.DISCLOSURE_SAVED.value, Event.JOB_CHANGED.value]),
            AuditEvent.at > moment,
        )
        .order_by(AuditEvent.sequence)
    )
    return list(dict.fromkeys(name for row in rows for name in row.facts_by_name["fields"]))
