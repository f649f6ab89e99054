"""That somebody of the team read the guide to a loop as a candidate will."""

from app import policy
from app.audit import services as audit
from app.audit.events import Event
from app.core import clock
from app.core.db import db
from app.loops import rules
from app.loops.models import Loop
from app.policy import Act, Actor


def confirm_guide(actor: Actor, loop: Loop, *, version: int) -> None:
    """Keep that the guide was read as the loop is now; saying so again changes nothing."""
    policy.check(actor, Act.CONFIRM_GUIDE, loop)
    rules.check_is_current(version, loop.version)
    if loop.guide_read_at is None:
        loop.guide_read_at = clock.now()
        db.session.flush()
        audit.record(actor, Event.GUIDE_READ, loop, job_id=loop.job_id)
