"""The one place that knows htmx-flask, so that nothing else depends on it."""

from typing import cast

from flask import Flask, request
from htmx_flask import Htmx
from htmx_flask.requests import HtmxAwareRequest


def init(app: Flask) -> None:
    """Teach requests whether htmx sent them."""
    Htmx(app)


def wants_fragment() -> bool:
    """Whether htmx asked, outside a boosted page load or a history restore, which want whole pages."""
    htmx = cast(HtmxAwareRequest, request).htmx
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request
