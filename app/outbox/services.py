"""What is done with letters: posting them in the transaction of what they tell about."""

from app.core import clock
from app.core.db import INSERTS, db
from app.outbox import letters
from app.outbox.models import Letter


def post(kind: str, *, key: str | None = None, **ids: int | str) -> None:
    """Add a letter to the running transaction; of those with the same key only the first is ever kept.

    `ids` are what the function of its kind needs to find the reader and the words when it is sent: ids and
    field names, never what somebody typed. A refused request takes its letters back with everything else.
    """
    if kind not in letters.kinds():
        raise ValueError(f"Nothing says how a letter of the kind “{kind}” is written.")
    letter = INSERTS[db.engine.dialect.name](Letter).values(kind=kind, facts=ids, key=key, due_at=clock.now())
    db.session.execute(letter.on_conflict_do_nothing(index_elements=[Letter.key]))
