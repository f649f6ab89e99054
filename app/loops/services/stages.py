"""Changing the stages of a draft."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.audit import services as audit
from app.audit.events import Event
from app.core.db import db
from app.loops import rules
from app.loops.models import Loop, Stage
from app.loops.rules import Minutes
from app.loops.services.changing import append, check_change, criteria, touch
from app.packs import queries as packs
from app.packs.models import ScenarioVersion
from app.policy import Actor


@dataclass(frozen=True)
class Content:
    """What a stage puts: a scenario, why it is here, its own minutes if it has any, and what is scored.

    `codes` are the criteria that are scored; None is all that the scenario has.
    """

    scenario: ScenarioVersion
    reason: str = ""
    minutes: Minutes | None = None
    codes: Collection[str] | None = None


def add_stage(actor: Actor, loop: Loop, content: Content, *, version: int) -> Stage:
    """Add a stage at the end of a draft; its panel is chosen next."""
    check_change(actor, loop, version)
    codes = _scored(loop, content)
    stage = append(loop, content.scenario, codes)
    _describe(stage, content)
    touch(loop)
    audit.record(
        actor,
        Event.STAGE_ADDED,
        stage,
        job_id=loop.job_id,
        position=stage.position,
        scenario=content.scenario.key,
    )
    return stage


def change_stage(actor: Actor, stage: Stage, content: Content, *, version: int) -> None:
    """Give a stage of a draft another scenario, reason, time-box or choice of criteria."""
    check_change(actor, stage.loop, version)
    codes = _scored(stage.loop, content)
    fields = _describe(stage, content)
    if content.scenario.id != stage.scenario_version_id:
        _hold(stage, content.scenario, codes)
        fields.append("scenario")
    elif [one.code for one in stage.criteria] != codes:
        _score(stage, codes)
        fields.append("criteria")
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
    place_stage(
        actor,
        stage,
        version=version,
        place=rules.moved(stage.position, len(stage.loop.stages), earlier=earlier),
    )


def place_stage(actor: Actor, stage: Stage, *, version: int, place: int) -> None:
    """Put a stage of a draft into a place; those between move up or down by one."""
    loop = stage.loop
    check_change(actor, loop, version)
    rules.check_place(place, len(loop.stages))
    if place == stage.position:
        return
    loop.stages.remove(stage)
    loop.stages.insert(place - 1, stage)
    _renumber(loop)
    touch(loop)
    audit.record(actor, Event.STAGE_CHANGED, stage, job_id=loop.job_id, position=place, fields=["position"])


def remove_stage(actor: Actor, stage: Stage, *, version: int) -> None:
    """Take a stage out of a draft; the later ones move up."""
    loop, position = stage.loop, stage.position
    check_change(actor, loop, version)
    loop.stages.remove(stage)
    db.session.flush()
    _renumber(loop)
    touch(loop)
    audit.record(actor, Event.STAGE_REMOVED, stage, job_id=loop.job_id, position=position)


def _renumber(loop: Loop) -> None:
    """Count the stages from 1 in their order; no two stand in one place, not even for a moment."""
    moved = [(number, one) for number, one in enumerate(loop.stages, start=1) if one.position != number]
    for number, one in moved:
        one.position = -number
    db.session.flush()
    for number, one in moved:
        one.position = number
    db.session.flush()


def _scored(loop: Loop, content: Content) -> list[str]:
    """The codes to score, in the order of the rubric; what cannot be switched off is among them."""
    scenario = packs.scenario_of(content.scenario)
    if content.codes is None:
        return list(scenario.codes)
    fixed = rules.fixed_codes(scenario, loop.job.profile)
    codes = [code for code in scenario.codes if code in content.codes or code in fixed]
    rules.check_scored(scenario, codes)
    return codes


def _describe(stage: Stage, content: Content) -> list[str]:
    """Keep the reason and the minutes of a stage; says which of them changed."""
    if content.minutes is not None:
        rules.check_minutes(content.minutes)
    read, answer, probes = content.minutes or (None, None, None)
    fields = []
    if content.reason != (stage.reason or ""):
        stage.reason = content.reason
        fields.append("reason")
    if (read, answer, probes) != (stage.read_minutes, stage.answer_minutes, stage.probe_minutes):
        stage.read_minutes, stage.answer_minutes, stage.probe_minutes = read, answer, probes
        fields.append("time_box")
    return fields


def _hold(stage: Stage, version: ScenarioVersion, codes: Sequence[str]) -> None:
    stage.criteria = []
    db.session.flush()  # A code may come again, and stands once a stage.
    stage.scenario_version = version
    stage.criteria = criteria(version, stage.loop.job, codes)


def _score(stage: Stage, codes: Sequence[str]) -> None:
    """Score these criteria of the same scenario; those that stay keep their weights."""
    weights = {one.code: one.weight for one in stage.criteria}
    _hold(stage, stage.scenario_version, codes)
    for criterion in stage.criteria:
        criterion.weight = weights.get(criterion.code, criterion.weight)
