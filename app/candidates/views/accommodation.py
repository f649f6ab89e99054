"""Asking for an accommodation and answering: between a candidate and the job's recruiters alone."""

import uuid

from flask import Response, g

from app.candidates import queries, services
from app.candidates.forms import AccommodationAnswerForm, AccommodationForm
from app.candidates.views.blueprint import bp
from app.core.errors import Conflict, Invalid
from app.identity.queries import get_employer
from app.jobs import queries as jobs
from app.policy import Act, Part, decide
from app.web.guard import acts
from app.web.render import render, see_other
from app.web.viewer import actor


@bp.route("/c/<token>/accommodation", methods=["GET", "POST"])
@acts(Act.READ_OWN_DATA, Act.ASK_ACCOMMODATION)
def accommodation(token: str) -> Response:
    """What the holder of a link asks to be different, and what they were answered."""
    link = queries.get_link(actor(), token, Act.READ_OWN_DATA)
    g.time_zone = link.application.job.site.time_zone
    form, status = AccommodationForm(), 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                services.ask_accommodation(
                    actor(), link, text=form.text.data or "", contact=form.contact.data or ""
                )
            except Invalid as error:
                form.refuse(error)
            except Conflict as refusal:
                form.refuse_fields({"": refusal.message})
                status = 409
            else:
                return see_other("candidates.accommodation", token=token, anchor="asked")
    return render(
        "candidates/accommodation.html",
        link=link,
        token=token,
        form=form,
        requests=queries.requests_by(link.application),
        recruiters=jobs.members_of(link.application.job, Part.RECRUITER),
        may_ask=decide(actor(), Act.ASK_ACCOMMODATION, link),
        employer=get_employer(),
        viewer=None,
        status=status,
    )


@bp.route("/accommodations/<uuid:request_id>", methods=["GET", "POST"])
@acts(Act.READ_ACCOMMODATION, Act.ANSWER_ACCOMMODATION)
def request(request_id: uuid.UUID) -> Response:
    """One request, for the job's recruiters: what is needed, what interviewers are told, the answer."""
    form = AccommodationAnswerForm()
    act = Act.ANSWER_ACCOMMODATION if form.is_submitted() else Act.READ_ACCOMMODATION
    found = queries.get_request(actor(), request_id, act)
    if form.validate_on_submit():
        try:
            services.answer_accommodation(actor(), found, text=form.answer.data or "")
        except Invalid as error:
            form.refuse(error)
        else:
            return see_other("candidates.request", request_id=found.public_id, anchor="answer")
    g.time_zone = found.application.job.site.time_zone
    return render(
        "candidates/request.html", asked=found, form=form, status=422 if form.is_submitted() else 200
    )
