"""The page on which the criteria of a draft are given their weights."""

import uuid

from flask import Response, request

from app.core.errors import Invalid
from app.loops import bars, presets, queries, rules, services
from app.loops.forms import WeightsForm
from app.loops.views.blueprint import bp
from app.packs.queries import scenario_of
from app.policy import Act, check
from app.web.guard import acts
from app.web.render import render, see_other
from app.web.viewer import actor
from scenarios import Level


@bp.route("/loops/<uuid:loop_id>/weights", methods=["GET", "POST"])
@acts(Act.EDIT_LOOP)
def weights(loop_id: uuid.UUID) -> Response:
    loop = queries.get_loop(actor(), loop_id)
    check(actor(), Act.EDIT_LOOP, loop)
    preset = presets.find(request.args.get("preset", ""))
    form = WeightsForm.of(loop, preset)
    if form.validate_on_submit():
        try:
            services.set_weights(
                actor(),
                loop,
                version=form.version.data or 0,
                weights=form.weights,
                reason=form.reason.data or "",
            )
        except Invalid as error:
            form.refuse(error)
        else:
            return see_other("loops.page", job_id=loop.job.public_id)
    status = 422 if form.is_submitted() else 200
    return render(
        "loops/weights.html",
        form=form,
        loop=loop,
        weight_key=rules.weight_key,
        total=sum(one.weight for stage in loop.stages for one in stage.criteria),
        levels=list(Level),
        bars=[bars.by_level(scenario_of(stage.scenario_version)) for stage in loop.stages],
        notes=[bars.standard_levels(scenario_of(stage.scenario_version)) for stage in loop.stages],
        presets=presets.PRESETS,
        preset=preset,
        status=status,
    )
