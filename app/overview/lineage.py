"""The loops of a job, what is different between them, and which candidates met which."""

import uuid

from flask import Blueprint, Response, request

from app.jobs import queries as jobs
from app.loops import queries as loops
from app.loops.lineage import successions
from app.policy import Act, check
from app.scoring import queries as scoring
from app.web.guard import acts
from app.web.paging import page_number
from app.web.render import render
from app.web.viewer import actor

bp = Blueprint("lineage", __name__, template_folder="templates")


@bp.get("/jobs/<uuid:job_id>/loops")
@acts(Act.SEE_JOB)
def page(job_id: uuid.UUID) -> Response:
    """All loops of a job; the candidates of one of them, the newest unless another is asked for."""
    job = jobs.get_job(actor(), job_id)
    check(actor(), Act.SEE_JOB, job)
    found = loops.all_whole(job)
    opened = [loop for loop in found if not loop.is_draft]
    asked = request.args.get("loop", type=int)
    chosen = next((loop for loop in opened if loop.number == asked), opened[-1] if opened else None)
    applications, listed = scoring.of_loop(actor(), chosen, page_number()) if chosen else ([], None)
    return render(
        "overview/loops.html",
        job=job,
        loops=found[::-1],
        successions=successions(found),
        numbers=scoring.numbers_by_loop(actor(), job),
        chosen=chosen,
        applications=applications,
        listed=listed,
        begun=scoring.loops_begun([application.id for application in applications]),
    )
