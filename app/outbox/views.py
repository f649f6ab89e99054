"""Letters, for administrators: what waits, what was sent, and what failed."""

import uuid

from flask import Blueprint, Response, request

from app.outbox import queries, rules, services
from app.outbox.models import State
from app.policy import Act, check
from app.web.guard import acts
from app.web.paging import Page, page_number
from app.web.render import render, see_other
from app.web.verbs import chosen
from app.web.viewer import actor

bp = Blueprint("outbox", __name__, template_folder="templates")


@bp.get("/letters")
@acts(Act.SEE_LETTERS)
def index() -> Response:
    """Fifty letters a page, of one state; those that failed for good come first of all."""
    counts = queries.count_by_state(actor())
    asked = request.args.get("state", "")
    state = State(asked) if asked in set(State) else State.DEAD if counts[State.DEAD] else State.WAITING
    shown = Page(page_number(), counts[state])
    return render(
        "outbox/letters.html",
        counts=counts,
        state=state,
        states=list(State),
        letters=queries.list_letters(actor(), state, shown),
        shown=shown,
        is_left_out=bool(queries.closed_to(actor())),
        tries=rules.TRIES,
    )


@bp.post("/letters/<uuid:letter_id>")
@acts(Act.SEND_LETTER_AGAIN, Act.DROP_LETTER)
def letter(letter_id: uuid.UUID) -> Response:
    again = chosen("send-again", "drop") == "send-again"
    check(actor(), Act.SEND_LETTER_AGAIN if again else Act.DROP_LETTER)
    found = queries.get_letter(letter_id)
    if again:
        services.send_again(actor(), found)
    else:
        services.drop(actor(), found)
    return see_other("outbox.index", state=found.state.value)
