"""Jobs and their hiring teams, made as the people of the stories make them."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from app.core import clock
from app.core.db import db
from app.identity import queries as identity
from app.identity.models import Person
from app.jobs import services
from app.jobs.models import Authority, Job, Matter, RoleReason
from app.jobs.rules import Profile
from app.jobs.services import Facts, RoleFacts
from app.policy import Part
from scenarios import Level, Role, Setting
from tests.factories.people import actor

OUTPATIENT = Profile(Setting.OUTPATIENT, Role.OT, Level.MID)


def facts(**more: Any) -> Facts:
    """An outpatient job at mid level with a pay range; anything can be said otherwise."""
    said = {
        "title": "Occupational therapist, outpatient, mid level",
        "profile": OUTPATIENT,
        "site": identity.all_sites()[0],
        "pay_low": Decimal(84_000),
        "pay_high": Decimal(101_000),
    }
    return Facts(**(said | more))


def job(manager: Person, **more: Any) -> Job:
    """A job that this person started, and so manages."""
    return services.start_job(actor(manager), facts(**more))


def team(
    job: Job,
    manager: Person | None = None,
    recruiter: Person | None = None,
    interviewers: Iterable[Person] = (),
) -> Job:
    """Put these people on the job's team; its manager does it."""
    by = actor(manager_of(job))
    wanted = [
        (manager, Part.MANAGER),
        (recruiter, Part.RECRUITER),
        *((one, Part.INTERVIEWER) for one in interviewers),
    ]
    for person, part in wanted:
        if person is not None:
            services.add_to_team(by, job, person, part)
    return job


def approver(job: Job, person: Person, *, agrees: bool = False) -> Job:
    """Ask this person to agree to the job within a week; perhaps they do."""
    due_on = clock.today(job.site.time_zone) + timedelta(days=7)
    services.name_approver(actor(manager_of(job)), job, person, due_on)
    if agrees:
        services.agree(actor(person), job, version=job.version)
    return job


def owner(job: Job, matter: Matter, person: Person) -> Job:
    """Let this person, and nobody else, answer for one matter of the job."""
    services.name_owners(actor(manager_of(job)), job, {matter: person}, version=job.version)
    return job


def described(job: Job) -> Job:
    """Everything that its brief can say of the job."""
    by = actor(manager_of(job))
    said = facts(
        title=job.title, service_line="Owns hand therapy for 9 visits a day, without a physician on site."
    )
    services.change_job(by, job, said, version=job.version)
    role = RoleFacts(
        reason=RoleReason.HANDOFFS,
        reason_note="Three home programs were lost between two therapists in spring.",
        first_risk="Patients go home without a program.",
        second_risk="Splints are re-made because the first order was not read.",
        good_at_30="Whoever covers finds the plan and the next step in the record.",
        good_at_60="What is over the day's limit is raised before it is done.",
        good_at_90="The usual schedule is kept, with notes done the same day.",
        rights=[
            ("Stop or change a session that is not safe", Authority.ALONE),
            ("Put the order of a day's patients by risk", Authority.INFORM),
            ("Discharge before the goals are met", Authority.ASK_FIRST),
        ],
    )
    services.describe_role(by, job, role, version=job.version)
    matters = {Matter.SUPERVISION: manager_of(job), Matter.QUESTIONS: manager_of(job)}
    services.name_owners(by, job, matters, version=job.version)
    return job


def manager_of(job: Job) -> Person:
    """The person who answers for the job."""
    db.session.refresh(job)
    return next(member.person for member in job.team if member.part is Part.MANAGER)
