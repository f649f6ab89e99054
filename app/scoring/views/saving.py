"""How a card is saved and drawn again, whether it is of an interview or of practice."""

import uuid
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import Response, jsonify, request

from app.core import clock, tokens
from app.core.errors import Invalid
from app.scoring import drafts, forms
from app.scoring.drafts import Change, Content, Saved, Shape
from app.scoring.rules import Stale
from app.scoring.saving import Kept
from app.scoring.views.script import level_words, missing_words
from app.web import words
from app.web.render import render, see_other


@dataclass(frozen=True)
class Draft:
    """What stands on a card: each text with how often it was saved, and the notes that were taken away."""

    content: Content
    bases: Mapping[str, int]
    saved_at: datetime | None = None
    removed: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, saved: Mapping[str, Saved], shape: Shape, removed: Mapping[int, str]) -> "Draft":
        """As it was saved last."""
        return cls(
            content=drafts.read(saved, shape),
            bases={name: one.count for name, one in saved.items()},
            saved_at=max((one.last_at for one in saved.values()), default=None),
            removed=removed,
        )


class Desk(ABC):
    """An open card of the actor's own, as its pages need it: what is done with it, and where it is read."""

    page_at: str  # The endpoints of its page, its review and its merge.
    review_at: str
    merge_at: str
    template: str
    at: Mapping[str, Any]  # What fills in their addresses.
    name: str  # What the card is called on its other pages.
    shape: Shape

    @abstractmethod
    def texts_at(self, bases: Mapping[str, int]) -> dict[str, str]:
        """What a page had been shown in each field."""

    @abstractmethod
    def save(self, changes: Sequence[Change], *, client: str) -> Kept:
        """Append what changed, all of it or nothing."""

    @abstractmethod
    def press(self, button: str) -> None:
        """Take a note away, or bring one back."""

    @abstractmethod
    def around(self, content: Content) -> dict[str, Any]:
        """What its page shows around what stands on it."""

    def page(self, draft: Draft, errors: Sequence[str] = ()) -> Response:
        """The page on which the card is filled in."""
        latest = max((note.position for note in draft.content.notes), default=0)
        return render(
            self.template,
            content=draft.content,
            bases=forms.bases_text(draft.bases),
            client=tokens.new(),
            settled=request.args.get("settled", ""),
            opening=drafts.CHANGE if request.args.get("note") == "change" else "",
            next_note=max([latest, *drafts.numbers(draft.bases, "note")]) + 1,
            saved_at=draft.saved_at,
            removed=draft.removed,
            levels=level_words(draft.content),
            missing=missing_words(draft.content),
            errors=errors,
            status=422 if errors else 200,
            **self.around(draft.content),
        )

    def save_whole(self) -> Response:
        """Save the whole page at once, as a browser without scripts does, and go on to what was pressed."""
        fields = forms.page_fields(request.form, self.shape)
        seen = forms.bases(request.form.get("bases", ""))
        changes = drafts.changed(fields, self.texts_at(seen), seen)
        then = request.form.get("then", "")
        try:
            self.save(changes, client=f"page-{uuid.uuid4().hex}")
            self.press(then)
        except Stale as stale:
            return self._conflict(changes, stale)
        except Invalid as error:
            now = clock.now()
            typed = {name: Saved(body, seen.get(name, 0), now, now) for name, body in fields.items()}
            return self.page(Draft(drafts.read(typed, self.shape), seen), list(error.fields.values()))
        if then == "review":
            return see_other(self.review_at, **self.at)
        return see_other(
            self.page_at, note="change" if then == "change" else None, anchor="evidence", **self.at
        )

    def autosave(self) -> Response:
        """Save what a page changed, and acknowledge each text by its digest."""
        try:
            kept = self.save(forms.changes(request.form), client=request.form.get("client", "")[:64])
        except Stale as stale:
            response = jsonify(stale=[clash.name for clash in stale.clashes])
            response.status_code = 409
            return response
        except Invalid as error:
            response = jsonify(refused=" ".join(error.fields.values()))
            response.status_code = 422
            return response
        return jsonify(
            saved=[
                {"sequence": one.sequence, "field": one.name, "base": one.count, "digest": one.digest}
                for one in kept.acknowledged
            ],
            at=words.time_of_day(clock.now()),
            levels=level_words(kept.content),
            missing=missing_words(kept.content),
        )

    def merge(self) -> Response:
        """Save what was kept of two texts, and everything else the page had changed."""
        changes = forms.merged(request.form)
        try:
            self.save(changes, client=f"merge-{uuid.uuid4().hex}")
        except Stale as stale:
            return self._conflict(changes, stale)
        settled = request.form.get("client") or None  # The page whose journal has nothing left to say.
        return see_other(self.page_at, settled=settled, **self.at)

    def _conflict(self, changes: Sequence[Change], stale: Stale) -> Response:
        clashing = {clash.name for clash in stale.clashes}
        return render(
            "scoring/conflict.html",
            name=self.name,
            page_at=self.page_at,
            merge_at=self.merge_at,
            at=self.at,
            clashes=stale.clashes,
            client=request.form.get("client", ""),
            others=[change for change in changes if change.name not in clashing],
            status=409,
        )
