"""Moving what was typed on the wrong candidate's scorecard to another of the same author's."""

import uuid
from collections.abc import Collection, Mapping

from app import policy
from app.audit import services as audit
from app.audit.events import Event
from app.core.errors import Invalid
from app.policy import Act, Actor
from app.scoring import moving, queries
from app.scoring.drafts import Change, Saved
from app.scoring.models import Scorecard
from app.scoring.services.scorecards import save_fields


def move_notes(actor: Actor, card: Scorecard, to: Scorecard, *, chosen: Collection[str]) -> None:
    """Append what was chosen to the other scorecard and empty it here; the history of both keeps it all."""
    for one in sorted((card, to), key=lambda one: one.id):
        queries.lock(one)
        policy.check(actor, Act.MOVE_NOTES, one)
    here, there = queries.saved_fields(card), queries.saved_fields(to)
    leaves, comes = moving.moved(chosen, _texts(here), _texts(there), queries.shape_of(to))
    if not comes:
        raise Invalid(items="The other scorecard has no place for any of this; it stays here.")
    client = f"move-{uuid.uuid4().hex}"
    save_fields(actor, to, _changes(comes, there), client=client)
    save_fields(actor, card, _changes(leaves, here), client=client)
    audit.record(
        actor,
        Event.NOTES_MOVED,
        card,
        job_id=card.assignment.interview.job_id,
        to=str(to.public_id),
        fields=sorted(leaves),
    )


def _texts(saved: Mapping[str, Saved]) -> dict[str, str]:
    return {name: one.body for name, one in saved.items()}


def _changes(texts: Mapping[str, str], saved: Mapping[str, Saved]) -> list[Change]:
    return [
        Change(name, body, saved[name].count if name in saved else 0, number)
        for number, (name, body) in enumerate(texts.items(), start=1)
    ]
