"""The pages on which the stages of a draft are added, changed and moved."""

import uuid

from flask import Response, request

from app.core.errors import Invalid
from app.loops import bars, queries, services
from app.loops.forms import PlaceForm, StageForm, VersionForm
from app.loops.models import Loop, Stage
from app.loops.views.blueprint import bp
from app.packs.queries import scenario_of
from app.policy import Act, check
from app.web.guard import acts
from app.web.render import render, see_other
from app.web.verbs import chosen
from app.web.viewer import actor


@bp.route("/loops/<uuid:loop_id>/stages", methods=["GET", "POST"])
@acts(Act.EDIT_LOOP)
def add_stage(loop_id: uuid.UUID) -> Response:
    loop = queries.get_loop(actor(), loop_id)
    check(actor(), Act.EDIT_LOOP, loop)
    form = StageForm.of(loop, scenario=request.args.get("scenario", ""))
    form.offer(queries.scenarios_for(loop.job), loop.job.profile)
    if form.validate_on_submit():
        try:
            services.add_stage(actor(), loop, form.content, version=form.version.data or 0)
        except Invalid as error:
            form.refuse(error)
        else:
            return see_other("loops.panels", loop_id=loop.public_id)
    return _stage_page(loop, form)


@bp.route("/stages/<uuid:stage_id>", methods=["GET", "POST"])
@acts(Act.EDIT_LOOP)
def change_stage(stage_id: uuid.UUID) -> Response:
    stage = queries.get_stage(actor(), stage_id)
    loop = stage.loop
    check(actor(), Act.EDIT_LOOP, loop)
    if request.method == "POST":
        verb = chosen("save", "remove", "earlier", "later", "place")
        if verb != "save":
            _arrange(stage, verb)
            return see_other("loops.page", job_id=loop.job.public_id, anchor="stages")
    form = StageForm.of(loop, stage, scenario=request.args.get("scenario", ""))
    form.offer(queries.scenarios_for(loop.job, besides=stage.scenario_version), loop.job.profile, stage)
    if form.validate_on_submit():
        try:
            services.change_stage(actor(), stage, form.content, version=form.version.data or 0)
        except Invalid as error:
            form.refuse(error)
        else:
            return see_other("loops.page", job_id=loop.job.public_id)
    return _stage_page(loop, form, stage)


def _arrange(stage: Stage, verb: str) -> None:
    """Remove a stage, or move it."""
    version = VersionForm().version.data or 0
    if verb == "remove":
        services.remove_stage(actor(), stage, version=version)
    elif verb == "place":
        services.place_stage(actor(), stage, version=version, place=PlaceForm().place.data or 0)
    else:
        services.move_stage(actor(), stage, version=version, earlier=verb == "earlier")


def _stage_page(loop: Loop, form: StageForm, stage: Stage | None = None) -> Response:
    version = form.version_chosen
    return render(
        "loops/stage.html",
        fragment="loops/_scored.html",
        loop=loop,
        form=form,
        stage=stage,
        scenario=scenario_of(version) if version else None,
        bar_note=bars.note_of(scenario_of(version), loop.job.profile.level) if version else "",
        status=422 if form.is_submitted() else 200,
    )
