"""The loops of a job one after the other: which follows which, and whose candidates met the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import sqlalchemy as sa

from app.core.db import db
from app.loops import queries
from app.loops.comparing import MetStage, Rule, differences, meet_the_same
from app.loops.models import Loop, Stage
from app.loops.rules import Planned


@dataclass(frozen=True)
class Succession:
    """A loop and the one before it: what is different, and whether their candidates meet the same."""

    before: Loop
    differences: list[str]
    meet_the_same: bool


def succession(loop: Loop) -> Succession | None:
    """What is different between a loop and the one before it in its job; None for the first."""
    if loop.number == 1:
        return None
    before_id = db.session.scalars(
        sa.select(Loop.id).where(Loop.job_id == loop.job_id, Loop.number == loop.number - 1)
    ).one()
    return _succession(queries.whole(before_id), loop)


def successions(loops: Sequence[Loop]) -> dict[int, Succession]:
    """By number, what is different between each of several whole loops and the one before it."""
    return {after.number: _succession(before, after) for before, after in pairwise(loops)}


def _succession(before: Loop, after: Loop) -> Succession:
    old, new = met_stages(before), met_stages(after)
    return Succession(before, differences(old, new), meet_the_same(old, new))


def met_stages(loop: Loop) -> list[MetStage]:
    """The stages of a whole loop as its candidates meet them."""
    return [_met_stage(stage, plan) for stage, plan in zip(loop.stages, queries.planned(loop), strict=True)]


def _met_stage(stage: Stage, plan: Planned) -> MetStage:
    bars = {one.code: one.bar for one in plan.scored}
    version = stage.scenario_version
    return MetStage(
        key=version.key,
        title=version.title,
        version=version.version,
        minutes=plan.minutes,
        criteria={
            one.code: Rule(one.weight, bars.get(one.code, one.bar), one.is_critical) for one in stage.criteria
        },
    )


def alike(one: Sequence[Stage], other: Sequence[Stage]) -> bool:
    """Whether the candidates of two opened loops met the same; both come with their criteria."""
    return _met(one) == _met(other)


def _met(stages: Sequence[Stage]) -> list[tuple[int, frozenset[str]]]:
    return [(stage.scenario_version_id, frozenset(one.code for one in stage.criteria)) for stage in stages]


def by_loop(stages: Sequence[Stage]) -> dict[int, list[Stage]]:
    """The stages of several loops by the number of their loop, given in its order."""
    return {number: list(of) for number, of in groupby(stages, key=lambda stage: stage.loop.number)}


def unlike(loops: dict[int, list[Stage]], numbers: Sequence[int]) -> tuple[int, ...]:
    """Those numbers of loops, unless all put the same: then their candidates can be compared."""
    of = [loops[number] for number in numbers]
    return tuple(numbers) if any(not alike(of[0], other) for other in of[1:]) else ()
