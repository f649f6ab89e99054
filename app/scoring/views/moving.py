"""Notes that were typed on the wrong candidate go to another open scorecard of their author."""

import uuid

from flask import Response

from app.core.errors import Invalid
from app.policy import Act, check
from app.scoring import moving, queries, services
from app.scoring.forms import MoveForm
from app.scoring.models import Scorecard
from app.scoring.views.blueprint import bp
from app.web.guard import acts
from app.web.render import render, see_other
from app.web.viewer import actor


@bp.get("/scorecards/<uuid:card_id>/transfer")
@acts(Act.MOVE_NOTES)
def transfer(card_id: uuid.UUID) -> Response:
    """What is written here, and the scorecards it may have been meant for."""
    card = queries.get_own_scorecard(actor(), card_id)
    check(actor(), Act.MOVE_NOTES, card)
    others = queries.other_open_scorecards(actor(), card)
    return _page(card, others, _form(card, others))


@bp.post("/scorecards/<uuid:card_id>/transfer")
@acts(Act.MOVE_NOTES)
def move(card_id: uuid.UUID) -> Response:
    """Move what was chosen, and go on to the scorecard it went to."""
    card = queries.get_own_scorecard(actor(), card_id)
    check(actor(), Act.MOVE_NOTES, card)
    others = queries.other_open_scorecards(actor(), card)
    form = _form(card, others)
    if form.validate():
        to = next(one for one in others if str(one.public_id) == form.to.data)
        try:
            services.move_notes(actor(), card, to, chosen=form.items.data or [])
        except Invalid as error:
            form.refuse(error)
        else:
            return see_other("scoring.scorecard", card_id=to.public_id, anchor="evidence")
    return _page(card, others, form, status=422)


def _form(card: Scorecard, others: list[Scorecard]) -> MoveForm:
    cards = [(str(one.public_id), _words(one)) for one in others]
    items = [(one.name, one.words) for one in moving.typed(queries.content_of(card))]
    return MoveForm().offer(cards, items)


def _words(card: Scorecard) -> str:
    interview = card.assignment.interview
    return f"{interview.application.candidate.name}, {interview.stage.scenario_version.title}"


def _page(card: Scorecard, others: list[Scorecard], form: MoveForm, *, status: int = 200) -> Response:
    interview = card.assignment.interview
    return render(
        "scoring/transfer.html",
        card=card,
        candidate=interview.application.candidate,
        title=interview.stage.scenario_version.title,
        others=others,
        form=form,
        status=status,
    )
