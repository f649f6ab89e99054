"""Whoever did not write it reads exactly what is to be published, and signs it off, or sees it otherwise."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
import sqlalchemy as sa
from flask import Flask

from app.audit.models import AuditEvent
from app.core.db import db
from app.core.errors import Conflict, Forbidden
from app.demo import riverbend
from app.disclosures import publication, queries, services
from app.disclosures.models import DisclosureReview, DisclosureVersion
from app.disclosures.reviewing import services as reviewing
from app.identity.models import Person
from app.jobs.models import Job
from app.outbox import letters
from app.outbox.models import Letter
from tests.client import Client, count_queries, words
from tests.factories.disclosures import colleague, published, reviewed, saved
from tests.factories.people import actor

DISSENT = "Transport takes longer than five minutes when the lift is down."


@pytest.fixture
def maren(job: Job, hana: Person) -> Person:
    """Riverbend's draft waits, and Maren, who does the job, is on the team."""
    saved(job, hana)
    return colleague(job)


def path(job: Job) -> str:
    return f"/jobs/{job.public_id}/disclosure/review"


def publishing(job: Job, **more: str) -> dict[str, str]:
    """What the publication page sends."""
    return {"do": "publish", "digest": publication.prepare(job).digest, **more}


def said(job: Job, **more: str) -> dict[str, str]:
    """What the page sends."""
    return {"digest": publication.prepare(job).content_digest, "in_role": "yes", **more}


def latest(job: Job) -> DisclosureVersion:
    found = queries.latest(job.id)
    assert found is not None
    return found


def fewer_minutes(job: Job, hana: Person) -> None:
    """Hana changes one number of the draft."""
    meetings = replace(riverbend.facts()["meetings"], typical=Decimal(20))
    saved(job, hana, riverbend.facts() | {"meetings": meetings})


def test_maren_reads_it_signs_it_off_and_it_can_be_published(
    client: Client, hana: Person, job: Job, maren: Person
) -> None:
    wall = f"/jobs/{job.public_id}/disclosure/publication"
    before = words(client.as_(hana).get(wall, expect=200))
    assert "Nobody who did not write it has read and signed off exactly this." in before
    client.as_(hana).post(wall, data=publishing(job), expect=409)
    page = words(client.as_(maren).get(path(job), expect=200))
    assert "+13 min" in page
    assert "−381 min" in page

    client.as_(maren).post(path(job), data=said(job, dissent=DISSENT), expect=303)

    assert "You signed this off" in words(client.as_(maren).get(path(job)))
    assert DISSENT in words(client.as_(hana).get(wall))
    client.as_(hana).post(wall, data=publishing(job), expect=303)
    document = json.loads(latest(job).document)
    [review] = document["reviews"]
    assert (review["in_role"], review["dissent"]) == (True, DISSENT)
    assert "Maren" not in latest(job).document


def test_whoever_wrote_it_reads_the_page_and_cannot_sign_it_off(
    client: Client, hana: Person, olga: Person, job: Job, maren: Person
) -> None:
    assert "You wrote a part of this draft. Somebody else reviews it." in words(
        client.as_(hana).get(path(job), expect=200)
    )
    client.as_(hana).post(path(job), data=said(job), expect=403)
    with pytest.raises(Forbidden):
        reviewed(job, hana)
    client.as_(olga).get(path(job), expect=404)


def test_without_saying_whether_they_do_the_job_nothing_is_kept(
    client: Client, job: Job, maren: Person
) -> None:
    page = client.as_(maren).post(
        path(job), data={"digest": said(job)["digest"], "dissent": DISSENT}, expect=422
    )
    assert "Say whether you do this job now." in words(page)
    assert DISSENT in words(page), "what was typed is there"
    assert db.session.scalar(sa.select(sa.func.count()).select_from(DisclosureReview)) == 0


def test_a_name_in_a_dissent_is_pointed_at_and_never_changed(
    client: Client, hana: Person, job: Job, maren: Person
) -> None:
    typed = "Hana adds visits on Fridays."
    page = words(client.as_(maren).post(path(job), data=said(job, dissent=typed), expect=422))
    assert "Anybody will read this. It holds a name, “Hana”." in page
    assert typed in page

    client.as_(maren).post(path(job), data=said(job, dissent=typed, is_meant="y"), expect=303)

    assert publication.prepare(job).reviews[0].dissent == typed


