"""Finding jobs, and candidates over all jobs, among what an actor may see."""

from flask import Blueprint, Response

from app.overview import queries
from app.overview.forms import STATES, FindCandidates, FindJobs
from app.policy import Act, check, decide
from app.web.guard import acts
from app.web.paging import page_number
from app.web.render import render
from app.web.viewer import actor

bp = Blueprint("finding", __name__, template_folder="templates")


@bp.get("/jobs")
@acts(Act.SEE_JOBS)
def jobs() -> Response:
    """The jobs an actor may read of, newest first."""
    check(actor(), Act.SEE_JOBS)
    form = FindJobs.asked()
    found, shown = queries.found_jobs(actor(), page_number(), **form.chosen)
    return render(
        "overview/jobs.html",
        jobs=found,
        shown=shown,
        form=form,
        states=STATES,
        may_edit_team=lambda job: decide(actor(), Act.EDIT_TEAM, job),
        may_start=decide(actor(), Act.START_JOB),
    )


@bp.get("/candidates")
@acts(Act.FIND_CANDIDATES)
def candidates() -> Response:
    """Everybody who applied for a job that the actor manages or recruits for."""
    check(actor(), Act.FIND_CANDIDATES)
    form = FindCandidates.asked()
    found, shown = queries.found_candidates(actor(), page_number(), **form.chosen)
    return render("overview/candidates.html", applications=found, shown=shown, form=form)
