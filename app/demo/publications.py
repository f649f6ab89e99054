"""The published disclosures of the demo's three jobs; the second and third vary the first's numbers."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from app.core import clock
from app.demo import riverbend as numbers
from app.disclosures import publication, queries, services
from app.disclosures.facts import Fact
from app.disclosures.models import Trigger
from app.disclosures.reviewing import services as reviewing
from app.disclosures.upkeep import services as upkeep
from app.jobs.models import Job
from app.policy import Actor

Changed = Mapping[str, Mapping[str, object]]

EVENINGS: Changed = {
    "visits_booked": {"typical": 44, "low": 38, "high": 50, "bad_week": 52},
    "visits_completed": {"typical": 38, "low": 34, "high": 44, "bad_week": 47},
    "no_show": {"typical": 14, "low": 9, "high": 20, "bad_week": 10},
    "caseload": {"typical": 38, "low": 30, "high": 44, "bad_week": 50},
    "productivity": {"typical": 67.5, "low": 60, "high": 76, "bad_week": 83},
    "target": {"typical": 70},
    "after_hours": {"typical": 20, "low": 0, "high": 60, "bad_week": 180},
    "notes_on_time": {"typical": 95, "low": 90, "high": 99, "bad_week": 84},
}
WARD: Changed = {
    "visits_booked": {"typical": 52, "low": 46, "high": 58, "bad_week": 60},
    "visits_completed": {"typical": 47, "low": 42, "high": 52, "bad_week": 56},
    "evaluation_minutes": {"typical": 45, "low": 35, "high": 60},
    "follow_up_minutes": {"typical": 35, "low": 25, "high": 40},
    "no_show": {"typical": 9, "low": 4, "high": 14, "bad_week": 7},
    "productivity": {"typical": 70.6, "low": 64, "high": 77, "bad_week": 85},
    "target": {"typical": 70},
    "after_hours": {"typical": 38, "low": 0, "high": 95, "bad_week": 260},
}


def riverbend(actor: Actor, job: Job, *, reviewer: Actor) -> None:
    """Thirteen minutes are left in an ordinary week."""
    _publish(actor, job, {}, reviewer, "Authorizations take me closer to an hour a week.")


def evenings(actor: Actor, job: Job, *, reviewer: Actor) -> None:
    """A quieter evening clinic."""
    _publish(actor, job, EVENINGS, reviewer)


def ward(actor: Actor, job: Job, *, reviewer: Actor) -> None:
    """A hospital ward: shorter sessions, more of them."""
    _publish(actor, job, WARD, reviewer)


def somebody_left(actor: Actor, job: Job) -> None:
    """The recruiter hears of it a day later; the facts are due within two weeks."""
    version = queries.latest(job.id)
    if version is None:
        raise LookupError("Nothing is published for this job.")
    upkeep.record_change(
        actor, version, trigger=Trigger.TEAM, happened_on=clock.now().date() - timedelta(days=1)
    )


def _publish(actor: Actor, job: Job, changed: Changed, reviewer: Actor, dissent: str = "") -> None:
    as_of = (clock.now() - timedelta(days=4)).date()
    facts = numbers.facts(as_of)
    for key, values in changed.items():
        facts[key] = _with(facts[key], values)
    services.save(actor, job, version=0, facts=facts)
    read = publication.prepare(job).content_digest
    reviewing.review(reviewer, job, digest=read, is_in_role=True, dissent=dissent)
    services.publish(actor, job, digest=publication.prepare(job).digest)


def _with(fact: Fact, values: Mapping[str, object]) -> Fact:
    return replace(fact, **{name: Decimal(str(value)) for name, value in values.items()})  # type: ignore[arg-type]  # keys come from above
