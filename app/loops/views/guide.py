"""The guide to a loop as its candidates will have it, read by its hiring team beforehand."""

import uuid

from flask import Response, request

from app.identity.queries import get_employer
from app.loops import queries, services
from app.loops.forms import VersionForm
from app.loops.guide import NEVER_ASKED, guide_to
from app.loops.views.blueprint import bp
from app.policy import Act, check, decide
from app.web.guard import acts
from app.web.render import render, see_other
from app.web.viewer import actor


@bp.route("/loops/<uuid:loop_id>/guide", methods=["GET", "POST"])
@acts(Act.SEE_LOOP, Act.CONFIRM_GUIDE)
def guide(loop_id: uuid.UUID) -> Response:
    loop = queries.get_loop(actor(), loop_id)
    if request.method == "POST":
        check(actor(), Act.CONFIRM_GUIDE, loop)
        services.confirm_guide(actor(), loop, version=VersionForm().version.data or 0)
        return see_other("loops.page", job_id=loop.job.public_id, anchor="opening")
    return render(
        "loops/guide.html",
        loop=loop,
        guide=guide_to(loop, get_employer()),
        never_asked=NEVER_ASKED,
        form=VersionForm(version=loop.version),
        may_confirm=decide(actor(), Act.CONFIRM_GUIDE, loop),
    )
