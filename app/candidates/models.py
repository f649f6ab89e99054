"""Candidates, their applications, and the links by which they read a disclosure without an account."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.db import Addressed, Base
from app.identity.models import Person
from app.jobs.models import Job


class Candidate(Addressed, Base):
    """A person who applies."""

    __tablename__ = "candidate"

    name: Mapped[str]
    email: Mapped[str] = mapped_column(default="", index=True)
    phone: Mapped[str] = mapped_column(default="")


class Application(Addressed, Base):
    """One candidate for one job."""

    __tablename__ = "application"
    __table_args__ = (
        sa.UniqueConstraint("candidate_id", "job_id"),
        sa.Index(None, "job_id", "applied_on"),
        sa.CheckConstraint("time_factor BETWEEN 100 AND 300", name="time_factor_in_range"),
    )

    candidate_id: Mapped[int] = mapped_column(sa.ForeignKey("candidate.id", ondelete="RESTRICT"))
    job_id: Mapped[int] = mapped_column(sa.ForeignKey("job.id", ondelete="RESTRICT"))
    applied_on: Mapped[date]
    time_factor: Mapped[int] = mapped_column(
        default=100
    )  # In percent of each time-box; more is an accommodation.
    instruction: Mapped[str] = mapped_column(default="")  # What interviewers do differently, never why.
    withdrawn_at: Mapped[datetime | None]
    withdrawal_reason: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None]  # When the standing decision was recorded; the record is in debrief.

    candidate: Mapped[Candidate] = relationship()
    job: Mapped[Job] = relationship()

    @property
    def is_active(self) -> bool:
        return self.withdrawn_at is None and self.decided_at is None

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


class CandidateLink(Addressed, Base):
    """A personal link to a job's disclosure; the token is shown once and kept as a digest."""

    __tablename__ = "candidate_link"

    application_id: Mapped[int] = mapped_column(
        sa.ForeignKey("application.id", ondelete="RESTRICT"), index=True
    )
    token_digest: Mapped[str] = mapped_column(unique=True)
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="RESTRICT"), index=True)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    handed_over_at: Mapped[datetime | None]

    application: Mapped[Application] = relationship()
    made_by: Mapped[Person] = relationship()

    @property
    def is_live(self) -> bool:
        return self.revoked_at is None and clock.now() < self.expires_at

    @property
    def is_active(self) -> bool:
        return self.application.is_active

    @property
    def is_withdrawn(self) -> bool:
        return self.application.is_withdrawn

    @property
    def job_id(self) -> int:
        return self.application.job_id


class AccommodationRequest(Addressed, Base):
    """What a candidate asks to be different for them; kept apart, and read by the job's recruiters only."""

    __tablename__ = "accommodation_request"

    application_id: Mapped[int] = mapped_column(
        sa.ForeignKey("application.id", ondelete="RESTRICT"), index=True
    )
    text: Mapped[str]
    contact: Mapped[str] = mapped_column(default="")  # How they want to be reached about it.
    answer: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("person.id", ondelete="RESTRICT"), index=True
    )

    application: Mapped[Application] = relationship()
    answered_by: Mapped[Person | None] = relationship()

    @property
    def job_id(self) -> int:
        return self.application.job_id
