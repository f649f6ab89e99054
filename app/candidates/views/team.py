"""Adding a candidate, and the candidate's personal link."""

import uuid

from flask import Response, current_app, url_for

from app.candidates import queries, services
from app.candidates.forms import ArrangementForm, CandidateForm
from app.candidates.sending import why_kept_back
from app.candidates.views.blueprint import bp
from app.core import clock
from app.core.config import Settings
from app.core.errors import Invalid
from app.jobs import queries as jobs
from app.policy import Act, check
from app.web.guard import acts
from app.web.render import render, see_other
from app.web.verbs import chosen
from app.web.viewer import actor


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


@bp.route("/applications/<uuid:application_id>/arrangement", methods=["GET", "POST"])
@acts(Act.ARRANGE)
def arrangement(application_id: uuid.UUID) -> Response:
    """What is different for this candidate, as their interviewers have to know it."""
    application = queries.get_application(actor(), application_id)
    check(actor(), Act.ARRANGE, application)
    form = ArrangementForm.of(application)
    if form.validate_on_submit():
        services.arrange(
            actor(),
            application,
            time_factor=int(form.time_factor.data),
            instruction=form.instruction.data or "",
        )
        return see_other("scoring.application", application_id=application.public_id)
    status = 422 if form.is_submitted() else 200
    return render(
        "candidates/arrangement.html",
        form=form,
        application=application,
        requests=queries.requests_of(actor(), application),
        status=status,
    )


@bp.post("/applications/<uuid:application_id>/link")
@acts(Act.MAKE_LINK)
def make_link(application_id: uuid.UUID) -> Response:
    application = queries.get_application(actor(), application_id)
    settings: Settings = current_app.extensions["settings"]
    made, token = services.make_link(actor(), application, days=settings.link_days)
    address = url_for("disclosures.personal", token=token, _external=True)
    return render(
        "candidates/link.html",
        application=application,
        link_id=made.public_id,
        address=address,
        kept_back=why_kept_back(application.job),
    )


@bp.post("/links/<uuid:link_id>")
@acts(Act.REVOKE_LINK, Act.MAKE_LINK)
def link(link_id: uuid.UUID) -> Response:
    if chosen("revoke", "hand-over") == "revoke":
        found = queries.get_own_link(actor(), link_id, Act.REVOKE_LINK)
        services.revoke_link(actor(), found)
    else:
        found = queries.get_own_link(actor(), link_id)
        services.confirm_handover(actor(), found)
    return see_other("scoring.application", application_id=found.application.public_id)
