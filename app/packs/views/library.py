"""The packs by setting, and one whole scenario to read."""

import uuid

from flask import Response

from app.packs import queries
from app.packs.views.blueprint import bp
from app.policy import Act, check
from app.web.guard import acts
from app.web.render import render
from app.web.viewer import actor
from scenarios import Level


@bp.get("/packs")
@acts(Act.SEE_PACKS)
def index() -> Response:
    check(actor(), Act.SEE_PACKS)
    return render("packs/index.html", settings=queries.latest_by_setting(), scenario_of=queries.scenario_of)


@bp.get("/scenarios/<uuid:scenario_id>")
@acts(Act.SEE_PACKS)
def scenario(scenario_id: uuid.UUID) -> Response:
    check(actor(), Act.SEE_PACKS)
    version = queries.get_version(scenario_id)
    return render(
        "packs/scenario.html", version=version, scenario=queries.scenario_of(version), levels=list(Level)
    )
