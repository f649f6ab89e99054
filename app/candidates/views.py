"""Adding a candidate, and the candidate's personal link."""

import uuid

from flask import Blueprint, Response, current_app, url_for

from app.candidates import queries, services
from app.candidates.forms import CandidateForm
from app.candidates.models import Application
from app.core import clock
from app.core.config import Settings
from app.core.errors import Invalid
from app.jobs import queries as jobs
from app.policy import Act
from app.web.guard import acts
from app.web.render import render, see_other
from app.web.viewer import actor

bp = Blueprint("candidates", __name__, template_folder="templates")


@bp.route("/jobs/<uuid:job_id>/candidates/new", methods=["GET", "POST"])
@acts(Act.ADD_CANDIDATE)
def new(job_id: uuid.UUID) -> Response:
    job = jobs.get_job(actor(), job_id, Act.ADD_CANDIDATE)
    form = CandidateForm(applied_on=clock.today(job.site.time_zone))
    if form.validate_on_submit():
        try:
            application = services.add_candidate(
                actor(),
                job,
                name=form.name.data or "",
                email=form.email.data or "",
                phone=form.phone.data or "",
                applied_on=form.applied_on.data,
            )
        except Invalid as error:
            form.refuse(error)
        else:
            return see_other("scoring.application", application_id=application.public_id)
    return render("candidates/new.html", form=form, job=job, status=422 if form.is_submitted() else 200)


@bp.post("/applications/<uuid:application_id>/link")
@acts(Act.MAKE_LINK)
def make_link(application_id: uuid.UUID) -> Response:
    application = queries.get_application(actor(), application_id)
    settings: Settings = current_app.extensions["settings"]
    link, token = services.make_link(actor(), application, days=settings.link_days)
    return _link_page(application, link_id=link.public_id, address=_address(token))


def _address(token: str) -> str:
    return url_for("disclosures.personal", token=token, _external=True)


def _link_page(application: Application, **context: object) -> Response:
    return render("candidates/link.html", application=application, **context)


@bp.post("/links/<uuid:link_id>/revocation")
@acts(Act.REVOKE_LINK)
def revoke_link(link_id: uuid.UUID) -> Response:
    link = queries.get_own_link(actor(), link_id, Act.REVOKE_LINK)
    services.revoke_link(actor(), link)
    return see_other("scoring.application", application_id=link.application.public_id)


@bp.post("/links/<uuid:link_id>/handover")
@acts(Act.MAKE_LINK)
def hand_over(link_id: uuid.UUID) -> Response:
    link = queries.get_own_link(actor(), link_id)
    services.confirm_handover(actor(), link)
    return see_other("scoring.application", application_id=link.application.public_id)
