"""What the demo's first job is for, as its manager says it."""

from datetime import timedelta

from app.core import clock
from app.identity.models import Person
from app.jobs import services
from app.jobs.models import Job, Matter, RoleReason
from app.jobs.offered import good_in, rights_for
from app.jobs.services import Facts, RoleFacts
from app.policy import Actor


def outpatient(manager: Actor, job: Job) -> None:
    """Say what the outpatient job owns, why it exists and what good is; most of it as it was offered."""
    facts = Facts(
        title=job.title,
        profile=job.profile,
        site=job.site,
        pay_low=job.pay_low,
        pay_high=job.pay_high,
        service_line="Owns hand and neuro therapy for 10 booked visits a day, without a physician on site.",
    )
    services.change_job(manager, job, facts, version=job.version)
    good_at_30, good_at_60, good_at_90 = good_in(job.profile.setting)
    role = RoleFacts(
        reason=RoleReason.HANDOFFS,
        reason_note="Three home programs were lost between therapists in one quarter.",
        first_risk="Patients go home without a program that they can show.",
        second_risk="Splints are made again because nobody read the first order.",
        good_at_30=good_at_30,
        good_at_60=good_at_60,
        good_at_90=good_at_90,
        rights=rights_for(job.profile.role),
    )
    services.describe_role(manager, job, role, version=job.version)


def owned(manager: Actor, job: Job, *, by: Person, questions: Person) -> None:
    """Say who answers for which matter of the job."""
    owners = {**dict.fromkeys(Matter, by), Matter.QUESTIONS: questions}
    services.name_owners(manager, job, owners, version=job.version)


def to_agree(manager: Actor, job: Job, *, approver: Person) -> None:
    """Ask somebody to agree within the week."""
    services.name_approver(manager, job, approver, clock.today(job.site.time_zone) + timedelta(days=7))
