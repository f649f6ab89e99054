"""Who is on a job's hiring team, and who answers for which of its matters."""

from collections.abc import Mapping

from sqlalchemy.orm.attributes import flag_modified

from app import policy
from app.audit import services as audit
from app.audit.events import Event
from app.core.db import db
from app.core.errors import NotFound
from app.identity.models import Person
from app.jobs import rules
from app.jobs.models import Job, Matter, Owner, TeamMember
from app.policy import Act, Actor, Part


def add_to_team(actor: Actor, job: Job, person: Person, part: Part) -> None:
    """Give a person a part on the hiring team; giving it again changes nothing."""
    policy.check(actor, Act.EDIT_TEAM, job)
    rules.check_is_active(person.name, is_disabled=person.is_disabled)
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


def name_owners(actor: Actor, job: Job, owners: Mapping[Matter, Person], *, version: int) -> None:
    """Say who answers for each matter of a job; a matter that is left out has nobody."""
    policy.check(actor, Act.EDIT_JOB, job)
    rules.check_is_current(version, job.version)
    known = {owner.matter: owner for owner in job.owners}
    for matter, person in owners.items():
        if matter not in known or known[matter].person_id != person.id:
            rules.check_is_active(person.name, is_disabled=person.is_disabled, field=matter.name.lower())
    if {matter: owner.person_id for matter, owner in known.items()} == {
        matter: person.id for matter, person in owners.items()
    }:
        return
    for matter, owner in known.items():
        if matter not in owners:
            job.owners.remove(owner)
    for matter, person in owners.items():
        if matter in known:
            known[matter].person = person
        else:
            job.owners.append(Owner(matter=matter, person=person))
    flag_modified(job, "title")  # so that the version moves on although only rows beside it change
    db.session.flush()
    audit.record(actor, Event.JOB_CHANGED, job, job_id=job.id, fields=["owners"])


def _member(job: Job, person: Person, part: Part) -> TeamMember | None:
    return next((one for one in job.team if one.person_id == person.id and one.part is part), None)
