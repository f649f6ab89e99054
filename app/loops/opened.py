"""The stages of loops that were opened: they never change again, so a worker keeps them.

Kept stages belong to no session. What of their loop can still change (whether it is closed) is not on them,
and asking for it is an error.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import Session, contains_eager, joinedload

from app.core.cache import Cache
from app.core.db import db, plain
from app.loops.models import Loop, Stage

_kept = Cache[int, Stage](500)


def stages_of(job_id: int) -> Sequence[Stage]:
    """The stages, with their criteria, of every loop of a job that was opened."""
    rows = plain(_OF_JOB, {"job_id": job_id})
    return list(stages([row.id for row in rows]).values())


def stages(ids: Collection[int]) -> Mapping[int, Stage]:
    """Stages of opened loops with their criteria, by their ids, in the order these are given."""
    found = _kept.get(set(ids), _read)
    return {one: found[one] for one in ids}


_OF_JOB = (
    sa.select(Stage.id)
    .join(Stage.loop)
    .where(Loop.job_id == sa.bindparam("job_id"), Loop.opened_at.is_not(None))
    .order_by(Loop.number, Stage.position)
)


def _read(ids: Collection[int]) -> dict[int, Stage]:
    with Session(db.session.connection()) as own:
        found = own.scalars(_whole(), {"ids": list(ids)}).unique().all()
        own.expunge_all()
    return {stage.id: stage for stage in found}


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
        .where(Stage.id.in_(sa.bindparam("ids", expanding=True)))
    )
