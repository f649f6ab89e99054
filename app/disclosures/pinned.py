"""Who holds on to a version they read, and has to be told when a newer one is heavier."""

import json
from collections.abc import Callable, Mapping

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.candidates.models import Application
from app.core.db import db
from app.disclosures.comparing import worsened
from app.disclosures.models import Acknowledgement, DisclosureVersion
from app.outbox import services as outbox

Joining = Callable[[int], Mapping[int, DisclosureVersion]]

_joining: list[Joining] = []


def joins(find: Joining) -> Joining:
    """Register who, of a job, accepted an offer and has not started: by application, what they accepted."""
    _joining.append(find)
    return find


def pinned(job_id: int) -> dict[int, DisclosureVersion]:
    """By application, the version that each active candidate acknowledged last, or that a hire accepted."""
    rows = db.session.scalars(
        sa.select(Acknowledgement)
        .join(Acknowledgement.application)
        .options(joinedload(Acknowledgement.version))
        .where(
            Application.job_id == job_id,
            Application.withdrawn_at.is_(None),
            Application.decided_at.is_(None),
        )
        .order_by(Acknowledgement.id)
    )
    found = {row.application_id: row.version for row in rows}
    for find in _joining:
        found |= find(job_id)
    return found


def tell_of(version: DisclosureVersion) -> int:
    """Post a letter to each of them for whom this version is heavier by a tenth or more in any value."""
    document, told = json.loads(version.document), 0
    for application_id, read in pinned(version.job_id).items():
        if read.id != version.id and worsened(json.loads(read.document), document):
            told += 1
            outbox.post(
                "disclosure got heavier",
                key=f"disclosure got heavier {version.id} {application_id}",
                application=application_id,
                version=version.id,
            )
    return told
