"""The audit log as a page: what happened, by whom, to what; ids and field names, never what people typed."""

import uuid
from collections.abc import Iterable

from flask import Blueprint, Response, request

from app.audit import queries as audit
from app.audit.events import PERSON_FACTS, Event
from app.audit.models import AuditEvent
from app.identity import queries as identity
from app.policy import Act
from app.scoring.queries import sealed_jobs
from app.web.guard import acts
from app.web.paging import SIZE, Page, page_number
from app.web.render import render
from app.web.viewer import actor

bp = Blueprint("audit", __name__, template_folder="templates")


@bp.get("/audit")
@acts(Act.SEE_AUDIT)
def index() -> Response:
    """Fifty events a page, of one kind or of all."""
    asked = request.args.get("event", "")
    event = Event(asked) if asked in set(Event) else None
    sealed = sealed_jobs(actor())
    shown = Page(page_number(), audit.count_events(actor(), event, sealed_jobs=sealed))
    events = audit.list_events(actor(), event, sealed_jobs=sealed, offset=shown.offset, limit=SIZE)
    return render(
        "overview/audit.html",
        events=events,
        actors=identity.names_by_id({one.actor_id for one in events if one.actor_id}),
        people=identity.names_by_public_id(_people_in(events)),
        person_facts=PERSON_FACTS,
        shown=shown,
        chosen=event,
        catalogue=list(Event),
        is_sealed=bool(sealed),
        is_asking_left_out=bool(audit.jobs_without_asking(actor())),
    )


def _people_in(events: Iterable[AuditEvent]) -> set[uuid.UUID]:
    """The public ids of the people whom events are about."""
    facts = [one.facts_by_name for one in events]
    return {uuid.UUID(one[name]) for one in facts for name in PERSON_FACTS & one.keys()}
