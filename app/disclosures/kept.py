"""The public pages of a version as bytes, kept by the worker for as long as nothing is done anywhere.

Such a page says the same to everybody. It rests on its version, which never changes, on the day, and on what
was done since; and whatever is done leaves an audit event. So one question tells whether everything that is
kept still holds.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from flask import Response, request
from sqlalchemy.engine import Engine

from app.audit.queries import Latest, latest
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound
from app.disclosures.models import Disclosure, DisclosureVersion
from app.identity.models import Site
from app.jobs.models import Job
from app.web.render import FOR_ANYBODY

MOST_VERSIONS, MOST_PAGES = 200, 20


@dataclass(frozen=True, slots=True)
class Page:
    """The bytes of an answer."""

    body: bytes
    headers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What the policy asks of a version, and the pages that were made of it since anything was done."""

    public_id: uuid.UUID
    stands: bool
    time_zone: str
    pages: dict[tuple[str, str, str, date], Page] = field(default_factory=dict)


_kept: WeakKeyDictionary[Engine, tuple[Latest, dict[uuid.UUID, Standing]]] = WeakKeyDictionary()
_version, _disclosure, _job, _site = (model.__table__ for model in (DisclosureVersion, Disclosure, Job, Site))
_STANDING = (
    sa.select(_version.c.retracted_at.is_(None), _site.c.time_zone)
    .select_from(_version)
    .join(_disclosure, _version.c.disclosure_id == _disclosure.c.id)
    .join(_job, _disclosure.c.job_id == _job.c.id)
    .join(_site, _job.c.site_id == _site.c.id)
    .where(_version.c.public_id == sa.bindparam("public_id"))
)
_CONDITIONS = {"HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE", "HTTP_IF_MATCH"}


def standing_of(public_id: uuid.UUID) -> Standing:
    """How a version stands now; 404 for one that was never published."""
    now, engine = latest(), db.engine  # Asked before anything is read, so that what is read is no older.
    since, standings = _kept.get(engine, (None, {}))
    if since != now or len(standings) >= MOST_VERSIONS:
        standings = {}  # A new one: another thread may still put into the old one what it read before.
        _kept[engine] = now, standings
    if public_id not in standings:
        found = db.session.connection().execute(_STANDING, {"public_id": public_id}).one_or_none()
        if found is None:
            raise NotFound
        standings[public_id] = Standing(public_id, *found)
    return standings[public_id]


def kept(standing: Standing, make: Callable[[], Response]) -> Response:
    """The answer to this request, made only if it is not kept from before."""
    environ, pages = request.environ, standing.pages
    key = (
        request.endpoint or "",
        environ["wsgi.url_scheme"],
        environ.get("HTTP_HOST", ""),
        clock.today(standing.time_zone),
    )
    page = pages.get(key)
    if page is None:
        response = make()
        response.add_etag()
        headers = [(name, response.headers[name]) for name in ("Content-Type", "ETag")]
        page = Page(response.get_data(), (*headers, ("Cache-Control", FOR_ANYBODY)))
        if len(pages) >= MOST_PAGES:
            pages.clear()
        pages[key] = page
    response = Response(page.body, headers=list(page.headers))
    if not _CONDITIONS.isdisjoint(environ):
        response.make_conditional(request)
    return response


def forget() -> None:
    """Let go of everything, as a new worker begins."""
    _kept.clear()
