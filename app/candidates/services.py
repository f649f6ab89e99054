"""What is done about candidates: adding them, making and revoking links, and withdrawing."""

import uuid
from datetime import date, timedelta

from app import policy
from app.audit import services as audit
from app.audit.events import Event
from app.candidates import queries, rules
from app.candidates.models import Application, Candidate, CandidateLink
from app.core import clock, tokens
from app.core.db import db
from app.core.errors import Invalid
from app.identity.rules import normal_email
from app.jobs.models import Job
from app.outbox import services as outbox
from app.policy import Act, Actor


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
    public_id = uuid.uuid4()
    token = tokens.derived(queries.LINK, public_id)
    link = CandidateLink(
        public_id=public_id,
        application=application,
        token_digest=tokens.digest(token),
        made_by_id=actor.id,
        expires_at=now + timedelta(days=days),
    )
    db.session.add(link)
    db.session.flush()
    audit.record(
        actor, Event.LINK_MADE, link, job_id=application.job_id, expires=link.expires_at.date().isoformat()
    )
    if application.candidate.email:
        outbox.post("candidate link", link=link.id)
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
    application.withdrawal_reason = rules.check_reason(reason)
    application.withdrawn_at = clock.now()
    audit.record(actor, Event.APPLICATION_WITHDRAWN, application, job_id=application.job_id)
