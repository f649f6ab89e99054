"""Signed-in browsers, kept on the server so that they end the moment they should.

Touched and counted outside the request's own transaction: the two writes that a refused request keeps.
"""

from datetime import timedelta

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import contains_eager

from app.core import clock, tokens
from app.core.config import Settings
from app.core.db import INSERTS, db, reading
from app.core.errors import TooMany
from app.identity import rules
from app.identity.models import Person, SignInSession, Throttle

TOUCH_EVERY = timedelta(minutes=5)


def _settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


def find(token: str) -> SignInSession | None:
    """The live session of a cookie's token, with its person and their roles; None when there is none.

    Reads on a connection of its own, so that `touch` can write before the request's transaction opens.
    """
    now = clock.now()
    idle = timedelta(hours=_settings().session_idle_hours)
    with reading(), sa.orm.Session(db.engine, expire_on_commit=False) as own:
        return (
            own.execute(
                sa.select(SignInSession)
                .join(SignInSession.person)
                .options(contains_eager(SignInSession.person).joinedload(Person.account_roles))
                .where(
                    SignInSession.token_digest == tokens.digest(token),
                    SignInSession.ended_at.is_(None),
                    SignInSession.expires_at > now,
                    SignInSession.seen_at > now - idle,
                    Person.disabled_at.is_(None),
                )
            )
            .unique()
            .scalar_one_or_none()
        )


def touch(session: SignInSession) -> None:
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
