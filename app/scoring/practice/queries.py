"""Reads about practice: the only door to practice cards, and it opens one's own alone."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from app.core import clock
from app.core.db import db
from app.core.errors import NotFound
from app.loops.models import Stage
from app.packs import queries as packs
from app.packs.models import ScenarioVersion, Vignette
from app.policy import Act, Actor, check, decide
from app.scoring import drafts
from app.scoring.drafts import Content, Saved, Scored, Shape
from app.scoring.models import Assignment, AssignmentState, Interview
from app.scoring.practice import rules
from app.scoring.practice.models import PracticeCard, PracticeRating, PracticeRevision
from app.scoring.practice.rules import Outcome
from app.scoring.saving import Known
from scenarios import Kind, Scenario
from scenarios import Vignette as Answered

# What may be practiced on -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Offer:
    """A written answer to practice on, and one's own cards on it: the one begun, and those handed in."""

    vignette: Vignette
    title: str
    begun: PracticeCard | None
    handed_in: tuple[PracticeCard, ...]


@dataclass(frozen=True)
class KindOffered:
    """The answers to scenarios of one kind, and when the person interviews next on such a one."""

    kind: Kind
    meets_at: datetime | None
    offers: tuple[Offer, ...]


class Rated(NamedTuple):
    """A criterion as the pages of a scorecard name it."""

    code: str
    name: str
    is_critical: bool


def offered(actor: Actor) -> list[KindOffered]:
    """Everything to practice on by kind; the kind, and in it the scenario, that is met first comes first."""
    latest = sa.select(sa.func.max(Vignette.id)).group_by(Vignette.key)
    vignettes = db.session.scalars(
        sa.select(Vignette)
        .join(Vignette.scenario_version)
        .options(contains_eager(Vignette.scenario_version))
        .where(Vignette.id.in_(latest))
    ).all()
    cards = _my_cards(actor)
    met = _met_next(actor)
    kinds = {
        Kind(version.kind): at for version, at in sorted(met.items(), key=lambda one: one[1], reverse=True)
    }
    scenarios = {version.key: at for version, at in met.items()}
    never = datetime.max.replace(tzinfo=clock.now().tzinfo)

    def order(one: Offer) -> tuple[datetime, str, str]:
        version = one.vignette.scenario_version
        return scenarios.get(version.key, never), version.title, one.title

    found: dict[Kind, list[Offer]] = defaultdict(list)
    for one in vignettes:
        mine = cards.get(one.key, [])
        found[Kind(one.scenario_version.kind)].append(
            Offer(
                vignette=one,
                title=packs.vignette_of(one).title,
                begun=next((card for card in mine if card.is_open), None),
                handed_in=tuple(card for card in mine if card.is_submitted),
            )
        )
    return [
        KindOffered(kind, kinds.get(kind), tuple(sorted(found[kind], key=order)))
        for kind in sorted(found, key=lambda kind: (kinds.get(kind, never), list(Kind).index(kind)))
    ]


def _my_cards(actor: Actor) -> Mapping[str, list[PracticeCard]]:
    """One's own cards by the key of their answer, the latest first."""
    cards = db.session.scalars(
        sa.select(PracticeCard)
        .join(PracticeCard.vignette)
        .options(contains_eager(PracticeCard.vignette))
        .where(PracticeCard.person_id == actor.id)
        .order_by(PracticeCard.id.desc())
    )
    found: dict[str, list[PracticeCard]] = defaultdict(list)
    for card in cards:
        found[card.vignette.key].append(card)
    return found


def _met_next(actor: Actor) -> dict[ScenarioVersion, datetime]:
    """The scenarios on which the person interviews from now on, each with the first time."""
    rows = db.session.execute(
        sa.select(ScenarioVersion, sa.func.min(Interview.starts_at))
        .join(Stage, Stage.scenario_version_id == ScenarioVersion.id)
        .join(Interview, Interview.stage_id == Stage.id)
        .join(Assignment, Assignment.interview_id == Interview.id)
        .where(_is_to_come(actor))
        .group_by(ScenarioVersion.id)
    )
    return dict(rows.all())


def _is_to_come(actor: Actor) -> sa.ColumnElement[bool]:
    return sa.and_(
        Assignment.person_id == actor.id,
        Assignment.state == AssignmentState.OPEN,
        Interview.starts_at > clock.now(),
    )


def is_due(actor: Actor) -> bool:
    """Whether the person is about to interview for the first time, and has not practiced."""
    to_come = sa.exists().where(Assignment.interview_id == Interview.id, _is_to_come(actor))
    scored = sa.exists().where(
        Assignment.person_id == actor.id, Assignment.state == AssignmentState.SUBMITTED
    )
    practiced = sa.exists().where(PracticeCard.person_id == actor.id, PracticeCard.submitted_at.is_not(None))
    return bool(db.session.scalar(sa.select(sa.and_(to_come, ~scored, ~practiced, sa.exists(Vignette.id)))))


def is_practiced_on(version: ScenarioVersion) -> bool:
    """Whether anybody began a card on an answer to this version; who did is nobody's business."""
    card = sa.exists().where(
        PracticeCard.vignette_id == Vignette.id, Vignette.scenario_version_id == version.id
    )
    return bool(db.session.scalar(sa.select(card)))


