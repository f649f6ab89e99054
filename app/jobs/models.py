"""A job and its hiring team."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Addressed, Base, Record, choice
from app.identity.models import Person, Site
from app.jobs.rules import Profile
from app.policy import Part
from scenarios import Level, Role, Setting


class PayPeriod(StrEnum):
    """What the pay range is per."""

    YEAR = "year"
    HOUR = "hour"
    VISIT = "visit"


class RoleReason(StrEnum):
    """Why a role exists."""

    HANDOFFS = "handoffs"
    VOLUME = "volume"
    AUDIT = "audit"
    PRIVACY = "privacy"
    REPLACEMENT = "replacement"
    OTHER = "other"


class LevelLock(StrEnum):
    """When the level of a job stops being open."""

    OPENING = "opening"
    OFFER = "offer"


class Authority(StrEnum):
    """How a person of the job decides something."""

    ALONE = "alone"
    INFORM = "inform"
    ASK_FIRST = "ask first"


class Matter(StrEnum):
    """What of a job somebody has to own."""

    SUPERVISION = "supervision"
    FIRST_WEEKS = "first weeks"
    DISCLOSURE = "workload disclosure"
    QUESTIONS = "candidates' questions"


class Job(Addressed, Base):
    """An opening: its setting, role and level are always said, never assumed."""

    __tablename__ = "job"
    __table_args__ = (
        sa.CheckConstraint("(pay_low IS NULL) = (pay_high IS NULL)", name="pay_range_is_whole"),
        sa.CheckConstraint("pay_low IS NULL OR pay_low <= pay_high", name="pay_low_is_lower"),
    )

    title: Mapped[str]
    setting: Mapped[str]
    role: Mapped[str]
    level: Mapped[str]
    site_id: Mapped[int] = mapped_column(sa.ForeignKey("site.id", ondelete="RESTRICT"), index=True)
    pay_low: Mapped[Decimal | None] = mapped_column(sa.Numeric(10, 2))
    pay_high: Mapped[Decimal | None] = mapped_column(sa.Numeric(10, 2))
    pay_period: Mapped[PayPeriod] = mapped_column(choice(PayPeriod, "pay_period"), default=PayPeriod.YEAR)
    service_line: Mapped[str] = mapped_column(default="")  # One sentence.
    reason: Mapped[RoleReason | None] = mapped_column(choice(RoleReason, "reason"))
    reason_note: Mapped[str] = mapped_column(default="")
    first_risk: Mapped[str] = mapped_column(default="")  # To be smaller within three months.
    second_risk: Mapped[str] = mapped_column(default="")
    good_at_30: Mapped[str] = mapped_column(default="")  # Days after the start.
    good_at_60: Mapped[str] = mapped_column(default="")
    good_at_90: Mapped[str] = mapped_column(default="")
    level_lock: Mapped[LevelLock] = mapped_column(choice(LevelLock, "level_lock"), default=LevelLock.OPENING)
    decide_by: Mapped[int] = mapped_column(default=5)  # Working days after the last interview.
    fixed_at: Mapped[datetime | None]  # Since a loop opened: setting, role and level stay.
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    site: Mapped[Site] = relationship()
    team: Mapped[list["TeamMember"]] = relationship(
        back_populates="job", order_by="TeamMember.id", cascade="all, delete-orphan"
    )
    decision_rights: Mapped[list["DecisionRight"]] = relationship(
        order_by="DecisionRight.position", cascade="all, delete-orphan"
    )
    owners: Mapped[list["Owner"]] = relationship(order_by="Owner.matter", cascade="all, delete-orphan")
    approvers: Mapped[list["Approver"]] = relationship(
        back_populates="job", order_by="Approver.id", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def job_id(self) -> int:
        return self.id

    @property
    def has_pay_range(self) -> bool:
        return self.pay_low is not None

    @property
    def profile(self) -> Profile:
        return Profile(Setting(self.setting), Role(self.role), Level(self.level))

    @property
    def approver_ids(self) -> frozenset[int]:
        return frozenset(approver.person_id for approver in self.approvers)

    @property
    def disclosure_owner_ids(self) -> frozenset[int]:
        return frozenset(one.person_id for one in self.owners if one.matter is Matter.DISCLOSURE)

    @property
    def is_fixed(self) -> bool:
        return self.fixed_at is not None


class TeamMember(Record, Base):
    """One person's part on one job's hiring team."""

    __tablename__ = "team_member"
    __table_args__ = (sa.UniqueConstraint("job_id", "person_id", "part"), sa.Index(None, "person_id"))

    job_id: Mapped[int] = mapped_column(sa.ForeignKey("job.id", ondelete="RESTRICT"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="RESTRICT"))
    part: Mapped[Part] = mapped_column(choice(Part, "part"))

    job: Mapped[Job] = relationship(back_populates="team")
    person: Mapped[Person] = relationship()


class DecisionRight(Record, Base):
    """Something that is decided in the job: alone, with a word to somebody, or only after asking."""

    __tablename__ = "decision_right"
    __table_args__ = (sa.UniqueConstraint("job_id", "position"),)

    job_id: Mapped[int] = mapped_column(sa.ForeignKey("job.id", ondelete="RESTRICT"))
    position: Mapped[int]
    decision: Mapped[str]
    authority: Mapped[Authority] = mapped_column(choice(Authority, "authority"))


class Owner(Base):
    """Who answers for one matter of a job."""

    __tablename__ = "owner"

    job_id: Mapped[int] = mapped_column(sa.ForeignKey("job.id", ondelete="RESTRICT"), primary_key=True)
    matter: Mapped[Matter] = mapped_column(choice(Matter, "matter"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="RESTRICT"), index=True)

    person: Mapped[Person] = relationship()


class Approver(Record, Base):
    """Somebody who must agree to a job, by when, and since when they do."""

    __tablename__ = "approver"
    __table_args__ = (sa.UniqueConstraint("job_id", "person_id"), sa.Index(None, "person_id"))

    job_id: Mapped[int] = mapped_column(sa.ForeignKey("job.id", ondelete="RESTRICT"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="RESTRICT"))
    due_on: Mapped[date | None]
    agreed_at: Mapped[datetime | None]

    job: Mapped[Job] = relationship(back_populates="approvers")
    person: Mapped[Person] = relationship()
