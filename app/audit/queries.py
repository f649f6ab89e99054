"""Reads of the audit log, newest first."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from app import policy
from app.audit.events import Event
from app.audit.models import AuditEvent
from app.core.db import db
from app.policy import Act, Actor, Part

# What these say of a colleague's scorecard is closed to whoever still owes one for the same job.
SEALED = (
    Event.SCORECARD_SUBMITTED,
    Event.SCORECARD_AMENDED,
    Event.ASSIGNMENT_WAIVED,
    Event.INTERVIEWER_REPLACED,
    Event.TIE_DECLARED,
    Event.FLAG_ANSWERED,
)
# What candidates ask for is closed to whoever sits on the job's team, but for its recruiters.
ASKED = (
    Event.QUESTION_ASKED,
    Event.QUESTION_TAKEN_BACK,
    Event.VISIT_ASKED,
    Event.VISIT_ANSWERED,
    Event.ACCOMMODATION_ASKED,
    Event.ACCOMMODATION_ANSWERED,
)

Latest = tuple[int | None, int]
_LATEST = """
    SELECT max(sequence), count(*) FROM audit_event
    WHERE sequence > (SELECT max(sequence) FROM audit_event) - 100
"""


def latest(engine: Engine) -> Latest:
    """The number of the last event, and how many are near it: one may be committed after a later one.

    Whoever keeps something until anything is done asks this each time, so it is asked of the driver itself.
    """
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute(_LATEST)
        [(number, near)] = cursor.fetchall()
        return number, near
    finally:
        connection.close()


def count_events(actor: Actor, event: Event | None, *, sealed_jobs: Collection[int]) -> int:
    """How many events there are, or of one kind."""
    found = _events(actor, event, sealed_jobs).subquery()
    return db.session.scalar(sa.select(sa.func.count()).select_from(found)) or 0


def list_events(
    actor: Actor, event: Event | None, *, sealed_jobs: Collection[int], offset: int, limit: int
) -> Sequence[AuditEvent]:
    """Some of the events, or of one kind, the newest first."""
    newest = _events(actor, event, sealed_jobs).order_by(AuditEvent.sequence.desc())
    return db.session.scalars(newest.offset(offset).limit(limit)).all()


def jobs_without_asking(actor: Actor) -> list[int]:
    """The jobs on whose team the actor sits, other than as a recruiter."""
    return [job_id for job_id, parts in actor.teams.items() if Part.RECRUITER not in parts]


def _events(actor: Actor, event: Event | None, sealed_jobs: Collection[int]) -> sa.Select[AuditEvent]:
    policy.check(actor, Act.SEE_AUDIT)
    found = sa.select(AuditEvent)
    if sealed_jobs:
        about_scorecards = AuditEvent.event.in_([one.value for one in SEALED])
        found = found.where(~sa.and_(about_scorecards, AuditEvent.job_id.in_(sealed_jobs)))
    if others := jobs_without_asking(actor):
        about_asking = AuditEvent.event.in_([one.value for one in ASKED])
        found = found.where(~sa.and_(about_asking, AuditEvent.job_id.in_(others)))
    return found.where(AuditEvent.event == event.value) if event else found
