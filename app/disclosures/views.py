"""A job's disclosure: its editor and publication, the public document, and the candidate's own page."""

import json
import uuid
from typing import Any

from flask import Blueprint, Response, g, request

from app.candidates import queries as candidates
from app.candidates.models import CandidateLink
from app.core import clock
from app.core.errors import Conflict, Invalid, NotFound
from app.disclosures import document, queries, rules, services
from app.disclosures.catalogue import FIELDS, GROUPS
from app.disclosures.forms import AcknowledgementForm, DisclosureForm, PublicationForm, RetractionForm
from app.disclosures.models import DisclosureVersion
from app.disclosures.publication import content_of, prepare
from app.disclosures.reading import Reading, own_source
from app.disclosures.reporting import sums
from app.identity.queries import get_employer
from app.jobs import queries as jobs
from app.jobs.models import Job
from app.policy import Act, check, decide
from app.web.guard import acts
from app.web.render import render, see_other
from app.web.viewer import actor

bp = Blueprint("disclosures", __name__, template_folder="templates")
bp.add_app_template_filter(own_source)

LABELS = {
    **{field.key: field.label for field in FIELDS},
    **{group.source_key: f"Source of {group.label.lower()}" for group in GROUPS},
}


@bp.route("/jobs/<uuid:job_id>/disclosure", methods=["GET", "POST"])
@acts(Act.SEE_DISCLOSURE, Act.EDIT_DISCLOSURE)
def editor(job_id: uuid.UUID) -> Response:
    job = jobs.get_job(actor(), job_id, Act.SEE_DISCLOSURE)
    draft = queries.draft_of(job)
    saved, version = queries.facts_of(draft), draft.version if draft else 0
    form = DisclosureForm(saved, version)
    if not form.is_submitted():
        return _editor_page(job, form, saved=draft is not None)
    if form.validate():
        try:
            services.save(actor(), job, version=form.version.data or 0, facts=form.facts)
        except Invalid as error:
            form.refuse(error)
        except Conflict:
            form.show_version(version)
            return _editor_page(job, form, theirs=form.differences(saved), status=409)
        else:
            return see_other("disclosures.editor", job_id=job.public_id)
    return _editor_page(job, form, status=422)


def _editor_page(job: Job, form: DisclosureForm, **context: Any) -> Response:
    return render(
        "disclosures/editor.html",
        job=job,
        form=form,
        labels=LABELS,
        may_edit=decide(actor(), Act.EDIT_DISCLOSURE, job),
        **_live(job, form),
        **context,
    )


@bp.post("/jobs/<uuid:job_id>/disclosure/preview")
@acts(Act.EDIT_DISCLOSURE)
def preview(job_id: uuid.UUID) -> Response:
    job = jobs.get_job(actor(), job_id)
    check(actor(), Act.EDIT_DISCLOSURE, job)
    form = DisclosureForm({}, 0)
    if form.validate():
        try:
            rules.check_facts(form.facts, today=clock.today(job.site.time_zone))
        except Invalid as error:
            form.refuse(error)
    return render("disclosures/_preview.html", **_live(job, form))


def _live(job: Job, form: DisclosureForm) -> dict[str, Any]:
    """What the facts of a form add up to; nothing while one of them is refused."""
    facts = rules.effective(form.facts)
    found = None if form.refused else sums(facts)
    content = content_of(job, facts, found) if found else None
    return {
        "groups": GROUPS,
        "refused": form.refused,
        "sums": found,
        "completeness": rules.completeness(facts),
        "reading": Reading(document.numbered(content, 0)) if content else None,
    }


@bp.route("/jobs/<uuid:job_id>/disclosure/publication", methods=["GET", "POST"])
@acts(Act.SEE_DISCLOSURE, Act.PUBLISH_DISCLOSURE)
def publication(job_id: uuid.UUID) -> Response:
    job = jobs.get_job(actor(), job_id, Act.SEE_DISCLOSURE)
    form = PublicationForm()
    if form.validate_on_submit():
        try:
            services.publish(actor(), job, digest=form.digest.data or "", note=form.note.data or "")
        except Conflict as refusal:
            form.refuse_fields({"": refusal.message})
            return _publication_page(job, form, status=409)
        return see_other("disclosures.publication", job_id=job.public_id, anchor="versions")
    return _publication_page(job, form)


