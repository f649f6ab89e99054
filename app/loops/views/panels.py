"""The page on which everybody is seated: all stages of a draft at once."""

import uuid

from flask import Response, request

from app.core.errors import Invalid
from app.identity import queries as identity
from app.loops import panels as rules
from app.loops import queries, services
from app.loops.forms import PanelsForm
from app.loops.views.blueprint import bp
from app.policy import Act, check
from app.web.guard import acts
from app.web.render import render, see_other
from app.web.verbs import chosen
from app.web.viewer import actor


@bp.route("/loops/<uuid:loop_id>/panels", methods=["GET", "POST"])
@acts(Act.EDIT_LOOP)
def panels(loop_id: uuid.UUID) -> Response:
    loop = queries.get_loop(actor(), loop_id)
    check(actor(), Act.EDIT_LOOP, loop)
    team = queries.interviewers_of(loop.job)
    form = PanelsForm.of(loop, identity.active_people(), team)
    verb = chosen("seat", "propose") if request.method == "POST" else ""
    if form.validate_on_submit():
        version = form.version.data or 0
        try:
            if verb == "propose":
                proposed = services.propose_panels(
                    actor(), loop, version=version, seats=form.seats, people=team
                )
                return see_other("loops.panels", loop_id=loop.public_id, proposed=proposed)
            services.set_panels(actor(), loop, version=version, seats=form.seats)
        except Invalid as error:
            form.refuse(error)
        else:
            return see_other("loops.page", job_id=loop.job.public_id)
    seated = {stage.position for stage in loop.stages if stage.panel}
    return render(
        "loops/panels.html",
        loop=loop,
        form=form,
        means=rules.MEANS,
        proposed=sorted(seated & set(request.args.getlist("proposed", type=int))),
        status=422 if form.is_submitted() else 200,
    )
