"""Interview loops in each of their states."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.core.db import db
from app.identity.models import Person
from app.jobs.models import Job
from app.loops import services
from app.loops.models import AssignmentPart, Loop
from app.loops.services import Content
from app.packs import queries as packs
from tests.factories.jobs import manager_of
from tests.factories.people import actor

GAPS = "The disclosure follows before the first candidate; the near miss is scored against the mid bar."


def draft_loop(job: Job, panel: Sequence[Person] = (), pack: str = "outpatient-ot") -> Loop:
    """A draft of the three outpatient stages, each with this panel; the first of it leads."""
    by = actor(manager_of(job))
    loop = services.draft_loop(by, job, pack=pack)
    seat(loop, {stage.position: panel for stage in loop.stages})
    return loop


def seat(loop: Loop, panels: Mapping[int, Sequence[Person]]) -> None:
    """Seat these people by the position of their stage; the first of each panel leads."""
    seats = {position: parts(panel) for position, panel in panels.items()}
    services.set_panels(actor(manager_of(loop.job)), loop, version=loop.version, seats=seats)


def parts(panel: Sequence[Person]) -> list[tuple[Person, AssignmentPart]]:
    """The first leads, and the others are there with them."""
    return [
        (person, AssignmentPart.CO_INTERVIEWER if number else AssignmentPart.LEAD)
        for number, person in enumerate(panel)
    ]


def open_loop(job: Job, panel: Sequence[Person], *, besides: str = "", **more: Any) -> Loop:
    """An open loop of the three outpatient stages, each with this panel, and perhaps one scenario besides."""
    loop = draft_loop(job, panel, **more)
    if besides:
        [scenario] = (one for one in packs.latest_versions() if one.key == besides)
        stage = services.add_stage(actor(manager_of(job)), loop, Content(scenario), version=loop.version)
        seat(loop, {stage.position: panel})
    services.open_loop(actor(manager_of(job)), loop, version=loop.version, gaps_reason=GAPS)
    db.session.commit()
    return loop


def closed_loop(job: Job, panel: Sequence[Person]) -> Loop:
    """A loop that was open and is closed."""
    loop = open_loop(job, panel)
    services.close_loop(actor(manager_of(job)), loop)
    db.session.commit()
    return loop
