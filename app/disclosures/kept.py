"""The public pages of a version as bytes, kept by the worker for as long as nothing is done anywhere.

Such a page says the same to everybody. It rests on its version, which never changes, on the day, and on what
was done since; and whatever is done leaves an audit event. So one query tells whether the bytes still hold,
and whether the version stands.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from flask import Response, request
from sqlalchemy.engine import Engine

from app.audit.models import AuditEvent
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound
from app.disclosures.models import Disclosure, DisclosureVersion
from app.identity.models import Site
from app.jobs.models import Job
from app.web.render import FOR_ANYBODY

MOST = 200


@dataclass(frozen=True, slots=True)
class Standing:
    """What has to be asked of a version each time it is read."""

    public_id: uuid.UUID
    stands: bool
    time_zone: str
    last_event: int | None
    late_events: int  # A transaction may commit after one that took a later number.


@dataclass(frozen=True, slots=True)
class Page:
    """The bytes of an answer, with the standing and the day they were made from."""

    made_from: tuple[Standing, date]
    body: bytes
    headers: tuple[tuple[str, str], ...]


_pages: WeakKeyDictionary[Engine, dict[tuple[str, ...], Page]] = WeakKeyDictionary()
_version, _disclosure, _job, _site = (model.__table__ for model in (DisclosureVersion, Disclosure, Job, Site))
RECENT = 100
_last = sa.select(sa.func.max(AuditEvent.sequence)).scalar_subquery()
_STANDING = (
    sa.select(
        _version.c.retracted_at.is_(None),
        _site.c.time_zone,
        _last,
        sa.select(sa.func.count()).where(AuditEvent.sequence > _last - RECENT).scalar_subquery(),
    )
    .select_from(_version)
    .join(_disclosure, _version.c.disclosure_id == _disclosure.c.id)
    .join(_job, _disclosure.c.job_id == _job.c.id)
    .join(_site, _job.c.site_id == _site.c.id)
    .where(_version.c.public_id == sa.bindparam("public_id"))
)
_CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE", "HTTP_IF_MATCH")


def standing_of(public_id: uuid.UUID) -> Standing:
    """How a version stands now; 404 for one that was never published."""
    found = db.session.connection().execute(_STANDING, {"public_id": public_id}).one_or_none()
    if found is None:
        raise NotFound
    return Standing(public_id, *found)


def kept(standing: Standing, make: Callable[[], Response]) -> Response:
    """The answer to this request, made only if it is not kept from before."""
    pages = _pages.setdefault(db.engine, {})
    key = (request.endpoint or "", str(standing.public_id), request.host_url)
    made_from = (standing, clock.today(standing.time_zone))
    page = pages.get(key)
    if page is None or page.made_from != made_from:
        response = make()
        response.add_etag()
        headers = [(name, response.headers[name]) for name in ("Content-Type", "ETag")]
        page = Page(made_from, response.get_data(), (*headers, ("Cache-Control", FOR_ANYBODY)))
        if len(pages) >= MOST:
            pages.clear()
        pages[key] = page
    response = Response(page.body, headers=list(page.headers))
    if any(name in request.environ for name in _CONDITIONS):
        response.make_conditional(request)
    return response


def forget() -> None:
    """Let go of every page, as a new worker begins."""
    _pages.clear()
