"""Opening a loop and closing it."""

from app import policy
from app.audit import services as audit
from app.audit.events import Event
from app.core import clock
from app.core.db import db
from app.jobs import services as jobs
from app.loops import bars, preparation, readiness, rules
from app.loops.models import Loop
from app.loops.rules import Step
from app.packs import queries as packs
from app.policy import Act, Actor


def open_loop(actor: Actor, loop: Loop, *, version: int, gaps_reason: str = "") -> None:
    """Open a loop: from now on its versions, criteria, weights and bars are those every candidate meets."""
    policy.check(actor, Act.OPEN_LOOP, loop)
    rules.check_is_current(version, loop.version)
    rules.check_step(Step.OPEN, loop.state)
    checks = preparation.ready(loop)
    readiness.check_may_open(checks, gaps_reason)
    gaps = [check.name for check in readiness.gaps(checks)]
    for stage in loop.stages:
        minimum = bars.bars_of(packs.scenario_of(stage.scenario_version), loop.job.profile.level)
        for criterion in stage.criteria:
            criterion.bar = minimum[criterion.code]
    loop.opened_at, loop.opened_by_id, loop.level = clock.now(), actor.id, loop.job.level
    loop.gaps_reason = gaps_reason if gaps else ""
    jobs.fix_profile(loop.job)
    db.session.flush()
    digests = [stage.scenario_version.digest for stage in loop.stages]
    audit.record(actor, Event.LOOP_OPENED, loop, job_id=loop.job_id, stages=digests, gaps=gaps)


def close_loop(actor: Actor, loop: Loop) -> None:
    """Close a loop: its candidates are finished as they began, and nobody new meets it."""
    policy.check(actor, Act.CLOSE_LOOP, loop)
    rules.check_step(Step.CLOSE, loop.state)
    loop.closed_at = clock.now()
    db.session.flush()
    audit.record(actor, Event.LOOP_CLOSED, loop, job_id=loop.job_id)
