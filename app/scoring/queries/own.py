"""Reads about one's own scorecards: their drafts, and their content of record."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload
from sqlalchemy.orm.attributes import set_committed_value

from app.core.db import db, plain
from app.core.errors import NotFound
from app.loops.models import Stage
from app.packs import queries as packs
from app.policy import Act, Actor, decide
from app.scoring import drafts
from app.scoring.drafts import Content, Saved, Shape
from app.scoring.models import Assignment, AssignmentState, DraftRevision, Scorecard
from app.scoring.queries.record import contents_of
from app.scoring.queries.seats import application_path, at_its_stage, interview_path
from app.scoring.results import Revised
from app.web.paging import SIZE, Page


def get_own_scorecard(actor: Actor, public_id: uuid.UUID, *, held: bool = False) -> Scorecard:
    """A scorecard of the actor's own; 404 for anybody else, whatever their role.

    Whoever saves has it held from the beginning, which spares them a `lock`.
    """
    card = db.session.scalar(_by_address(held=held), {"public_id": public_id})
    if card is None or not decide(actor, Act.READ_SCORECARD, card):
        raise NotFound
    at_its_stage(card.assignment.interview)
    if held:
        sa.inspect(card).info[_HELD_IN] = db.session().get_transaction()
    return card


# Statements that each saving asks are built once.


@cache
def _by_address(*, held: bool) -> sa.Select[Scorecard]:
    found = (
        sa.select(Scorecard)
        .join(Scorecard.assignment)
        .options(
            contains_eager(Scorecard.assignment).joinedload(Assignment.interview).options(application_path())
        )
        .where(Scorecard.public_id == sa.bindparam("public_id", type_=sa.Uuid()))
    )
    if not held:
        return found
    return found.with_for_update(of=(Scorecard, Assignment)).execution_options(populate_existing=True)


def other_open_scorecards(actor: Actor, card: Scorecard) -> list[Scorecard]:
    """The actor's scorecards on which notes of this one could have been meant to stand, the soonest first."""
    rows = db.session.scalars(
        sa.select(Scorecard)
        .join(Scorecard.assignment)
        .options(joinedload(Scorecard.assignment).joinedload(Assignment.interview).options(*interview_path()))
        .where(
            Assignment.person_id == actor.id,
            Assignment.state == AssignmentState.OPEN,
            Scorecard.id != card.id,
        )
        .order_by(Assignment.due_at, Scorecard.id)
    )
    return [one for one in rows.unique() if decide(actor, Act.MOVE_NOTES, one)]


_HELD_IN = "held in"  # Of a scorecard: the transaction that holds it.
_LOCKED = {
    Scorecard: (Scorecard.version, Scorecard.submitted_at, Scorecard.submission_key),
    Assignment: (Assignment.state, Assignment.declared_at, Assignment.tie),
}
_AS_IT_IS_NOW = (
    sa.select(*_LOCKED[Scorecard], *_LOCKED[Assignment])
    .join(Assignment, Assignment.id == Scorecard.assignment_id)
    .where(Scorecard.id == sa.bindparam("card_id"))
    .with_for_update(of=(Scorecard, Assignment))
)


def lock(card: Scorecard) -> Scorecard:
    """The same scorecard as it is now, held until the transaction ends (SQLite holds its lock already)."""
    transaction = db.session().get_transaction()
    if transaction and sa.inspect(card).info.get(_HELD_IN) is transaction:
        return card
    row = plain(_AS_IT_IS_NOW, {"card_id": card.id}).one()
    for thing in (card, card.assignment):
        for column in _LOCKED[type(thing)]:
            set_committed_value(thing, column.key, getattr(row, column.key))
    return card


def shape_of(card: Scorecard) -> Shape:
    """Which fields a scorecard has: its stage's criteria, and the probes and facts of its scenario."""
    return shape_of_stage(card.assignment.interview.stage)


def shape_of_stage(stage: Stage) -> Shape:
    """Which fields every scorecard of a stage has."""
    scenario = packs.scenario_of(stage.scenario_version)
    return Shape(
        codes=tuple(criterion.code for criterion in stage.criteria),
        probes=len(scenario.probes),
        facts=len(scenario.all_facts),
        flags=len(scenario.red_flags),
        decided=tuple(
            number for number, question in enumerate(scenario.questions, start=1) if question.verdict
        ),
    )


