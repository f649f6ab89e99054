"""The guide to the loop a candidate meets, on their personal link: the same page for every candidate."""

from flask import Blueprint, Response, g

from app.candidates import queries as candidates
from app.identity.queries import get_employer
from app.loops import queries as loops
from app.loops.guide import NEVER_ASKED, guide_to
from app.policy import Act
from app.scoring import queries as scoring
from app.web.guard import acts
from app.web.render import render
from app.web.viewer import actor

bp = Blueprint("guide", __name__, template_folder="templates")


@bp.get("/c/<token>/guide")
@acts(Act.READ_GUIDE)
def personal(token: str) -> Response:
    """What the holder of a link may know of the interviews beforehand."""
    link = candidates.get_link(actor(), token, Act.READ_GUIDE)
    g.time_zone = link.application.job.site.time_zone
    loop_id = scoring.loop_to_prepare_for(link.application)
    loop = loops.whole(loop_id) if loop_id else None
    return render(
        "overview/guide.html",
        link=link,
        token=token,
        guide=guide_to(loop, get_employer()) if loop else None,
        never_asked=NEVER_ASKED,
        employer=get_employer(),
        viewer=None,
    )
