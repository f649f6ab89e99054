"""The decision on an application; a correction is a new record that names the one it replaces."""

from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.candidates.models import Application
from app.core.db import Addressed, Base, choice
from app.identity.models import Person


class DecisionOutcome(StrEnum):
    """What was decided."""

    OFFER = "offer"
    NO_OFFER = "no offer"


class DecisionRecord(Addressed, Base):
    """Who decided what, with the reasons, and what the rule fixed beforehand had said."""

    __tablename__ = "decision"
    __table_args__ = (sa.UniqueConstraint("application_id", "number"),)

    application_id: Mapped[int] = mapped_column(sa.ForeignKey("application.id", ondelete="RESTRICT"))
    number: Mapped[int] = mapped_column(default=1)
    outcome: Mapped[DecisionOutcome] = mapped_column(choice(DecisionOutcome, "outcome"))
    reasons: Mapped[str]
    departs_from_rule: Mapped[bool]
    decided_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="RESTRICT"))

    application: Mapped[Application] = relationship()
    decided_by: Mapped[Person] = relationship()
