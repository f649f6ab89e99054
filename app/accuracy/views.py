"""After the hire: the new hire's own page, what one of them said, and how true a job's disclosure was."""

import uuid

from flask import Blueprint, Response, g, request

from app.accuracy import queries, rules, services
from app.accuracy.forms import CheckInForm
from app.accuracy.models import Hire
from app.candidates import queries as candidates
from app.candidates.models import Application, CandidateLink
from app.core import clock
from app.core.errors import Conflict, Invalid
from app.disclosures import queries as disclosures
from app.identity.queries import get_employer
from app.jobs import queries as jobs
from app.policy import Act, Part, decide
from app.web.guard import acts
from app.web.render import render, see_other
from app.web.viewer import actor

bp = Blueprint("accuracy", __name__, template_folder="templates")


@bp.app_template_global("truth_of")
def truth_of(job_id: int) -> queries.Truth:
    """What anybody may know of how true a job's numbers were; for pages of features below this one."""
    return queries.truth(job_id)


@bp.app_template_global("is_hired")
def is_hired(application: Application) -> bool:
    """Whether a candidate's pages lead to the one for those who were hired."""
    return application.decided_at is not None and queries.hire_of(application) is not None


@bp.get("/c/<token>/start")
@acts(Act.ANSWER_CHECK_IN)
def personal(token: str) -> Response:
    """What a hire is asked today, and who reads it."""
    link = candidates.get_link(actor(), token, Act.ANSWER_CHECK_IN)
    return _personal_page(link, token, queries.hire_of(link.application))


@bp.post("/c/<token>/start")
@acts(Act.ANSWER_CHECK_IN)
def answer(token: str) -> Response:
    """Keep what a hire says on one of the three days."""
    link = candidates.get_link(actor(), token, Act.ANSWER_CHECK_IN)
    hire = queries.get_hire_of(link.application)
    day = queries.get_day(request.form.get("day", type=int))
    form = CheckInForm(queries.questions_of(hire, day), day)
    if form.validate():
        try:
            services.answer_check_in(
                actor(),
                link,
                hire,
                day=day,
                said=form.said,
                surprise=form.surprise.data or "",
                is_shared=form.is_shared.data,
            )
        except Invalid as error:
            form.refuse(error)
        except Conflict as refusal:
            return _personal_page(link, token, hire, notice=refusal.message, status=409)
        else:
            return see_other("accuracy.personal", token=token)
    return _personal_page(link, token, hire, form=form, status=422)


def _personal_page(
    link: CandidateLink,
    token: str,
    hire: Hire | None,
    *,
    form: CheckInForm | None = None,
    notice: str = "",
    status: int = 200,
) -> Response:
    job = link.application.job
    g.time_zone = job.site.time_zone
    standing = queries.standing(hire, clock.today(job.site.time_zone)) if hire else None
    return render(
        "accuracy/personal.html",
        link=link,
        token=token,
        hire=hire,
        standing=standing,
        form=form or (CheckInForm(standing.questions, standing.day) if standing and standing.day else None),
        acknowledged=hire and disclosures.find_acknowledgement(hire.version, link.application),
        who_reads=rules.NOTICE,
        recruiters=jobs.members_of(job, Part.RECRUITER),
        employer=get_employer(),
        notice=notice,
        viewer=None,
        status=status,
    )


@bp.get("/jobs/<uuid:job_id>/accuracy")
@acts(Act.SEE_ACCURACY)
def job(job_id: uuid.UUID) -> Response:
    """How true the job's numbers were, and the answers that the viewer may read one by one."""
    found = jobs.get_job(actor(), job_id, Act.SEE_ACCURACY)
    hires = queries.hires_of(found)
    readable = {
        one.id: one for hire in hires for one in hire.check_ins if decide(actor(), Act.READ_CHECK_IN, one)
    }
    return render(
        "accuracy/job.html",
        job=found,
        hires=hires,
        readable=readable,
        reads_all=Part.RECRUITER in actor().parts(found.id),
        recruiters=jobs.members_of(found, Part.RECRUITER),
        truth=queries.truth(found.id, readable=readable),
        days=rules.DAYS,
    )


@bp.get("/check-ins/<uuid:check_in_id>")
@acts(Act.READ_CHECK_IN)
def check_in(check_in_id: uuid.UUID) -> Response:
    """What one hire said on one day, number by number."""
    found = queries.get_check_in(actor(), check_in_id)
    return render(
        "accuracy/check_in.html",
        check_in=found,
        job=found.hire.application.job,
        findings=queries.findings(found),
    )
