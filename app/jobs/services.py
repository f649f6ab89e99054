"""What is done about jobs: starting and changing them, and who is on their hiring team."""

from dataclasses import dataclass
from decimal import Decimal

from app import policy
from app.audit import services as audit
from app.audit.events import Event
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid, NotFound
from app.identity.models import Person, Site
from app.jobs import rules
from app.jobs.models import Job, PayPeriod, TeamMember
from app.jobs.rules import Profile
from app.policy import Act, Actor, Part


@dataclass(frozen=True)
class Facts:
    """What is said of a job; the pay range may come later, but before its loop opens."""

    title: str
    profile: Profile
    site: Site
    pay_low: Decimal | None = None
    pay_high: Decimal | None = None
    pay_period: PayPeriod = PayPeriod.YEAR
    decide_by: int = 5

    @property
    def columns(self) -> dict[str, object]:
        """The values as a job holds them."""
        return {
            "title": self.title,
            "setting": self.profile.setting.value,
            "role": self.profile.role.value,
            "level": self.profile.level.value,
            "site_id": self.site.id,
            "pay_low": self.pay_low,
            "pay_high": self.pay_high,
            "pay_period": self.pay_period,
            "decide_by": self.decide_by,
        }


def start_job(actor: Actor, facts: Facts) -> Job:
    """Start a job; whoever starts it is its hiring manager."""
    policy.check(actor, Act.START_JOB)
    rules.check_profile(facts.profile)
    rules.check_pay(facts.pay_low, facts.pay_high)
    job = Job(**facts.columns)
    job.team = [TeamMember(person_id=actor.id, part=Part.MANAGER)]
    db.session.add(job)
    db.session.flush()
    audit.record(
        actor, Event.JOB_STARTED, job, job_id=job.id, setting=job.setting, role=job.role, level=job.level
    )
    return job


def change_job(actor: Actor, job: Job, facts: Facts, *, version: int) -> None:
    """Change what is said of a job; `version` is the one the form showed, and an older one is a conflict."""
    policy.check(actor, Act.EDIT_JOB, job)
    if version != job.version:
        raise Conflict("Somebody else changed this job meanwhile. Reload the page and change it again.")
    rules.check_profile(facts.profile)
    rules.check_pay(facts.pay_low, facts.pay_high)
    if job.is_fixed:
        rules.check_profile_stays(job.profile, facts.profile)
        rules.check_pay_stays(facts.pay_low)
    changed = [name for name, value in facts.columns.items() if getattr(job, name) != value]
    for name in changed:
        setattr(job, name, facts.columns[name])
    if changed:
        db.session.flush()
        audit.record(actor, Event.JOB_CHANGED, job, job_id=job.id, fields=sorted(changed))


def fix_profile(job: Job) -> None:
    """A loop of the job opens: from now on its setting, role and level stay as they are."""
    job.fixed_at = job.fixed_at or clock.now()


def add_to_team(actor: Actor, job: Job, person: Person, part: Part) -> None:
    """Give a person a part on the hiring team; giving it again changes nothing."""
    policy.check(actor, Act.EDIT_TEAM, job)
    if person.is_disabled:
        raise Invalid(person=f"{person.name} is disabled. Choose somebody else.")
    if _member(job, person, part) is None:
        job.team.append(TeamMember(person=person, part=part))
        db.session.flush()
        audit.record(
            actor, Event.TEAM_MEMBER_ADDED, job, job_id=job.id, person=str(person.public_id), part=part.value
        )


def remove_from_team(actor: Actor, job: Job, person: Person, part: Part) -> None:
    """Take a part on the hiring team back; what the person wrote stays theirs."""
    policy.check(actor, Act.EDIT_TEAM, job)
    member = _member(job, person, part)
    if member is None:
        raise NotFound
    if part is Part.MANAGER:
        rules.check_keeps_a_manager(others=sum(one.part is Part.MANAGER for one in job.team) - 1)
        rules.check_is_somebody_else(person.id, actor_id=actor.id)
    job.team.remove(member)
    db.session.flush()
    audit.record(
        actor, Event.TEAM_MEMBER_REMOVED, job, job_id=job.id, person=str(person.public_id), part=part.value
    )


def _member(job: Job, person: Person, part: Part) -> TeamMember | None:
    return next((one for one in job.team if one.person_id == person.id and one.part is part), None)
