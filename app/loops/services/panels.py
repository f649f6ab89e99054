"""Seating people on the panels of a draft."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from app.audit import services as audit
from app.audit.events import Event
from app.identity.models import Person
from app.jobs import services as jobs
from app.loops import panels
from app.loops.models import AssignmentPart, Loop, PlannedPanelist, Stage
from app.loops.panels import Seat, Seated
from app.loops.services.changing import check_change, touch
from app.policy import Actor, Part

Seats: TypeAlias = Sequence[tuple[Person, AssignmentPart]]


def set_panels(actor: Actor, loop: Loop, *, version: int, seats: Mapping[int, Seats]) -> None:
    """Let exactly these people sit on the stages named by their positions, and on the job's team."""
    check_change(actor, loop, version)
    panels.check_panels(
        {position: [Seat(person.id, part) for person, part in of] for position, of in seats.items()}
    )
    named = [stage for stage in loop.stages if stage.position in seats]
    changed = [stage for stage in named if seat(actor, stage, seats[stage.position])]
    if not changed:
        return
    touch(loop)
    for stage in changed:
        audit.record(
            actor,
            Event.STAGE_CHANGED,
            stage,
            job_id=loop.job_id,
            position=stage.position,
            fields=["panel"],
        )


def propose_panels(
    actor: Actor, loop: Loop, *, version: int, seats: Mapping[int, Seats], people: Sequence[Person]
) -> list[int]:
    """Seat who was chosen, and two of these people in each stage left empty; says which those were."""
    by_id = {person.id: person for person in people}
    stages = [
        Seated(
            stage.position,
            stage.time_box.total,
            tuple(Seat(person.id, part) for person, part in seats.get(stage.position, ())),
        )
        for stage in loop.stages
    ]
    proposed = panels.propose(stages, list(by_id))
    found = {position: [(by_id[one.person], one.part) for one in of] for position, of in proposed.items()}
    set_panels(actor, loop, version=version, seats={**seats, **found})
    return sorted(proposed)


def seat(actor: Actor, stage: Stage, seats: Seats) -> bool:
    """Let exactly these people sit on one panel; says whether anything changed."""
    before = {one.person: one for one in stage.panel}
    if [(one.person, one.part) for one in stage.panel] == list(seats):
        return False
    for person, part in seats:
        before.setdefault(person, PlannedPanelist(person=person)).part = part
        jobs.add_to_team(actor, stage.loop.job, person, Part.INTERVIEWER)
    stage.panel = [before[person] for person, _ in seats]
    return True
