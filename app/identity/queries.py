"""Reads about people and the employer."""

import uuid
from collections.abc import Sequence
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from app.core import tokens
from app.core.db import db
from app.core.errors import Gone, NotFound
from app.core.search import every_word
from app.identity.models import AccountRole, Employer, Invitation, Person, Site
from app.policy import Role
from app.web.paging import SIZE, Page

T = TypeVar("T")
INVITATION = "invitation"  # The use of the tokens that invitations are made of.


def get_employer() -> Employer:
    """The one employer; made by the first migration, so it is always there."""
    return db.session.get_one(Employer, 1)


def all_sites() -> Sequence[Site]:
    """Every site, by name."""
    return db.session.scalars(sa.select(Site).order_by(Site.name)).all()


def found_people(
    number: int, *, words: str = "", role: str = "", state: str = ""
) -> tuple[Sequence[Person], Page]:
    """One page of people with their roles, the disabled ones last, as far as they fit what is asked for."""
    wanted = [every_word(words, Person.name, Person.email)]
    if role:
        wanted.append(Person.account_roles.any(AccountRole.role == Role(role)))
    if state:
        wanted.append(_STATES[state])
    total = db.session.scalar(sa.select(sa.func.count()).select_from(Person).where(*wanted)) or 0
    page = Page(number, total)
    people = db.session.scalars(
        sa.select(Person)
        .options(selectinload(Person.account_roles))
        .where(*wanted)
        .order_by(Person.disabled_at.is_not(None), Person.name, Person.id)
        .offset(page.offset)
        .limit(SIZE)
    ).all()
    return people, page


_STATES = {
    "active": sa.and_(Person.disabled_at.is_(None), Person.password_hash.is_not(None)),
    "invited": sa.and_(Person.disabled_at.is_(None), Person.password_hash.is_(None)),
    "disabled": Person.disabled_at.is_not(None),
}


def active_people() -> Sequence[Person]:
    """Everyone who may be put on a team or a panel, by name."""
    return db.session.scalars(
        sa.select(Person).where(Person.disabled_at.is_(None)).order_by(Person.name)
    ).all()


def get_person(public_id: uuid.UUID) -> Person:
    """A person with their roles, disabled or not."""
    return _found(
        db.session.execute(
            sa.select(Person).options(joinedload(Person.account_roles)).where(Person.public_id == public_id)
        )
        .unique()
        .scalar_one_or_none()
    )


def find_by_email(email: str) -> Person | None:
    """The person of an address as it is kept (in lower case), or None."""
    return db.session.scalar(sa.select(Person).where(Person.email == email))


def other_administrators(person: Person) -> int:
    """How many active administrators there are besides this one."""
    return (
        db.session.scalar(
            sa.select(sa.func.count())
            .select_from(AccountRole)
            .join(Person)
            .where(
                AccountRole.role == Role.ADMINISTRATOR, Person.disabled_at.is_(None), Person.id != person.id
            )
        )
        or 0
    )


def get_invitation(token: str) -> Invitation:
    """The live invitation of a link; a used, revoked or expired one says whom to ask."""
    invitation = _found(
        db.session.scalar(
            sa.select(Invitation)
            .options(joinedload(Invitation.person))
            .where(Invitation.token_digest == tokens.digest(token))
        )
    )
    if not invitation.is_live:
        contact = get_employer().contact_name
        whom = f"Ask {contact} for a new one." if contact else "Ask your administrator for a new one."
        raise Gone(f"This invitation was used, withdrawn or has expired. {whom}")
    return invitation


def names_by_id(ids: set[int]) -> dict[int, str]:
    """Names of people by their inner id, for pages that list who did what."""
    rows = db.session.execute(sa.select(Person.id, Person.name).where(Person.id.in_(ids)))
    return dict(rows.all())


def names_by_public_id(ids: set[uuid.UUID]) -> dict[str, str]:
    """The same by the public id, as text."""
    rows = db.session.execute(sa.select(Person.public_id, Person.name).where(Person.public_id.in_(ids)))
    return {str(public_id): name for public_id, name in rows}


def _found(thing: T | None) -> T:
    if thing is None:
        raise NotFound
    return thing
