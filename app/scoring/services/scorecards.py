"""What is done with a scorecard: saving, handing in, amending."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from app import policy
from app.audit import services as audit
from app.audit.events import Event
from app.core import clock
from app.core.db import Base, db
from app.core.errors import Conflict
from app.policy import Act, Actor
from app.scoring import drafts, queries, rules, saving
from app.scoring.drafts import Change, Content
from app.scoring.models import (
    Amendment,
    Answer,
    Assignment,
    AssignmentState,
    DraftRevision,
    MarkKind,
    Note,
    NoteTie,
    NotObserved,
    Rating,
    RedFlag,
    Scorecard,
    ScriptMark,
    Verdict,
)
from app.scoring.saving import Kept

CHANGED_MEANWHILE = "This scorecard has changed since you looked at it. Read it again, then hand it in."
_REVISIONS = sa.insert(DraftRevision)


def save_fields(actor: Actor, card: Scorecard, changes: Sequence[Change], *, client: str) -> Kept:
    """Append what changed; all of it or, when a field was saved elsewhere meanwhile, nothing."""
    queries.lock(card)
    policy.check(actor, Act.SAVE_SCORECARD, card)
    shape, now = queries.shape_of(card), clock.now()
    saved, last = queries.saved_by(card, client)
    sent_before = {change.sequence for change in changes if change.sequence <= last}
    known = queries.known_sequences(card, client, sent_before)
    new = saving.to_append(changes, shape=shape, saved=saved, known=known)
    if new:
        card.version += 1
        rows = [{"scorecard_id": card.id, **one} for one in saving.columns(new, client=client, at=now)]
        db.session.connection().execute(_REVISIONS, rows)  # As plain rows: nobody asks for objects.
    db.session.flush()
    return saving.kept(changes, new, shape=shape, saved=saved, at=now)


def submit_scorecard(actor: Actor, card: Scorecard, *, version: int, key: str) -> Scorecard:
    """Hand in a scorecard; from now on it is frozen, and amendments are added beside it."""
    policy.check(actor, Act.READ_SCORECARD, card)
    queries.lock(card)
    if card.submission_key == key:
        return card
    policy.check(actor, Act.SUBMIT_SCORECARD, card)
    if card.version != version:
        raise Conflict(CHANGED_MEANWHILE)
    content = queries.content_of(card)
    rules.check_complete(content)
    _freeze(actor, card, content, key=key)
    audit.record(
        actor,
        Event.SCORECARD_SUBMITTED,
        card,
        job_id=card.assignment.interview.job_id,
        criteria=len(content.scored),
    )
    db.session.flush()
    return card


def _freeze(actor: Actor, card: Scorecard, content: Content, *, key: str) -> None:
    now = clock.now()
    frozen = db.session.scalar(
        sa.update(Scorecard)
        .where(Scorecard.id == card.id, Scorecard.version == card.version, Scorecard.submitted_at.is_(None))
        .values(
            version=card.version + 1,
            submitted_at=now,
            submission_key=key,
            retelling=content.retelling,
            **{f"{part}_seconds": content.seconds.get(part) for part in drafts.PARTS},
        )
        .returning(Scorecard.id)
        .execution_options(synchronize_session=False)
    )
    settled = db.session.scalar(
        sa.update(Assignment)
        .where(Assignment.id == card.assignment_id, Assignment.state == AssignmentState.OPEN)
        .values(state=AssignmentState.SUBMITTED, settled_at=now, settled_by_id=actor.id)
        .returning(Assignment.id)
        .execution_options(synchronize_session=False)
    )
    if frozen is None or settled is None:
        raise Conflict(CHANGED_MEANWHILE)
    db.session.add_all(_rows(card, content))
    db.session.flush()
    db.session.expire(card)
    db.session.expire(card.assignment)


def _rows(card: Scorecard, content: Content) -> Iterator[Base]:
    """The rows of record of what a draft says."""
    criteria = queries.criteria_by_code(card.assignment.interview.stage)
    for position, note in enumerate(content.notes, start=1):
        yield Note(
            scorecard_id=card.id,
            position=position,
            body=note.body,
            tags=" ".join(note.tags),
            written_at=note.at,
            ties=[NoteTie(criterion_id=criteria[code].id) for code in note.ties],
        )
    for code, scored in content.scored.items():
        yield Rating(
            scorecard_id=card.id,
            criterion_id=criteria[code].id,
            level=scored.level,
            not_observed=NotObserved(scored.reason) if scored.is_not_observed else None,
            because=scored.because,
        )
    for kind, positions in (
        (MarkKind.PROBE, content.probes),
        (MarkKind.FACT, content.facts),
        (MarkKind.VOLUNTEERED, [1] if content.volunteered else []),
    ):
        for position in sorted(positions):
            yield ScriptMark(scorecard_id=card.id, kind=kind, position=position)
    for position, body in enumerate(content.own_probes, start=1):
        yield ScriptMark(scorecard_id=card.id, kind=MarkKind.OWN_PROBE, position=position, body=body)
    for question, decided in content.decided.items():
        yield Verdict(
            scorecard_id=card.id, question=question, answer=Answer(decided.verdict), reason=decided.ground
        )
    for position, quote in content.raised.items():
        yield RedFlag(scorecard_id=card.id, position=position, quote=quote)


def amend(actor: Actor, card: Scorecard, *, body: str, reason: str) -> Amendment:
    """Add to a frozen scorecard, with the reason; the scores of record stay as they were."""
    policy.check(actor, Act.AMEND_SCORECARD, card)
    rules.check_reason(reason)
    amendment = Amendment(scorecard_id=card.id, body=drafts.normal(body), reason=reason.strip())
    db.session.add(amendment)
    audit.record(actor, Event.SCORECARD_AMENDED, card, job_id=card.assignment.interview.job_id)
    db.session.flush()
    return amendment