def _publication_page(job: Job, form: PublicationForm, *, status: int = 200) -> Response:
    prepared = prepare(job)
    return render(
        "disclosures/publication.html",
        job=job,
        form=form,
        publication=prepared,
        reading=Reading(prepared.document) if prepared.document else None,
        versions=queries.versions_of(job),
        may_publish=decide(actor(), Act.PUBLISH_DISCLOSURE, job),
        status=status,
    )


@bp.route("/disclosures/<uuid:version_id>/retraction", methods=["GET", "POST"])
@acts(Act.RETRACT_DISCLOSURE)
def retraction(version_id: uuid.UUID) -> Response:
    version = queries.get_own_version(actor(), version_id)
    check(actor(), Act.RETRACT_DISCLOSURE, version)
    form = RetractionForm()
    if form.validate_on_submit():
        try:
            services.retract(actor(), version, reason=form.reason.data or "")
        except Invalid as error:
            form.refuse(error)
        else:
            return see_other(
                "disclosures.publication", job_id=version.disclosure.job.public_id, anchor="versions"
            )
    return render(
        "disclosures/retraction.html", version=version, form=form, status=422 if form.is_submitted() else 200
    )


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
    response.add_etag()
    return _kept_by_anybody(response)


@bp.get("/disclosures/<uuid:version_id>.json")
@acts(Act.READ_DISCLOSURE)
def document_json(version_id: uuid.UUID) -> Response:
    version = queries.get_version(version_id)
    if not decide(actor(), Act.READ_DISCLOSURE, version):
        notice = {"number": version.number, "retracted": True, "reason": version.retraction_reason}
        return _kept_by_anybody(Response(json.dumps(notice), status=410, mimetype="application/json"))
    response = Response(version.document.encode(), mimetype="application/json")
    response.set_etag(version.digest)
    return _kept_by_anybody(response)


def _kept_by_anybody(response: Response) -> Response:
    """Let caches keep the answer, for five minutes at most because a version can be retracted."""
    response.headers["Cache-Control"] = "public, max-age=300"
    response.make_conditional(request)
    return response


@bp.get("/c/<token>")
@acts(Act.READ_BY_LINK)
def personal(token: str) -> Response:
    link = candidates.get_link(actor(), token, Act.READ_BY_LINK)
    return _personal_page(link, token, queries.latest(link.job_id))


@bp.post("/c/<token>")
@acts(Act.ACKNOWLEDGE)
def acknowledge(token: str) -> Response:
    link = candidates.get_link(actor(), token, Act.ACKNOWLEDGE)
    form = AcknowledgementForm()
    version = queries.get_version_of(link.job_id, _uuid(form.version.data))
    if form.validate():
        try:
            services.acknowledge(actor(), link, version, typed_name=form.name.data or "")
        except Invalid as error:
            form.refuse(error)
        except Conflict as refusal:
            return _personal_page(
                link, token, queries.latest(link.job_id), notice=refusal.message, status=409
            )
        else:
            return see_other("disclosures.personal", token=token, anchor="acknowledgement")
    return _personal_page(link, token, version, form=form, status=422)


def _uuid(text: str | None) -> uuid.UUID:
    try:
        return uuid.UUID(text or "")
    except ValueError:
        raise NotFound from None


def _personal_page(
    link: CandidateLink,
    token: str,
    version: DisclosureVersion | None,
    *,
    form: AcknowledgementForm | None = None,
    notice: str = "",
    status: int = 200,
) -> Response:
    g.time_zone = link.application.job.site.time_zone
    return render(
        "disclosures/personal.html",
        link=link,
        token=token,
        version=version,
        reading=Reading(json.loads(version.document)) if version else None,
        acknowledgement=queries.acknowledgement_of(link.application),
        form=form or AcknowledgementForm(formdata=None, version=version.public_id if version else ""),
        notice=notice,
        employer=get_employer(),
        viewer=None,
        status=status,
    )
