"""Red flags: heard by one, closed to all others until the panel is complete, then confirmed or not."""

import pytest

from app.audit.events import Event
from app.audit.models import AuditEvent
from app.core.db import db
from app.identity.models import Person
from app.scoring.models import Interview, RedFlag
from tests.client import Client, words
from tests.factories.scoring import card_of, complete_fields, interview_with, save, submit

QUOTE = "“I would write that the alarm was on.”"


@pytest.fixture
def interview(iris: Person, ivo: Person) -> Interview:
    """An interview in which Iris raised the first flag of the script and handed in; Ivo has not."""
    made = interview_with([iris, ivo])
    card = card_of(made, iris)
    save(card, flag_1="yes", quote_1=QUOTE)
    submit(card)
    return made


def debrief(interview: Interview) -> str:
    return f"/applications/{interview.application.public_id}/debrief"


def flag() -> str:
    return f"/red-flags/{db.session.query(RedFlag).one().public_id}"


def test_a_flag_without_the_words_that_were_heard_cannot_be_handed_in(
    client: Client, iris: Person, ivo: Person
):
    card = card_of(interview_with([iris, ivo]), iris)
    save(card, flag_2="yes", **complete_fields(card))

    page = words(client.as_(iris).get(f"/scorecards/{card.public_id}/submission", expect=200))

    assert "1 thing left before you can submit." in page
    assert "Write what you heard for red flag 2, in their words, or take the flag back." in page


def test_what_was_written_for_a_flag_stays_when_the_flag_is_taken_back(
    client: Client, iris: Person, ivo: Person
):
    card = card_of(interview_with([iris, ivo]), iris)
    save(card, flag_1="yes", quote_1=QUOTE)
    save(card, flag_1="")

    assert QUOTE in client.as_(iris).get(f"/scorecards/{card.public_id}", expect=200).text


def test_nobody_else_learns_of_a_flag_before_the_panel_is_complete(
    client: Client, hana: Person, ivo: Person, interview: Interview
):
    for person in (hana, ivo):
        browser = client.as_(person)
        browser.post(flag(), data={"do": "confirm"}, expect=404)
        assert QUOTE not in browser.get(debrief(interview)).text


def test_another_member_of_the_panel_confirms_a_flag(client: Client, ivo: Person, interview: Interview):
    submit(card_of(interview, ivo))
    browser = client.as_(ivo)
    assert "raised by one" in words(browser.get(debrief(interview), expect=200))

    browser.post(flag(), data={"do": "confirm"}, expect=303)
    browser.post(flag(), data={"do": "confirm"}, expect=303)

    page = words(browser.get(debrief(interview), expect=200))
    assert QUOTE in page
    assert "Ivo Lind confirms it" in page
    events = db.session.query(AuditEvent).filter_by(event=Event.FLAG_ANSWERED.value).count()
    assert events == 1, "The second click said nothing new."


def test_the_last_word_of_a_person_stands(client: Client, hana: Person, ivo: Person, interview: Interview):
    submit(card_of(interview, ivo))
    browser = client.as_(hana)
    browser.post(flag(), data={"do": "confirm"}, expect=303)
    browser.post(flag(), data={"do": "deny"}, expect=303)

    page = words(browser.get(debrief(interview), expect=200))

    assert "did not hear it" in page
    assert "confirms it" not in page


def test_who_raised_a_flag_does_not_confirm_it(
    client: Client, iris: Person, ivo: Person, interview: Interview
):
    submit(card_of(interview, ivo))
    browser = client.as_(iris)

    assert "You raised this flag" in words(browser.get(debrief(interview), expect=200))
    browser.post(flag(), data={"do": "confirm"}, expect=403)


def test_a_flag_changes_no_result_by_itself(client: Client, hana: Person, ivo: Person, interview: Interview):
    submit(card_of(interview, ivo))
    browser = client.as_(hana)
    before = words(browser.get(debrief(interview), expect=200)).split("Criterion by interviewer")[1]

    browser.post(flag(), data={"do": "confirm"}, expect=303)

    assert words(browser.get(debrief(interview), expect=200)).split("Criterion by interviewer")[1] == before
