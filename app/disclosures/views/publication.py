"""Publishing a job's draft, asking for its review, its versions, and taking one of them back."""

import uuid
from typing import Any

from flask import Response, url_for

from app.core.errors import Conflict, Invalid
from app.disclosures import queries, services
from app.disclosures.forms import PublicationForm, RetractionForm
from app.disclosures.publication import Publication, prepare
from app.disclosures.reading import Reading
from app.disclosures.reviewing import queries as reviewing
from app.disclosures.reviewing import services as reviews
from app.disclosures.reviewing.forms import AskForm
from app.disclosures.views.blueprint import bp
from app.disclosures.views.words import field_words, since_the_standing
from app.identity.models import Person
from app.jobs import queries as jobs
from app.jobs.models import Job
from app.policy import Act, check, decide
from app.web.guard import acts
from app.web.render import render, see_other
from app.web.verbs import chosen
from app.web.viewer import actor


@bp.get("/jobs/<uuid:job_id>/disclosure/publication")
@acts(Act.SEE_DISCLOSURE)
def publication(job_id: uuid.UUID) -> Response:
    return _publication_page(jobs.get_job(actor(), job_id, Act.SEE_DISCLOSURE))


@bp.post("/jobs/<uuid:job_id>/disclosure/publication")
@acts(Act.PUBLISH_DISCLOSURE, Act.ASK_FOR_REVIEW)
def publish(job_id: uuid.UUID) -> Response:
    """Publish the draft, or ask people of the team to review it."""
    job = jobs.get_job(actor(), job_id, Act.SEE_DISCLOSURE)
    return _publish(job) if chosen("publish", "ask") == "publish" else _ask(job)


def _publish(job: Job) -> Response:
    form = PublicationForm()
    check(actor(), Act.PUBLISH_DISCLOSURE, job)
    try:
        services.publish(
            actor(),
            job,
            digest=form.digest.data or "",
            note=form.note.data or "",
            new_post=form.new_post.data or "",
        )
    except Conflict as refusal:
        form.refuse_fields({"": refusal.message})
        return _publication_page(job, form, status=409)
    except Invalid as error:
        form.refuse(error)
        return _publication_page(job, form, status=422)
    return see_other("disclosures.publication", job_id=job.public_id, anchor="versions")


def _ask(job: Job) -> Response:
    check(actor(), Act.ASK_FOR_REVIEW, job)
    prepared = prepare(job)
    people = {str(person.public_id): person for person in _to_ask(prepared, job)}
    asked = _offered(prepared, job)
    if not asked.validate():
        return _publication_page(job, asked=asked, status=422)
    try:
        reviews.ask(actor(), job, [people[key] for key in asked.people.data or []])
    except Conflict as refusal:
        asked.refuse_fields({"": refusal.message})
        return _publication_page(job, asked=asked, status=409)
    return see_other("disclosures.publication", job_id=job.public_id, anchor="review")


def _to_ask(prepared: Publication, job: Job) -> list[Person]:
    """Who of the team may still review the draft: everybody who wrote none of it and has not yet."""
    done = {row.person_id for row in prepared.rows if row.digest == prepared.content_digest}
    others = prepared.draft.author_ids | done
    return [person for person in reviewing.team_of(job) if person.id not in others]


def _offered(prepared: Publication, job: Job, **more: Any) -> AskForm:
    return AskForm(**more).offer([(str(one.public_id), one.name) for one in _to_ask(prepared, job)])


def _publication_page(
    job: Job, form: PublicationForm | None = None, asked: AskForm | None = None, *, status: int = 200
) -> Response:
    prepared = prepare(job)
    exact = [row for row in prepared.rows if row.digest == prepared.content_digest]
    outdated = prepared.outdated
    return render(
        "disclosures/publication.html",
        job=job,
        form=form or PublicationForm(formdata=None),
        asked=asked or _offered(prepared, job, formdata=None),
        publication=prepared,
        reading=Reading(prepared.document) if prepared.document else None,
        **since_the_standing(prepared),
        reviews=exact,
        outdated=outdated,
        changed=field_words(reviewing.changed_since(job, outdated[0].created_at)) if outdated else [],
        address=url_for("disclosures.review", job_id=job.public_id, _external=True),
        versions=prepared.versions,
        may_publish=decide(actor(), Act.PUBLISH_DISCLOSURE, job),
        status=status,
    )


@bp.route("/disclosures/<uuid:version_id>/retraction", methods=["GET", "POST"])
@acts(Act.RETRACT_DISCLOSURE)
def retraction(version_id: uuid.UUID) -> Response:
    version = queries.get_own_version(actor(), version_id)
    check(actor(), Act.RETRACT_DISCLOSURE, version)
    form = RetractionForm()
    if form.validate_on_submit():
        try:
            services.retract(actor(), version, reason=form.reason.data or "")
        except Invalid as error:
            form.refuse(error)
        else:
            return see_other(
                "disclosures.publication", job_id=version.disclosure.job.public_id, anchor="versions"
            )
    return render(
        "disclosures/retraction.html", version=version, form=form, status=422 if form.is_submitted() else 200
    )
