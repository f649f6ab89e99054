"""What becomes of a letter that the mail server does not take, and what administrators do about it."""

from datetime import timedelta

import pytest
from flask import Flask

from app.core import clock
from app.core.config import MailServer
from app.core.db import db
from app.identity.models import Person
from app.outbox import delivery, rules
from app.outbox.models import Letter, State
from tests.client import Client, words
from tests.infrastructure.smtp import Inbox
from tests.integration.outbox.post import letters, sent

IRIS = "iris@riverbend.example"
LATER = timedelta(hours=7)  # Longer than the longest pause.


@pytest.fixture
def letter(app: Flask, ada: Person, iris: Person) -> Letter:
    """Iris's invitation, the only letter that waits."""
    *others, found = letters()
    for one in others:
        one.state = State.SENT
    return found


def test_an_address_refused_for_good_is_not_tried_again(
    letter: Letter, mail: MailServer, inbox: Inbox
) -> None:
    inbox.answers[IRIS] = f"550 5.1.1 <{IRIS}>: no such user here"
    done = sent(mail)

    assert (done.dead, letter.state, letter.tries) == (1, State.DEAD, 1)
    assert letter.fault == "The mail server refuses the address (550).", "in our words, without the address"


def test_a_letter_put_off_is_tried_again_after_a_pause_that_grows(
    letter: Letter, mail: MailServer, inbox: Inbox
) -> None:
    inbox.answers["letter"] = "451 4.7.1 Come back later"
    assert sent(mail).put_off == 1
    assert letter.state == State.WAITING
    assert timedelta(seconds=50) < letter.due_at - clock.now() <= timedelta(minutes=1)
    assert sent(mail).is_empty, "not before its time"

    for _ in range(rules.TRIES - 2):
        with clock.at(letter.due_at):
            sent(mail)
    assert (letter.state, letter.tries) == (State.WAITING, rules.TRIES - 1)
    with clock.at(letter.due_at):
        assert sent(mail).dead == 1
    assert (letter.state, letter.fault) == (State.DEAD, "The mail server puts the letter off (451).")


def test_a_mail_server_that_is_away_costs_no_letter_a_try(letter: Letter, mail: MailServer) -> None:
    away = MailServer("127.0.0.1", mail.sender, port=1, tls="none")
    done = sent(away)

    assert done.fault == "The mail server 127.0.0.1 cannot be reached."
    assert (letter.state, letter.tries, letter.is_claimed) == (State.WAITING, 0, False)
    assert sent(mail).sent == 1


def test_a_sender_refused_stops_the_round_and_costs_no_letter_a_try(
    letter: Letter, ivo: Person, mail: MailServer, inbox: Inbox
) -> None:
    inbox.answers["mail"] = "553 5.7.1 Not your name"
    done = sent(mail)

    assert done.fault == "The mail server refuses the sender (553)."
    assert {one.tries for one in letters()} == {0}


def test_an_address_that_is_none_is_given_up_and_the_others_are_sent(
    letter: Letter, iris: Person, ivo: Person, mail: MailServer, inbox: Inbox
) -> None:
    iris.email = "iris@riverbend.example\r\nbcc: ivo@riverbend.example"
    done = sent(mail)

    assert (done.sent, done.dead) == (1, 1)
    assert letter.fault == "The e-mail address is not one whole address."
    assert [one.to for one in inbox.arrived] == ["ivo@riverbend.example"]


def test_a_claimed_letter_is_its_workers_alone_until_the_lease_ends(letter: Letter, mail: MailServer) -> None:
    db.session.commit()
    claim = delivery.claimed(letter.public_id, rules.LEASE)
    assert claim is not None
    assert sent(mail).is_empty, "the other worker has it"

    with clock.at(clock.now() + rules.LEASE):
        assert sent(mail).sent == 1
    delivery._keep(claim, state=State.DEAD, fault="Too late")
    db.session.expire_all()
    assert (letter.state, letter.tries, letter.fault) == (State.SENT, 2, "")


def test_a_letter_that_ends_its_worker_each_time_is_given_up(letter: Letter, mail: MailServer) -> None:
    db.session.commit()
    for _ in range(rules.TRIES):
        assert delivery.claimed(letter.public_id, timedelta(0)) is not None
    assert sent(mail).dead == 1
    assert letter.fault == "Whoever sent it ended each time before it was known to arrive."


def test_ada_sends_a_failed_letter_again(
    client: Client, ada: Person, letter: Letter, mail: MailServer, inbox: Inbox
) -> None:
    inbox.answers[IRIS] = "550 no"
    sent(mail)
    page = words(client.as_(ada).get("/letters", expect=200))
    assert "Failed 1" in page
    assert "The mail server refuses the address (550)." in page
    assert IRIS not in page
    assert "Iris" not in page

    del inbox.answers[IRIS]
    client.as_(ada).post(f"/letters/{letter.public_id}", data={"do": "send-again"}, expect=303)
    assert sent(mail).sent == 1
    assert len(inbox.to(IRIS)) == 1
    refused = client.as_(ada).post(f"/letters/{letter.public_id}", data={"do": "send-again"}, expect=409)
    assert "Only a letter that failed can be sent again" in words(refused)


def test_ada_drops_a_letter_that_waits_but_not_one_that_is_being_sent(
    client: Client, ada: Person, letter: Letter, mail: MailServer, inbox: Inbox
) -> None:
    db.session.commit()
    delivery.claimed(letter.public_id, rules.LEASE)
    drop = {"do": "drop"}
    client.as_(ada).post(f"/letters/{letter.public_id}", data=drop, expect=409)
    with clock.at(clock.now() + rules.LEASE):
        client.as_(ada).post(f"/letters/{letter.public_id}", data=drop, expect=303)
    sent(mail)

    assert inbox.to(IRIS) == []
    assert "Dropped 1" in words(client.as_(ada).get("/letters"))
