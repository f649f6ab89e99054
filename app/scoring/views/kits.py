"""A stage as its interviewers will have it: a preview of the scorecard, and the kit to print and write on."""

import uuid

from flask import Response

from app.identity.queries import get_employer
from app.jobs.models import Job
from app.loops import queries as loops
from app.loops.models import Stage
from app.policy import Act
from app.scoring import drafts, kit, queries
from app.scoring.views.blueprint import bp
from app.scoring.views.script import level_words, missing_words, script_of
from app.web.guard import acts
from app.web.pdf import download, paper
from app.web.render import render, see_other
from app.web.viewer import actor


@bp.get("/stages/<uuid:stage_id>/preview")
@acts(Act.SEE_LOOP)
def preview(stage_id: uuid.UUID) -> Response:
    """The scorecard of a stage before anybody wrote on it; nothing can be entered."""
    stage = loops.get_stage(actor(), stage_id)
    content = drafts.read({}, queries.shape_of_stage(stage))
    return render(
        "scoring/preview.html",
        loop=stage.loop,
        job=stage.loop.job,
        content=content,
        levels=level_words(content),
        missing=missing_words(content),
        opening="",
        next_note=1,
        removed={},
        first_name="The candidate",
        **script_of(stage),
    )


@bp.get("/stages/<uuid:stage_id>/kit")
@acts(Act.SEE_LOOP)
def stage_kit(stage_id: uuid.UUID) -> Response:
    """The kit of one stage."""
    stage = loops.get_stage(actor(), stage_id)
    return _of_stage(stage, stage.loop.job)


@bp.get("/loops/<uuid:loop_id>/kit")
@acts(Act.SEE_LOOP)
def loop_kit(loop_id: uuid.UUID) -> Response:
    """The kits of all stages in one document."""
    loop = loops.get_loop(actor(), loop_id)
    return download(kit.of_loop(loop, get_employer(), paper=paper()), "interview-kit")


@bp.get("/scorecards/<uuid:card_id>/kit")
@acts(Act.READ_SCORECARD)
def card_kit(card_id: uuid.UUID) -> Response:
    """The kit of the stage that one's own scorecard is about; it is the same for every candidate."""
    card = queries.get_own_scorecard(actor(), card_id)
    if card.is_open and not card.is_clear:
        return see_other("scoring.scorecard", card_id=card.public_id)
    interview = card.assignment.interview
    return _of_stage(interview.stage, interview.application.job)


def _of_stage(stage: Stage, job: Job) -> Response:
    document = kit.of_stage(stage, job, get_employer(), paper=paper())
    return download(document, f"interview-kit-{stage.position}-{stage.scenario_version.key}")
