"""Before the kit opens: whether anything ties the interviewer to the candidate."""

import uuid

from flask import Response

from app.policy import Act, check, decide
from app.scoring import queries, services
from app.scoring.forms import TieForm
from app.scoring.models import Scorecard, Tie
from app.scoring.practice import queries as practice
from app.scoring.views.blueprint import bp
from app.web.guard import acts
from app.web.render import render, see_other
from app.web.verbs import chosen
from app.web.viewer import actor


@bp.get("/scorecards/<uuid:card_id>/tie")
@acts(Act.DECLARE_TIE)
def tie(card_id: uuid.UUID) -> Response:
    """Ask whether anything ties the interviewer to the candidate, also after they have begun."""
    card = queries.get_own_scorecard(actor(), card_id)
    check(actor(), Act.DECLARE_TIE, card)
    return asked(card, TieForm(formdata=None))


@bp.post("/scorecards/<uuid:card_id>/tie")
@acts(Act.DECLARE_TIE)
def declare(card_id: uuid.UUID) -> Response:
    """Open the kit, or step back."""
    card = queries.get_own_scorecard(actor(), card_id)
    form = TieForm()
    if chosen("open", "step-back") == "open":
        services.declare(actor(), card, None)
    elif form.validate():
        services.declare(actor(), card, Tie(form.tie.data))
    else:
        check(actor(), Act.DECLARE_TIE, card)
        return asked(card, form, status=422)
    return see_other("scoring.scorecard", card_id=card.public_id)


def asked(card: Scorecard, form: TieForm, *, status: int = 200) -> Response:
    """The page that asks, and nothing of the kit; for who stepped back, that they did."""
    interview = card.assignment.interview
    return render(
        "scoring/tie.html",
        card=card,
        interview=interview,
        stage=interview.stage,
        candidate=interview.application.candidate,
        form=form,
        may_declare=decide(actor(), Act.DECLARE_TIE, card),
        practice_first=practice.is_due(actor()),
        status=status,
    )
