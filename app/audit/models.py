"""The audit log: append-only, held so by a listener here and by a trigger in the database."""

import json
import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from app.audit.events import in_words
from app.core import clock
from app.core.db import Base


class AuditEvent(Base):
    """One thing that happened: ids and field names as plain values, never what people typed."""

    __tablename__ = "audit_event"
    __table_args__ = (
        sa.Index(None, "subject_kind", "subject_id"),
        {"sqlite_autoincrement": True},
    )

    sequence: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    actor_id: Mapped[int | None]
    event: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[uuid.UUID | None]
    job_id: Mapped[int | None]
    facts: Mapped[str]  # Canonical JSON, so that a hash chain can be laid over the rows.

    @property
    def words(self) -> str:
        return in_words(self.event)

    @property
    def facts_by_name(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.facts)
        return found


class TamperingRefused(Exception):
    """Somebody tried to change or delete an audit event."""


@event.listens_for(AuditEvent, "before_update")
@event.listens_for(AuditEvent, "before_delete")
def _refuse(_mapper: Mapper[Any], _connection: Connection, target: AuditEvent) -> None:
    raise TamperingRefused(f"Audit event {target.sequence} is history and stays as it is.")
