"""Reads of a debrief: everything that was scored comes through the blind rule of `scoring`."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app import policy
from app.accuracy.rules import Hiring
from app.candidates import queries as candidates
from app.candidates.models import Application
from app.core.db import db
from app.core.errors import Forbidden, NotFound
from app.debrief import grid
from app.debrief.grid import Debrief
from app.debrief.models import DecisionRecord
from app.debrief.rules import Deciding
from app.loops import bars
from app.loops.bars import Put
from app.loops.lineage import alike, by_loop
from app.loops.models import Stage
from app.packs import queries as packs
from app.policy import Act, Actor
from app.scoring import queries as scoring
from app.scoring.models import Outcome
from app.scoring.queries import Met
from app.scoring.results import InterviewScores
from app.scoring.rules import Sight
from scenarios import Level


def get_application(actor: Actor, public_id: uuid.UUID) -> tuple[Application, Met, Deciding]:
    """An application whose debrief the actor may see, with what the policy asks before a decision on it.

    404 for whoever has no part in it; 403, with a constant reason, while the actor's own scorecard is open.
    """
    application = candidates.get_team_application(actor, public_id)
    met = scoring.met_by(application)
    seats = [scoring.seat(one) for interview in met.interviews for one in interview.assignments]
    sight = scoring.sight(actor, application, seats=seats)
    allowed = policy.decide(actor, Act.SEE_DEBRIEF, sight)
    if not allowed:
        raise Forbidden(allowed.reason) if sight.mine_open else NotFound
    return application, met, _deciding(application, sight)


def deciding(actor: Actor, application: Application) -> Deciding:
    """What the policy asks about an actor who would decide on an application."""
    return _deciding(application, scoring.sight(actor, application))


def _deciding(application: Application, sight: Sight) -> Deciding:
    return Deciding(
        job_id=sight.job_id,
        mine_open=sight.mine_open,
        all_settled=sight.all_settled,
        is_withdrawn=application.is_withdrawn,
    )


def debrief_of(actor: Actor, application: Application, met: Met | None = None) -> Debrief:
    """What a debrief shows to an actor, with what the rule makes of it."""
    opened, interviews = met or scoring.met_by(application)
    scores = {
        one.interview.stage_id: one
        for one in scoring.panel_scores(actor, application, interviews)
        if one.interview.outcome is not Outcome.NO_SHOW
    }
    stages = _of_one_loop(opened, scores)
    put = [
        Put(stage.id, packs.scenario_of(stage.scenario_version), tuple(one.code for one in stage.criteria))
        for stage in stages
    ]
    level = Level(stages[0].loop.level or application.job.level)
    found = grid.compose(stages, scores, level, bars.count_rules(put, level))
    begun = {stage.loop.number for stage in opened if stage.id in scores}
    loops, number = by_loop(opened), found.loop.number
    return replace(
        found,
        standard_bars=tuple(one.scenario.title for one in put if bars.note_of(one.scenario, level)),
        also_began=tuple(sorted(begun - {number})),
        unlike=tuple(one for one, others in loops.items() if one != number and not alike(others, stages)),
    )


def _of_one_loop(stages: Sequence[Stage], scores: Mapping[int, InterviewScores]) -> list[Stage]:
    """Those of the loop the candidate meets: the one of their interviews, else the one opened last."""
    met = [stage for stage in stages if stage.id in scores]
    last = (met or stages)[-1]
    return [stage for stage in stages if stage.loop_id == last.loop_id]


def decisions_of(application: Application) -> Sequence[DecisionRecord]:
    """Every decision on an application; the one that stands is the first."""
    if application.decided_at is None:
        return []
    return db.session.scalars(_decisions(), {"application_id": application.id}).all()


@cache
def _decisions() -> sa.Select[DecisionRecord]:
    return (
        sa.select(DecisionRecord)
        .options(joinedload(DecisionRecord.decided_by))
        .where(DecisionRecord.application_id == sa.bindparam("application_id"))
        .order_by(DecisionRecord.number.desc())
    )


def hiring(application: Application) -> Hiring:
    """What the policy asks before a first day is recorded."""
    standing = next(iter(decisions_of(application)), None)
    return Hiring(
        job_id=application.job_id,
        is_offered=standing is not None and standing.is_offer,
        is_withdrawn=application.is_withdrawn,
    )


def lock(application: Application) -> None:
    """The application as it is now, held until the transaction ends (SQLite holds its one lock already)."""
    db.session.refresh(application, ["withdrawn_at", "decided_at"], with_for_update=True)
