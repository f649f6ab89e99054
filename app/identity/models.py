"""The employer, its people, what they may start, and the ways they prove who they are."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.db import Addressed, Base, Record, choice
from app.policy import Role


class Employer(Record, Base):
    """The one employer of this database: the source of its name, address and contact on every page."""

    __tablename__ = "employer"
    __table_args__ = (sa.CheckConstraint("id = 1", name="one_employer"),)

    name: Mapped[str]
    time_zone: Mapped[str]
    contact_name: Mapped[str] = mapped_column(default="")
    contact_email: Mapped[str] = mapped_column(default="")
    contact_phone: Mapped[str] = mapped_column(default="")
    recording: Mapped[str] = mapped_column(default="")  # What candidates are told about recording.
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class Site(Addressed, Base):
    """A place where people work; its time zone is the one its interviews are shown in."""

    __tablename__ = "site"

    name: Mapped[str] = mapped_column(unique=True)
    address: Mapped[str] = mapped_column(default="")
    time_zone: Mapped[str]


class Theme(StrEnum):
    """How a person wants pages to look."""

    DEVICE = "device"
    LIGHT = "light"
    DARK = "dark"


class Person(Addressed, Base):
    """Someone of the employer; never deleted, only disabled, so that what they wrote stays theirs."""

    __tablename__ = "person"
    __table_args__ = (sa.CheckConstraint("email = lower(email)", name="email_is_lower_case"),)

    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str | None]
    theme: Mapped[Theme] = mapped_column(choice(Theme, "theme"), default=Theme.DEVICE)
    disabled_at: Mapped[datetime | None]

    account_roles: Mapped[list["AccountRole"]] = relationship(
        back_populates="person", cascade="all, delete-orphan", order_by="AccountRole.role"
    )

    @property
    def is_disabled(self) -> bool:
        return self.disabled_at is not None

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(grant.role for grant in self.account_roles)

    @property
    def first_name(self) -> str:
        return self.name.split()[0]


class AccountRole(Base):
    """One account role of one person."""

    __tablename__ = "account_role"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="RESTRICT"), primary_key=True)
    role: Mapped[Role] = mapped_column(choice(Role, "role"), primary_key=True)

    person: Mapped[Person] = relationship(back_populates="account_roles")


class SignInSession(Record, Base):
    """A signed-in browser; ended on the server, at once, when the person is disabled or changes role."""

    __tablename__ = "sign_in_session"

    token_digest: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="RESTRICT"), index=True)
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class Invitation(Addressed, Base):
    """A link, shown once and e-mailed, by which a person sets a first or a new password."""

    __tablename__ = "invitation"

    token_digest: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="RESTRICT"), index=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()

    @property
    def is_live(self) -> bool:
        return self.used_at is None and self.revoked_at is None and clock.now() < self.expires_at


class Throttle(Base):
    """How often a key (an e-mail and a network) was tried in its window; in the database, for all workers."""

    __tablename__ = "throttle"

    key: Mapped[str] = mapped_column(primary_key=True)
    window_start: Mapped[datetime]
    tries: Mapped[int]
