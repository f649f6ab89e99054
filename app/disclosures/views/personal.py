"""A candidate's own page of the disclosure, and what they acknowledge."""

import uuid

from flask import Response, g

from app.candidates import queries as candidates
from app.candidates.models import CandidateLink
from app.core.errors import Conflict, Invalid, NotFound
from app.disclosures import queries, services
from app.disclosures.forms import AcknowledgementForm
from app.disclosures.models import DisclosureVersion
from app.disclosures.shown import shown
from app.disclosures.views.blueprint import bp
from app.identity.queries import get_employer
from app.policy import Act
from app.web.guard import acts
from app.web.render import render, see_other
from app.web.viewer import actor


@bp.get("/c/<token>")
@acts(Act.READ_BY_LINK)
def personal(token: str) -> Response:
    link = candidates.get_link(actor(), token, Act.READ_BY_LINK)
    return _personal_page(link, token, queries.latest(link.job_id))


@bp.post("/c/<token>")
@acts(Act.ACKNOWLEDGE)
def acknowledge(token: str) -> Response:
    link = candidates.get_link(actor(), token, Act.ACKNOWLEDGE)
    form = AcknowledgementForm()
    version = queries.get_version_of(link.job_id, _uuid(form.version.data))
    if form.validate():
        try:
            services.acknowledge(actor(), link, version, typed_name=form.name.data or "")
        except Invalid as error:
            form.refuse(error)
        except Conflict as refusal:
            return _personal_page(
                link, token, queries.latest(link.job_id), notice=refusal.message, status=409
            )
        else:
            return see_other("disclosures.personal", token=token, anchor="acknowledgement")
    return _personal_page(link, token, version, form=form, status=422)


def _uuid(text: str | None) -> uuid.UUID:
    try:
        return uuid.UUID(text or "")
    except ValueError:
        raise NotFound from None


def _personal_page(
    link: CandidateLink,
    token: str,
    version: DisclosureVersion | None,
    *,
    form: AcknowledgementForm | None = None,
    notice: str = "",
    status: int = 200,
) -> Response:
    g.time_zone = link.application.job.site.time_zone
    return render(
        "disclosures/personal.html",
        link=link,
        token=token,
        version=version,
        reading=shown(version, g.time_zone).reading if version else None,
        acknowledgement=queries.acknowledgement_of(link.application),
        form=form or AcknowledgementForm(formdata=None, version=version.public_id if version else ""),
        notice=notice,
        employer=get_employer(),
        viewer=None,
        status=status,
    )
