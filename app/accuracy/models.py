"""Whether a disclosure was true: what people who were hired found after 30, 60 and 90 days."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.candidates.models import Application
from app.core.db import Addressed, Base, Record, choice
from app.disclosures.models import DisclosureVersion


class Found(StrEnum):
    """What somebody says of one published number."""

    SAME = "same"
    DIFFERENT = "different"
    CANNOT_SAY = "cannot say"


class Hire(Addressed, Base):
    """An application that became a job: the version that was accepted, and the first day."""

    __tablename__ = "hire"

    application_id: Mapped[int] = mapped_column(
        sa.ForeignKey("application.id", ondelete="RESTRICT"), unique=True
    )
    version_id: Mapped[int] = mapped_column(
        sa.ForeignKey("disclosure_version.id", ondelete="RESTRICT"), index=True
    )
    starts_on: Mapped[date]
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="RESTRICT"), index=True)

    application: Mapped[Application] = relationship()
    version: Mapped[DisclosureVersion] = relationship()
    check_ins: Mapped[list["CheckIn"]] = relationship(back_populates="hire", order_by="CheckIn.day")

    @property
    def job_id(self) -> int:
        return self.application.job_id


class CheckIn(Addressed, Base):
    """What one hire says on one of the three days; who reads it is said before it is written."""

    __tablename__ = "check_in"
    __table_args__ = (
        sa.UniqueConstraint("hire_id", "day"),
        sa.CheckConstraint("day IN (30, 60, 90)", name="day_is_asked"),
    )

    hire_id: Mapped[int] = mapped_column(sa.ForeignKey("hire.id", ondelete="RESTRICT"))
    day: Mapped[int]
    surprise: Mapped[str] = mapped_column(default="")
    is_shared: Mapped[bool] = mapped_column(default=False)  # Whether the hiring manager may read it, too.

    hire: Mapped[Hire] = relationship(back_populates="check_ins")
    answers: Mapped[list["CheckAnswer"]] = relationship(back_populates="check_in", order_by="CheckAnswer.id")

    @property
    def job_id(self) -> int:
        return self.hire.job_id


class CheckAnswer(Record, Base):
    """What one field of the accepted version has been in fact."""

    __tablename__ = "check_answer"
    __table_args__ = (
        sa.UniqueConstraint("check_in_id", "key"),
        sa.CheckConstraint("(answer = 'different') = (number IS NOT NULL)", name="different_has_number"),
    )

    check_in_id: Mapped[int] = mapped_column(sa.ForeignKey("check_in.id", ondelete="RESTRICT"))
    key: Mapped[str]
    answer: Mapped[Found] = mapped_column(choice(Found, "answer"))
    number: Mapped[Decimal | None] = mapped_column(sa.Numeric(12, 3))

    check_in: Mapped[CheckIn] = relationship(back_populates="answers")
