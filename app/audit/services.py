"""Writing the audit log: in the transaction of the change it records, with the facts its event names."""

import json
import uuid
from typing import Any

from app.audit.events import FACTS, Event
from app.audit.models import AuditEvent
from app.core.db import db
from app.policy import Actor


def record(
    actor: Actor, event: Event, subject: Any = None, *, job_id: int | None = None, **facts: Any
) -> None:
    """Add one event; raises ValueError when its facts are not exactly those of the catalogue."""
    if set(facts) != FACTS[event]:
        raise ValueError(f"{event} takes exactly {sorted(FACTS[event])}, not {sorted(facts)}.")
    public_id: uuid.UUID | None = getattr(subject, "public_id", None)
    db.session.add(
        AuditEvent(
            actor_id=actor.id or None,
            event=event.value,
            subject_kind=type(subject).__tablename__ if subject is not None else "",
            subject_id=public_id,
            job_id=job_id,
            facts=json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False),
        )
    )
