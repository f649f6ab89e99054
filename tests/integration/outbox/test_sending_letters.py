"""Letters reach people: as text and as a page, from the sender of the settings, with a link that works."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.audit.events import Event
from app.audit.models import AuditEvent
from app.candidates import services as candidates
from app.candidates.models import Application, CandidateLink
from app.core import clock
from app.core.config import MailServer
from app.core.db import db
from app.identity import services as people
from app.identity.models import Person
from app.outbox import services
from tests.client import Client, words
from tests.factories import scoring
from tests.factories.disclosures import published
from tests.factories.people import PASSWORD, actor
from tests.infrastructure.smtp import Inbox
from tests.integration.outbox.post import letters, sent

CLEO = "cleo@marsh.example"


@pytest.fixture
def reachable(cleo: Application) -> Application:
    """Cleo, with an address."""
    cleo.candidate.email = CLEO
    return cleo


def path_in(text: str) -> str:
    """The path of the one link in a letter."""
    (link,) = re.findall(r"https://hiring\.riverbend\.example(/\S+)", text)
    return link


def test_whoever_is_invited_gets_the_link_that_the_page_shows(
    client: Client, ada: Person, mail: MailServer, inbox: Inbox
) -> None:
    data = {"name": "Tess Moreau", "email": "tess@riverbend.example", "roles": ["interviewer"]}
    page = client.as_(ada).post("/people", data=data, expect=200)
    assert "only here and in an e-mail to them" in words(page)
    sent(mail)

    (letter,) = inbox.to("tess@riverbend.example")
    path = path_in(letter.text)
    assert path in page.get_data(as_text=True)
    assert path in letter.page
    client.post(path, data={"password": PASSWORD}, expect=303)


def test_a_letter_is_text_first_and_says_who_sends_it(iris: Person, mail: MailServer, inbox: Inbox) -> None:
    sent(mail)

    (letter,) = inbox.to("iris@riverbend.example")
    made = letter.message
    assert [part.get_content_type() for part in made.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert made["From"] == "Riverbend Hiring <hiring@riverbend.example>"
    assert made["To"] == "Iris Okafor <iris@riverbend.example>"
    assert made["Auto-Submitted"] == "auto-generated"
    assert letter.number in {f"<{one.public_id}@riverbend.example>" for one in letters()}
    assert "Riverbend Hand and Neuro Clinic" in letter.text
    assert "prefers-color-scheme: dark" in letter.page


@pytest.fixture
def in_march() -> Iterator[None]:
    """A day on which Riverbend's disclosure is fresh."""
    with clock.at(scoring.NOON):
        yield


@pytest.mark.usefixtures("in_march")
def test_a_candidates_letter_is_a_link_handed_over(
    client: Client,
    hana: Person,
    rina: Person,
    reachable: Application,
    mail: MailServer,
    inbox: Inbox,
) -> None:
    published(reachable.job, hana)
    page = client.as_(rina).post(f"/applications/{reachable.public_id}/link", expect=200)
    assert f"waits to be sent to {CLEO}" in words(page)
    link = db.session.scalar(sa.select(CandidateLink))
    assert link is not None
    assert link.handed_over_at is None
    sent(mail)

    (letter,) = inbox.to(CLEO)
    assert letter.message["To"] == f"Cleo Marsh <{CLEO}>"
    client.get(path_in(letter.text), expect=200)
    assert link.handed_over_at is not None
    event = db.session.scalar(sa.select(AuditEvent).where(AuditEvent.event == Event.LINK_HANDED_OVER.value))
    assert event is not None
    assert event.facts_by_name == {"way": "letter"}
    assert event.actor_id is None


def test_a_link_handed_over_by_hand_is_not_mailed_as_well(
    client: Client, rina: Person, reachable: Application, mail: MailServer, inbox: Inbox
) -> None:
    link, _ = candidates.make_link(actor(rina), reachable, days=60)
    client.as_(rina).post(f"/links/{link.public_id}", data={"do": "hand-over"}, expect=303)
    sent(mail)

    assert inbox.to(CLEO) == []
    event = db.session.scalar(sa.select(AuditEvent).where(AuditEvent.event == Event.LINK_HANDED_OVER.value))
    assert event is not None
    assert event.facts_by_name == {"way": "recruiter"}


