"""What is done about loops: drafting, changing their stages and weights, opening and closing."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlalchemy.orm.attributes import flag_modified

from app import policy
from app.audit import services as audit
from app.audit.events import Event
from app.core import clock
from app.core.db import db
from app.core.errors import Invalid
from app.identity.models import Person
from app.jobs import services as jobs
from app.jobs.models import Job
from app.loops import queries, readiness, rules
from app.loops.models import AssignmentPart, Criterion, Loop, PlannedPanelist, Stage
from app.packs import queries as packs
from app.packs.models import ScenarioVersion
from app.policy import Act, Actor, Part


def draft_loop(actor: Actor, job: Job, *, pack: str) -> Loop:
    """Begin a loop with one stage of each kind from a pack; panels are chosen next."""
    before, loop = queries.latest_loop(job), queries.next_loop(job)
    policy.check(actor, Act.EDIT_LOOP, loop)
    rules.check_may_draft(has_loop_that_stands=before is not None and not before.is_closed)
    chosen = next((offer for offer in queries.offers(job) if offer.pack == pack), None)
    if chosen is None:
        raise Invalid(pack="Choose a pack of the list.")
    db.session.add(loop)
    for version in chosen.versions:
        _append(loop, version)
    db.session.flush()
    audit.record(actor, Event.LOOP_DRAFTED, loop, job_id=job.id)
    return loop


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
    _check_change(actor, loop, version)
    rules.check_has_bar(packs.scenario_of(scenario), loop.job.profile)
    stage = _append(loop, scenario)
    _seat(actor, stage, lead, co_interviewers)
    _touch(loop)
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
    _check_change(actor, stage.loop, version)
    rules.check_has_bar(packs.scenario_of(scenario), stage.loop.job.profile)
    fields = ["panel"] if _seat(actor, stage, lead, co_interviewers) else []
    if scenario.id != stage.scenario_version_id:
        _hold(stage, scenario)
        fields.append("scenario")
    if fields:
        _touch(stage.loop)
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
    _check_change(actor, loop, version)
    place = rules.moved(position, len(loop.stages), earlier=earlier)
    other = loop.stages[place - 1]
    other.position = 0  # No two stages stand in one place, not even for a moment.
    db.session.flush()
    stage.position = place
    db.session.flush()
    other.position = position
    loop.stages.sort(key=lambda one: one.position)
    _touch(loop)
    audit.record(actor, Event.STAGE_CHANGED, stage, job_id=loop.job_id, position=place, fields=["position"])


def remove_stage(actor: Actor, stage: Stage, *, version: int) -> None:
    """Take a stage out of a draft; the later ones move up."""
    loop, position = stage.loop, stage.position
    _check_change(actor, loop, version)
    loop.stages.remove(stage)
    db.session.flush()
    for number, later in enumerate(loop.stages, start=1):
        later.position = number
    _touch(loop)
    audit.record(actor, Event.STAGE_REMOVED, stage, job_id=loop.job_id, position=position)


def set_weights(
    actor: Actor, loop: Loop, *, version: int, weights: Mapping[str, Decimal], reason: str
) -> None:
    """Let criteria of a draft count differently, for a reason; `weights` is by `rules.weight_key`."""
    _check_change(actor, loop, version)
    rules.check_weights(weights, reason)
    for stage in loop.stages:
        for criterion in stage.criteria:
            criterion.weight = weights[rules.weight_key(stage.position, criterion.code)]
    loop.weights_reason = "" if rules.are_equal(weights.values()) else reason
    _touch(loop)
    audit.record(actor, Event.WEIGHTS_CHANGED, loop, job_id=loop.job_id)


def open_loop(actor: Actor, loop: Loop, *, version: int, gaps_reason: str = "") -> None:
    """Open a loop: from now on its versions, criteria, weights and bars are those every candidate meets."""
    policy.check(actor, Act.OPEN_LOOP, loop)
    rules.check_is_current(version, loop.version)
    checks = queries.ready(loop)
    readiness.check_may_open(checks, gaps_reason)
    gaps = [check.name for check in readiness.gaps(checks)]
    for stage in loop.stages:
        bars = packs.scenario_of(stage.scenario_version).bars_for(loop.job.profile.level)
        for criterion in stage.criteria:
            criterion.bar = bars[criterion.code]
    loop.opened_at, loop.opened_by_id = clock.now(), actor.id
    loop.gaps_reason = gaps_reason if gaps else ""
    jobs.fix_profile(loop.job)
    db.session.flush()
    digests = [stage.scenario_version.digest for stage in loop.stages]
    audit.record(actor, Event.LOOP_OPENED, loop, job_id=loop.job_id, stages=digests, gaps=gaps)


def close_loop(actor: Actor, loop: Loop) -> None:
    """Close a loop: its candidates are finished as they began, and nobody new meets it."""
    policy.check(actor, Act.CLOSE_LOOP, loop)
    loop.closed_at = clock.now()
    db.session.flush()
    audit.record(actor, Event.LOOP_CLOSED, loop, job_id=loop.job_id)


def _check_change(actor: Actor, loop: Loop, version: int) -> None:
    policy.check(actor, Act.EDIT_LOOP, loop)
    rules.check_is_current(version, loop.version)


def _touch(loop: Loop) -> None:
    """Count the loop's version up, so that a change of its stages is noticed in other tabs, too."""
    flag_modified(loop, "number")
    db.session.flush()


def _append(loop: Loop, version: ScenarioVersion) -> Stage:
    stage = Stage(position=len(loop.stages) + 1, scenario_version=version)
    loop.stages.append(stage)
    stage.criteria = _criteria(version, loop.job)
    return stage


def _hold(stage: Stage, version: ScenarioVersion) -> None:
    stage.criteria = []
    db.session.flush()  # A code may come again, and stands once a stage.
    stage.scenario_version = version
    stage.criteria = _criteria(version, stage.loop.job)


def _criteria(version: ScenarioVersion, job: Job) -> list[Criterion]:
    scenario = packs.scenario_of(version)
    bars = scenario.bars_for(job.profile.level)
    return [
        Criterion(
            position=position,
            code=criterion.code,
            name=version.names[criterion.code],
            is_critical=criterion.critical,
            weight=Decimal(1),
            bar=bars[criterion.code],
        )
        for position, criterion in enumerate(scenario.criteria, start=1)
    ]


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
