"""Who has to agree to a job, by when, and their agreement, which ends when what they agreed to changes."""

from datetime import date

from app import policy
from app.audit import services as audit
from app.audit.events import Event
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound
from app.identity.models import Person
from app.jobs import rules
from app.jobs.models import Approver, Job
from app.policy import Act, Actor


def name_approver(actor: Actor, job: Job, person: Person, due_on: date) -> None:
    """Ask a person to agree by a day; asking them again sets another day."""
    policy.check(actor, Act.EDIT_JOB, job)
    rules.check_is_active(person.name, is_disabled=person.is_disabled)
    known = _approver(job, person.id)
    if known is not None and known.due_on == due_on:
        return
    rules.check_due_on(due_on, today=clock.today(job.site.time_zone))
    if known is None:
        job.approvers.append(Approver(person=person, due_on=due_on))
    else:
        known.due_on = due_on
    db.session.flush()
    audit.record(actor, Event.APPROVER_NAMED, job, job_id=job.id, person=str(person.public_id))


def drop_approver(actor: Actor, job: Job, person: Person) -> None:
    """Ask a person no more."""
    policy.check(actor, Act.EDIT_JOB, job)
    approver = _approver(job, person.id)
    if approver is None:
        raise NotFound
    job.approvers.remove(approver)
    db.session.flush()
    audit.record(actor, Event.APPROVER_REMOVED, job, job_id=job.id, person=str(person.public_id))


def agree(actor: Actor, job: Job, *, version: int) -> None:
    """An approver agrees to the job as they read it; agreeing again changes nothing."""
    policy.check(actor, Act.AGREE_TO_JOB, job)
    [approver] = (one for one in job.approvers if one.person_id == actor.id)
    if approver.agreed_at is None:
        rules.check_is_current(version, job.version)
        approver.agreed_at = clock.now()
        audit.record(actor, Event.JOB_AGREED, job, job_id=job.id)


def ask_again(actor: Actor, job: Job) -> None:
    """What approvers agreed to has changed: whoever had agreed is asked again."""
    for approver in job.approvers:
        if approver.agreed_at is not None:
            approver.agreed_at = None
            audit.record(
                actor, Event.AGREEMENT_ENDED, job, job_id=job.id, person=str(approver.person.public_id)
            )


def _approver(job: Job, person_id: int) -> Approver | None:
    return next((one for one in job.approvers if one.person_id == person_id), None)
