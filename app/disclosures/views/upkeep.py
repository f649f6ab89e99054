"""The page on which a published version is looked at again, and on which changes are recorded."""

import json
import uuid
from decimal import Decimal

from flask import Response

from app.core import clock
from app.core.errors import Invalid, NotFound
from app.disclosures import queries
from app.disclosures.document import Document
from app.disclosures.freshness import Freshness, dated, of_them, why_stale
from app.disclosures.models import DisclosureVersion, Trigger
from app.disclosures.upkeep import queries as since
from app.disclosures.upkeep import services
from app.disclosures.upkeep.forms import AttestationForm, ChangeForm
from app.disclosures.views.blueprint import bp
from app.jobs import queries as jobs
from app.jobs.models import Job
from app.policy import Act, check, decide
from app.web.guard import acts
from app.web.render import render, see_other
from app.web.verbs import chosen
from app.web.viewer import actor


@bp.get("/jobs/<uuid:job_id>/disclosure/upkeep")
@acts(Act.SEE_UPKEEP)
def upkeep(job_id: uuid.UUID) -> Response:
    return _page(jobs.get_job(actor(), job_id, Act.SEE_UPKEEP))


@bp.post("/jobs/<uuid:job_id>/disclosure/upkeep")
@acts(Act.ATTEST_DISCLOSURE, Act.RECORD_CHANGE)
def keep(job_id: uuid.UUID) -> Response:
    """Confirm the newest version, or record what changed since."""
    job = jobs.get_job(actor(), job_id, Act.SEE_UPKEEP)
    version = queries.latest(job.id)
    if version is None:
        raise NotFound
    return _attest(job, version) if chosen("attest", "record") == "attest" else _record(job, version)


def _attest(job: Job, version: DisclosureVersion) -> Response:
    check(actor(), Act.ATTEST_DISCLOSURE, version)
    form = AttestationForm()
    try:
        services.attest(actor(), version, note=form.note.data or "")
    except Invalid as error:
        form.refuse(error)
        return _page(job, attesting=form, status=422)
    return see_other("disclosures.upkeep", job_id=job.public_id, anchor="since")


def _record(job: Job, version: DisclosureVersion) -> Response:
    check(actor(), Act.RECORD_CHANGE, version)
    form = ChangeForm()
    if form.validate() and form.happened_on.data:
        try:
            services.record_change(
                actor(),
                version,
                trigger=Trigger(form.trigger.data),
                happened_on=form.happened_on.data,
                note=form.note.data or "",
            )
        except Invalid as error:
            form.refuse(error)
        else:
            return see_other("disclosures.upkeep", job_id=job.public_id, anchor="since")
    return _page(job, changing=form, status=422)


def _page(
    job: Job,
    *,
    attesting: AttestationForm | None = None,
    changing: ChangeForm | None = None,
    status: int = 200,
) -> Response:
    version = queries.latest(job.id)
    if version is None:
        return render("disclosures/upkeep.html", job=job, version=None, status=status)
    zone = job.site.time_zone
    today, kept = clock.today(zone), since.upkeep_of(version, zone)
    document = json.loads(version.document)
    facts = dated(document, kept.attested_on)
    pay_changed = _pay_of(job) != {name: document["pay"][name] for name in ("low", "high", "per")}
    suggested = {"trigger": Trigger.PAY.value} if pay_changed and kept.changed_on is None else {}
    return render(
        "disclosures/upkeep.html",
        job=job,
        version=version,
        why=why_stale(version.number, document, today, kept),
        kept=kept,
        total=len(facts),
        stale=of_them(facts, Freshness.STALE, today),
        aging=of_them(facts, Freshness.AGING, today),
        soonest=min(facts, key=lambda fact: fact.last_fresh_day, default=None),
        pay_changed=pay_changed,
        attestations=since.attestations_of(version),
        changes=since.changes_of(version),
        attesting=attesting or AttestationForm(formdata=None),
        changing=changing or ChangeForm(formdata=None, **suggested),
        may_attest=decide(actor(), Act.ATTEST_DISCLOSURE, version),
        may_record=decide(actor(), Act.RECORD_CHANGE, version),
        status=status,
    )


def _pay_of(job: Job) -> Document:
    """The job's pay range as a document holds it."""
    return {"low": _plain(job.pay_low), "high": _plain(job.pay_high), "per": job.pay_period.value}


def _plain(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
