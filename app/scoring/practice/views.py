"""The pages of practice: what there is to practice on, the card, handing in, and the gold after that."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request
from flask_wtf.csrf import generate_csrf

from app.core import tokens
from app.core.config import Settings
from app.core.errors import Invalid
from app.policy import Act, check
from app.scoring import drafts, forms, journal
from app.scoring.drafts import Change, Content
from app.scoring.practice import queries, rules, services
from app.scoring.practice.models import PracticeCard
from app.scoring.rules import missing
from app.scoring.saving import Kept
from app.scoring.views.saving import Desk, Draft
from app.web.guard import acts
from app.web.render import render, see_other
from app.web.viewer import actor

bp = Blueprint("practice", "app.scoring.practice", url_prefix="/practice")


@bp.get("")
@acts(Act.PRACTICE)
def index() -> Response:
    """The written answers by kind of scenario, and what the person made of them so far."""
    check(actor(), Act.PRACTICE)
    kinds = queries.offered(actor())
    return render("practice/index.html", kinds=kinds, next=queries.next_offer(kinds))


@bp.post("")
@acts(Act.PRACTICE)
def start() -> Response:
    """Begin a card on an answer, or go on with the one that was begun."""
    vignette = queries.get_vignette(request.form.get("vignette", type=uuid.UUID))
    card = services.start(actor(), vignette)
    return see_other("practice.card", practice_id=card.public_id)


@bp.get("/<uuid:practice_id>")
@acts(Act.READ_PRACTICE)
def card(practice_id: uuid.UUID) -> Response:
    """The page on which a person practices; once it is handed in there is only what came of it."""
    found = queries.get_own_card(actor(), practice_id)
    if not found.is_open:
        return see_other("practice.outcome", practice_id=found.public_id)
    desk, revisions = _Desk(found), queries.revisions_of(found)
    return desk.page(Draft.of(queries.saved_fields(revisions), desk.shape, queries.removed_notes(revisions)))


@bp.get("/<uuid:practice_id>/outcome")
@acts(Act.SEE_GOLD)
def outcome(practice_id: uuid.UUID) -> Response:
    """The gold beside what was handed in."""
    found = queries.get_own_card(actor(), practice_id)
    vignette, content = queries.gold_of(actor(), found), queries.content_of(found)
    return render(
        "practice/outcome.html",
        content=content,
        vignette=vignette,
        outcome=queries.outcome_of(found, vignette, content),
        journal=_journal_key(found),
        **_around(found),
    )


@bp.post("/<uuid:practice_id>")
@acts(Act.SAVE_PRACTICE)
def save(practice_id: uuid.UUID) -> Response:
    """Save the whole page."""
    return _desk(practice_id).save_whole()


@bp.post("/<uuid:practice_id>/revisions")
@acts(Act.SAVE_PRACTICE)
def autosave(practice_id: uuid.UUID) -> Response:
    """Save what a page changed."""
    return _desk(practice_id).autosave()


@bp.post("/<uuid:practice_id>/merge")
@acts(Act.SAVE_PRACTICE)
def merge(practice_id: uuid.UUID) -> Response:
    """Save what was kept of two texts."""
    return _desk(practice_id).merge()


@bp.get("/<uuid:practice_id>/token")
@acts(Act.READ_PRACTICE)
def token(practice_id: uuid.UUID) -> Response:
    """A fresh form token, for the author alone: the page learns by it that the author is signed in again."""
    queries.get_own_card(actor(), practice_id)
    return jsonify(token=generate_csrf())


@bp.get("/<uuid:practice_id>/submission")
@acts(Act.READ_PRACTICE)
def submission(practice_id: uuid.UUID) -> Response:
    """What is left, with links; or what will be frozen."""
    found = queries.get_own_card(actor(), practice_id)
    if not found.is_open:
        return see_other("practice.card", practice_id=found.public_id)
    return _review(found)


@bp.post("/<uuid:practice_id>/submission")
@acts(Act.SUBMIT_PRACTICE, Act.READ_PRACTICE)
def submit(practice_id: uuid.UUID) -> Response:
    """Hand in."""
    found = queries.get_own_card(actor(), practice_id)
    form = forms.SubmitForm()
    try:
        services.submit(actor(), found, version=form.version.data or 0, key=form.key.data or "")
    except Invalid:
        return _review(found, status=422)
    return see_other("practice.outcome", practice_id=found.public_id)


# Pages ------------------------------------------------------------------------------------------------------


class _Desk(Desk):
    page_at, review_at, merge_at = "practice.card", "practice.submission", "practice.merge"
    template = "practice/card.html"

    def __init__(self, card: PracticeCard) -> None:
        self.card, self.shape = card, queries.shape_of(card)
        self.at = {"practice_id": card.public_id}
        self.name = f"Practice, {queries.scenario_of(card).title}"

    def texts_at(self, bases: Mapping[str, int]) -> dict[str, str]:
        return queries.texts_at(queries.revisions_of(self.card), bases)

    def save(self, changes: Sequence[Change], *, client: str) -> Kept:
        return services.save_fields(actor(), self.card, changes, client=client)

    def press(self, button: str) -> None:
        services.press_note(actor(), self.card, button)

    def around(self, _content: Content) -> dict[str, Any]:
        return {"journal": _journal_key(self.card), **_around(self.card)}


def _desk(practice_id: uuid.UUID) -> Desk:
    return _Desk(queries.get_own_card(actor(), practice_id))


def _around(card: PracticeCard) -> dict[str, Any]:
    scenario = queries.scenario_of(card)
    return {
        "card": card,
        "scenario": scenario,
        "title": queries.title_of(card),
        "turns": list(rules.turns(queries.answer_of(card))),
        "criteria": queries.criteria_of(card),
        "anchors": {one.code: one.anchors for one in scenario.criteria},
        "reasons": drafts.REASONS,
        "tags": drafts.TAGS,
    }


def _journal_key(card: PracticeCard) -> str:
    """The key under which the page keeps on the device what cannot be sent."""
    settings: Settings = current_app.extensions["settings"]
    return journal.key(settings.secret_key, author_id=card.author_id, card_id=card.public_id)


def _review(card: PracticeCard, *, status: int = 200) -> Response:
    content = queries.content_of(card)
    return render(
        "practice/submission.html",
        content=content,
        missing=missing(content),
        form=forms.SubmitForm(formdata=None, version=card.version, key=tokens.new()),
        status=status,
        **_around(card),
    )
