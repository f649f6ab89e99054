"""What the buttons of a note do while its scorecard is open."""

import uuid

from app.policy import Actor
from app.scoring import drafts, queries
from app.scoring.drafts import Change
from app.scoring.models import Scorecard
from app.scoring.services.scorecards import save_fields


def press_note(actor: Actor, card: Scorecard, button: str) -> None:
    """Take a note away, or bring one back; both are revisions. Any other button does nothing here."""
    saved = queries.saved_fields(card)
    changes = [
        Change(name, body, saved[name].count if name in saved else 0, number)
        for number, (name, body) in enumerate(
            drafts.pressed(button, queries.removed_notes(card, saved)).items(), start=1
        )
    ]
    save_fields(actor, card, changes, client=f"button-{uuid.uuid4().hex}")
