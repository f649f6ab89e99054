"""Letters in states that take a mail server to reach."""

import sqlalchemy as sa

from app.core.db import db
from app.outbox.models import Letter, State


def failed() -> Letter:
    """The newest letter, refused for good."""
    letter = db.session.scalars(sa.select(Letter).order_by(Letter.id.desc()).limit(1)).one()
    letter.state, letter.tries, letter.fault = State.DEAD, 1, "The mail server refuses the address (550)."
    letter.ended_at = letter.due_at
    db.session.flush()
    return letter
