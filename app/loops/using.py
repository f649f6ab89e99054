"""Which loops use a scenario version."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.loops.models import Loop, Stage
from app.packs.models import ScenarioVersion


def loops_using(version: ScenarioVersion) -> Sequence[Loop]:
    """Every loop with a stage that holds the version, in whatever state, with its job."""
    held = sa.select(Stage.loop_id).where(Stage.scenario_version_id == version.id)
    return db.session.scalars(
        sa.select(Loop)
        .options(joinedload(Loop.job))
        .where(Loop.id.in_(held))
        .order_by(Loop.job_id, Loop.number)
    ).all()
