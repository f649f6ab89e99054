"""The library of scenarios, searched, and one whole scenario to read."""

import uuid

from flask import Response

from app.packs import queries, rules
from app.packs.forms import SearchForm
from app.packs.views import purpose
from app.packs.views.blueprint import bp
from app.policy import Act, check, decide
from app.web.guard import acts
from app.web.render import render
from app.web.viewer import actor
from scenarios import Status


@bp.get("/packs")
@acts(Act.SEE_PACKS)
def index() -> Response:
    check(actor(), Act.SEE_PACKS)
    versions = queries.latest_versions()
    form = SearchForm.asked(versions)
    found = [one for one in versions if rules.finds(form.search, queries.scenario_of(one))]
    return render(
        "packs/index.html",
        fragment="packs/_found.html",
        form=form,
        is_searched=not form.search.is_open,
        total=len(versions),
        has_pilots=any(one.status == Status.PILOT for one in versions),
        found=len(found),
        settings=queries.by_setting(found),
        editions=queries.latest_editions(),
        scenario_of=queries.scenario_of,
        purpose=purpose.asked(),
        drafts=queries.open_drafts(actor()),
        may_import=decide(actor(), Act.IMPORT_PACK),
    )


@bp.get("/scenarios/<uuid:scenario_id>")
@acts(Act.SEE_PACKS)
def scenario(scenario_id: uuid.UUID) -> Response:
    check(actor(), Act.SEE_PACKS)
    version = queries.get_version(scenario_id)
    edition = queries.latest_edition(version.pack)
    return render(
        "packs/scenario.html",
        version=version,
        versions=queries.versions_of(version.key),
        scenario=queries.scenario_of(version),
        purpose=purpose.asked(),
        is_exported=edition is not None and edition.holds,
        behind=queries.draft_behind(version),
        may_copy=decide(actor(), Act.START_DRAFT),
        may_delete=decide(actor(), Act.DELETE_SCENARIO),
    )
