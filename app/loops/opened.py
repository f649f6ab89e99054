"""The stages of loops that were opened: they never change again, so a worker keeps them.

Kept stages belong to no session. What of their loop can still change (whether it is closed) is not on them,
and asking for it is an error.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, contains_eager, joinedload

from app.core.cache import Cache
from app.core.db import db
from app.loops.models import Loop, Stage

_kept = Cache[UUID, Stage](500)


def stages_of(job_id: int) -> Sequence[Stage]:
    """The stages, with their criteria, of every loop of a job that was opened."""
    found = db.session.scalars(_OF_JOB, {"job_id": job_id}).all()
    by_address = stages(found)
    return [by_address[one] for one in found]


def stages(addresses: Collection[UUID]) -> Mapping[UUID, Stage]:
    """Stages of opened loops with their criteria, by their public ids."""
    return _kept.get(addresses, _read)


_OF_JOB = (
    sa.select(Stage.public_id)
    .join(Stage.loop)
    .where(Loop.job_id == sa.bindparam("job_id"), Loop.opened_at.is_not(None))
    .order_by(Loop.number, Stage.position)
)


def _read(addresses: Collection[UUID]) -> dict[UUID, Stage]:
    with Session(db.session.connection()) as own:
        found = own.scalars(_whole(), {"addresses": list(addresses)}).unique().all()
        own.expunge_all()
    return {stage.public_id: stage for stage in found}


@cache
def _whole() -> sa.Select[Stage]:
    return (
        sa.select(Stage)
        .join(Stage.loop)
        .options(
            contains_eager(Stage.loop).load_only(
                Loop.public_id, Loop.job_id, Loop.number, Loop.opened_at, Loop.level, Loop.weights_reason
            ),
            joinedload(Stage.scenario_version),
            joinedload(Stage.criteria),
        )
        .where(Stage.public_id.in_(sa.bindparam("addresses", expanding=True)))
    )
