"""What is said of a job: it is started, changed and described, and its profile is fixed when a loop opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm.attributes import flag_modified

from app import policy
from app.audit import services as audit
from app.audit.events import Event
from app.core import clock
from app.core.db import db
from app.identity.models import Site
from app.jobs import rules
from app.jobs.models import Authority, DecisionRight, Job, LevelLock, PayPeriod, RoleReason, TeamMember
from app.jobs.rules import Profile
from app.jobs.services.agreeing import ask_again
from app.policy import Act, Actor, Part


@dataclass(frozen=True)
class Facts:
    """What a job is: the pay range may come later, but before its loop opens."""

    title: str
    profile: Profile
    site: Site
    pay_low: Decimal | None = None
    pay_high: Decimal | None = None
    pay_period: PayPeriod = PayPeriod.YEAR
    decide_by: int = 5
    service_line: str = ""
    level_lock: LevelLock = LevelLock.OPENING

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
            "service_line": self.service_line,
            "level_lock": self.level_lock,
        }


@dataclass(frozen=True)
class RoleFacts:
    """What the role of a job is for: why it exists, what it decides, what it makes better by when."""

    reason: RoleReason | None = None
    reason_note: str = ""
    first_risk: str = ""
    second_risk: str = ""
    good_at_30: str = ""
    good_at_60: str = ""
    good_at_90: str = ""
    rights: Sequence[tuple[str, Authority]] = ()

    @property
    def columns(self) -> dict[str, object]:
        """The values as a job holds them, but for the table of decisions."""
        return {
            "reason": self.reason,
            "reason_note": self.reason_note,
            "first_risk": self.first_risk,
            "second_risk": self.second_risk,
            "good_at_30": self.good_at_30,
            "good_at_60": self.good_at_60,
            "good_at_90": self.good_at_90,
        }


def start_job(actor: Actor, facts: Facts) -> Job:
    """Start a job; whoever starts it is its hiring manager."""
    policy.check(actor, Act.START_JOB)
    _check(facts)
    job = Job(**facts.columns)
    job.team = [TeamMember(person_id=actor.id, part=Part.MANAGER)]
    db.session.add(job)
    db.session.flush()
    audit.record(
        actor, Event.JOB_STARTED, job, job_id=job.id, setting=job.setting, role=job.role, level=job.level
    )
    return job


def change_job(actor: Actor, job: Job, facts: Facts, *, version: int) -> None:
    """Change what a job is; `version` is the one the form showed, and an older one is a conflict."""
    policy.check(actor, Act.EDIT_JOB, job)
    rules.check_is_current(version, job.version)
    _check(facts)
    if job.is_fixed:
        level_is_open = job.level_lock is LevelLock.OFFER
        rules.check_profile_stays(job.profile, facts.profile, level_is_open=level_is_open)
        rules.check_lock_stays(changed=facts.level_lock is not job.level_lock)
        rules.check_pay_stays(facts.pay_low)
    _changed(actor, job, _apply(job, facts.columns))


def describe_role(actor: Actor, job: Job, facts: RoleFacts, *, version: int) -> None:
    """Say what the role of a job is for; candidates and interviewers read it in the same words."""
    policy.check(actor, Act.EDIT_JOB, job)
    rules.check_is_current(version, job.version)
    rules.check_reason(is_other=facts.reason is RoleReason.OTHER, note=facts.reason_note)
    rules.check_rights([decision for decision, _ in facts.rights])
    changed = _apply(job, facts.columns)
    if [(one.decision, one.authority) for one in job.decision_rights] != list(facts.rights):
        _lay_rights(job, facts.rights)
        changed.append("decision_rights")
    _changed(actor, job, changed)


def fix_profile(job: Job) -> None:
    """A loop of the job opens: from now on its setting and role stay, and mostly its level."""
    job.fixed_at = job.fixed_at or clock.now()


def _check(facts: Facts) -> None:
    rules.check_profile(facts.profile)
    rules.check_pay(facts.pay_low, facts.pay_high)
    rules.check_service_line(facts.service_line)


def _apply(job: Job, columns: dict[str, object]) -> list[str]:
    """Set what differs, and answer its names."""
    changed = [name for name, value in columns.items() if getattr(job, name) != value]
    for name in changed:
        setattr(job, name, columns[name])
    return changed


def _lay_rights(job: Job, rights: Sequence[tuple[str, Authority]]) -> None:
    """Write the rows over those that are there, because a position is taken until its row is gone."""
    del job.decision_rights[len(rights) :]
    for position, (decision, authority) in enumerate(rights, start=1):
        if position <= len(job.decision_rights):
            row = job.decision_rights[position - 1]
            row.position, row.decision, row.authority = position, decision, authority
        else:
            job.decision_rights.append(
                DecisionRight(position=position, decision=decision, authority=authority)
            )


def _changed(actor: Actor, job: Job, names: list[str]) -> None:
    """Count the version up, record the names, and ask again whoever agreed to something that changed."""
    if not names:
        return
    flag_modified(job, "title")  # so that the version moves on although only rows beside it change
    db.session.flush()
    audit.record(actor, Event.JOB_CHANGED, job, job_id=job.id, fields=sorted(names))
    if rules.asks_again(names):
        ask_again(actor, job)
