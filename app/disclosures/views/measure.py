"""Values for a draft from a file of visits: measured, shown beside the draft, and taken once confirmed."""

import uuid
from typing import TYPE_CHECKING, Any

from flask import Response, request

from app.core import clock
from app.core.errors import Conflict, Invalid
from app.disclosures import queries, services
from app.disclosures.measuring import taking
from app.disclosures.measuring.forms import FileForm, TakeForm
from app.disclosures.values import period_of
from app.disclosures.views.blueprint import bp
from app.jobs import queries as jobs
from app.jobs.models import Job
from app.policy import Act, check
from app.web.guard import acts
from app.web.render import render, see_other
from app.web.uploads import takes
from app.web.verbs import chosen
from app.web.viewer import actor

if TYPE_CHECKING:
    from app.disclosures.measuring.reporting import Found

LARGEST_FILE = 10 * 1024 * 1024
LARGEST_REQUEST = LARGEST_FILE + 64 * 1024  # with the other fields of its form


@bp.route("/jobs/<uuid:job_id>/disclosure/measure", methods=["GET", "POST"])
@acts(Act.EDIT_DISCLOSURE)
@takes(LARGEST_REQUEST)
def measure(job_id: uuid.UUID) -> Response:
    job = jobs.get_job(actor(), job_id, Act.SEE_DISCLOSURE)
    check(actor(), Act.EDIT_DISCLOSURE, job)
    if request.method == "GET":
        return _page(job, FileForm())
    return _take(job, TakeForm()) if chosen("measure", "take") == "take" else _measure(job, FileForm())


def _measure(job: Job, form: FileForm) -> Response:
    """Read the file and show what it says; nothing of it is kept."""
    from app.disclosures.measuring import reporting  # It brings NumPy, which no other page needs.

    if not form.validate():
        return _page(job, form, status=422)
    draft = queries.draft_of(job)
    try:
        found = reporting.measure(
            form.stream,
            today=clock.today(job.site.time_zone),
            period=period_of(queries.facts_of(draft)),
            paid_from=form.paid_from.data,
            paid_until=form.paid_until.data,
        )
    except Invalid as error:
        form.refuse(error)
        return _page(job, form, status=422)
    measured = taking.facts(found.measured, job.profile)
    return _page(job, form, TakeForm(measured, version=draft.version if draft else 0), found=found)


def _take(job: Job, form: TakeForm) -> Response:
    """Save what is ticked into the draft."""
    draft = queries.draft_of(job)
    saved = queries.facts_of(draft)
    status = 422
    if form.validate():
        try:
            services.save(actor(), job, version=form.expected, facts=form.chosen(saved))
        except Invalid as error:
            form.refuse(error)
        except Conflict as refusal:
            form.refuse_fields({"": f"{refusal.message} Below is what it says now."})
            form.show_version(draft.version if draft else 0)
            status = 409
        else:
            return see_other("disclosures.editor", job_id=job.public_id)
    return _page(job, FileForm(formdata=None), form, status=status)


def _page(
    job: Job, form: FileForm, take: TakeForm | None = None, *, found: "Found | None" = None, status: int = 200
) -> Response:
    context: dict[str, Any] = {}
    if take is not None:
        saved = queries.facts_of(queries.draft_of(job))
        context = {"offers": take.offers(saved), "period": period_of(saved)}
    if found is not None:
        context |= {
            "measured": found.measured,
            "unmeasured": taking.unmeasured(found.measured, job.profile),
            "at_least": taking.at_least(found.measured),
        }
    return render(
        "disclosures/measure.html", job=job, form=form, take=take, found=found, status=status, **context
    )
