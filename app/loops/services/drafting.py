"""Beginning a loop."""

from app import policy
from app.audit import services as audit
from app.audit.events import Event
from app.core.db import db
from app.core.errors import Invalid
from app.jobs.models import Job
from app.loops import queries, rules
from app.loops.models import Loop
from app.loops.services.changing import append
from app.policy import Act, Actor


def draft_loop(actor: Actor, job: Job, *, pack: str) -> Loop:
    """Begin a loop with one stage of each kind from a pack; panels are chosen next."""
    before, loop = queries.latest_loop(job), queries.next_loop(job)
    policy.check(actor, Act.EDIT_LOOP, loop)
    rules.check_may_draft(has_loop_that_stands=before is not None and not before.is_closed)
    chosen = next((offer for offer in queries.offers(job) if offer.pack == pack), None)
    if chosen is None:
        raise Invalid(pack="Choose a pack of the list.")
    db.session.add(loop)
    for version in chosen.versions:
        append(loop, version)
    db.session.flush()
    audit.record(actor, Event.LOOP_DRAFTED, loop, job_id=job.id)
    return loop
