"""Signed-in browsers, kept on the server so that they end the moment they should.

Touched and counted outside the request's own transaction: the two writes that a refused request keeps.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import current_app

from app.core import clock, tokens
from app.core.config import Settings
from app.core.db import INSERTS, ahead, db, reading
from app.core.errors import TooMany
from app.identity import rules
from app.identity.models import AccountRole, Employer, Person, SignInSession, Theme, Throttle
from app.policy import Role

TOUCH_EVERY = timedelta(minutes=5)


def _settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


@dataclass(frozen=True)
class SignedIn:
    """A live session, and of its person what every page needs."""

    id: int
    seen_at: datetime
    person_id: int
    name: str
    theme: Theme
    roles: frozenset[Role]
    time_zone: str  # The employer's.


# Built once, because every request asks it; plain columns, a row for each role.
_LIVE = (
    sa.select(
        SignInSession.id,
        SignInSession.seen_at,
        SignInSession.person_id,
        Person.name,
        Person.theme,
        AccountRole.role,
        sa.select(Employer.time_zone).where(Employer.id == 1).scalar_subquery().label("time_zone"),
    )
    .join(Person, Person.id == SignInSession.person_id)
    .outerjoin(AccountRole, AccountRole.person_id == Person.id)
    .where(
        SignInSession.token_digest == sa.bindparam("digest"),
        SignInSession.ended_at.is_(None),
        SignInSession.expires_at > sa.bindparam("now"),
        SignInSession.seen_at > sa.bindparam("idle_since"),
        Person.disabled_at.is_(None),
    )
)


def find(token: str) -> SignedIn | None:
    """The live session of a cookie's token, with its person and their roles; None when there is none."""
    now = clock.now()
    idle = timedelta(hours=_settings().session_idle_hours)
    asked = {"digest": tokens.digest(token), "now": now, "idle_since": now - idle}
    with ahead() as connection:  # So that `touch` can write before this request does.
        rows = connection.execute(_LIVE, asked).all()
    if not rows:
        return None
    first = rows[0]
    return SignedIn(
        id=first.id,
        seen_at=first.seen_at,
        person_id=first.person_id,
        name=first.name,
        theme=first.theme,
        roles=frozenset(row.role for row in rows if row.role is not None),
        time_zone=first.time_zone,
    )


def touch(session: SignedIn) -> None:
    """Remember that the browser is in use, at most every five minutes."""
    now = clock.now()
    if now - session.seen_at >= TOUCH_EVERY:
        with reading(False), db.engine.begin() as connection:
            connection.execute(
                sa.update(SignInSession).where(SignInSession.id == session.id).values(seen_at=now)
            )


def begin(person_id: int) -> str:
    """Start a session in this transaction; returns the token for the cookie."""
    token, now = tokens.new(), clock.now()
    db.session.add(
        SignInSession(
            token_digest=tokens.digest(token),
            person_id=person_id,
            seen_at=now,
            expires_at=now + timedelta(days=_settings().session_days),
        )
    )
    return token


def end(token: str) -> None:
    """End one session in this transaction."""
    _end(SignInSession.token_digest == tokens.digest(token))


def end_all(person_id: int) -> None:
    """End every session of a person in this transaction."""
    _end(SignInSession.person_id == person_id)


def _end(which: sa.ColumnElement[bool]) -> None:
    db.session.execute(
        sa.update(SignInSession).where(which, SignInSession.ended_at.is_(None)).values(ended_at=clock.now())
    )


def count_try(key: str) -> None:
    """Count a try before it is made, in a transaction of its own; raises TooMany past the limit.

    Counted by one statement, so that two at once are two; and what is over is forgotten on the way.
    """
    now, window = clock.now(), timedelta(seconds=rules.WINDOW_SECONDS)
    with reading(False), db.engine.begin() as connection:
        connection.execute(sa.delete(Throttle).where(Throttle.window_start <= now - window))
        first = INSERTS[connection.dialect.name](Throttle).values(key=key, window_start=now, tries=1)
        again = first.on_conflict_do_update(index_elements=[Throttle.key], set_={"tries": Throttle.tries + 1})
        row = connection.execute(again.returning(Throttle.tries, Throttle.window_start)).one()
        if row.tries > rules.TRIES:
            raise TooMany(int((row.window_start + window - now).total_seconds()) + 1)


def forgive(key: str) -> None:
    """Forget the tries of a key after a right password, in the request's transaction."""
    db.session.execute(sa.delete(Throttle).where(Throttle.key == key))
