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
    """Who decided what, with the reasons, and why the rule fixed beforehand was set aside if it was."""

    __tablename__ = "decision"
    __table_args__ = (
        sa.UniqueConstraint("application_id", "number"),
        sa.CheckConstraint("departure = '' OR outcome = 'offer'", name="only_an_offer_departs"),
    )

    application_id: Mapped[int] = mapped_column(sa.ForeignKey("application.id", ondelete="RESTRICT"))
    number: Mapped[int] = mapped_column(default=1)
    outcome: Mapped[DecisionOutcome] = mapped_column(choice(DecisionOutcome, "outcome"))
    reasons: Mapped[str]
    departure: Mapped[str] = mapped_column(default="")  # Why the rule was set aside, if it was.
    decided_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="RESTRICT"), index=True)

    application: Mapped[Application] = relationship()
    decided_by: Mapped[Person] = relationship()

    @property
    def departs_from_rule(self) -> bool:
        return bool(self.departure)

    @property
    def is_offer(self) -> bool:
        return self.outcome is DecisionOutcome.OFFER
