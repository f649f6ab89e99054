"""Today and the job page: what each person finds first, put together from every feature below."""

import uuid

from flask import Blueprint, Response, request, url_for

from app.accuracy import queries as accuracy
from app.candidates import queries as candidates
from app.core import clock
from app.core.errors import Invalid
from app.disclosures import queries as disclosures
from app.identity import queries as identity
from app.identity import services as people
from app.identity.forms import RolesForm
from app.jobs import queries as jobs
from app.jobs.brief import brief_of, matters_without_owner
from app.loops import queries as loops
from app.overview.forms import GROUPS, FindOnJob, WithdrawalForm
from app.policy import Act, Part, check
from app.scoring import queries as scoring
from app.scoring import services as interviews
from app.scoring.practice import queries as practice
from app.scoring.rules import Group
from app.web.guard import acts
from app.web.paging import page_number
from app.web.render import render, see_other
from app.web.verbs import chosen
from app.web.viewer import actor
from app.web.words import zone

bp = Blueprint("overview", __name__, template_folder="templates")

ACTS_ON_PERSON = {
    "change-roles": Act.CHANGE_ROLES,
    "invite": Act.INVITE_PERSON,
    "disable": Act.DISABLE_PERSON,
    "enable": Act.DISABLE_PERSON,
}


@bp.get("/")
@acts(Act.SEE_TODAY)
def today() -> Response:
    check(actor(), Act.SEE_TODAY)
    return render(
        "overview/today.html",
        work=scoring.my_work(actor()),
        debriefs=scoring.ready_for_debrief(actor()),
        jobs=jobs.mine(actor()),
        to_agree=jobs.waiting_for(actor()),
        practice_first=practice.is_due(actor()),
        now=clock.now(),
        today=clock.today(zone()),
        zone=zone(),
    )


@bp.get("/jobs/<uuid:job_id>")
@acts(Act.SEE_JOB)
def job(job_id: uuid.UUID) -> Response:
    found = jobs.get_job(actor(), job_id, besides=jobs.BRIEF)
    check(actor(), Act.SEE_JOB, found)
    form = FindOnJob.asked()
    asked = request.args.get("show", "")
    group = Group(asked) if asked in set(Group) else Group.ACTIVE
    loop, disclosure = loops.latest_loop(found), disclosures.latest(found.id)
    return render(
        "overview/job.html",
        job=found,
        loop=loop,
        board=scoring.board(actor(), found, page_number(), group=group, words=form.chosen.get("words", "")),
        form=form,
        gaps=brief_of(found).gaps,
        unowned=matters_without_owner(found),
        group=group,
        groups=GROUPS,
        debriefs=scoring.ready_for_debrief(actor(), found.id),
        disclosure=disclosure,
        truth=accuracy.truth(found.id, newest=disclosure),
        is_manager=Part.MANAGER in actor().parts(found.id),
        now=clock.now(),
    )


@bp.route("/applications/<uuid:application_id>/withdrawal", methods=["GET", "POST"])
@acts(Act.WITHDRAW_APPLICATION)
def withdrawal(application_id: uuid.UUID) -> Response:
    application = candidates.get_application(actor(), application_id)
    check(actor(), Act.WITHDRAW_APPLICATION, application)
    form = WithdrawalForm()
    if form.validate_on_submit():
        try:
            interviews.withdraw_application(actor(), application, reason=form.reason.data or "")
        except Invalid as error:
            form.refuse(error)
        else:
            return see_other("scoring.application", application_id=application.public_id)
    status = 422 if form.is_submitted() else 200
    return render("overview/withdrawal.html", form=form, application=application, status=status)


@bp.route("/people/<uuid:person_id>", methods=["GET", "POST"])
@acts(Act.SEE_PEOPLE, *ACTS_ON_PERSON.values())
def person(person_id: uuid.UUID) -> Response:
    verb = chosen(*ACTS_ON_PERSON) if request.method == "POST" else ""
    check(actor(), ACTS_ON_PERSON.get(verb, Act.SEE_PEOPLE))
    found = identity.get_person(person_id)
    owed = scoring.owed_by(actor(), found.id)
    form = RolesForm(roles=[role.value for role in found.roles])
    link, status = "", 200
    if verb:
        try:
            match verb:
                case "change-roles":
                    people.change_roles(actor(), found, form.chosen)
                case "invite":
                    token = people.renew_invitation(actor(), found)
                    link = url_for("identity.invitation", token=token, _external=True)
                case "disable":
                    people.disable(actor(), found, open_assignments=len(owed))
                case "enable":
                    people.enable(actor(), found)
        except Invalid as error:
            form.refuse(error)
            status = 422
        else:
            if not link:
                return see_other("overview.person", person_id=found.public_id)
    return render("overview/person.html", person=found, owed=owed, form=form, link=link, status=status)
