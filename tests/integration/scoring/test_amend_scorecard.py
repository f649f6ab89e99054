"""Adding to a scorecard that is frozen."""

import pytest
from flask import Flask

from app.identity.models import Person
from app.scoring import queries
from app.scoring.models import Scorecard
from tests.client import Client, words
from tests.factories.scoring import card_of, interview_with


@pytest.fixture
def card(app: Flask, iris: Person, ivo: Person) -> Scorecard:
    """A frozen scorecard of Iris's."""
    return card_of(interview_with([iris, ivo], submitted=[iris]), iris)


def test_an_amendment_stands_beside_what_was_handed_in(client: Client, iris: Person, card: Scorecard):
    browser = client.as_(iris)
    before = queries.content_of(card)
    browser.post(
        f"/scorecards/{card.public_id}/amendments",
        data={"body": "She also named the charge nurse.", "reason": "Reread my paper notes."},
        expect=303,
    )

    page = words(browser.get(f"/scorecards/{card.public_id}"))
    assert "She also named the charge nurse." in page
    assert "Reread my paper notes." in page
    assert queries.content_of(card) == before


def test_an_amendment_needs_its_reason_and_keeps_what_was_typed(
    client: Client, iris: Person, card: Scorecard
):
    refused = client.as_(iris).post(
        f"/scorecards/{card.public_id}/amendments", data={"body": "Something more."}, expect=422
    )
    assert "Say why, in a few words" in words(refused)
    assert "Something more." in refused.text


def test_an_open_scorecard_is_changed_not_amended(client: Client, ivo: Person, card: Scorecard):
    other = card_of(card.assignment.interview, ivo)
    refused = client.as_(ivo).post(
        f"/scorecards/{other.public_id}/amendments", data={"body": "More.", "reason": "Because."}, expect=403
    )
    assert "Amendments are for a scorecard that is handed in" in words(refused)


def test_nobody_amends_the_scorecard_of_somebody_else(
    client: Client, ivo: Person, hana: Person, ada: Person, olga: Person, card: Scorecard
):
    for somebody in (ivo, hana, ada, olga):
        client.as_(somebody).post(
            f"/scorecards/{card.public_id}/amendments",
            data={"body": "More.", "reason": "Because."},
            expect=404,
        )
