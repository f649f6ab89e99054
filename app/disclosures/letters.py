"""Letters about a disclosure: to who reviews it, to who keeps it true, and to who read a lighter version."""

import json

from flask import g, url_for

from app.candidates.letters import to_candidate
from app.candidates.models import Application
from app.core import clock
from app.core.db import db
from app.disclosures import publication, queries
from app.disclosures.freshness import Freshness, dated, of_them, why_stale
from app.disclosures.models import DisclosureVersion
from app.disclosures.reviewing import queries as reviewing
from app.disclosures.upkeep import queries as upkeep
from app.identity.letters import to_person
from app.jobs.models import Job
from app.outbox.letters import Facts, Mail, letter
from app.web.words import day


@letter("disclosure to review")
def to_review(facts: Facts) -> Mail | None:
    """A draft to read and sign off; none once it changed, or the person left the team or did so."""
    job = db.session.get(Job, facts["job"])
    if job is None or publication.prepare(job).content_digest != facts["digest"]:
        return None
    person_id = int(facts["person"])
    done = {
        row.person_id for row in reviewing.reviews_of(queries.draft_of(job)) if row.digest == facts["digest"]
    }
    if person_id in done or person_id not in {person.id for person in reviewing.team_of(job)}:
        return None
    return to_person(
        person_id,
        f"The week of “{job.title}”: is it like this",
        "Before candidates read what the week is like, somebody who knows it reads it first: you are asked.",
        "It takes about five minutes. Where you see it otherwise, say so: it is published beside it, as you "
        "write it, without your name.",
        link=url_for("disclosures.review", job_id=job.public_id, _external=True),
        link_words="Read and sign it off",
    )


@letter("disclosure to keep")
def to_keep(facts: Facts) -> Mail | None:
    """A published version whose values age, are stale, or are due; none once somebody saw to it."""
    version = db.session.get(DisclosureVersion, facts["version"])
    if version is None or not version.stands or queries.latest(version.job_id) is not version:
        return None
    job = version.disclosure.job
    g.time_zone = job.site.time_zone
    if not (why := _why(version, job)):
        return None
    return to_person(
        int(facts["person"]),
        f"Is it still true: the week of “{job.title}”",
        why,
        "Say that it is still true, or correct what is not. A stale disclosure is not sent to candidates.",
        link=url_for("disclosures.upkeep", job_id=job.public_id, _external=True),
        link_words="Look at it again",
    )


def _why(version: DisclosureVersion, job: Job) -> str:
    """What is to be done about it today, as one sentence; empty when nothing is."""
    today, since = clock.today(job.site.time_zone), upkeep.upkeep_of(version, job.site.time_zone)
    document = json.loads(version.document)
    if stale := why_stale(version.number, document, today, since):
        return stale
    if since.changed_on and since.due_on:
        return (
            f"Something changed on {day(since.changed_on)} that version {version.number} rests on. "
            f"It is to be looked at again by {day(since.due_on)}."
        )
    aging = of_them(dated(document, since.attested_on), Freshness.AGING, today)
    if not aging:
        return ""
    number = f"{len(aging)} values of version {version.number} are"
    first = f"One value of version {version.number} is" if len(aging) == 1 else number
    return f"{first} aging; they count as stale after {day(aging[0].last_day)}."


@letter("disclosure got heavier")
def got_heavier(facts: Facts) -> Mail | None:
    """A newer version that is heavier than the one somebody read; none once they acknowledged it."""
    version = db.session.get(DisclosureVersion, facts["version"])
    application = db.session.get(Application, facts["application"])
    if version is None or application is None or queries.latest(version.job_id) is not version:
        return None
    if queries.find_acknowledgement(version, application) is not None:
        return None
    return to_candidate(
        application.id,
        "Something got heavier since you read it",
        f"What the week of “{version.disclosure.job.title}” looks like was published anew. At least one "
        "number is worse by a tenth or more than in the version you read.",
        "Read what changed before you go on. It is your decision what follows from it.",
        page="disclosures.changes",
        link_words="Read what changed",
    )
