"""How a scorecard came about: every text that was saved on it, for its author alone."""

import uuid

from flask import Response

from app.policy import Act
from app.scoring import queries
from app.scoring.views.blueprint import bp
from app.web.guard import acts
from app.web.paging import page_number
from app.web.render import render
from app.web.viewer import actor


@bp.get("/scorecards/<uuid:card_id>/history")
@acts(Act.READ_SCORECARD)
def history(card_id: uuid.UUID) -> Response:
    """What was saved, the newest first; colleagues see what was handed in and what was added to it."""
    card = queries.get_own_scorecard(actor(), card_id)
    revisions, listed = queries.revisions_of(card, page_number())
    interview = card.assignment.interview
    return render(
        "scoring/history.html",
        card=card,
        candidate=interview.application.candidate,
        title=interview.stage.scenario_version.title,
        revisions=revisions,
        listed=listed,
    )
