"""What is done with letters: posting them with what they tell about, and minding those that failed."""

from app import policy
from app.audit import services as audit
from app.audit.events import Event
from app.core import clock
from app.core.db import INSERTS, db
from app.outbox import letters, rules
from app.outbox.models import Letter, State
from app.policy import Act, Actor


def post(kind: str, *, key: str | None = None, **ids: int | str) -> None:
    """Add a letter to the running transaction; of those with the same key only the first is ever kept.

    `ids` are what the function of its kind needs to find the reader and the words when it is sent: ids and
    field names, never what somebody typed. A refused request takes its letters back with everything else.
    """
    if kind not in letters.kinds():
        raise ValueError(f"Nothing says how a letter of the kind “{kind}” is written.")
    letter = INSERTS[db.engine.dialect.name](Letter).values(kind=kind, facts=ids, key=key, due_at=clock.now())
    db.session.execute(letter.on_conflict_do_nothing(index_elements=[Letter.key]))


def send_again(actor: Actor, letter: Letter) -> None:
    """Let a letter that failed be tried anew at once, as often as a new one."""
    policy.check(actor, Act.SEND_LETTER_AGAIN)
    rules.check_has_failed(has_failed=letter.has_failed)
    letter.state, letter.due_at, letter.tries, letter.fault = State.WAITING, clock.now(), 0, ""
    letter.ended_at = None
    audit.record(actor, Event.LETTER_SENT_AGAIN, letter, kind=letter.kind)


def drop(actor: Actor, letter: Letter) -> None:
    """Give a letter up: it is never sent."""
    policy.check(actor, Act.DROP_LETTER)
    rules.check_is_unsent(is_unsent=letter.is_unsent)
    letter.state, letter.ended_at = State.DROPPED, clock.now()
    audit.record(actor, Event.LETTER_DROPPED, letter, kind=letter.kind)
