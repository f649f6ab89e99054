"""Requests that carry more than a form does: the view says how much, before anything of it is read."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, request

View = TypeVar("View", bound=Callable[..., Any])


def takes(size: int) -> Callable[[View], View]:
    """Let a view take requests of so many bytes, also in fields that are no files."""

    def mark(view: View) -> View:
        view.takes = size  # type: ignore[attr-defined]  # a function may carry marks
        return view

    return mark


def init(app: Flask) -> None:
    """Widen the limits of such a request."""

    @app.before_request
    def widen() -> None:
        size: int | None = getattr(app.view_functions.get(request.endpoint or ""), "takes", None)
        if size is not None:
            request.max_content_length = request.max_form_memory_size = size