def get_vignette(public_id: uuid.UUID | None) -> Vignette:
    """The answer that somebody chose."""
    found = db.session.scalar(sa.select(Vignette).where(Vignette.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def begun_on(actor: Actor, vignette: Vignette) -> PracticeCard | None:
    """The actor's latest card on an answer."""
    return db.session.scalar(
        sa.select(PracticeCard)
        .where(PracticeCard.person_id == actor.id, PracticeCard.vignette_id == vignette.id)
        .order_by(PracticeCard.attempt.desc())
        .limit(1)
    )


# One's own card ---------------------------------------------------------------------------------------------


def get_own_card(actor: Actor, public_id: uuid.UUID) -> PracticeCard:
    """A practice card of the actor's own; 404 for anybody else, whatever their role."""
    card = db.session.scalar(
        sa.select(PracticeCard)
        .options(joinedload(PracticeCard.vignette).joinedload(Vignette.scenario_version))
        .where(PracticeCard.public_id == public_id)
    )
    if card is None or not decide(actor, Act.READ_PRACTICE, card):
        raise NotFound
    return card


def lock(card: PracticeCard) -> PracticeCard:
    """The same card as it is now, held until the transaction ends (SQLite holds its lock already)."""
    columns = ("version", "submitted_at", "submission_key")
    db.session.refresh(card, columns, with_for_update=True)
    return card


def next_offer(kinds: Sequence[KindOffered]) -> Offer | None:
    """What to do first: the card that was begun, else the first answer that was never handed in."""
    offers = [offer for kind in kinds for offer in kind.offers]
    begun = (offer for offer in offers if offer.begun)
    new = (offer for offer in offers if not offer.handed_in)
    return next(begun, None) or next(new, None)


def scenario_of(card: PracticeCard) -> Scenario:
    """The scenario that the answer of a card answers."""
    return packs.scenario_of(card.vignette.scenario_version)


def answer_of(card: PracticeCard) -> str:
    """What was said, and nothing of what it is worth."""
    return packs.vignette_of(card.vignette).answer


def title_of(card: PracticeCard) -> str:
    """What the answer is called among those to its scenario."""
    return packs.vignette_of(card.vignette).title


def criteria_of(card: PracticeCard) -> list[Rated]:
    """What is scored, in the order of the rubric."""
    names = card.vignette.scenario_version.names
    return [Rated(one.code, names[one.code], one.critical) for one in scenario_of(card).criteria]


def gold_of(actor: Actor, card: PracticeCard) -> Answered:
    """The answer with its gold, for whoever has handed in."""
    check(actor, Act.SEE_GOLD, card)
    return packs.vignette_of(card.vignette)


def shape_of(card: PracticeCard) -> Shape:
    """Which fields a practice card has: no probe is put, and no fact is given."""
    scenario = scenario_of(card)
    return Shape(codes=scenario.codes, probes=0, facts=0, flags=len(scenario.red_flags))


def revisions_of(card: PracticeCard) -> Sequence[PracticeRevision]:
    """Everything that was saved on a card, in order."""
    return db.session.scalars(
        sa.select(PracticeRevision)
        .where(PracticeRevision.practice_card_id == card.id)
        .order_by(PracticeRevision.id)
    ).all()


def saved_fields(revisions: Sequence[PracticeRevision]) -> dict[str, Saved]:
    """The latest text of each field."""
    return drafts.appended({}, [(one.field, one.body, one.created_at) for one in revisions])


def texts_at(revisions: Sequence[PracticeRevision], bases: Mapping[str, int]) -> dict[str, str]:
    """What a page had been shown in each field: its text at the revision count the page had seen."""
    seen = _by_field(revisions)
    return {name: seen[name][base - 1] for name, base in bases.items() if 0 < base <= len(seen[name])}


def removed_notes(revisions: Sequence[PracticeRevision]) -> dict[int, str]:
    """The notes that were taken away, by number, as they last stood there."""
    seen = _by_field(revisions)
    return {
        number: next((text for text in reversed(texts) if text.strip()), "")
        for number in drafts.numbers(seen, "note")
        if not (texts := seen[f"note-{number}"])[-1].strip()
    }


def known(revisions: Sequence[PracticeRevision], client: str) -> Known:
    """What a page has been acknowledged: field and digest by sequence number."""
    return {one.sequence: (one.field, one.digest) for one in revisions if one.client == client}


def _by_field(revisions: Sequence[PracticeRevision]) -> Mapping[str, list[str]]:
    seen: dict[str, list[str]] = defaultdict(list)
    for one in revisions:
        seen[one.field].append(one.body)
    return seen


def content_of(card: PracticeCard) -> Content:
    """What one's own practice card holds."""
    return drafts.read(saved_fields(revisions_of(card)), shape_of(card))


def outcome_of(card: PracticeCard, vignette: Answered, content: Content) -> Outcome:
    """The levels as they were handed in, beside the gold."""
    rows = db.session.scalars(sa.select(PracticeRating).where(PracticeRating.practice_card_id == card.id))
    scored = {
        row.code: Scored(row.level, row.level is None, row.not_observed or "", row.because) for row in rows
    }
    return rules.outcome(scored, content.raised, vignette, scenario_of(card))
