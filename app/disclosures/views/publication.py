"""Publishing a job's draft, its versions, and taking one of them back."""

import uuid

from flask import Response

from app.core.errors import Conflict, Invalid
from app.disclosures import queries, services
from app.disclosures.forms import PublicationForm, RetractionForm
from app.disclosures.publication import prepare
from app.disclosures.reading import Reading
from app.disclosures.views.blueprint import bp
from app.jobs import queries as jobs
from app.jobs.models import Job
from app.policy import Act, check, decide
from app.web.guard import acts
from app.web.render import render, see_other
from app.web.viewer import actor


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
