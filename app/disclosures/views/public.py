"""The published document, as a page and as JSON, the same for everybody."""

import json
import uuid

from flask import Response, g

from app.disclosures import queries
from app.disclosures.reading import Reading
from app.disclosures.views.blueprint import bp
from app.policy import Act, decide
from app.web.guard import acts
from app.web.render import kept_by_anybody, render
from app.web.viewer import actor


@bp.get("/disclosures/<uuid:version_id>", endpoint="document")
@acts(Act.READ_DISCLOSURE)
def public_document(version_id: uuid.UUID) -> Response:
    version = queries.get_version(version_id)
    g.time_zone = version.disclosure.job.site.time_zone  # not the reader's, so that all read the same
    stands = decide(actor(), Act.READ_DISCLOSURE, version)
    # The same page for everybody, signed in or not, because anybody may keep a copy of it.
    response = render(
        "disclosures/document.html" if stands else "disclosures/retracted.html",
        version=version,
        reading=Reading(json.loads(version.document)),
        viewer=None,
        status=200 if stands else 410,
    )
    return kept_by_anybody(response)


@bp.get("/disclosures/<uuid:version_id>.json")
@acts(Act.READ_DISCLOSURE)
def document_json(version_id: uuid.UUID) -> Response:
    version = queries.get_version(version_id)
    if not decide(actor(), Act.READ_DISCLOSURE, version):
        notice = {"number": version.number, "retracted": True, "reason": version.retraction_reason}
        return kept_by_anybody(Response(json.dumps(notice), status=410, mimetype="application/json"))
    response = Response(version.document.encode(), mimetype="application/json")
    response.set_etag(version.digest)
    return kept_by_anybody(response)
