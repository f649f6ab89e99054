"""Reads about letters, for administrators: kinds, times and faults; never a reader or a word of them."""

import uuid
from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from app import policy
from app.core.db import db
from app.core.errors import NotFound
from app.outbox.models import Letter, State
from app.policy import Act, Actor
from app.web.paging import SIZE, Page


def count_by_state(actor: Actor) -> Mapping[State, int]:
    """How many letters there are in each state."""
    policy.check(actor, Act.SEE_LETTERS)
    counted = db.session.execute(sa.select(Letter.state, sa.func.count()).group_by(Letter.state))
    return dict.fromkeys(State, 0) | dict(counted.all())


def list_letters(actor: Actor, state: State, page: Page) -> Sequence[Letter]:
    """One page of the letters in a state: what waits in its order, all else the newest first."""
    policy.check(actor, Act.SEE_LETTERS)
    order = (
        (Letter.due_at, Letter.id) if state is State.WAITING else (Letter.ended_at.desc(), Letter.id.desc())
    )
    found = sa.select(Letter).where(Letter.state == state).order_by(*order)
    return db.session.scalars(found.offset(page.offset).limit(SIZE)).all()


def get_letter(public_id: uuid.UUID) -> Letter:
    """A letter, locked until the transaction ends, so that no worker claims it meanwhile."""
    found = db.session.scalar(sa.select(Letter).where(Letter.public_id == public_id).with_for_update())
    if found is None:
        raise NotFound
    return found
