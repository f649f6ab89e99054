"""What somebody else says of a red flag, once the panel is complete."""

from app import policy
from app.audit import services as audit
from app.audit.events import Event
from app.core.db import db
from app.policy import Act, Actor
from app.scoring.models import FlagAnswer, RedFlag
from app.scoring.rules import FlagSight


def answer_flag(actor: Actor, flag: RedFlag, sight: FlagSight, *, is_confirmed: bool) -> None:
    """Confirm a red flag, or say that it was not heard; one's last word stands, and earlier ones are kept."""
    policy.check(actor, Act.ANSWER_FLAG, sight)
    before = [answer.is_confirmed for answer in flag.answers if answer.person_id == actor.id]
    if before[-1:] == [is_confirmed]:
        return
    db.session.add(FlagAnswer(red_flag_id=flag.id, person_id=actor.id, is_confirmed=is_confirmed))
    db.session.flush()
    audit.record(actor, Event.FLAG_ANSWERED, flag, job_id=sight.job_id, confirmed=is_confirmed)
