"""Asking for something to be different: between the candidate and the job's recruiters, and nobody else."""

import sqlalchemy as sa

from app.audit.models import AuditEvent
from app.candidates.models import AccommodationRequest, Application
from app.core.db import db
from app.identity.models import Person
from app.jobs import services as jobs
from app.jobs.models import Job
from app.outbox import letters as mail
from app.outbox.models import Letter
from app.policy import Part
from tests.client import Client, words
from tests.factories.people import actor

TEXT = "Twice the time to read; I use a screen reader."


def asked(client: Client, token: str, text: str = TEXT) -> AccommodationRequest:
    client.post(f"/c/{token}/accommodation", data={"text": text}, expect=303)
    return db.session.scalars(sa.select(AccommodationRequest)).all()[-1]


def test_a_recruiter_reads_it_tells_the_interviewers_and_answers(
    client: Client, app, token: str, cleo: Application, rina: Person
) -> None:
    request = asked(client, token)
    [letter] = db.session.scalars(sa.select(Letter).where(Letter.kind == "accommodation asked")).all()
    with app.test_request_context():
        told = mail.compose(letter.kind, letter.facts)
    assert told
    assert told.to == rina.email
    assert "screen" not in f"{told.subject} {told.paragraphs}"

    desk = client.as_(rina)
    assert "not answered yet" in words(desk.get(f"/applications/{cleo.public_id}"))
    assert "Asked today" in words(desk.get(f"/applications/{cleo.public_id}/arrangement"))
    page = words(desk.get(f"/accommodations/{request.public_id}", expect=200))
    assert TEXT in page
    told_to = {"time_factor": "200", "instruction": "Send the texts as files."}
    desk.post(f"/applications/{cleo.public_id}/arrangement", data=told_to, expect=303)
    answer = {"answer": "You get twice the time, and the texts as files."}
    desk.post(f"/accommodations/{request.public_id}", data=answer, expect=303)

    own = words(client.get(f"/c/{token}/accommodation", expect=200))
    assert "You get twice the time, and the texts as files." in own
    assert "screen reader" not in own  # whoever has the link can open the page
    facts = " ".join(db.session.scalars(sa.select(AuditEvent.facts)).all())
    assert "screen reader" not in facts


def test_neither_manager_nor_interviewer_learns_that_it_was_asked(
    client: Client, token: str, cleo: Application, hana: Person, iris: Person
) -> None:
    before = words(client.as_(hana).get(f"/applications/{cleo.public_id}"))
    arranged = words(client.as_(hana).get(f"/applications/{cleo.public_id}/arrangement"))
    request = asked(client, token)

    assert words(client.as_(hana).get(f"/applications/{cleo.public_id}")) == before
    assert words(client.as_(hana).get(f"/applications/{cleo.public_id}/arrangement")) == arranged
    for person in (hana, iris):
        client.as_(person).get(f"/accommodations/{request.public_id}", expect=404)
        client.as_(person).post(f"/accommodations/{request.public_id}", data={"answer": "No."}, expect=404)


def test_the_same_request_twice_is_one(client: Client, token: str) -> None:
    assert asked(client, token).id == asked(client, token).id
    assert asked(client, token, "An interpreter.").text == "An interpreter."


def test_an_empty_request_is_refused_at_its_field(client: Client, token: str) -> None:
    page = client.post(f"/c/{token}/accommodation", data={"text": " ", "contact": "by text"}, expect=422)
    assert "Say what you need in a few words." in words(page)
    assert 'value="by text"' in page.get_data(as_text=True)


def test_a_request_that_nobody_would_read_is_not_taken(
    client: Client, token: str, job: Job, hana: Person, rina: Person
) -> None:
    jobs.remove_from_team(actor(hana), job, rina, Part.RECRUITER)
    db.session.commit()

    page = words(client.get(f"/c/{token}/accommodation", expect=200))
    assert "nobody would read a request made here. Say what you need to Rina Patel, 555-0142" in page
    client.post(f"/c/{token}/accommodation", data={"text": TEXT}, expect=409)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(AccommodationRequest)) == 0
