"""What is done in a debrief: a decision is recorded, and corrected by a new record."""

from app import policy
from app.audit import services as audit
from app.audit.events import Event
from app.candidates.models import Application
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict
from app.debrief import queries, rules
from app.debrief.models import DecisionOutcome, DecisionRecord
from app.policy import Act, Actor


def decide(
    actor: Actor,
    application: Application,
    *,
    number: int,
    outcome: DecisionOutcome,
    reasons: str,
    departure: str = "",
) -> DecisionRecord:
    """Record a decision; a number above 1 corrects the one before it.

    The same number with the same words is the same decision, so that a second click adds nothing.
    """
    queries.lock(application)
    policy.check(actor, Act.RECORD_DECISION, queries.deciding(actor, application))
    last = next(iter(queries.decisions_of(application)), None)
    said = (outcome, reasons, departure, actor.id)
    if (
        last
        and last.number == number
        and said
        == (
            last.outcome,
            last.reasons,
            last.departure,
            last.decided_by_id,
        )
    ):
        return last
    if number != (last.number + 1 if last else 1):
        raise Conflict(
            "Somebody recorded a decision meanwhile. Read it in the debrief, then correct it if you must."
        )
    result = queries.debrief_of(actor, application).result
    is_departing = rules.departs(is_offer=outcome is DecisionOutcome.OFFER, outcome=result.outcome)
    rules.check_reasons(reasons=reasons, departure=departure, departs=is_departing)
    decision = DecisionRecord(
        application_id=application.id,
        number=number,
        outcome=outcome,
        reasons=reasons,
        departure=departure,
        decided_by_id=actor.id,
    )
    db.session.add(decision)
    application.decided_at = clock.now()
    db.session.flush()
    audit.record(
        actor,
        Event.DECISION_RECORDED,
        application,
        job_id=application.job_id,
        outcome=outcome.value,
        number=number,
    )
    return decision
