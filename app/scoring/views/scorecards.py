"""One's own scorecards: the page, saving it, settling a conflict, handing in, amending."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Response, request

from app.core import clock, tokens
from app.core.errors import Invalid
from app.policy import Act, check
from app.scoring import drafts, forms, lint, queries, rules, services
from app.scoring.drafts import Change, Content, Saved
from app.scoring.models import Scorecard
from app.scoring.rules import Stale
from app.scoring.views import ties
from app.scoring.views.blueprint import bp
from app.scoring.views.keeping import journal_key
from app.scoring.views.saving import autosaved
from app.scoring.views.script import level_words, missing_words, script_of
from app.scoring.views.timer import timer_of
from app.web.guard import acts
from app.web.paging import page_number
from app.web.render import render, see_other
from app.web.viewer import actor


@bp.get("/scorecards")
@acts(Act.SEE_OWN_SCORECARDS)
def mine() -> Response:
    """Everything a person scored or still has to."""
    check(actor(), Act.SEE_OWN_SCORECARDS)
    handed_in, listed = queries.my_scorecards(actor(), page_number())
    still_open = queries.my_open_scorecards(actor())
    return render("scoring/mine.html", still_open=still_open, handed_in=handed_in, listed=listed)


@bp.get("/scorecards/<uuid:card_id>")
@acts(Act.READ_SCORECARD)
def scorecard(card_id: uuid.UUID) -> Response:
    """The page on which an interviewer scores; read-only once it is handed in."""
    card = queries.get_own_scorecard(actor(), card_id)
    if not card.is_open:
        return _frozen(card, forms.AmendForm(formdata=None))
    if not card.is_clear:
        return ties.asked(card, forms.TieForm(formdata=None))
    saved = queries.saved_fields(card)
    content = drafts.read(saved, queries.shape_of(card))
    return _page(
        card,
        content,
        bases={name: one.count for name, one in saved.items()},
        saved_at=max((one.last_at for one in saved.values()), default=None),
        removed=queries.removed_notes(card, saved),
    )


@bp.post("/scorecards/<uuid:card_id>")
@acts(Act.SAVE_SCORECARD)
def save(card_id: uuid.UUID) -> Response:
    """Save the whole page at once, as a browser without scripts does, and go on to what was pressed."""
    card = queries.get_own_scorecard(actor(), card_id, held=True)
    shape = queries.shape_of(card)
    fields = forms.page_fields(request.form, shape)
    seen = forms.bases(request.form.get("bases", ""))
    changes = drafts.changed(fields, queries.texts_at(card, seen), seen)
    try:
        services.save_fields(actor(), card, changes, client=f"page-{uuid.uuid4().hex}")
        services.press_note(actor(), card, request.form.get("then", ""))
    except Stale as stale:
        return _conflict(card, changes, stale)
    except Invalid as error:
        now = clock.now()
        typed = {name: Saved(body, seen.get(name, 0), now, now) for name, body in fields.items()}
        return _page(card, drafts.read(typed, shape), bases=seen, errors=list(error.fields.values()))
    if request.form.get("then") == "review":
        return see_other("scoring.submission", card_id=card.public_id)
    form = "change" if request.form.get("then") == "change" else None
    return see_other("scoring.scorecard", card_id=card.public_id, note=form, anchor="evidence")


@bp.post("/scorecards/<uuid:card_id>/revisions")
@acts(Act.SAVE_SCORECARD)
def autosave(card_id: uuid.UUID) -> Response:
    """Save what a page changed, and acknowledge each text by its digest."""
    card = queries.get_own_scorecard(actor(), card_id, held=True)
    return autosaved(lambda changes, client: services.save_fields(actor(), card, changes, client=client))


@bp.post("/scorecards/<uuid:card_id>/merge")
@acts(Act.SAVE_SCORECARD)
def merge(card_id: uuid.UUID) -> Response:
    """Save what was kept of two texts, and everything else the page had changed."""
    card = queries.get_own_scorecard(actor(), card_id, held=True)
    changes = forms.merged(request.form)
    try:
        services.save_fields(actor(), card, changes, client=f"merge-{uuid.uuid4().hex}")
    except Stale as stale:
        return _conflict(card, changes, stale)
    settled = request.form.get("client") or None  # The page whose journal has nothing left to say.
    return see_other("scoring.scorecard", card_id=card.public_id, settled=settled)


@bp.get("/scorecards/<uuid:card_id>/submission")
@acts(Act.READ_SCORECARD)
def submission(card_id: uuid.UUID) -> Response:
    """What is left, with links; or what will be frozen."""
    card = queries.get_own_scorecard(actor(), card_id)
    if not (card.is_open and card.is_clear):
        return see_other("scoring.scorecard", card_id=card.public_id)
    return _review(card)


@bp.post("/scorecards/<uuid:card_id>/submission")
@acts(Act.SUBMIT_SCORECARD, Act.READ_SCORECARD)
def submit(card_id: uuid.UUID) -> Response:
    """Hand in."""
    card = queries.get_own_scorecard(actor(), card_id, held=True)
    form = forms.SubmitForm()
    try:
        services.submit_scorecard(actor(), card, version=form.version.data or 0, key=form.key.data or "")
    except Invalid:
        return _review(card, status=422)
    return see_other("scoring.scorecard", card_id=card.public_id)


@bp.post("/scorecards/<uuid:card_id>/amendments")
@acts(Act.AMEND_SCORECARD)
def amend(card_id: uuid.UUID) -> Response:
    """Add something to a frozen scorecard."""
    card = queries.get_own_scorecard(actor(), card_id)
    form = forms.AmendForm()
    if not form.validate():
        return _frozen(card, form, status=422)
    services.amend(actor(), card, body=form.body.data or "", reason=form.reason.data or "")
    return see_other("scoring.scorecard", card_id=card.public_id, anchor="amendments")


# Pages ------------------------------------------------------------------------------------------------------


def _around(card: Scorecard) -> dict[str, Any]:
    interview = card.assignment.interview
    return {
        "card": card,
        "interview": interview,
        "candidate": interview.application.candidate,
        "first_name": interview.application.candidate.name.split()[0],
        **script_of(interview.stage, percent=interview.application.time_factor),
    }


def _page(
    card: Scorecard,
    content: Content,
    *,
    bases: dict[str, int],
    saved_at: datetime | None = None,
    removed: Mapping[int, str] | None = None,
    errors: list[str] | None = None,
) -> Response:
    around = _around(card)
    latest = max((note.position for note in content.notes), default=0)
    return render(
        "scoring/scorecard.html",
        content=content,
        bases=forms.bases_text(bases),
        client=tokens.new(),
        journal=journal_key(card),
        settled=request.args.get("settled", ""),
        timer=timer_of(card, content, around["timed_facts"]),
        opening=drafts.CHANGE if request.args.get("note") == "change" else "",
        next_note=max([latest, *drafts.numbers(bases, "note")]) + 1,
        saved_at=saved_at,
        removed=removed or {},
        levels=level_words(content),
        missing=missing_words(content),
        errors=errors or [],
        status=422 if errors else 200,
        **around,
    )


def _frozen(card: Scorecard, form: forms.AmendForm, *, status: int = 200) -> Response:
    return render(
        "scoring/frozen.html",
        content=queries.content_of(card),
        amendments=queries.amendments_of(actor(), card) if card.is_submitted else (),
        form=form,
        journal=journal_key(card) if card.is_submitted else "",
        status=status,
        **_around(card),
    )


def _review(card: Scorecard, *, status: int = 200) -> Response:
    content = queries.content_of(card)
    return render(
        "scoring/submission.html",
        content=content,
        missing=rules.missing(content),
        remarks=lint.remarks(content.notes),
        form=forms.SubmitForm(formdata=None, version=card.version, key=tokens.new()),
        status=status,
        **_around(card),
    )


def _conflict(card: Scorecard, changes: list[Change], stale: Stale) -> Response:
    return render(
        "scoring/conflict.html",
        clashes=stale.clashes,
        client=request.form.get("client", ""),
        others=[change for change in changes if change.name not in {clash.name for clash in stale.clashes}],
        status=409,
        **_around(card),
    )
