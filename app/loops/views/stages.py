"""The pages on which the stages of a draft are added, changed and moved."""

import uuid

from flask import Response, request

from app.core.errors import Invalid
from app.identity import queries as identity
from app.loops import queries, services
from app.loops.forms import StageForm, VersionForm
from app.loops.models import Loop, Stage
from app.loops.views.blueprint import bp
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
    form = StageForm.of(loop).offer(queries.scenarios_for(loop.job), identity.active_people())
    if form.validate_on_submit():
        try:
            services.add_stage(
                actor(),
                loop,
                version=form.version.data or 0,
                scenario=form.chosen,
                lead=form.chosen_lead,
                co_interviewers=form.chosen_co_interviewers,
            )
        except Invalid as error:
            form.refuse(error)
        else:
            return see_other("loops.page", job_id=loop.job.public_id)
    return _stage_page(loop, form)


@bp.route("/stages/<uuid:stage_id>", methods=["GET", "POST"])
@acts(Act.EDIT_LOOP)
def change_stage(stage_id: uuid.UUID) -> Response:
    stage = queries.get_stage(actor(), stage_id)
    loop = stage.loop
    check(actor(), Act.EDIT_LOOP, loop)
    if request.method == "POST" and (verb := chosen("save", "remove", "earlier", "later")) != "save":
        version = VersionForm().version.data or 0
        if verb == "remove":
            services.remove_stage(actor(), stage, version=version)
        else:
            services.move_stage(actor(), stage, version=version, earlier=verb == "earlier")
        return see_other("loops.page", job_id=loop.job.public_id, anchor="stages")
    offered = queries.scenarios_for(loop.job, besides=stage.scenario_version)
    form = StageForm.of(loop, stage).offer(offered, identity.active_people())
    if form.validate_on_submit():
        try:
            services.change_stage(
                actor(),
                stage,
                version=form.version.data or 0,
                scenario=form.chosen,
                lead=form.chosen_lead,
                co_interviewers=form.chosen_co_interviewers,
            )
        except Invalid as error:
            form.refuse(error)
        else:
            return see_other("loops.page", job_id=loop.job.public_id)
    return _stage_page(loop, form, stage)


def _stage_page(loop: Loop, form: StageForm, stage: Stage | None = None) -> Response:
    return render(
        "loops/stage.html", loop=loop, form=form, stage=stage, status=422 if form.is_submitted() else 200
    )
