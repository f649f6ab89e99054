"""Interview loops in each of their states."""

from collections.abc import Sequence
from typing import Any

from app.core.db import db
from app.identity.models import Person
from app.jobs.models import Job
from app.loops import services
from app.loops.models import Loop
from app.packs import queries as packs
from tests.factories.jobs import manager_of
from tests.factories.people import actor

GAPS = "The disclosure follows before the first candidate; the near miss is scored against the mid bar."


def draft_loop(job: Job, panel: Sequence[Person] = (), pack: str = "outpatient-ot") -> Loop:
    """A draft of the three outpatient stages, each with this panel; the first of it leads."""
    by = actor(manager_of(job))
    loop = services.draft_loop(by, job, pack=pack)
    for stage in loop.stages:
        services.change_stage(
            by,
            stage,
            version=loop.version,
            scenario=stage.scenario_version,
            lead=panel[0] if panel else None,
            co_interviewers=panel[1:],
        )
    return loop


def open_loop(job: Job, panel: Sequence[Person], *, besides: str = "", **more: Any) -> Loop:
    """An open loop of the three outpatient stages, each with this panel, and perhaps one scenario besides."""
    loop = draft_loop(job, panel, **more)
    if besides:
        [scenario] = (one for one in packs.latest_versions() if one.key == besides)
        services.add_stage(
            actor(manager_of(job)),
            loop,
            version=loop.version,
            scenario=scenario,
            lead=panel[0],
            co_interviewers=panel[1:],
        )
    services.open_loop(actor(manager_of(job)), loop, version=loop.version, gaps_reason=GAPS)
    db.session.commit()
    return loop


def closed_loop(job: Job, panel: Sequence[Person]) -> Loop:
    """A loop that was open and is closed."""
    loop = open_loop(job, panel)
    services.close_loop(actor(manager_of(job)), loop)
    db.session.commit()
    return loop
