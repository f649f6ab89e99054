"""What every change of a loop begins and ends with, and how a stage comes to its criteria."""

from collections.abc import Container
from decimal import Decimal

from sqlalchemy.orm.attributes import flag_modified

from app import policy
from app.core.db import db
from app.jobs.models import Job
from app.loops import bars, rules
from app.loops.models import Criterion, Loop, Stage
from app.packs import queries as packs
from app.packs.models import ScenarioVersion
from app.policy import Act, Actor


def check_change(actor: Actor, loop: Loop, version: int) -> None:
    """Refuse a change that is not the actor's to make, or of a loop that is not as they saw it."""
    policy.check(actor, Act.EDIT_LOOP, loop)
    rules.check_is_current(version, loop.version)


def touch(loop: Loop) -> None:
    """Count the loop's version up, so that a change of its stages is noticed in other tabs, too.

    Whoever read the guide to it has read something else: it waits to be read again.
    """
    loop.guide_read_at = None
    flag_modified(loop, "number")
    db.session.flush()


def append(loop: Loop, version: ScenarioVersion, codes: Container[str] | None = None) -> Stage:
    """Put a stage with this scenario at the end of a loop; of its criteria those of these codes, or all."""
    stage = Stage(position=len(loop.stages) + 1, scenario_version=version)
    loop.stages.append(stage)
    stage.criteria = criteria(version, loop.job, codes)
    return stage


def criteria(version: ScenarioVersion, job: Job, codes: Container[str] | None = None) -> list[Criterion]:
    """The criteria a stage of this job scores when it puts this scenario: all, or those of these codes."""
    scenario = packs.scenario_of(version)
    minimum = bars.bars_of(scenario, job.profile.level)
    return [
        Criterion(
            position=position,
            code=criterion.code,
            name=version.names[criterion.code],
            is_critical=criterion.critical,
            weight=Decimal(1),
            bar=minimum[criterion.code],
        )
        for position, criterion in enumerate(scenario.criteria, start=1)
        if codes is None or criterion.code in codes
    ]
