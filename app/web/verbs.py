"""One address per thing: the button of the form that was sent says what is to be done to it."""

from flask import request
from werkzeug.exceptions import BadRequest


def chosen(*verbs: str) -> str:
    """The verb of the button pressed, one of those the address takes; anything else is a bad request."""
    verb = request.form.get("do", "")
    if verb not in verbs:
        raise BadRequest
    return verb
