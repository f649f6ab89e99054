"""Your week: the reader's numbers in the published arithmetic. Addresses only, nothing is kept."""

import uuid
from typing import Any

from flask import Response, g, request

from app.candidates import queries as candidates
from app.disclosures import my_week as own
from app.disclosures import queries
from app.disclosures.bars import Chart, balance_in_words, draw
from app.disclosures.document import Document
from app.disclosures.models import DisclosureVersion
from app.disclosures.my_week import Added
from app.disclosures.my_week_form import MyWeekForm
from app.disclosures.shown import shown, zone_of
from app.disclosures.views.blueprint import bp
from app.disclosures.views.public import retracted
from app.identity.queries import get_employer
from app.policy import NOBODY, Act, decide
from app.web.guard import acts
from app.web.render import render
from app.web.viewer import actor


@bp.get("/c/<token>/week")
@acts(Act.READ_BY_LINK)
def my_week(token: str) -> Response:
    """A candidate's own numbers in the sums of the version that stands."""
    link = candidates.get_link(actor(), token, Act.READ_BY_LINK)
    zone = link.application.job.site.time_zone
    return _page(queries.latest(link.job_id), zone, link=link, token=token, employer=get_employer())


@bp.get("/disclosures/<uuid:version_id>/week")
@acts(Act.READ_DISCLOSURE)
def public_week(version_id: uuid.UUID) -> Response:
    """The same for anybody, without a name."""
    version = queries.get_version(version_id)
    if not decide(NOBODY, Act.READ_DISCLOSURE, version):
        return retracted(version)
    return _page(version, zone_of(version))


def _page(version: DisclosureVersion | None, zone: str, **context: Any) -> Response:
    g.time_zone = zone
    if version is None:
        return render("disclosures/my_week.html", version=None, viewer=None, **context)
    found = shown(version, zone)
    document, reading = found.document, found.reading
    published = own.theirs(document)
    form = MyWeekForm.asked(request.args, published)
    added = _added(form, document) if form.validate() else None
    return render(
        "disclosures/my_week.html",
        fragment="disclosures/_my_week.html",
        version=version,
        reading=reading,
        published=published,
        form=form,
        added=added,
        words=balance_in_words(added.budget.balance) if added else "",
        chart=_chart(document, added, reading.bad_because) if added else None,
        viewer=None,
        status=200 if added else 422,
        **context,
    )


def _added(form: MyWeekForm, document: Document) -> Added | None:
    """The sum of what is typed; None when it cannot be, which is then said at the field."""
    if problems := own.impossible(document, form.own):
        form.refuse_fields(problems)
        return None
    return own.add_up(document, form.own)


def _chart(document: Document, added: Added, bad_because: str) -> Chart:
    weeks = {"yours": own.as_minutes(added.budget), **document["budget"]}
    return draw(weeks, bad_because=bad_because, period=document.get("period", "week"))
