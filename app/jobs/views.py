"""What is said of a job, and its hiring team."""

import uuid

from flask import Blueprint, Response, request

from app.core.errors import Invalid
from app.identity import queries as identity
from app.jobs import queries, services
from app.jobs.forms import JobForm, TeamForm
from app.jobs.models import Job
from app.policy import Act, Part, check, decide
from app.web.guard import acts
from app.web.render import render, see_other
from app.web.verbs import chosen
from app.web.viewer import actor

bp = Blueprint("jobs", __name__, template_folder="templates")


@bp.route("/jobs/new", methods=["GET", "POST"])
@acts(Act.START_JOB)
def new() -> Response:
    check(actor(), Act.START_JOB)
    form = JobForm().offer(identity.all_sites())
    if form.validate_on_submit():
        try:
            job = services.start_job(actor(), form.facts)
        except Invalid as error:
            form.refuse(error)
        else:
            return see_other("overview.job", job_id=job.public_id)
    return render("jobs/new.html", form=form, status=422 if form.is_submitted() else 200)


@bp.route("/jobs/<uuid:job_id>/edit", methods=["GET", "POST"])
@acts(Act.EDIT_JOB)
def edit(job_id: uuid.UUID) -> Response:
    job = queries.get_job(actor(), job_id)
    check(actor(), Act.EDIT_JOB, job)
    form = JobForm.of(job).offer(identity.all_sites())
    if form.validate_on_submit():
        try:
            services.change_job(actor(), job, form.facts, version=form.version.data or 0)
        except Invalid as error:
            form.refuse(error)
        else:
            return see_other("overview.job", job_id=job.public_id)
    return render("jobs/edit.html", form=form, job=job, status=422 if form.is_submitted() else 200)


@bp.route("/jobs/<uuid:job_id>/team", methods=["GET", "POST"])
@acts(Act.EDIT_TEAM)
def team(job_id: uuid.UUID) -> Response:
    job = queries.get_job_with_team(actor(), job_id)
    check(actor(), Act.EDIT_TEAM, job)
    if request.method == "POST" and chosen("add", "remove") == "remove":
        return _remove_from_team(job)
    form = TeamForm().offer(identity.active_people())
    if form.validate_on_submit():
        services.add_to_team(actor(), job, form.people[form.person.data], Part(form.part.data))
        return see_other("jobs.team", job_id=job.public_id)
    return render(
        "jobs/team.html",
        form=form,
        job=job,
        may_see=decide(actor(), Act.SEE_JOB, job),
        status=422 if form.is_submitted() else 200,
    )


def _remove_from_team(job: Job) -> Response:
    form = TeamForm().offer(member.person for member in job.team)
    if not form.validate():
        raise Invalid("Nobody of the team was named.")
    services.remove_from_team(actor(), job, form.people[form.person.data], Part(form.part.data))
    return see_other("jobs.team", job_id=job.public_id)
