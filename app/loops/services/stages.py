"""Changing the stages of a draft, and who sits on them."""

from collections.abc import Sequence

from app.audit import services as audit
from app.audit.events import Event
from app.core.db import db
from app.identity.models import Person
from app.jobs import services as jobs
from app.loops import rules
from app.loops.models import AssignmentPart, Loop, PlannedPanelist, Stage
from app.loops.services.changing import append, check_change, criteria, touch
from app.packs.models import ScenarioVersion
from app.policy import Actor, Part


def add_stage(
    actor: Actor,
    loop: Loop,
    *,
    version: int,
    scenario: ScenarioVersion,
    lead: Person | None = None,
    co_interviewers: Sequence[Person] = (),
) -> Stage:
    """Add a stage at the end of a draft."""
    check_change(actor, loop, version)
    stage = append(loop, scenario)
    _seat(actor, stage, lead, co_interviewers)
    touch(loop)
    audit.record(
        actor, Event.STAGE_ADDED, stage, job_id=loop.job_id, position=stage.position, scenario=scenario.key
    )
    return stage


def change_stage(
    actor: Actor,
    stage: Stage,
    *,
    version: int,
    scenario: ScenarioVersion,
    lead: Person | None,
    co_interviewers: Sequence[Person] = (),
) -> None:
    """Give a stage of a draft another scenario version, another panel, or both."""
    check_change(actor, stage.loop, version)
    fields = ["panel"] if _seat(actor, stage, lead, co_interviewers) else []
    if scenario.id != stage.scenario_version_id:
        _hold(stage, scenario)
        fields.append("scenario")
    if fields:
        touch(stage.loop)
        audit.record(
            actor,
            Event.STAGE_CHANGED,
            stage,
            job_id=stage.loop.job_id,
            position=stage.position,
            fields=sorted(fields),
        )


def move_stage(actor: Actor, stage: Stage, *, version: int, earlier: bool) -> None:
    """Let a stage of a draft change places with the one before or after it."""
    loop, position = stage.loop, stage.position
    check_change(actor, loop, version)
    place = rules.moved(position, len(loop.stages), earlier=earlier)
    other = loop.stages[place - 1]
    other.position = 0  # No two stages stand in one place, not even for a moment.
    db.session.flush()
    stage.position = place
    db.session.flush()
    other.position = position
    loop.stages.sort(key=lambda one: one.position)
    touch(loop)
    audit.record(actor, Event.STAGE_CHANGED, stage, job_id=loop.job_id, position=place, fields=["position"])


def remove_stage(actor: Actor, stage: Stage, *, version: int) -> None:
    """Take a stage out of a draft; the later ones move up."""
    loop, position = stage.loop, stage.position
    check_change(actor, loop, version)
    loop.stages.remove(stage)
    db.session.flush()
    for number, later in enumerate(loop.stages, start=1):
        later.position = number
    touch(loop)
    audit.record(actor, Event.STAGE_REMOVED, stage, job_id=loop.job_id, position=position)


def _hold(stage: Stage, version: ScenarioVersion) -> None:
    stage.criteria = []
    db.session.flush()  # A code may come again, and stands once a stage.
    stage.scenario_version = version
    stage.criteria = criteria(version, stage.loop.job)


def _seat(actor: Actor, stage: Stage, lead: Person | None, co_interviewers: Sequence[Person]) -> bool:
    """Let exactly these people sit on the panel, and on the job's team; says whether anything changed."""
    rules.check_panel(lead.id if lead else None, [person.id for person in co_interviewers])
    parts = dict.fromkeys(co_interviewers, AssignmentPart.CO_INTERVIEWER)
    if lead is not None:
        parts[lead] = AssignmentPart.LEAD
    seats = {seat.person: seat for seat in stage.panel}
    if {person: seat.part for person, seat in seats.items()} == parts:
        return False
    for person, part in parts.items():
        seats.setdefault(person, PlannedPanelist(person=person)).part = part
        jobs.add_to_team(actor, stage.loop.job, person, Part.INTERVIEWER)
    stage.panel = [seats[person] for person in parts]
    return True
