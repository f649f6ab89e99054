"""What is done about candidates: adding them, making and revoking links, and withdrawing."""

import uuid
from datetime import date, datetime, timedelta

from app import policy
from app.audit import services as audit
from app.audit.events import Event
from app.candidates import queries, rules
from app.candidates.models import AccommodationRequest, Application, Candidate, CandidateLink
from app.candidates.sending import why_kept_back
from app.core import clock, tokens
from app.core.db import db, one_at_a_time
from app.core.errors import Conflict, Invalid
from app.identity.rules import normal_email
from app.jobs import queries as jobs
from app.jobs.models import Job
from app.outbox import services as outbox
from app.policy import Act, Actor, Part

MOST_WAITING = 5  # Requests of one candidate that nobody has answered yet.


def add_candidate(
    actor: Actor,
    job: Job,
    *,
    name: str,
    email: str = "",
    phone: str = "",
    applied_on: date | None = None,
) -> Application:
    """Add a candidate to a job; somebody who applied before, by e-mail, is the same candidate."""
    policy.check(actor, Act.ADD_CANDIDATE, job)
    today = clock.today(job.site.time_zone)
    rules.check_applied_on(applied_on or today, today)
    address = normal_email(email)
    candidate = queries.find_candidate(address)
    if candidate is not None and queries.find_application(candidate, job) is not None:
        raise Invalid(email="This candidate has an application for this job already.")
    if candidate is None:
        candidate = Candidate(name=name, email=address, phone=phone)
        db.session.add(candidate)
    application = Application(candidate=candidate, job=job, applied_on=applied_on or today)
    db.session.add(application)
    db.session.flush()
    audit.record(actor, Event.CANDIDATE_ADDED, application, job_id=job.id)
    return application


def arrange(actor: Actor, application: Application, *, time_factor: int, instruction: str) -> None:
    """Say what is different for a candidate: more time, and what interviewers do; never why."""
    policy.check(actor, Act.ARRANGE, application)
    said = {"time_factor": time_factor, "instruction": instruction.strip()}
    changed = [name for name, value in said.items() if getattr(application, name) != value]
    for name in changed:
        setattr(application, name, said[name])
    if changed:
        db.session.flush()
        audit.record(actor, Event.ARRANGEMENT_CHANGED, application, job_id=application.job_id)


def make_link(actor: Actor, application: Application, *, days: int) -> tuple[CandidateLink, str]:
    """A new personal link, whose token is shown once; earlier links of the application stop working."""
    policy.check(actor, Act.MAKE_LINK, application)
    now = clock.now()
    for link in queries.now_live(queries.links_of(application)):
        link.revoked_at = now
    link, token = _new_link(actor, application, expires_at=now + timedelta(days=days))
    if application.candidate.email and not why_kept_back(application.job):
        outbox.post("candidate link", link=link.id)
    return link, token


def keep_link(actor: Actor, application: Application, *, until: datetime) -> None:
    """Let the link of somebody who was hired work until then, and make one where none does.

    Whether the actor may is asked by whoever records the hire.
    """
    live = queries.now_live(queries.links_of(application))
    for link in live:
        if link.expires_at < until:
            link.expires_at = until
            audit.record(
                actor, Event.LINK_EXTENDED, link, job_id=link.job_id, expires=until.date().isoformat()
            )
    if not live:
        _new_link(actor, application, expires_at=until)


def _new_link(actor: Actor, application: Application, *, expires_at: datetime) -> tuple[CandidateLink, str]:
    public_id = uuid.uuid4()
    token = tokens.derived(queries.LINK, public_id)
    link = CandidateLink(
        public_id=public_id,
        application=application,
        token_digest=tokens.digest(token),
        made_by_id=actor.id,
        expires_at=expires_at,
    )
    db.session.add(link)
    db.session.flush()
    audit.record(
        actor, Event.LINK_MADE, link, job_id=application.job_id, expires=link.expires_at.date().isoformat()
    )
    return link, token


