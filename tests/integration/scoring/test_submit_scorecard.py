"""Handing in a scorecard."""

import re

from app.identity.models import Person
from app.scoring import queries
from tests.client import Client, words
from tests.factories.scoring import card_of, complete_fields, interview_with


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page) or re.search(
        rf'value="([^"]*)"[^>]*name="{name}"', page
    )
    assert found, f"no field {name}"
    return found[1]


def test_an_interviewer_fills_in_a_page_without_scripts_and_hands_it_in(
    client: Client, iris: Person, ivo: Person
):
    card = card_of(interview_with([iris, ivo]), iris)
    address = f"/scorecards/{card.public_id}"
    browser = client.as_(iris)

    page = browser.get(address, expect=200).text
    fields = complete_fields(card, {"ESC": 4})
    sent = browser.post(
        address, data={"bases": hidden(page, "bases"), "then": "review", **fields}, expect=303
    )
    review = browser.get(sent.location, expect=200)
    browser.post(
        f"{address}/submission",
        data={"version": hidden(review.text, "version"), "key": hidden(review.text, "key")},
        expect=303,
    )

    frozen = words(browser.get(address, expect=200))
    assert "Handed in" in frozen
    assert "Said about ESC" in frozen
    assert queries.content_of(card).scored["ESC"].level == 4
