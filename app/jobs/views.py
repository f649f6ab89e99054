"""What is said of a job, its brief, who owns and agrees to what, and its hiring team."""

import uuid
from typing import Any

from flask import Blueprint, Response, request

from app.core import clock
from app.core.errors import Conflict, Invalid
from app.identity import queries as identity
from app.jobs import queries, services
from app.jobs.brief import brief_of, matters_without_owner
from app.jobs.forms import ApproverForm, JobForm, OwnersForm, RoleForm, StartForm, TeamForm
from app.jobs.models import Job, LevelLock
from app.jobs.words import LOCKS, MATTERS
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
    form = StartForm().offer(identity.all_sites())
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
    job = queries.get_job(actor(), job_id, besides=queries.BRIEF)
    check(actor(), Act.EDIT_JOB, job)
    sites = identity.all_sites()
    form, status = JobForm.of(job).offer(sites), 422 if request.method == "POST" else 200
    if form.validate_on_submit():
        try:
            services.change_job(actor(), job, form.facts, version=form.version.data or 0)
        except Invalid as error:
            form.refuse(error)
        except Conflict as refusal:
            form.come_after(refusal, JobForm.of(job, formdata=None).offer(sites))
            status = 409
        else:
            return see_other("overview.job", job_id=job.public_id)
    locks_later = job.level_lock is LevelLock.OFFER
    return render("jobs/edit.html", form=form, job=job, locks_later=locks_later, status=status)


@bp.route("/jobs/<uuid:job_id>/role", methods=["GET", "POST"])
@acts(Act.EDIT_JOB)
def role(job_id: uuid.UUID) -> Response:
    job = queries.get_job(actor(), job_id, besides=queries.BRIEF)
    check(actor(), Act.EDIT_JOB, job)
    form, status = RoleForm.of(job), 422
    if not form.is_submitted():
        form.offer(job.profile)
        status = 200
    elif form.validate():
        try:
            services.describe_role(actor(), job, form.facts, version=form.version.data or 0)
        except Invalid as error:
            form.refuse(error)
        except Conflict as refusal:
            form.come_after(refusal, RoleForm.of(job, formdata=None))
            status = 409
        else:
            return see_other("jobs.brief", job_id=job.public_id)
    return render("jobs/role.html", form=form, job=job, status=status)


@bp.route("/jobs/<uuid:job_id>/owners", methods=["GET", "POST"])
@acts(Act.EDIT_JOB)
def owners(job_id: uuid.UUID) -> Response:
    job = queries.get_job(actor(), job_id, besides=queries.BRIEF)
    check(actor(), Act.EDIT_JOB, job)
    verb = chosen("change-owners", "name", "withdraw") if request.method == "POST" else ""
    people = identity.active_people()
    form = OwnersForm.of(job, people, **_typed(verb == "change-owners"))
    approval = ApproverForm(**_typed(verb in {"name", "withdraw"}))
    approval.offer([one.person for one in job.approvers] if verb == "withdraw" else people)
    status = 422 if verb else 200
    try:
        if verb == "change-owners" and form.validate():
            services.name_owners(actor(), job, form.owners, version=form.version.data or 0)
            return see_other("jobs.owners", job_id=job.public_id)
        if verb == "name" and approval.validate():
            services.name_approver(actor(), job, approval.one_of_them, approval.day)
            return see_other("jobs.owners", job_id=job.public_id)
        if verb == "withdraw":
            services.drop_approver(actor(), job, approval.one_of_them)
            return see_other("jobs.owners", job_id=job.public_id)
    except Invalid as error:
        (form if verb == "change-owners" else approval).refuse(error)
    except Conflict as refusal:
        form.come_after(refusal, OwnersForm.of(job, people, formdata=None))
        status = 409
    return render("jobs/owners.html", form=form, approval=approval, job=job, status=status)


def _typed(here: bool) -> dict[str, Any]:
    """Of two forms of a page, only the one that was sent reads the request."""
    return {} if here else {"formdata": None}


@bp.route("/jobs/<uuid:job_id>/brief", methods=["GET", "POST"])
@acts(Act.SEE_BRIEF, Act.AGREE_TO_JOB)
def brief(job_id: uuid.UUID) -> Response:
    job = queries.get_brief(actor(), job_id)
    refusal = ""
    if request.method == "POST":
        try:
            services.agree(actor(), job, version=request.form.get("version", 0, int))
        except Conflict as conflict:
            refusal = f"{conflict.message} Read it again below as it is now, then agree."
        else:
            return see_other("jobs.brief", job_id=job.public_id)
    return render(
        "jobs/brief.html",
        job=job,
        brief=brief_of(job),
        lock=LOCKS[job.level_lock],
        owners=[(MATTERS[owner.matter], owner.person) for owner in job.owners],
        unowned=matters_without_owner(job),
        mine=next((one for one in job.approvers if one.person_id == actor().id), None),
        may_see=decide(actor(), Act.SEE_JOB, job),
        may_edit=decide(actor(), Act.EDIT_JOB, job),
        refusal=refusal,
        today=clock.today(job.site.time_zone),
        status=409 if refusal else 200,
    )


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