def revoke_link(actor: Actor, link: CandidateLink) -> None:
    """End a link now; whoever opens it reads whom to ask."""
    policy.check(actor, Act.REVOKE_LINK, link)
    if link.revoked_at is None:
        link.revoked_at = clock.now()
        audit.record(actor, Event.LINK_REVOKED, link, job_id=link.job_id)


def confirm_handover(actor: Actor, link: CandidateLink) -> None:
    """Remember that the recruiter handed the link to the candidate."""
    policy.check(actor, Act.MAKE_LINK, link.application)
    note_handover(actor, link, way="recruiter")


def note_handover(actor: Actor, link: CandidateLink, *, way: str) -> None:
    """Keep when a link reached the candidate first, and the way it took: a letter, or the recruiter."""
    if link.handed_over_at is None:
        link.handed_over_at = clock.now()
        audit.record(actor, Event.LINK_HANDED_OVER, link, job_id=link.job_id, way=way)


def withdraw(actor: Actor, application: Application, *, reason: str) -> None:
    """The candidate withdraws; what was scored stays, and nothing more is asked of anybody."""
    policy.check(actor, Act.WITHDRAW_APPLICATION, application)
    _withdraw(actor, application, rules.check_reason(reason))


def withdraw_by_link(actor: Actor, link: CandidateLink, *, reason: str = "") -> None:
    """The same by the candidate, who need not say why; the job's recruiters get a letter."""
    policy.check(actor, Act.WITHDRAW_BY_LINK, link)
    _withdraw(actor, link.application, reason.strip() or "Said on their own page, without a reason.")
    for person in jobs.contacts_of(link.application.job):
        outbox.post("candidate withdrew", application=link.application_id, person=person.id)


def _withdraw(actor: Actor, application: Application, reason: str) -> None:
    application.withdrawal_reason = reason
    application.withdrawn_at = clock.now()
    audit.record(actor, Event.APPLICATION_WITHDRAWN, application, job_id=application.job_id)


# Accommodations ---------------------------------------------------------------------------------------------


def ask_accommodation(
    actor: Actor, link: CandidateLink, *, text: str, contact: str = ""
) -> AccommodationRequest:
    """Keep what a candidate needs to be different, for the job's recruiters alone; twice the same is once."""
    policy.check(actor, Act.ASK_ACCOMMODATION, link)
    said = rules.check_said(text, field="text", sentence="Say what you need in a few words.")
    one_at_a_time(link.application)
    waiting = [one for one in queries.requests_by(link.application) if one.answered_at is None]
    if known := next((one for one in waiting if one.text == said), None):
        return known
    rules.check_waiting(len(waiting), MOST_WAITING)
    recruiters = jobs.members_of(link.application.job, Part.RECRUITER)
    if not recruiters:
        raise Conflict("This job has no recruiter who could read it. Ask the contact on this page.")
    request = AccommodationRequest(application=link.application, text=said, contact=contact.strip())
    db.session.add(request)
    db.session.flush()
    audit.record(actor, Event.ACCOMMODATION_ASKED, request, job_id=link.job_id)
    for person in recruiters:
        outbox.post("accommodation asked", request=request.id, person=person.id)
    return request


def answer_accommodation(actor: Actor, request: AccommodationRequest, *, text: str) -> None:
    """Say to the candidate what is done about a request; a later answer takes the place of an earlier one."""
    policy.check(actor, Act.ANSWER_ACCOMMODATION, request)
    request.answer = rules.check_said(text, field="answer", sentence="Say what the candidate can count on.")
    request.answered_at = clock.now()
    request.answered_by_id = actor.id
    db.session.flush()
    audit.record(actor, Event.ACCOMMODATION_ANSWERED, request, job_id=request.job_id)
    outbox.post("accommodation answered", request=request.id)
