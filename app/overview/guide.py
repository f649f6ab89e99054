"""What candidates may read of the interviews: the guide to their loop, and how interviewers are chosen."""

from flask import Blueprint, Response, g

from app.candidates import queries as candidates
from app.identity.queries import get_employer
from app.loops import queries as loops
from app.loops.guide import NEVER_ASKED, guide_to
from app.policy import Act
from app.scoring import queries as scoring
from app.web.guard import acts, public
from app.web.render import kept_by_anybody, render
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


@bp.get("/interviewers")
@public
def interviewers() -> Response:
    """How interviewers are chosen, prepared and compared: one page for everybody, whoever asks."""
    return kept_by_anybody(render("overview/interviewers.html", employer=get_employer(), viewer=None))
