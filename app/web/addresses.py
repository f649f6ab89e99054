"""What an address may hold besides numbers and random ids, and addresses for people who are elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, current_app
from werkzeug.routing import BaseConverter

from app.core.config import Settings


class NameConverter(BaseConverter):
    """A name that people gave, such as a pack's: small letters, digits and hyphens."""

    regex = r"[a-z0-9]+(?:-[a-z0-9]+)*"


def init(app: Flask) -> None:
    """Let rules say `<name:...>`."""
    app.url_map.converters["name"] = NameConverter


@contextmanager
def outside() -> Iterator[None]:
    """Make whole addresses where no request is answered: in letters and on the command line."""
    settings: Settings = current_app.extensions["settings"]
    with current_app.test_request_context(base_url=settings.public_url or "http://127.0.0.1:8000"):
        yield
