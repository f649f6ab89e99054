"""What is done to keep a published version true: confirming it, recording a change, reminding its owner."""

import json
from datetime import date

from app import policy
from app.audit import services as audit
from app.audit.events import Event
from app.core import clock
from app.core.db import db
from app.core.errors import Invalid
from app.disclosures.freshness import Freshness, dated, of_them
from app.disclosures.models import Attestation, DisclosureChange, DisclosureVersion, Trigger
from app.disclosures.upkeep import queries
from app.outbox import services as outbox
from app.policy import Act, Actor

LONGEST_NOTE = 400


def attest(actor: Actor, version: DisclosureVersion, *, note: str = "") -> Attestation:
    """Say that somebody looked at everything in a version again, and that it is still true."""
    policy.check(actor, Act.ATTEST_DISCLOSURE, version)
    _check_note(note)
    row = Attestation(version=version, person_id=actor.id, note=note)
    db.session.add(row)
    db.session.flush()
    audit.record(actor, Event.DISCLOSURE_ATTESTED, version, job_id=version.job_id, number=version.number)
    return row


def record_change(
    actor: Actor, version: DisclosureVersion, *, trigger: Trigger, happened_on: date, note: str = ""
) -> DisclosureChange:
    """Keep that something changed which the published facts rest on; they are due within 14 days."""
    policy.check(actor, Act.RECORD_CHANGE, version)
    if happened_on > clock.today(version.disclosure.job.site.time_zone):
        raise Invalid(happened_on="This day is still to come. Today is the latest.")
    _check_note(note)
    row = DisclosureChange(
        disclosure=version.disclosure,
        trigger=trigger,
        happened_on=happened_on,
        note=note,
        person_id=actor.id,
    )
    db.session.add(row)
    db.session.flush()
    audit.record(
        actor,
        Event.DISCLOSURE_CHANGE_RECORDED,
        version,
        job_id=version.job_id,
        trigger=trigger.name.lower().replace("_", "-"),
    )
    return row


def remind() -> int:
    """Post a letter to whoever keeps a disclosure whose values age, are stale, or are due after a change.

    Each is told once: a key names the version, what about it, and since when. Answers how many were told of.
    """
    told = 0
    for version in queries.standing_versions():
        if what := _due(version):
            told += 1
            for person_id in queries.keepers_of(version.disclosure.job):
                outbox.post(
                    "disclosure to keep",
                    key=f"disclosure to keep {version.id} {what} {person_id}",
                    version=version.id,
                    person=person_id,
                )
    return told


def _due(version: DisclosureVersion) -> str:
    """What is to be done about a version and since when, as a key; empty when nothing is."""
    zone = version.disclosure.job.site.time_zone
    today, upkeep = clock.today(zone), queries.upkeep_of(version, zone)
    if upkeep.changed_on:
        state = "overdue" if upkeep.is_overdue(today) else "changed"
        return f"{state} {upkeep.changed_on}"
    facts = dated(json.loads(version.document), upkeep.attested_on)
    for freshness in (Freshness.STALE, Freshness.AGING):
        if found := of_them(facts, freshness, today):
            return f"{freshness} {found[0].as_of}"
    return ""


def _check_note(note: str) -> None:
    if len(note) > LONGEST_NOTE:
        raise Invalid(note=f"At most {LONGEST_NOTE} characters.")
