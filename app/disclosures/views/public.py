"""The published document, the same for everybody: as a page, as JSON, as linked data and on paper.

The policy is asked for nobody in particular, signed in or not, because anybody may keep a copy of the answer.
"""

import uuid

from flask import Response, g

from app.disclosures import printed, queries
from app.disclosures.document import canonical
from app.disclosures.kept import keep
from app.disclosures.models import DisclosureVersion
from app.disclosures.reading import Reading
from app.disclosures.shown import document_of, linked, shown, zone_of
from app.disclosures.views.blueprint import bp
from app.policy import NOBODY, Act, decide
from app.web.guard import acts
from app.web.pdf import download, paper
from app.web.render import kept_by_anybody, render


@bp.get("/disclosures/<uuid:version_id>", endpoint="document")
@acts(Act.READ_DISCLOSURE)
def public_document(version_id: uuid.UUID) -> Response:
    return keep(lambda: _page(version_id))


def _page(version_id: uuid.UUID) -> Response:
    version = queries.get_version(version_id)
    if not decide(NOBODY, Act.READ_DISCLOSURE, version):
        return retracted(version)
    g.time_zone = zone_of(version)  # not the reader's, so that all read the same
    found = shown(version, g.time_zone)
    return render(
        "disclosures/document.html",
        version=version,
        reading=found.reading,
        linked_data=linked(found),
        viewer=None,
    )


@bp.get("/disclosures/<uuid:version_id>.json")
@acts(Act.READ_DISCLOSURE)
def document_json(version_id: uuid.UUID) -> Response:
    return keep(lambda: _json(version_id))


def _json(version_id: uuid.UUID) -> Response:
    version = queries.get_version(version_id)
    if not decide(NOBODY, Act.READ_DISCLOSURE, version):
        return _retracted_notice(version)
    g.time_zone = zone_of(version)
    response = Response(version.document.encode(), mimetype="application/json")
    response.set_etag(version.digest)
    return response


@bp.get("/disclosures/<uuid:version_id>.jsonld")
@acts(Act.READ_DISCLOSURE)
def document_linked(version_id: uuid.UUID) -> Response:
    """The job and its facts in the words of schema.org."""
    version = queries.get_version(version_id)
    if not decide(NOBODY, Act.READ_DISCLOSURE, version):
        return _retracted_notice(version)
    return kept_by_anybody(
        Response(canonical(linked(shown(version, zone_of(version)))), mimetype="application/ld+json")
    )


@bp.get("/disclosures/<uuid:version_id>.pdf")
@acts(Act.READ_DISCLOSURE)
def document_pdf(version_id: uuid.UUID) -> Response:
    """The document for paper; what is stale by today is not printed."""
    version = queries.get_version(version_id)
    if not decide(NOBODY, Act.READ_DISCLOSURE, version):
        return retracted(version)
    g.time_zone = zone_of(version)
    made = printed.pdf(version, shown(version, g.time_zone).reading, paper())
    return kept_by_anybody(download(made, printed.file_name(version)))


def retracted(version: DisclosureVersion) -> Response:
    """The notice that stands in the place of a version that was taken back."""
    g.time_zone = zone_of(version)
    reading = Reading(document_of(version))
    page = render("disclosures/retracted.html", version=version, reading=reading, viewer=None, status=410)
    return kept_by_anybody(page)


def _retracted_notice(version: DisclosureVersion) -> Response:
    notice = {"number": version.number, "retracted": True, "reason": version.retraction_reason}
    return kept_by_anybody(Response(canonical(notice), status=410, mimetype="application/json"))
