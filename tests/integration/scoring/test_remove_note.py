"""A note is taken away with a button, and brought back with another; both are revisions."""

import pytest
from flask import Flask

from app.identity.models import Person
from app.scoring import queries
from app.scoring.models import Scorecard
from tests.client import Client, words
from tests.factories.scoring import card_of, interview_with, save


@pytest.fixture
def card(app: Flask, iris: Person, ivo: Person) -> Scorecard:
    """An open scorecard of Iris's with two notes."""
    found = card_of(interview_with([iris, ivo]), iris)
    save(found, note_1="“I cool it.”", ties_1="SAF", note_2="“Then I call.”")
    return found


PAGE = {"bases": "note-1:1 ties-1:1 note-2:1", "note-1": "“I cool it.”", "ties-1": "SAF"}


def press(client: Client, card: Scorecard, button: str, **typed: str) -> str:
    """Press a button of a note on a page that shows both; answers the page that comes then."""
    address = f"/scorecards/{card.public_id}"
    data = PAGE | {"note-2": "“Then I call.”", "then": button} | typed
    client.post(address, data=data, expect=303)
    return words(client.get(address, expect=200))


def notes(card: Scorecard) -> list[str]:
    return [note.body for note in queries.content_of(card).notes]


def test_a_note_is_removed_and_what_it_said_is_shown_beside_undo(client: Client, iris: Person, card):
    page = press(client.as_(iris), card, "remove-1")

    assert notes(card) == ["“Then I call.”"]
    assert "Note 1 removed: “I cool it.” Undo removing note 1" in page


def test_undo_brings_it_back_with_its_ties(client: Client, iris: Person, card):
    browser = client.as_(iris)
    press(browser, card, "remove-1")
    data = {"bases": "note-1:2 ties-1:1 note-2:1", "note-2": "“Then I call.”", "then": "bring-back-1"}
    browser.post(f"/scorecards/{card.public_id}", data=data, expect=303)

    assert notes(card) == ["“I cool it.”", "“Then I call.”"]
    assert queries.content_of(card).notes[0].ties == ("SAF",)


def test_what_was_typed_elsewhere_on_the_page_is_saved_with_it(client: Client, iris: Person, card):
    press(client.as_(iris), card, "remove-1", retelling="Typed, and not saved yet.")

    assert queries.content_of(card).retelling == "Typed, and not saved yet."


def test_what_was_typed_into_the_note_before_it_went_comes_back_too(client: Client, iris: Person, card):
    browser = client.as_(iris)
    page = press(browser, card, "remove-1", **{"note-1": "“I cool it first.”"})

    assert "Note 1 removed: “I cool it first.”" in page


def test_a_button_for_a_note_that_was_never_there_changes_nothing(client: Client, iris: Person, card):
    press(client.as_(iris), card, "bring-back-7")

    assert notes(card) == ["“I cool it.”", "“Then I call.”"]
