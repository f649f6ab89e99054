"""Beginning a loop: with a template, a pack, or an earlier loop."""

from app import policy
from app.audit import services as audit
from app.audit.events import Event
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.jobs.models import Job
from app.loops import beginnings, panels, queries, rules
from app.loops.models import Loop, Stage
from app.loops.panels import Seat
from app.loops.services.changing import append
from app.loops.services.panels import seat
from app.packs import queries as packs
from app.packs.models import ScenarioVersion
from app.policy import Act, Actor


def draft_loop(actor: Actor, job: Job, *, pack: str) -> Loop:
    """Begin a loop with one stage of each kind from a pack; panels are chosen next."""
    loop = _new(actor, job)
    chosen = next((offer for offer in beginnings.offers(job) if offer.pack == pack), None)
    if chosen is None:
        raise Invalid(pack="Choose a pack of the list.")
    for version in chosen.versions:
        append(loop, version)
    return _drafted(actor, loop)


def draft_from_template(actor: Actor, job: Job) -> Loop:
    """Begin a loop with the template of the job's setting and role, as far as its scenarios are here."""
    loop = _new(actor, job)
    suggestion = beginnings.suggestion(job)
    if suggestion is None or not suggestion.stages:
        raise Conflict("There is no template for this job any more. Reload the page to see what there is.")
    for placed in suggestion.stages:
        codes = [code for code in placed.scenario.codes if code not in placed.place.leave_out]
        append(loop, placed.version, codes).reason = placed.place.why
    return _drafted(actor, loop)


def copy_loop(actor: Actor, job: Job, source: Loop) -> Loop:
    """Begin a loop as an earlier one was: its stages in their latest versions, panels, weights and minutes.

    What is retired or deleted is left out, and whoever cannot sign in any more.
    """
    policy.check(actor, Act.SEE_LOOP, source)
    loop = _new(actor, job)
    latest = {version.key: version for version in packs.latest_versions()}
    loop.copied_from = source
    for old in source.stages:
        if version := latest.get(old.scenario_version.key):
            _copy(actor, loop, old, version)
    if not loop.stages:
        raise Conflict("No scenario of that loop is here any more. Begin with something else.")
    if not rules.are_equal(one.weight for stage in loop.stages for one in stage.criteria):
        loop.weights_reason = source.weights_reason
    return _drafted(actor, loop)


def _copy(actor: Actor, loop: Loop, old: Stage, version: ScenarioVersion) -> None:
    """One stage as it was: of the scenario's criteria those that were scored, and those that are new."""
    known = packs.scenario_of(old.scenario_version).codes
    scored = {one.code: one for one in old.criteria}
    offered = packs.scenario_of(version).codes
    stage = append(loop, version, [code for code in offered if code in scored or code not in known])
    for criterion in stage.criteria:
        if criterion.code in scored:
            criterion.weight = scored[criterion.code].weight
    stage.reason = old.reason
    stage.read_minutes, stage.answer_minutes = old.read_minutes, old.answer_minutes
    stage.probe_minutes = old.probe_minutes
    people = {one.person_id: one.person for one in old.panel if not one.person.is_disabled}
    seats = [Seat(one.person_id, one.part) for one in old.panel if one.person_id in people]
    seat(actor, stage, [(people[one.person], one.part) for one in panels.led(seats)])


def _new(actor: Actor, job: Job) -> Loop:
    before, loop = queries.latest_loop(job), queries.next_loop(job)
    policy.check(actor, Act.EDIT_LOOP, loop)
    rules.check_may_draft(has_loop_that_stands=before is not None and not before.is_closed)
    db.session.add(loop)
    return loop


def _drafted(actor: Actor, loop: Loop) -> Loop:
    db.session.flush()
    audit.record(actor, Event.LOOP_DRAFTED, loop, job_id=loop.job_id)
    return loop
