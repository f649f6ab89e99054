"""The debrief of an application, the decision that ends it, and the first day that may follow."""

import uuid

from flask import Blueprint, Response, request

from app.accuracy import queries as accuracy
from app.accuracy import services as hires
from app.candidates import queries as candidates
from app.candidates.models import Application
from app.core.errors import Conflict, Invalid
from app.debrief import queries, services
from app.debrief.forms import DecisionForm, HireForm
from app.debrief.models import DecisionOutcome
from app.debrief.rules import Deciding
from app.policy import Act, Part, check
from app.policy import decide as allows
from app.scoring.queries import Met
from app.web.guard import acts
from app.web.render import render, see_other
from app.web.viewer import actor

bp = Blueprint("debrief", __name__, template_folder="templates")


@bp.get("/applications/<uuid:application_id>/debrief")
@acts(Act.SEE_DEBRIEF, Act.SEE_PANEL_SCORES)
def page(application_id: uuid.UUID) -> Response:
    """The rule's result, the grid, one criterion side by side, and the decision."""
    return _page(*queries.get_application(actor(), application_id))


@bp.post("/applications/<uuid:application_id>/debrief")
@acts(Act.RECORD_DECISION)
def decide(application_id: uuid.UUID) -> Response:
    """Record a decision, or correct one."""
    application, met, deciding = queries.get_application(actor(), application_id)
    check(actor(), Act.RECORD_DECISION, deciding)
    form = DecisionForm()
    if form.validate_on_submit():
        try:
            services.decide(
                actor(),
                application,
                number=form.number.data or 0,
                outcome=DecisionOutcome(form.outcome.data),
                reasons=form.reasons.data or "",
                departure=form.departure.data or "",
            )
        except Invalid as error:
            form.refuse(error)
        else:
            return see_other("debrief.page", application_id=application.public_id, anchor="decide")
    return _page(application, met, deciding, form, status=422)


def _page(
    application: Application,
    met: Met,
    deciding: Deciding,
    form: DecisionForm | None = None,
    *,
    status: int = 200,
) -> Response:
    decisions = queries.decisions_of(application)
    found = queries.debrief_of(actor(), application, met)
    return render(
        "debrief/page.html",
        fragment="debrief/_side.html",
        status=status,
        application=application,
        debrief=found,
        chosen=found.chosen(request.args.get("criterion", type=int)),
        decisions=decisions,
        form=form or DecisionForm(number=len(decisions) + 1),
        may_answer=lambda flag: allows(actor(), Act.ANSWER_FLAG, flag.sight(actor().id)),
        may_decide=allows(actor(), Act.RECORD_DECISION, deciding),
        manages=allows(actor(), Act.EDIT_JOB, application),
        sees_job=allows(actor(), Act.SEE_JOB, application),
    )


@bp.route("/applications/<uuid:application_id>/hire", methods=["GET", "POST"])
@acts(Act.SEE_APPLICATION, Act.RECORD_HIRE)
def hire(application_id: uuid.UUID) -> Response:
    """The first day after an offer, and the version of the disclosure that was accepted."""
    application = candidates.get_application(actor(), application_id)
    known = accuracy.hire_of(application)
    form = HireForm(starts_on=known.starts_on if known else None)
    hiring = queries.hiring(application)
    status = 200
    if form.is_submitted():
        check(actor(), Act.RECORD_HIRE, hiring)
        status = 422
        if form.validate() and form.starts_on.data:
            try:
                hires.record_hire(actor(), application, hiring, starts_on=form.starts_on.data)
            except Invalid as error:
                form.refuse(error)
            except Conflict as refusal:
                form.refuse_fields({"": refusal.message})
                status = 409
            else:
                return see_other("debrief.hire", application_id=application.public_id)
    recruits = Part.RECRUITER in actor().parts(application.job_id)
    version, acknowledged = (known.version, None) if known else accuracy.accepted_by(application)
    return render(
        "debrief/hire.html",
        application=application,
        hire=known,
        form=form,
        version=version,
        acknowledged=acknowledged,
        may_record=allows(actor(), Act.RECORD_HIRE, hiring),
        address=candidates.address_of(application, "accuracy.personal") if known and recruits else None,
        recruits=recruits,
        status=status,
    )
