"""Before the kit opens an interviewer says whether anything ties them to the candidate."""

import pytest

from app.core.db import db
from app.identity.models import Person
from app.scoring.models import Scorecard
from tests.client import Client, words
from tests.factories import people
from tests.factories.scoring import card_of, interview_with, seat_of


@pytest.fixture
def card(iris: Person, ivo: Person) -> Scorecard:
    """A scorecard of Iris's that she has not opened yet."""
    return card_of(interview_with([iris, ivo], declared=False), iris)


def address(card: Scorecard, suffix: str = "") -> str:
    return f"/scorecards/{card.public_id}{suffix}"


def application(card: Scorecard) -> str:
    return f"/applications/{card.assignment.interview.application.public_id}"


def test_the_kit_stays_closed_until_an_interviewer_has_said_that_nothing_ties_them(
    client: Client, iris: Person, card: Scorecard
):
    browser = client.as_(iris)

    page = words(browser.get(address(card), expect=200))
    assert "Does anything tie you to Cleo Marsh?" in page
    assert "Read aloud" not in page
    browser.post(address(card), data={"bases": "", "note-1": "“I call him.”"}, expect=403)
    browser.get(address(card, "/submission"), expect=303)

    browser.post(address(card, "/tie"), data={"do": "open"}, expect=303)

    assert "Read aloud" in words(browser.get(address(card), expect=200))


def test_an_interviewer_who_is_tied_steps_back_and_cannot_score(
    client: Client, iris: Person, card: Scorecard
):
    browser = client.as_(iris)

    browser.post(address(card, "/tie"), data={"do": "step-back", "tie": "worked together"}, expect=303)

    assert "You stepped back" in words(browser.get(address(card), expect=200))
    browser.post(address(card, "/tie"), data={"do": "open"}, expect=403)
    browser.post(address(card), data={"bases": "", "note-1": "“I call him.”"}, expect=403)
    assert "Cleo Marsh" not in words(browser.get("/", expect=200)), "Nothing of it is left to do."


def test_a_tie_has_to_be_chosen_before_stepping_back(client: Client, iris: Person, card: Scorecard):
    page = client.as_(iris).post(address(card, "/tie"), data={"do": "step-back"}, expect=422)

    assert "Choose what ties you." in words(page)


def test_a_face_may_be_recognized_later(client: Client, iris: Person, card: Scorecard):
    browser = client.as_(iris)
    browser.post(address(card, "/tie"), data={"do": "open"}, expect=303)
    browser.post(address(card), data={"bases": "", "note-1": "“I call him.”"}, expect=303)

    assert "Something ties me to Cleo" in words(browser.get(address(card), expect=200))
    browser.post(address(card, "/tie"), data={"do": "step-back", "tie": "friend"}, expect=303)

    assert "You stepped back" in words(browser.get(address(card), expect=200))


def test_the_recruiter_sees_who_stepped_back_and_replaces_them(client: Client, iris: Person, card: Scorecard):
    browser = client.as_(iris)
    browser.post(address(card, "/tie"), data={"do": "step-back", "tie": "friend"}, expect=303)
    browser = client.as_(people.rina())

    page = words(browser.get(application(card), expect=200))
    assert "Stepped back" in page
    assert "Tied to the candidate: friend." in page
    seat = seat_of(card.assignment.interview, people.iris())
    db.session.expire_all()
    browser.post(
        f"/assignments/{seat.public_id}",
        data={"do": "waive", f"{seat.public_id}-reason": "Iris is tied to the candidate."},
        expect=303,
    )

    assert "Waived: Iris is tied to the candidate." in words(browser.get(application(card), expect=200))


def test_a_colleague_on_the_panel_does_not_learn_what_the_tie_is(
    client: Client, iris: Person, ivo: Person, card: Scorecard
):
    client.as_(iris).post(address(card, "/tie"), data={"do": "step-back", "tie": "friend"}, expect=303)

    assert "friend" not in client.as_(ivo).get("/", expect=200).text
