"""How saving is answered, whether a card is of an interview or of practice."""

from collections.abc import Callable

from flask import Response, jsonify, request

from app.core import clock
from app.core.errors import Invalid
from app.scoring import forms
from app.scoring.drafts import Change
from app.scoring.rules import Stale
from app.scoring.saving import Kept
from app.scoring.views.script import level_words, missing_words
from app.web import words


def autosaved(save: Callable[[list[Change], str], Kept]) -> Response:
    """Save what a page changed, and acknowledge each text by its digest."""
    try:
        kept = save(forms.changes(request.form), request.form.get("client", "")[:64])
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
