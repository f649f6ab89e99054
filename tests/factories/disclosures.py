"""A job's disclosure, made as its manager makes it; and its facts as somebody types them into the editor."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from pathlib import Path

from app.core import clock
from app.core.db import db
from app.demo import riverbend
from app.disclosures import publication, queries, services
from app.disclosures.facts import Fact
from app.disclosures.models import DisclosureReview, DisclosureVersion
from app.disclosures.reviewing import services as reviewing
from app.identity.models import Person
from app.jobs.models import Job
from app.policy import Role
from tests.factories import jobs, people
from tests.factories.people import actor


def saved(job: Job, manager: Person, facts: Mapping[str, Fact] | None = None) -> None:
    """The draft with these facts, or with Riverbend's."""
    draft = queries.draft_of(job)
    services.save(
        actor(manager),
        job,
        version=draft.version if draft else 0,
        facts=riverbend.facts() if facts is None else facts,
    )
    db.session.commit()


def to_review(job: Job, manager: Person, recruiter: Person) -> Job:
    """A job of theirs whose whole draft, of today, waits for somebody who did not write it."""
    jobs.team(job, recruiter=recruiter)
    saved(job, manager, riverbend.facts(clock.today(job.site.time_zone)))
    return job


def colleague(job: Job) -> Person:
    """Maren, who does the job now and is on its hiring team to review what is said of it."""
    maren = people.person("Maren Holt", Role.INTERVIEWER)
    if all(member.person_id != maren.id for member in job.team):
        jobs.team(job, interviewers=[maren])
    return maren


def reviewed(job: Job, by: Person | None = None, **said: object) -> DisclosureReview:
    """That somebody signed off the draft as it is: Maren, unless said otherwise."""
    made = reviewing.review(
        actor(by or colleague(job)),
        job,
        digest=publication.prepare(job).content_digest,
        **({"is_in_role": True} | said),  # type: ignore[arg-type]  # its fields by name
    )
    db.session.commit()
    return made


def published(job: Job, manager: Person, facts: Mapping[str, Fact] | None = None) -> DisclosureVersion:
    """A version with these facts, or with Riverbend's, that Maren has signed off."""
    saved(job, manager, facts)
    reviewed(job)
    digest = publication.prepare(job).digest
    version = services.publish(actor(manager), job, digest=digest, note="Counted again.")
    db.session.commit()
    return version


def visits() -> bytes:
    """The published example of a file of visits."""
    return (Path(__file__).parents[2] / "docs" / "examples" / "visits.csv").read_bytes()


def typed(facts: Mapping[str, Fact], *, version: int = 0) -> dict[str, str]:
    """The facts as the editor's form sends them."""
    sent = {"version": str(version)}
    for key, fact in facts.items():
        for name, value in asdict(fact).items():
            if value is not False:  # A box that is not ticked sends nothing.
                sent[f"{key}-{name}"] = _as_typed(value)
    return sent


def _as_typed(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
