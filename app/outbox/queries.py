"""Reads about letters, for administrators: kinds, times and faults; never a reader or a word of them."""

import uuid
from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from app import policy
from app.core.db import db
from app.core.errors import NotFound
from app.outbox import letters
from app.outbox.models import Letter, State
from app.policy import Act, Actor, Part
from app.web.paging import SIZE, Page


def closed_to(actor: Actor) -> frozenset[str]:
    """The kinds of letters closed to an actor: whoever interviews or manages must not learn who asks."""
    sits = any(Part.RECRUITER not in parts for parts in actor.teams.values())
    return letters.private_kinds() if sits else frozenset()


def count_by_state(actor: Actor) -> Mapping[State, int]:
    """How many letters there are in each state."""
    policy.check(actor, Act.SEE_LETTERS)
    shown = Letter.kind.not_in(closed_to(actor))
    counted = db.session.execute(sa.select(Letter.state, sa.func.count()).where(shown).group_by(Letter.state))
    return dict.fromkeys(State, 0) | dict(counted.all())


def list_letters(actor: Actor, state: State, page: Page) -> Sequence[Letter]:
    """One page of the letters in a state: what waits in its order, all else the newest first."""
    policy.check(actor, Act.SEE_LETTERS)
    order = (
        (Letter.due_at, Letter.id) if state is State.WAITING else (Letter.ended_at.desc(), Letter.id.desc())
    )
    shown = Letter.kind.not_in(closed_to(actor))
    found = sa.select(Letter).where(Letter.state == state, shown).order_by(*order)
    return db.session.scalars(found.offset(page.offset).limit(SIZE)).all()


def get_letter(public_id: uuid.UUID) -> Letter:
    """A letter, locked until the transaction ends, so that no worker claims it meanwhile."""
    found = db.session.scalar(sa.select(Letter).where(Letter.public_id == public_id).with_for_update())
    if found is None:
        raise NotFound
    return found