def test_without_an_address_only_the_copy_is_offered(
    client: Client, rina: Person, cleo: Application, mail: MailServer
) -> None:
    page = client.as_(rina).post(f"/applications/{cleo.public_id}/link", expect=200)

    assert "There is no e-mail address for Cleo Marsh, so nothing is e-mailed." in words(page)
    assert "candidate link" not in {one.kind for one in letters()}


def test_without_a_mail_server_nothing_claims_to_be_mailed(
    client: Client, ada: Person, rina: Person, reachable: Application
) -> None:
    page = client.as_(rina).post(f"/applications/{reachable.public_id}/link", expect=200)
    assert "Mail is not set up, so nothing is e-mailed." in words(page)
    assert "Mail is not set up, so nothing is e-mailed." in words(client.as_(ada).get("/people"))
    assert "Mail is not set up: links are copied by hand." in words(client.as_(ada).get("/letters"))


def test_nobody_gets_a_letter_whose_right_is_gone_when_it_is_sent(
    app: Flask, ada: Person, rina: Person, iris: Person, ivo: Person, reachable: Application,
    mail: MailServer, inbox: Inbox,
) -> None:  # fmt: skip
    people.disable(actor(ada), iris, open_assignments=0)
    earlier, _ = candidates.make_link(actor(rina), reachable, days=60)
    revoked, _ = candidates.make_link(actor(rina), reachable, days=60)
    candidates.revoke_link(actor(rina), revoked)
    people.renew_invitation(actor(ada), ivo)
    done = sent(mail)

    assert inbox.to("iris@riverbend.example") == []
    assert inbox.to(CLEO) == []
    assert len(inbox.to("ivo@riverbend.example")) == 1, "only the newer invitation"
    assert done.dropped == 4

    candidates.make_link(actor(rina), reachable, days=60)
    candidates.withdraw(actor(rina), reachable, reason="Took another job")
    sent(mail)
    assert inbox.to(CLEO) == []
    assert earlier.handed_over_at is None


def test_a_letter_nobody_sent_for_a_week_is_no_news(iris: Person, mail: MailServer, inbox: Inbox) -> None:
    with clock.at(clock.now() + timedelta(days=7, minutes=1)):
        sent(mail)

    assert inbox.arrived == []
    assert {one.fault for one in letters()} == {"It waited longer than seven days and is no news any more."}


def test_what_is_told_once_is_told_once(iris: Person, mail: MailServer, inbox: Inbox) -> None:
    (first,) = (one.facts["invitation"] for one in letters() if one.kind == "invitation")
    for _ in range(3):
        services.post("invitation", key="welcome iris", invitation=first)
    sent(mail)

    assert len(inbox.to("iris@riverbend.example")) == 2, "the invitation itself, and the one told once"


def test_a_refused_request_takes_its_letters_back(client: Client, ada: Person) -> None:
    before = len(letters())
    data = {"name": "Tess Moreau", "email": "tess@riverbend.example", "roles": []}
    client.as_(ada).post("/people", data=data, expect=422)

    assert len(letters()) == before


def test_a_kind_that_nobody_writes_is_refused_when_it_is_posted(app: Flask) -> None:
    with pytest.raises(ValueError, match="birthday"):
        services.post("birthday", person=1)


def test_no_transaction_is_open_while_the_mail_server_is_spoken_to(
    app: Flask, iris: Person, ivo: Person, mail: MailServer, inbox: Inbox
) -> None:
    held: list[int] = []
    with app.app_context():
        pool = db.engine.pool
    inbox.at_step = lambda _step: held.append(pool.checkedout())  # type: ignore[attr-defined]
    sent(mail)

    assert len(inbox.arrived) == 2
    assert set(held) == {0}
