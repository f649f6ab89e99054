"""Letters that wait to be sent: each row is written in the transaction of what it tells about."""

import uuid
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Addressed, Base, choice


class State(StrEnum):
    """Where a letter is. A dropped one had nobody left to reach, a dead one was refused too often."""

    WAITING = "waiting"
    SENT = "sent"
    DROPPED = "dropped"
    DEAD = "dead"


class Letter(Addressed, Base):
    """What to send, as a kind and the ids it is about; its words and its reader are found when it is sent."""

    __tablename__ = "letter"
    __table_args__ = (sa.Index(None, "state", "due_at"),)

    kind: Mapped[str]
    facts: Mapped[dict[str, int | str]] = mapped_column(sa.JSON)
    key: Mapped[str | None] = mapped_column(unique=True)  # What must be told once only.
    state: Mapped[State] = mapped_column(choice(State, "state"), default=State.WAITING)
    due_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    claimed_by: Mapped[uuid.UUID | None]
    claimed_until: Mapped[datetime | None]
    fault: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None]

    @property
    def is_claimed(self) -> bool:
        return self.claimed_until is not None and clock.now() < self.claimed_until

    @property
    def is_unsent(self) -> bool:
        return self.state in {State.WAITING, State.DEAD} and not self.is_claimed

    @property
    def has_failed(self) -> bool:
        return self.is_unsent and bool(self.fault)