_HISTORY = (
    sa.select(
        sa.func.max(DraftRevision.id).label("latest"),
        sa.func.count().label("count"),
        sa.func.min(DraftRevision.created_at).label("first_at"),
        sa.func.max(
            sa.case((DraftRevision.client == sa.bindparam("client"), DraftRevision.sequence), else_=0)
        ).label("sent"),
    )
    .where(
        DraftRevision.scorecard_id.in_(sa.bindparam("card_ids", expanding=True)),
        DraftRevision.field.startswith(sa.bindparam("kind", type_=sa.Text())),
    )
    .group_by(DraftRevision.scorecard_id, DraftRevision.field)
    .subquery()
)
_LATEST = sa.select(
    DraftRevision.scorecard_id,
    DraftRevision.field,
    DraftRevision.body,
    _HISTORY.c.count,
    _HISTORY.c.first_at,
    DraftRevision.created_at,
    _HISTORY.c.sent,
).join(_HISTORY, _HISTORY.c.latest == DraftRevision.id)


def saved_fields(card: Scorecard) -> dict[str, Saved]:
    """The latest revision of each field of a draft."""
    return saved_fields_of([card.id])[card.id]


def saved_fields_of(card_ids: Collection[int], *, kind: str = "") -> Mapping[int, dict[str, Saved]]:
    """The latest revision of each field of several drafts, or of the fields of one kind."""
    found: dict[int, dict[str, Saved]] = defaultdict(dict)
    asked = {"card_ids": list(card_ids), "kind": kind, "client": ""}
    for card_id, name, *saved, _ in plain(_LATEST, asked):
        found[card_id][name] = Saved(*saved)
    return found


def saved_by(card: Scorecard, client: str) -> tuple[dict[str, Saved], int]:
    """The latest revision of each field of a draft, and the highest number of a saving by this page."""
    rows = plain(_LATEST, {"card_ids": [card.id], "kind": "", "client": client}).all()
    return {name: Saved(*saved) for _, name, *saved, _ in rows}, max((row.sent for row in rows), default=0)


def texts_at(card: Scorecard, bases: Mapping[str, int]) -> dict[str, str]:
    """What a page had been shown in each field: its text at the revision count the page had seen."""
    rows = db.session.execute(
        sa.select(DraftRevision.field, DraftRevision.body)
        .where(DraftRevision.scorecard_id == card.id)
        .order_by(DraftRevision.id)
    )
    seen: dict[str, list[str]] = defaultdict(list)
    for name, body in rows:
        seen[name].append(body)
    return {name: seen[name][base - 1] for name, base in bases.items() if 0 < base <= len(seen[name])}


def removed_notes(card: Scorecard, saved: Mapping[str, Saved]) -> dict[int, str]:
    """The notes that were taken away, by number, as they last stood there."""
    gone = [name for name in saved if name.startswith("note-") and not saved[name].body.strip()]
    if not gone:
        return {}
    rows = db.session.execute(
        sa.select(DraftRevision.field, DraftRevision.body)
        .where(DraftRevision.scorecard_id == card.id, DraftRevision.field.in_(gone), DraftRevision.body != "")
        .order_by(DraftRevision.id)
    )
    last = {name: body for name, body in rows if body.strip()}
    return {number: last[f"note-{number}"] for number in drafts.numbers(last, "note")}


def revisions_of(card: Scorecard, number: int) -> tuple[list[Revised], Page]:
    """One page of everything that was saved on a scorecard while it was open, the newest first."""
    of_card = DraftRevision.scorecard_id == card.id
    total = db.session.scalar(sa.select(sa.func.count()).select_from(DraftRevision).where(of_card)) or 0
    page = Page(number, total)
    rows = db.session.execute(
        sa.select(DraftRevision.field, DraftRevision.body, DraftRevision.created_at)
        .where(of_card)
        .order_by(DraftRevision.id.desc())
        .offset(page.offset)
        .limit(SIZE)
    )
    return [Revised(drafts.label(name), body.strip(), at) for name, body, at in rows], page


_KNOWN = sa.select(DraftRevision.sequence, DraftRevision.field, DraftRevision.digest).where(
    DraftRevision.scorecard_id == sa.bindparam("card_id"),
    DraftRevision.client == sa.bindparam("client"),
    DraftRevision.sequence.in_(sa.bindparam("sequences", expanding=True)),
)


def known_sequences(card: Scorecard, client: str, sequences: Collection[int]) -> dict[int, tuple[str, str]]:
    """Those of these savings that a page has been acknowledged: field and digest by sequence number."""
    if not sequences:
        return {}
    asked = {"card_id": card.id, "client": client, "sequences": list(sequences)}
    rows = plain(_KNOWN, asked)
    return {sequence: (name, digest) for sequence, name, digest in rows}


def content_of(card: Scorecard) -> Content:
    """What one's own scorecard holds: of record once it is handed in, else the latest of each field."""
    if not card.is_submitted:
        return drafts.read(saved_fields(card), shape_of(card))
    return contents_of({card.id: card.public_id})[card.id]
