"""What an address may hold besides numbers and random ids."""

from flask import Flask
from werkzeug.routing import BaseConverter


class NameConverter(BaseConverter):
    """A name that people gave, such as a pack's: small letters, digits and hyphens."""

    regex = r"[a-z0-9]+(?:-[a-z0-9]+)*"


def init(app: Flask) -> None:
    """Let rules say `<name:...>`."""
    app.url_map.converters["name"] = NameConverter
