"""Deleting a scenario version, after a look at who uses it."""

import uuid

from flask import Blueprint, Response, request

from app.core.errors import Conflict
from app.loops.using import loops_using
from app.packs import queries as packs
from app.packs import services
from app.policy import Act, check, decide
from app.scoring.practice import queries as practice
from app.web.guard import acts
from app.web.render import render, see_other
from app.web.viewer import actor

bp = Blueprint("deletion", __name__, template_folder="templates")


@bp.route("/scenarios/<uuid:scenario_id>/deletion", methods=["GET", "POST"])
@acts(Act.DELETE_SCENARIO)
def scenario(scenario_id: uuid.UUID) -> Response:
    """What uses the version, or what deleting it will do; and doing it."""
    check(actor(), Act.DELETE_SCENARIO)
    version = packs.get_version(scenario_id)
    status = 200
    if request.method == "POST":
        try:
            services.delete_version(actor(), version)
        except Conflict:
            status = 409
        else:
            return see_other("packs.index")
    return render(
        "overview/deletion.html",
        version=version,
        editions=packs.editions_with(version),
        loops=loops_using(version),
        drafts=packs.drafts_on(version),
        answers=packs.vignettes_of([version]),
        is_practiced_on=practice.is_practiced_on(version),
        may_see=lambda loop: decide(actor(), Act.SEE_LOOP, loop),
        refused=status == 409,
        status=status,
    )
