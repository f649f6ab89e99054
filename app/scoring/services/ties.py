"""What an interviewer says before the kit opens: whether anything ties them to the candidate."""

from app import policy
from app.audit import services as audit
from app.audit.events import Event
from app.core import clock
from app.core.db import db
from app.policy import Act, Actor
from app.scoring import queries
from app.scoring.models import Scorecard, Tie


def declare(actor: Actor, card: Scorecard, tie: Tie | None) -> None:
    """Declare that nothing ties one to the candidate, or what does, which closes the scorecard to oneself.

    It may be said later, too, when a face is recognized; whoever stepped back is replaced or excused by the
    hiring team.
    """
    queries.lock(card)
    policy.check(actor, Act.DECLARE_TIE, card)
    assignment = card.assignment
    if assignment.is_clear and tie is None:
        return
    assignment.declared_at, assignment.tie = clock.now(), tie
    db.session.flush()
    audit.record(
        actor,
        Event.TIE_DECLARED,
        card,
        job_id=assignment.interview.job_id,
        steps_back=tie is not None,
    )
