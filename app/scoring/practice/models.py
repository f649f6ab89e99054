"""Practice cards and what is written on them. Nothing here points at a candidate, and nothing points here."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Addressed, Base, Record, choice
from app.packs.models import Vignette
from app.scoring.models import NotObserved, Revision


class PracticeCard(Addressed, Base):
    """One person's evidence and ratings for one written answer; `version` counts every change to it."""

    __tablename__ = "practice_card"
    __table_args__ = (
        sa.UniqueConstraint("person_id", "vignette_id", "attempt"),
        sa.CheckConstraint("(submitted_at IS NULL) = (submission_key IS NULL)", name="submission_has_key"),
    )

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="RESTRICT"))
    vignette_id: Mapped[int] = mapped_column(sa.ForeignKey("vignette.id", ondelete="RESTRICT"), index=True)
    attempt: Mapped[int] = mapped_column(default=1)
    version: Mapped[int] = mapped_column(default=1)
    submitted_at: Mapped[datetime | None]
    submission_key: Mapped[str | None] = mapped_column(unique=True)

    vignette: Mapped[Vignette] = relationship()

    @property
    def author_id(self) -> int:
        return self.person_id

    @property
    def is_open(self) -> bool:
        return self.submitted_at is None

    @property
    def is_submitted(self) -> bool:
        return self.submitted_at is not None


class PracticeRevision(Revision, Base):
    """A revision of an open practice card."""

    __tablename__ = "practice_revision"
    __table_args__ = (
        sa.UniqueConstraint("practice_card_id", "client", "sequence"),
        sa.Index(None, "practice_card_id", "field"),
    )

    practice_card_id: Mapped[int] = mapped_column(sa.ForeignKey("practice_card.id", ondelete="RESTRICT"))


class PracticeRating(Record, Base):
    """A level on one criterion as it was handed in, or why it was not observed."""

    __tablename__ = "practice_rating"
    __table_args__ = (
        sa.UniqueConstraint("practice_card_id", "code"),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name="level_on_scale"),
        sa.CheckConstraint("(level IS NULL) = (not_observed IS NOT NULL)", name="level_or_reason"),
    )

    practice_card_id: Mapped[int] = mapped_column(sa.ForeignKey("practice_card.id", ondelete="RESTRICT"))
    code: Mapped[str]
    level: Mapped[int | None]
    not_observed: Mapped[NotObserved | None] = mapped_column(choice(NotObserved, "not_observed"))
    because: Mapped[str] = mapped_column(default="")
