"""What is done about reviews: reading and signing off a draft, and asking somebody to."""

from collections.abc import Iterable

from app import policy
from app.audit import services as audit
from app.audit.events import Event
from app.core.db import db
from app.core.errors import Conflict
from app.disclosures import publication, queries
from app.disclosures.models import DisclosureReview
from app.disclosures.reviewing import queries as reviewing
from app.disclosures.reviewing import rules
from app.identity import queries as identity
from app.identity.models import Person
from app.jobs.models import Job
from app.outbox import services as outbox
from app.policy import Act, Actor

CHANGED = "The draft or the job changed since this page was opened. Read it again, then sign it off."


def review(
    actor: Actor, job: Job, *, digest: str, is_in_role: bool, dissent: str = "", is_meant: bool = False
) -> DisclosureReview:
    """Sign off exactly what the actor read; saying the same again is the same review."""
    draft = queries.draft_of(job)
    policy.check(actor, Act.REVIEW_DISCLOSURE, reviewing.reviewable(job, draft))
    prepared = publication.prepare(job)
    if draft is None or prepared.not_ready:
        raise Conflict(prepared.not_ready)
    if digest != prepared.content_digest:
        raise Conflict(CHANGED)
    said = dissent.strip()
    names = [person.name for person in identity.active_people()]
    rules.check_dissent(said, names, is_meant=is_meant)
    for known in prepared.rows:
        if (known.person_id, known.digest) == (actor.id, digest):
            if (known.is_in_role, known.dissent) != (is_in_role, said):
                raise Conflict("You signed off exactly this already; what you said then stays as it is.")
            return known
    row = DisclosureReview(
        disclosure=draft, digest=digest, person_id=actor.id, is_in_role=is_in_role, dissent=said
    )
    db.session.add(row)
    db.session.flush()
    audit.record(
        actor, Event.DISCLOSURE_REVIEWED, draft, job_id=job.id, digest=digest, in_role=row.is_in_role
    )
    return row


def ask(actor: Actor, job: Job, people: Iterable[Person]) -> None:
    """Ask people of the hiring team by letter to review the draft; once each for the same content."""
    policy.check(actor, Act.ASK_FOR_REVIEW, job)
    prepared = publication.prepare(job)
    if prepared.not_ready:
        raise Conflict(prepared.not_ready)
    for person in people:
        outbox.post(
            "disclosure to review",
            key=f"disclosure to review {job.id} {prepared.content_digest} {person.id}",
            job=job.id,
            person=person.id,
            digest=prepared.content_digest,
        )
        audit.record(actor, Event.DISCLOSURE_REVIEW_ASKED, job, job_id=job.id, person=str(person.public_id))
