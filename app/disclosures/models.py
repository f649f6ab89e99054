"""A job's workload disclosure: the draft's facts, its published versions, and who acknowledged which."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.candidates.models import Application
from app.core.db import Addressed, Base, Record, choice
from app.disclosures.facts import Basis, FactState
from app.identity.models import Person
from app.jobs.models import Job


class Disclosure(Addressed, Base):
    """The working draft of one job's disclosure; every publication freezes a copy of it."""

    __tablename__ = "disclosure"

    job_id: Mapped[int] = mapped_column(sa.ForeignKey("job.id", ondelete="RESTRICT"), unique=True)
    version: Mapped[int] = mapped_column(default=1)

    job: Mapped[Job] = relationship()
    facts: Mapped[list["DisclosureFact"]] = relationship(
        back_populates="disclosure", order_by="DisclosureFact.id", cascade="all, delete-orphan"
    )
    versions: Mapped[list["DisclosureVersion"]] = relationship(
        back_populates="disclosure", order_by="DisclosureVersion.number"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def author_ids(self) -> frozenset[int]:
        """Who wrote what the draft says now; a fact from before this was kept names nobody."""
        return frozenset(fact.changed_by_id for fact in self.facts if fact.changed_by_id is not None)


class DisclosureFact(Record, Base):
    """One field of the draft with its whole envelope."""

    __tablename__ = "disclosure_fact"
    __table_args__ = (sa.UniqueConstraint("disclosure_id", "key"),)

    disclosure_id: Mapped[int] = mapped_column(sa.ForeignKey("disclosure.id", ondelete="RESTRICT"))
    key: Mapped[str]
    state: Mapped[FactState] = mapped_column(choice(FactState, "state"), default=FactState.GIVEN)
    typical: Mapped[Decimal | None] = mapped_column(sa.Numeric(12, 3))
    low: Mapped[Decimal | None] = mapped_column(sa.Numeric(12, 3))
    high: Mapped[Decimal | None] = mapped_column(sa.Numeric(12, 3))
    bad_week: Mapped[Decimal | None] = mapped_column(sa.Numeric(12, 3))
    bad_week_reason: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    basis: Mapped[Basis | None] = mapped_column(choice(Basis, "basis"))
    source: Mapped[str] = mapped_column(default="")
    window_weeks: Mapped[int | None]
    people: Mapped[int | None]
    as_of: Mapped[date | None]
    owner: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    shared_with_consent: Mapped[bool] = mapped_column(default=False)  # Where fewer than three are behind it.
    changed_by_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("person.id", ondelete="RESTRICT"), index=True
    )

    disclosure: Mapped[Disclosure] = relationship(back_populates="facts")


class DisclosureVersion(Addressed, Base):
    """A published version: an immutable document with its digest; a correction is a new version."""

    __tablename__ = "disclosure_version"
    __table_args__ = (
        sa.UniqueConstraint("disclosure_id", "number"),
        sa.CheckConstraint(
            "(retracted_at IS NULL) = (retracted_by_id IS NULL)", name="retraction_has_author"
        ),
    )

    disclosure_id: Mapped[int] = mapped_column(sa.ForeignKey("disclosure.id", ondelete="RESTRICT"))
    number: Mapped[int]
    document: Mapped[str]  # Canonical JSON of the facts; what the digest is over.
    digest: Mapped[str]
    published_at: Mapped[datetime]
    published_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="RESTRICT"), index=True)
    note: Mapped[str] = mapped_column(default="")
    retracted_at: Mapped[datetime | None]
    retracted_by_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("person.id", ondelete="RESTRICT"), index=True
    )
    retraction_reason: Mapped[str] = mapped_column(default="")

    disclosure: Mapped[Disclosure] = relationship(back_populates="versions")
    published_by: Mapped[Person] = relationship(foreign_keys=published_by_id)

    @property
    def job_id(self) -> int:
        return self.disclosure.job_id

    @property
    def disclosure_owner_ids(self) -> frozenset[int]:
        return self.disclosure.job.disclosure_owner_ids

    @property
    def stands(self) -> bool:
        return self.retracted_at is None


class Acknowledgement(Record, Base):
    """That the holder of a candidate's link said they had read a version; repeating it changes nothing."""

    __tablename__ = "acknowledgement"
    __table_args__ = (sa.UniqueConstraint("version_id", "application_id"), sa.Index(None, "application_id"))

    version_id: Mapped[int] = mapped_column(sa.ForeignKey("disclosure_version.id", ondelete="RESTRICT"))
    application_id: Mapped[int] = mapped_column(sa.ForeignKey("application.id", ondelete="RESTRICT"))
    typed_name: Mapped[str]
    digest: Mapped[str]

    version: Mapped[DisclosureVersion] = relationship()
    application: Mapped[Application] = relationship()


class DisclosureReview(Record, Base):
    """That somebody who did not write the draft read exactly this content, with their dissent if any."""

    __tablename__ = "disclosure_review"
    __table_args__ = (sa.UniqueConstraint("disclosure_id", "digest", "person_id"),)

    disclosure_id: Mapped[int] = mapped_column(sa.ForeignKey("disclosure.id", ondelete="RESTRICT"))
    digest: Mapped[str]  # Of the content without number and reviews.
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="RESTRICT"), index=True)
    is_in_role: Mapped[bool]  # Whether they do this job now.
    dissent: Mapped[str] = mapped_column(default="")  # Published as it is written.

    disclosure: Mapped[Disclosure] = relationship()
    person: Mapped[Person] = relationship()


class Attestation(Record, Base):
    """That what a version says was looked at again and is still true."""

    __tablename__ = "attestation"

    version_id: Mapped[int] = mapped_column(
        sa.ForeignKey("disclosure_version.id", ondelete="RESTRICT"), index=True
    )
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="RESTRICT"), index=True)
    note: Mapped[str] = mapped_column(default="")

    version: Mapped[DisclosureVersion] = relationship()
    person: Mapped[Person] = relationship()


class Trigger(StrEnum):
    """What makes a published disclosure doubtful before it is old."""

    TEAM = "somebody joined or left"
    TARGET = "the target or its formula changed"
    DEADLINE = "the deadline for notes changed"
    RECORD = "the record system changed"
    PAYER = "a payer contract changed"
    SUPERVISION = "supervision changed"
    PAY = "the pay changed"


class DisclosureChange(Record, Base):
    """That something changed which the published facts rest on; they are looked at again within 14 days."""

    __tablename__ = "disclosure_change"

    disclosure_id: Mapped[int] = mapped_column(
        sa.ForeignKey("disclosure.id", ondelete="RESTRICT"), index=True
    )
    trigger: Mapped[Trigger] = mapped_column(choice(Trigger, "trigger"))
    happened_on: Mapped[date]
    note: Mapped[str] = mapped_column(default="")
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="RESTRICT"), index=True)

    disclosure: Mapped[Disclosure] = relationship()
    person: Mapped[Person] = relationship()
