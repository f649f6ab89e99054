"""The pages of practice: what there is to practice on, the card, handing in, and the gold after that."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request
from flask_wtf.csrf import generate_csrf

from app.core import clock, tokens
from app.core.config import Settings
from app.core.errors import Invalid
from app.policy import Act, check
from app.scoring import drafts, forms, journal
from app.scoring.drafts import Change, Content, Saved
from app.scoring.practice import queries, rules, services
from app.scoring.practice.models import PracticeCard
from app.scoring.rules import Stale, missing
from app.scoring.views.saving import autosaved
from app.scoring.views.script import level_words, missing_words
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
    revisions = queries.revisions_of(found)
    saved = queries.saved_fields(revisions)
    return _page(
        found,
        drafts.read(saved, queries.shape_of(found)),
        bases={name: one.count for name, one in saved.items()},
        saved_at=max((one.last_at for one in saved.values()), default=None),
        removed=queries.removed_notes(revisions),
    )


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
    """Save the whole page at once, as a browser without scripts does, and go on to what was pressed."""
    found = queries.get_own_card(actor(), practice_id)
    fields = forms.page_fields(request.form, queries.shape_of(found))
    seen = forms.bases(request.form.get("bases", ""))
    changes = drafts.changed(fields, queries.texts_at(queries.revisions_of(found), seen), seen)
    try:
        services.save_fields(actor(), found, changes, client=f"page-{uuid.uuid4().hex}")
        services.press_note(actor(), found, request.form.get("then", ""))
    except Stale as stale:
        return _conflict(found, changes, stale)
    except Invalid as error:
        now = clock.now()
        typed = {name: Saved(body, seen.get(name, 0), now, now) for name, body in fields.items()}
        content = drafts.read(typed, queries.shape_of(found))
        return _page(found, content, bases=seen, errors=list(error.fields.values()))
    if request.form.get("then") == "review":
        return see_other("practice.submission", practice_id=found.public_id)
    form = "change" if request.form.get("then") == "change" else None
    return see_other("practice.card", practice_id=found.public_id, note=form, anchor="evidence")


@bp.post("/<uuid:practice_id>/revisions")
@acts(Act.SAVE_PRACTICE)
def autosave(practice_id: uuid.UUID) -> Response:
    """Save what a page changed, and acknowledge each text by its digest."""
    found = queries.get_own_card(actor(), practice_id)
    return autosaved(lambda changes, client: services.save_fields(actor(), found, changes, client=client))


@bp.post("/<uuid:practice_id>/merge")
@acts(Act.SAVE_PRACTICE)
def merge(practice_id: uuid.UUID) -> Response:
    """Save what was kept of two texts, and everything else the page had changed."""
    found = queries.get_own_card(actor(), practice_id)
    changes = forms.merged(request.form)
    try:
        services.save_fields(actor(), found, changes, client=f"merge-{uuid.uuid4().hex}")
    except Stale as stale:
        return _conflict(found, changes, stale)
    settled = request.form.get("client") or None  # The page whose journal has nothing left to say.
    return see_other("practice.card", practice_id=found.public_id, settled=settled)


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


def _page(
    card: PracticeCard,
    content: Content,
    *,
    bases: dict[str, int],
    saved_at: datetime | None = None,
    removed: Mapping[int, str] | None = None,
    errors: list[str] | None = None,
) -> Response:
    latest = max((note.position for note in content.notes), default=0)
    return render(
        "practice/card.html",
        content=content,
        bases=forms.bases_text(bases),
        client=tokens.new(),
        journal=_journal_key(card),
        settled=request.args.get("settled", ""),
        opening=drafts.CHANGE if request.args.get("note") == "change" else "",
        next_note=max([latest, *drafts.numbers(bases, "note")]) + 1,
        saved_at=saved_at,
        removed=removed or {},
        levels=level_words(content),
        missing=missing_words(content),
        errors=errors or [],
        status=422 if errors else 200,
        **_around(card),
    )


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


def _conflict(card: PracticeCard, changes: list[Change], stale: Stale) -> Response:
    return render(
        "practice/conflict.html",
        clashes=stale.clashes,
        client=request.form.get("client", ""),
        others=[change for change in changes if change.name not in {clash.name for clash in stale.clashes}],
        status=409,
        **_around(card),
    )
