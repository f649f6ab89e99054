"""What the server gives a page for keeping what cannot be sent: the key of its journal, and a fresh token."""

import base64
import re

import pytest
from flask import Flask

from app.core.db import db
from app.identity.models import Person
from app.scoring.models import Scorecard
from tests.client import Client
from tests.factories.scoring import card_of, interview_with, submit

KEY = re.compile(r'data-journal="([^"]*)"')


@pytest.fixture
def card(app: Flask, iris: Person, ivo: Person) -> Scorecard:
    """An open scorecard of Iris's."""
    return card_of(interview_with([iris, ivo]), iris)


def key_of(client: Client, person: Person, card: Scorecard) -> str:
    page = client.as_(person).get(f"/scorecards/{card.public_id}", expect=200)
    assert page.headers["Cache-Control"] == "no-store"
    return KEY.findall(page.text)[0]


def test_an_author_gets_the_same_key_again_and_it_has_256_bits(client: Client, iris: Person, card: Scorecard):
    first, again = (key_of(client, iris, card) for _ in range(2))

    assert first == again
    assert len(base64.b64decode(first)) == 32


def test_every_scorecard_has_a_key_of_its_own(client: Client, iris: Person, ivo: Person, card: Scorecard):
    colleagues = card_of(card.assignment.interview, ivo)
    other = card_of(interview_with([iris, ivo]), iris)

    keys = {key_of(client, who, one) for who, one in ((iris, card), (ivo, colleagues), (iris, other))}
    assert len(keys) == 3


def test_a_fresh_token_is_for_the_author_alone(
    client: Client, iris: Person, ivo: Person, hana: Person, ada: Person, card: Scorecard
):
    address = f"/scorecards/{card.public_id}/token"
    assert client.as_(iris).get(address, expect=200).json["token"]
    for somebody in (ivo, hana, ada):
        client.as_(somebody).get(address, expect=404)
    client.get(address, expect=303)


def test_signing_out_leaves_what_waits_on_the_device_for_its_author(client: Client, iris: Person):
    header = client.as_(iris).post("/sign-out", expect=303).headers["Clear-Site-Data"]
    assert "storage" not in header


def test_a_merge_tells_the_page_whose_journal_is_settled(client: Client, iris: Person, card: Scorecard):
    browser = client.as_(iris)
    merged = browser.post(
        f"/scorecards/{card.public_id}/merge",
        data={"client": "tab-one", "field": "retelling", "body": "Both.", "base": 0, "sequence": 1},
        expect=303,
    )

    assert 'data-settled="tab-one"' in browser.get(merged.headers["Location"], expect=200).text


def test_a_scorecard_that_is_handed_in_takes_nothing_from_a_journal(
    client: Client, iris: Person, card: Scorecard
):
    submit(card)
    db.session.expire_all()
    sent = {"client": "tab", "field": "retelling", "body": "late", "base": 1, "sequence": 1}
    client.as_(iris).post(f"/scorecards/{card.public_id}/revisions", data=sent, expect=403)
