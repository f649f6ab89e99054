"""Finding a job among those an actor may see."""

from flask import Blueprint, Response

from app.jobs import queries
from app.policy import Act, check, decide
from app.web.guard import acts
from app.web.paging import page_number
from app.web.render import render
from app.web.viewer import actor

bp = Blueprint("finding", __name__, template_folder="templates")


@bp.get("/jobs")
@acts(Act.SEE_JOBS)
def jobs() -> Response:
    check(actor(), Act.SEE_JOBS)
    found, shown = queries.listed_to(actor(), page_number())
    return render(
        "overview/jobs.html",
        jobs=found,
        shown=shown,
        may_see=lambda job: decide(actor(), Act.SEE_JOB, job),
        may_edit_team=lambda job: decide(actor(), Act.EDIT_TEAM, job),
        may_start=decide(actor(), Act.START_JOB),
    )
