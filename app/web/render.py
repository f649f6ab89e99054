"""Rendering: a page, or the fragment of it that htmx asked for; and the way every POST ends."""

from collections.abc import MutableMapping
from contextlib import suppress
from typing import Any

from flask import Flask, Response, make_response, redirect, render_template, request, url_for
from flask.templating import Environment
from jinja2 import FileSystemBytecodeCache

from app.web.htmx import wants_fragment

FOR_ANYBODY = "public, max-age=300"


class Templates(Environment):
    """Flask's environment; a template without globals of its own takes those of all as they are.

    Jinja lays the template's own over them, and goes through both for each page and each import.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


def init(app: Flask) -> None:
    """Keep compiled templates in a folder that only this user can read, so that no start does it again."""
    with suppress(RuntimeError):  # No such folder can be made here; then each process compiles its own.
        app.jinja_env.bytecode_cache = FileSystemBytecodeCache()


def render(page: str, *, fragment: str | None = None, status: int = 200, **context: Any) -> Response:
    """Render a page, or only its fragment when htmx asks for one; `Vary` says that this decides."""
    template = fragment if fragment and wants_fragment() else page
    response = make_response(render_template(template, **context), status)
    if fragment:
        response.vary.add("HX-Request")
    return response


def arrived(event: str, *, at: str) -> Response:
    """Answer a successful sign-in: 303 to where it leads, or for htmx an event on the page that is open."""
    if wants_fragment():
        return Response(status=204, headers={"HX-Trigger": event})
    return Response(status=303, headers={"Location": at})


def see_other(endpoint: str, *, anchor: str | None = None, **values: Any) -> Response:
    """Answer a successful POST: 303 to the page that shows what it did (for htmx, a redirect it follows)."""
    location = url_for(endpoint, _anchor=anchor, **values)
    if wants_fragment():
        return Response(status=204, headers={"HX-Redirect": location})
    response = redirect(location, 303)
    return make_response(response)


def kept_by_anybody(response: Response) -> Response:
    """Let caches keep an answer that is the same for everybody, for five minutes because it may change."""
    response.headers["Cache-Control"] = FOR_ANYBODY
    response.add_etag()
    response.make_conditional(request)
    return response
