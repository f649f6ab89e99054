"""A job's draft: its fields, and what they add up to while they are typed."""

import uuid
from typing import Any

from flask import Response

from app.core import clock
from app.core.errors import Conflict, Invalid
from app.disclosures import document, queries, rules, services
from app.disclosures.catalogue import FIELDS, GROUPS
from app.disclosures.forms import DisclosureForm
from app.disclosures.publication import content_of
from app.disclosures.reading import Reading
from app.disclosures.reporting import sums
from app.disclosures.views.blueprint import bp
from app.jobs import queries as jobs
from app.jobs.models import Job
from app.policy import Act, check, decide
from app.web.guard import acts
from app.web.render import render, see_other
from app.web.viewer import actor

LABELS = {
    **{field.key: field.label for field in FIELDS},
    **{group.source_key: f"Source of {group.label.lower()}" for group in GROUPS},
}


@bp.route("/jobs/<uuid:job_id>/disclosure", methods=["GET", "POST"])
@acts(Act.SEE_DISCLOSURE, Act.EDIT_DISCLOSURE)
def editor(job_id: uuid.UUID) -> Response:
    job = jobs.get_job(actor(), job_id, Act.SEE_DISCLOSURE)
    draft = queries.draft_of(job)
    saved, version = queries.facts_of(draft), draft.version if draft else 0
    form = DisclosureForm(saved, version)
    if not form.is_submitted():
        return _editor_page(job, form, saved=draft is not None)
    if form.validate():
        try:
            services.save(actor(), job, version=form.version.data or 0, facts=form.facts)
        except Invalid as error:
            form.refuse(error)
        except Conflict:
            form.show_version(version)
            return _editor_page(job, form, theirs=form.differences(saved), status=409)
        else:
            return see_other("disclosures.editor", job_id=job.public_id)
    return _editor_page(job, form, status=422)


def _editor_page(job: Job, form: DisclosureForm, **context: Any) -> Response:
    return render(
        "disclosures/editor.html",
        job=job,
        form=form,
        labels=LABELS,
        may_edit=decide(actor(), Act.EDIT_DISCLOSURE, job),
        **_live(job, form),
        **context,
    )


@bp.post("/jobs/<uuid:job_id>/disclosure/preview")
@acts(Act.EDIT_DISCLOSURE)
def preview(job_id: uuid.UUID) -> Response:
    job = jobs.get_job(actor(), job_id)
    check(actor(), Act.EDIT_DISCLOSURE, job)
    form = DisclosureForm({}, 0)
    if form.validate():
        try:
            rules.check_facts(form.facts, today=clock.today(job.site.time_zone))
        except Invalid as error:
            form.refuse(error)
    return render("disclosures/_preview.html", **_live(job, form))


def _live(job: Job, form: DisclosureForm) -> dict[str, Any]:
    """What the facts of a form add up to; nothing while one of them is refused."""
    facts = rules.effective(form.facts)
    found = None if form.refused else sums(facts)
    content = content_of(job, facts, found) if found else None
    return {
        "groups": GROUPS,
        "refused": form.refused,
        "sums": found,
        "completeness": rules.completeness(facts),
        "reading": Reading(document.numbered(content, 0)) if content else None,
    }
