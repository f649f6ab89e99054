"""What is done with a practice card: starting, saving, handing in."""

import uuid
from collections.abc import Sequence

from sqlalchemy.exc import IntegrityError

from app import policy
from app.audit import services as audit
from app.audit.events import Event
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict
from app.packs.models import Vignette
from app.policy import Act, Actor
from app.scoring import drafts, rules, saving
from app.scoring.drafts import Change
from app.scoring.models import NotObserved
from app.scoring.practice import queries
from app.scoring.practice.models import PracticeCard, PracticeRating, PracticeRevision
from app.scoring.saving import Kept

CHANGED_MEANWHILE = "This card has changed since you looked at it. Read it again, then hand it in."


def start(actor: Actor, vignette: Vignette) -> PracticeCard:
    """Begin a card on a written answer; whoever has begun one goes on with it, until it is handed in."""
    policy.check(actor, Act.PRACTICE)
    last = queries.begun_on(actor, vignette)
    if last is not None and last.is_open:
        return last
    card = PracticeCard(
        person_id=actor.id, vignette=vignette, attempt=last.attempt + 1 if last is not None else 1
    )
    try:
        with db.session.begin_nested():
            db.session.add(card)
    except IntegrityError as error:  # Pressed twice: the other one began it.
        raise Conflict("This practice was begun in another tab. Reload the page to go on with it.") from error
    audit.record(actor, Event.PRACTICE_STARTED, card, vignette=str(vignette.public_id))
    return card


def save_fields(actor: Actor, card: PracticeCard, changes: Sequence[Change], *, client: str) -> Kept:
    """Append what changed; all of it or, when a field was saved elsewhere meanwhile, nothing."""
    queries.lock(card)
    policy.check(actor, Act.SAVE_PRACTICE, card)
    shape, revisions, now = queries.shape_of(card), queries.revisions_of(card), clock.now()
    saved = queries.saved_fields(revisions)
    new = saving.to_append(changes, shape=shape, saved=saved, known=queries.known(revisions, client))
    if new:
        card.version += 1
        db.session.add_all(
            PracticeRevision(practice_card_id=card.id, **columns)
            for columns in saving.columns(new, client=client, at=now)
        )
    db.session.flush()
    return saving.kept(changes, new, shape=shape, saved=saved, at=now)


def press_note(actor: Actor, card: PracticeCard, button: str) -> None:
    """Take a note away, or bring one back; both are revisions. Any other button does nothing here."""
    revisions = queries.revisions_of(card)
    saved = queries.saved_fields(revisions)
    pressed = drafts.pressed(button, queries.removed_notes(revisions))
    changes = [
        Change(name, body, saved[name].count if name in saved else 0, number)
        for number, (name, body) in enumerate(pressed.items(), start=1)
    ]
    save_fields(actor, card, changes, client=f"button-{uuid.uuid4().hex}")


def submit(actor: Actor, card: PracticeCard, *, version: int, key: str) -> PracticeCard:
    """Hand in a practice card; from now on it is frozen, and its author may see the gold."""
    policy.check(actor, Act.READ_PRACTICE, card)
    queries.lock(card)
    if card.submission_key == key:
        return card
    policy.check(actor, Act.SUBMIT_PRACTICE, card)
    if card.version != version:
        raise Conflict(CHANGED_MEANWHILE)
    content = queries.content_of(card)
    rules.check_complete(content)
    card.version += 1
    card.submitted_at, card.submission_key = clock.now(), key
    db.session.add_all(
        PracticeRating(
            practice_card_id=card.id,
            code=code,
            level=scored.level,
            not_observed=NotObserved(scored.reason) if scored.is_not_observed else None,
            because=scored.because,
        )
        for code, scored in content.scored.items()
    )
    db.session.flush()
    audit.record(actor, Event.PRACTICE_SUBMITTED, card, criteria=len(content.scored))
    return card
