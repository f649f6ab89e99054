"""Reads of the audit log, newest first."""

from collections.abc import Sequence

import sqlalchemy as sa

from app import policy
from app.audit.events import Event
from app.audit.models import AuditEvent
from app.core.db import db
from app.policy import Act, Actor


def count_events(actor: Actor, event: Event | None) -> int:
    """How many events there are, or of one kind."""
    return db.session.scalar(sa.select(sa.func.count()).select_from(_events(actor, event).subquery())) or 0


def list_events(actor: Actor, event: Event | None, *, offset: int, limit: int) -> Sequence[AuditEvent]:
    """Some of the events, or of one kind, the newest first."""
    newest = _events(actor, event).order_by(AuditEvent.sequence.desc())
    return db.session.scalars(newest.offset(offset).limit(limit)).all()


def _events(actor: Actor, event: Event | None) -> sa.Select[AuditEvent]:
    policy.check(actor, Act.SEE_AUDIT)
    everything = sa.select(AuditEvent)
    return everything.where(AuditEvent.event == event.value) if event else everything
