"""The page on which somebody of the team reads a draft as it would be published, and signs it off."""

import uuid

from flask import Response

from app.core.errors import Conflict, Invalid
from app.disclosures import queries
from app.disclosures.publication import prepare
from app.disclosures.reading import Reading
from app.disclosures.reviewing import queries as reviewing
from app.disclosures.reviewing import services
from app.disclosures.reviewing.forms import ReviewForm
from app.disclosures.views.blueprint import bp
from app.disclosures.views.words import field_words, since_the_standing
from app.jobs import queries as jobs
from app.jobs.models import Job
from app.policy import Act, check, decide
from app.web.guard import acts
from app.web.render import render, see_other
from app.web.viewer import actor


@bp.route("/jobs/<uuid:job_id>/disclosure/review", methods=["GET", "POST"])
@acts(Act.SEE_REVIEW, Act.REVIEW_DISCLOSURE)
def review(job_id: uuid.UUID) -> Response:
    job = jobs.get_job(actor(), job_id, Act.SEE_REVIEW)
    form = ReviewForm()
    if not form.is_submitted():
        return _page(job, form)
    check(actor(), Act.REVIEW_DISCLOSURE, reviewing.reviewable(job, queries.draft_of(job)))
    if not form.validate():
        return _page(job, form, status=422)
    try:
        services.review(
            actor(),
            job,
            digest=form.digest.data or "",
            is_in_role=form.in_role.data == "yes",
            dissent=form.dissent.data or "",
            is_meant=bool(form.is_meant.data),
        )
    except Invalid as error:
        form.refuse(error)
        return _page(job, form, points=True, status=422)
    except Conflict as refusal:
        form.refuse_fields({"": refusal.message})
        return _page(job, form, status=409)
    return see_other("disclosures.review", job_id=job.public_id, anchor="signed")


def _page(job: Job, form: ReviewForm, *, points: bool = False, status: int = 200) -> Response:
    prepared = prepare(job)
    mine = [row for row in prepared.rows if row.person_id == actor().id]
    exact = next((row for row in mine if row.digest == prepared.content_digest), None)
    changed = reviewing.changed_since(job, mine[0].created_at) if mine and not exact else []
    return render(
        "disclosures/review.html",
        job=job,
        form=form,
        points=points,
        publication=prepared,
        reading=Reading(prepared.document) if prepared.document else None,
        **since_the_standing(prepared),
        mine=exact,
        earlier=mine[0] if mine and not exact else None,
        changed=field_words(changed),
        may_review=decide(actor(), Act.REVIEW_DISCLOSURE, prepared.draft),
        status=status,
    )
