"""One's own scorecards: the page, saving it, settling a conflict, handing in, amending."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response

from app.core import tokens
from app.core.errors import Invalid
from app.policy import Act, check
from app.scoring import forms, lint, queries, rules, services
from app.scoring.drafts import Change, Content
from app.scoring.models import Scorecard
from app.scoring.saving import Kept
from app.scoring.views import ties
from app.scoring.views.blueprint import bp
from app.scoring.views.keeping import journal_key
from app.scoring.views.saving import Desk, Draft
from app.scoring.views.script import script_of
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
    desk, saved = _Desk(card), queries.saved_fields(card)
    return desk.page(Draft.of(saved, desk.shape, queries.removed_notes(card, saved)))


@bp.post("/scorecards/<uuid:card_id>")
@acts(Act.SAVE_SCORECARD)
def save(card_id: uuid.UUID) -> Response:
    """Save the whole page."""
    return _desk(card_id).save_whole()


@bp.post("/scorecards/<uuid:card_id>/revisions")
@acts(Act.SAVE_SCORECARD)
def autosave(card_id: uuid.UUID) -> Response:
    """Save what a page changed."""
    return _desk(card_id).autosave()


@bp.post("/scorecards/<uuid:card_id>/merge")
@acts(Act.SAVE_SCORECARD)
def merge(card_id: uuid.UUID) -> Response:
    """Save what was kept of two texts."""
    return _desk(card_id).merge()


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


class _Desk(Desk):
    page_at, review_at, merge_at = "scoring.scorecard", "scoring.submission", "scoring.merge"
    template = "scoring/scorecard.html"

    def __init__(self, card: Scorecard) -> None:
        interview = card.assignment.interview
        self.card, self.shape = card, queries.shape_of(card)
        self.at = {"card_id": card.public_id}
        self.name = f"{interview.application.candidate.name}, {interview.stage.scenario_version.title}"

    def texts_at(self, bases: Mapping[str, int]) -> dict[str, str]:
        return queries.texts_at(self.card, bases)

    def save(self, changes: Sequence[Change], *, client: str) -> Kept:
        return services.save_fields(actor(), self.card, changes, client=client)

    def press(self, button: str) -> None:
        services.press_note(actor(), self.card, button)

    def around(self, content: Content) -> dict[str, Any]:
        around = _around(self.card)
        timer = timer_of(self.card, content, around["timed_facts"])
        return {"journal": journal_key(self.card), "timer": timer, **around}


def _desk(card_id: uuid.UUID) -> Desk:
    return _Desk(queries.get_own_scorecard(actor(), card_id, held=True))


def _around(card: Scorecard) -> dict[str, Any]:
    interview = card.assignment.interview
    return {
        "card": card,
        "interview": interview,
        "candidate": interview.application.candidate,
        "first_name": interview.application.candidate.name.split()[0],
        **script_of(interview.stage, percent=interview.application.time_factor),
    }


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
