"""The debrief of an application, and the decision that ends it."""

import uuid

from flask import Blueprint, Response, request

from app.candidates.models import Application
from app.core.errors import Invalid
from app.debrief import queries, services
from app.debrief.forms import DecisionForm
from app.debrief.models import DecisionOutcome
from app.debrief.rules import Deciding
from app.policy import Act, check
from app.policy import decide as allows
from app.web.guard import acts
from app.web.render import render, see_other
from app.web.viewer import actor

bp = Blueprint("debrief", __name__, template_folder="templates")


@bp.get("/applications/<uuid:application_id>/debrief")
@acts(Act.SEE_DEBRIEF, Act.SEE_PANEL_SCORES)
def page(application_id: uuid.UUID) -> Response:
    """The rule's result, the grid, one criterion side by side, and the decision."""
    application, deciding = queries.get_application(actor(), application_id)
    return _page(application, deciding)


@bp.post("/applications/<uuid:application_id>/debrief")
@acts(Act.RECORD_DECISION)
def decide(application_id: uuid.UUID) -> Response:
    """Record a decision, or correct one."""
    application, deciding = queries.get_application(actor(), application_id)
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
    return _page(application, deciding, form, status=422)


def _page(
    application: Application, deciding: Deciding, form: DecisionForm | None = None, *, status: int = 200
) -> Response:
    decisions = queries.decisions_of(application)
    found = queries.debrief_of(actor(), application)
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
