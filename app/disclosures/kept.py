"""The public pages of a version as bytes, with which a worker answers while nothing is done anywhere.

Such a page says the same to everybody. It rests on its version, which never changes, on the day, and on what
was done since; and whatever is done leaves an audit event. So one question tells whether everything that is
kept still holds, and then the application need not be asked, as it is not for a static file.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from weakref import WeakKeyDictionary
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment
from zoneinfo import ZoneInfo

from flask import Flask, Response, g, request
from sqlalchemy.engine import Engine

from app.audit.queries import Latest, latest
from app.core import clock
from app.core.db import db
from app.web import logs
from app.web.render import kept_by_anybody

MOST_PAGES = 200
SENT = ("Content-Type", "Content-Length", "ETag", "Cache-Control")
# A request with one of these may be answered with less than the page.
_CONDITIONS = frozenset({"HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_MATCH", "HTTP_RANGE"})

Key = tuple[str, str, str]  # Scheme, host and path.


@dataclass(frozen=True, slots=True)
class Page:
    """The bytes of an answer, and the day in a time zone on which they hold."""

    endpoint: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    day: date
    time_zone: str

    @property
    def is_of_today(self) -> bool:
        return clock.today(self.time_zone) == self.day


_kept: WeakKeyDictionary[Engine, tuple[Latest, dict[Key, Page]]] = WeakKeyDictionary()


def keep(make: Callable[[], Response]) -> Response:
    """What this makes, in the time zone that it puts into `g`, kept for whoever asks for the same page today.

    Everything that it rests on is read in `make`: read before, it could be older than what was done last.
    """
    engine, now, instant = db.engine, latest(db.engine), clock.now()
    response = kept_by_anybody(make())
    if request.method != "GET" or response.status_code != 200:
        return response
    since, pages = _kept.get(engine, (None, {}))
    if since != now or len(pages) >= MOST_PAGES:
        pages = {}  # A new one: another thread may still put into the old one what it read before.
        _kept[engine] = now, pages
    pages[_key(request.environ)] = Page(
        endpoint=request.endpoint or "",
        headers=tuple((name, response.headers[name]) for name in SENT),
        body=response.get_data(),
        day=instant.astimezone(ZoneInfo(g.time_zone)).date(),
        time_zone=g.time_zone,
    )
    return response


class KeptFirst:
    """WSGI middleware that answers with what is kept, and leaves every other request to the application."""

    def __init__(self, wrapped: WSGIApplication, app: Flask) -> None:
        self._wrapped, self._app = wrapped, app
        self._engine: Engine | None = None

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        began = time.perf_counter()
        page = self._kept(environ) if _is_plain(environ) else None
        if page is None:
            return self._wrapped(environ, start_response)
        number = logs.new_id()
        start_response("200 OK", [*page.headers, (logs.HEADER, number)])
        logs.answered(number, method="GET", endpoint=page.endpoint, status=200, began=began)
        return [page.body]

    def _kept(self, environ: WSGIEnvironment) -> Page | None:
        if self._engine is None:
            with self._app.app_context():
                self._engine = db.engine
        since, pages = _kept.get(self._engine, (None, {}))
        page = pages.get(_key(environ))
        try:
            return page if page and page.is_of_today and latest(self._engine) == since else None
        except Exception:  # Without a database the application is asked, and says what is wrong.
            return None


def _is_plain(environ: WSGIEnvironment) -> bool:
    return environ["REQUEST_METHOD"] == "GET" and not _CONDITIONS & environ.keys()


def _key(environ: WSGIEnvironment) -> Key:
    path = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
    return environ["wsgi.url_scheme"], environ.get("HTTP_HOST", ""), path


def forget() -> None:
    """Let go of everything, as a new worker begins."""
    _kept.clear()
