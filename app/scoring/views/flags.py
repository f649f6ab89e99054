"""What others say of a red flag: the buttons stand on the debrief."""

import uuid

from flask import Response

from app.policy import Act
from app.scoring import queries, services
from app.scoring.views.blueprint import bp
from app.web.guard import acts
from app.web.render import see_other
from app.web.verbs import chosen
from app.web.viewer import actor


@bp.post("/red-flags/<uuid:flag_id>")
@acts(Act.ANSWER_FLAG)
def flag(flag_id: uuid.UUID) -> Response:
    """Confirm a red flag, or say that it was not heard."""
    found, sight = queries.get_flag(actor(), flag_id)
    services.answer_flag(actor(), found, sight, is_confirmed=chosen("confirm", "deny") == "confirm")
    application = found.scorecard.assignment.interview.application
    return see_other("debrief.page", application_id=application.public_id, anchor="flags")
