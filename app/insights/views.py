"""The Agreement page of a loop."""

import uuid

from flask import Blueprint, Response

from app.insights import queries
from app.loops import queries as loops
from app.policy import Act
from app.web.guard import acts
from app.web.render import render
from app.web.viewer import actor

bp = Blueprint("insights", __name__, template_folder="templates")


@bp.get("/loops/<uuid:loop_id>/agreement")
@acts(Act.SEE_AGREEMENT)
def agreement(loop_id: uuid.UUID) -> Response:
    """How far the interviewers of a loop see the same answer the same way."""
    from app.insights import reporting  # It brings NumPy, which no other page needs.

    loop = loops.get_loop(actor(), loop_id, Act.SEE_AGREEMENT)
    ratings = queries.ratings_of(actor(), loop)
    return render("insights/agreement.html", loop=loop, found=reporting.measure(loop, ratings))
