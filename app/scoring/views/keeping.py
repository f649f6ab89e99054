"""What the page of a scorecard needs to keep what cannot be sent: a key, and later a fresh token."""

import uuid

from flask import Response, current_app, jsonify
from flask_wtf.csrf import generate_csrf

from app.core.config import Settings
from app.policy import Act
from app.scoring import journal, queries
from app.scoring.models import Scorecard
from app.scoring.views.blueprint import bp
from app.web.guard import acts
from app.web.viewer import actor


@bp.get("/scorecards/<uuid:card_id>/token")
@acts(Act.READ_SCORECARD)
def token(card_id: uuid.UUID) -> Response:
    """A fresh form token, for the author alone: the page learns by it that the author is signed in again."""
    queries.get_own_scorecard(actor(), card_id)
    return jsonify(token=generate_csrf())


def journal_key(card: Scorecard) -> str:
    """The key for the page of this scorecard."""
    settings: Settings = current_app.extensions["settings"]
    return journal.key(settings.secret_key, author_id=card.author_id, card_id=card.public_id)