def test_a_changed_draft_is_read_again_and_what_changed_is_named(
    client: Client, hana: Person, job: Job, maren: Person
) -> None:
    shown = said(job)
    reviewed(job)
    fewer_minutes(job, hana)

    assert "Nobody who did not write it has read" in publication.prepare(job).refusal
    page = words(client.as_(maren).get(path(job), expect=200))
    assert (
        "does not count any more, because the draft changed since: “Meetings a week”. Read it again." in page
    )
    wall = words(client.as_(hana).get(f"/jobs/{job.public_id}/disclosure/publication"))
    assert "Maren Holt read an earlier draft; that does not count any more." in wall
    stale = client.as_(maren).post(path(job), data=shown, expect=409)
    assert "The draft or the job changed since this page was opened." in words(stale)


def test_what_was_put_back_as_it_was_read_counts_again(hana: Person, job: Job, maren: Person) -> None:
    reviewed(job)
    fewer_minutes(job, hana)
    saved(job, hana)
    assert publication.prepare(job).refusal == ""


def test_signing_off_the_same_again_is_the_same_review_and_not_another_word(job: Job, maren: Person) -> None:
    first = reviewed(job, maren, dissent=DISSENT)
    assert reviewed(job, maren, dissent=DISSENT) is first
    with pytest.raises(Conflict, match="what you said then stays as it is"):
        reviewed(job, maren, dissent="Otherwise.")


def test_where_nobody_does_the_job_yet_the_reason_is_published(
    client: Client, hana: Person, rina: Person, job: Job, maren: Person
) -> None:
    reviewed(job, rina, is_in_role=False)
    wall, browser = f"/jobs/{job.public_id}/disclosure/publication", client.as_(hana)
    refused = words(browser.post(wall, data=publishing(job, note="First"), expect=422))
    assert "Somebody who does this job now reviews it, or you say here why nobody does yet." in refused

    why = "The evening clinic opens in June."
    browser.post(wall, data=publishing(job, new_post=why), expect=303)

    document = json.loads(latest(job).document)
    assert document["new_post"] == why
    assert [review["in_role"] for review in document["reviews"]] == [False]


def test_the_reason_of_a_new_post_is_not_published_once_somebody_does_the_job(
    hana: Person, job: Job, maren: Person
) -> None:
    reviewed(job)
    digest = publication.prepare(job).digest
    version = services.publish(actor(hana), job, digest=digest, new_post="It is a new post.")
    assert "new_post" not in json.loads(version.document)
    assert version.digest == digest


def test_people_of_the_team_are_asked_by_letter_once_for_the_same_draft(
    app: Flask, client: Client, hana: Person, job: Job, maren: Person
) -> None:
    wall, browser = f"/jobs/{job.public_id}/disclosure/publication", client.as_(hana)
    asked = {"do": "ask", "people": [str(maren.public_id)]}
    browser.post(wall, data=asked, expect=303)
    browser.post(wall, data=asked, expect=303)
    assert "Choose at least one person." in words(browser.post(wall, data={"do": "ask"}, expect=422))

    [letter] = db.session.scalars(sa.select(Letter).where(Letter.kind == "disclosure to review"))
    with app.test_request_context():
        mail = letters.compose(letter.kind, letter.facts)
    assert mail is not None
    assert mail.to == maren.email
    assert mail.link.endswith(path(job))
    assert "Hana" not in " ".join(mail.paragraphs)

    reviewed(job)
    assert letters.compose(letter.kind, letter.facts) is None, "nothing is left to ask for"


def test_nothing_is_reviewed_before_the_draft_is_whole_or_once_it_is_published(
    client: Client, hana: Person, job: Job
) -> None:
    maren = colleague(job)
    assert "Nothing to review now" in words(client.as_(maren).get(path(job), expect=200))
    client.as_(maren).post(path(job), data={"digest": "", "in_role": "yes"}, expect=409)
    published(job, hana)
    assert "Version 1 says exactly this already." in words(client.as_(maren).get(path(job), expect=200))


def test_a_review_is_recorded_without_what_was_written(job: Job, maren: Person) -> None:
    reviewed(job, maren, dissent=DISSENT)
    [event] = db.session.query(AuditEvent).filter_by(event="disclosure:reviewed")
    assert event.facts_by_name == {"digest": publication.prepare(job).content_digest, "in_role": True}
    assert event.actor_id == maren.id


def test_a_person_who_left_the_team_is_not_asked(hana: Person, job: Job, maren: Person) -> None:
    reviewing.ask(actor(hana), job, [maren])
    maren.disabled_at = job.created_at
    db.session.flush()
    [letter] = db.session.scalars(sa.select(Letter).where(Letter.kind == "disclosure to review"))
    assert letters.compose(letter.kind, letter.facts) is None


def test_the_page_takes_few_queries(client: Client, job: Job, maren: Person) -> None:
    browser = client.as_(maren)
    with count_queries() as sent:
        browser.get(path(job), expect=200)
    assert len(sent) <= 14
