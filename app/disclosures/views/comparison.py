"""What changed: since the version a candidate acknowledged, and between any two published documents."""

import uuid
from collections.abc import Sequence
from typing import Any

from flask import Response, g, request

from app.candidates import queries as candidates
from app.disclosures import queries
from app.disclosures.changes import changes, drift, side_by_side
from app.disclosures.models import DisclosureVersion
from app.disclosures.shown import document_of, shown, zone_of
from app.disclosures.upkeep.queries import standing_versions
from app.disclosures.views.blueprint import bp
from app.disclosures.views.public import retracted
from app.identity.queries import get_employer
from app.policy import NOBODY, Act, decide
from app.web.guard import acts
from app.web.render import kept_by_anybody, render
from app.web.viewer import actor


@bp.get("/c/<token>/changes", endpoint="changes")
@acts(Act.READ_BY_LINK)
def personal_changes(token: str) -> Response:
    """What changed since the version that the holder of a link acknowledged last."""
    link = candidates.get_link(actor(), token, Act.READ_BY_LINK)
    g.time_zone = link.application.job.site.time_zone
    read, version = queries.acknowledgement_of(link.application), queries.latest(link.job_id)
    differ = read and version and read.version.stands and read.version_id != version.id
    before, after = (document_of(read.version), document_of(version)) if read and version else (None, None)
    return render(
        "disclosures/changes.html",
        link=link,
        token=token,
        read=read,
        version=version,
        changes=changes(before, after) if differ and before and after else [],
        drift=drift(before, after) if differ and before and after else "",
        employer=get_employer(),
        viewer=None,
    )


@bp.get("/disclosures/<uuid:version_id>/beside")
@acts(Act.READ_DISCLOSURE)
def beside(version_id: uuid.UUID) -> Response:
    """A version beside an earlier one of its job, or beside another job; which one, the address says."""
    version = queries.get_version(version_id)
    g.time_zone = zone_of(version)
    if not decide(NOBODY, Act.READ_DISCLOSURE, version):
        return retracted(version)
    earlier = [one for one in queries.standing_of(version.disclosure_id) if one.id != version.id]
    jobs = [one for one in standing_versions() if one.disclosure_id != version.disclosure_id]
    other = _chosen([*earlier, *jobs])
    context: dict[str, Any] = {"version": version, "earlier": earlier, "jobs": jobs, "other": other}
    if other is not None and other in jobs:
        context["groups"] = side_by_side(
            document_of(version),
            document_of(other),
            (shown(version, zone_of(version)).ages, shown(other, zone_of(other)).ages),
        )
    elif other is not None:
        first, last = sorted((version, other), key=lambda one: one.number)
        before, after = document_of(first), document_of(last)
        context |= {"first": first, "last": last, "changes": changes(before, after)}
        context["drift"] = drift(before, after)
    return kept_by_anybody(render("disclosures/beside.html", viewer=None, **context))


def _chosen(offered: Sequence[DisclosureVersion]) -> DisclosureVersion | None:
    """The one that the address names, if it is among those that may be compared."""
    return next((one for one in offered if str(one.public_id) == request.args.get("with")), None)
