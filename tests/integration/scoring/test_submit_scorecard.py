"""Handing in a scorecard."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from app.audit.events import Event
from app.audit.models import AuditEvent
from app.core import clock
from app.core.db import db
from app.identity.models import Person
from app.scoring import queries
from app.scoring.models import NotObserved, Rating, Scorecard
from tests.client import Client, count_queries, words
from tests.factories.scoring import NOON, card_of, complete_fields, interview_with, save, seat_of, submit


@pytest.fixture
def card(app: Flask, iris: Person, ivo: Person) -> Scorecard:
    """An open scorecard of Iris's."""
    return card_of(interview_with([iris, ivo]), iris)


def hidden(page: str, name: str) -> str:
    """What a hidden field of a page holds."""
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    assert tag, f"no field {name}"
    value = re.search(r'value="([^"]*)"', tag[0])
    return value[1] if value else ""


def reviewed(browser: Client, card: Scorecard) -> dict[str, str]:
    """What the review page would send."""
    page = browser.get(f"/scorecards/{card.public_id}/submission", expect=200).text
    return {name: hidden(page, name) for name in ("version", "key")}


def test_an_interviewer_fills_in_a_page_without_scripts_and_hands_it_in(
    client: Client, iris: Person, card: Scorecard
):
    address = f"/scorecards/{card.public_id}"
    browser = client.as_(iris)

    page = browser.get(address, expect=200).text
    fields = {
        "bases": hidden(page, "bases"),
        "then": "review",
        **complete_fields(card, {"ESC": 4, "HND": None}),
    }
    review = browser.post(address, data=fields, expect=303).location
    assert "Submit the scorecard" in words(browser.get(review, expect=200))
    browser.post(f"{address}/submission", data=reviewed(browser, card), expect=303)

    frozen = words(browser.get(address, expect=200))
    assert "Handed in" in frozen
    assert "Said about ESC" in frozen
    assert "Not observed: ran out of time" in frozen
    db.session.refresh(card.assignment)
    assert card.is_submitted
    ratings = {rating.criterion.code: rating for rating in card.ratings}
    assert ratings["ESC"].level == 4
    assert ratings["HND"].level is None
    assert ratings["HND"].not_observed is NotObserved.RAN_OUT


def test_what_is_missing_is_listed_with_links(client: Client, iris: Person, card: Scorecard):
    save(card, level_SAF="1", level_ESC="no", reason_ESC="not asked")
    page = client.as_(iris).get(f"/scorecards/{card.public_id}/submission", expect=200)

    assert "4 things left before you can submit" in words(page)
    assert f'href="/scorecards/{card.public_id}#because-SAF"' in page.text
    assert "Submit the scorecard" not in words(page)


def test_a_scorecard_with_something_missing_is_not_taken(client: Client, iris: Person, card: Scorecard):
    save(card, level_SAF="3")
    browser = client.as_(iris)
    refused = browser.post(
        f"/scorecards/{card.public_id}/submission", data={"version": card.version, "key": "k1"}, expect=422
    )

    assert "Tie a note to SAF" in words(refused)
    assert seat_of(card.assignment.interview, iris).is_open


def test_a_second_submit_is_the_same_submit(client: Client, iris: Person, card: Scorecard):
    save(card, **complete_fields(card))
    browser = client.as_(iris)
    sent = reviewed(browser, card)
    for _ in range(3):
        browser.post(f"/scorecards/{card.public_id}/submission", data=sent, expect=303)

    assert db.session.scalar(sa.select(sa.func.count()).select_from(Rating)) == 4
    events = sa.select(sa.func.count()).where(AuditEvent.event == Event.SCORECARD_SUBMITTED.value)
    assert db.session.scalar(events) == 1


def test_another_submit_of_a_frozen_scorecard_is_refused_with_the_reason(
    client: Client, iris: Person, card: Scorecard
):
    save(card, **complete_fields(card))
    browser = client.as_(iris)
    first, second = reviewed(browser, card), reviewed(browser, card)
    browser.post(f"/scorecards/{card.public_id}/submission", data=first, expect=303)
    refused = browser.post(f"/scorecards/{card.public_id}/submission", data=second, expect=403)

    assert "it is frozen" in words(refused)


def test_a_scorecard_changed_since_its_review_is_not_taken(client: Client, iris: Person, card: Scorecard):
    save(card, **complete_fields(card))
    browser = client.as_(iris)
    sent = reviewed(browser, card)
    save(card, retelling="Changed in another tab.")
    refused = browser.post(f"/scorecards/{card.public_id}/submission", data=sent, expect=409)

    assert "has changed since you looked" in words(refused)
    assert seat_of(card.assignment.interview, iris).is_open


def test_a_waived_scorecard_cannot_be_handed_in(client: Client, iris: Person, rina: Person, card: Scorecard):
    save(card, **complete_fields(card))
    browser = client.as_(iris)
    sent = reviewed(browser, card)
    client.as_(rina).post(
        f"/assignments/{card.assignment.public_id}",
        data={"do": "waive", f"{card.assignment.public_id}-reason": "Was called to a patient."},
        expect=303,
    )
    browser.post(f"/scorecards/{card.public_id}/submission", data=sent, expect=403)

    assert "What you began is kept here" in words(browser.get(f"/scorecards/{card.public_id}", expect=200))


def test_the_database_refuses_to_change_a_rating_of_record(card: Scorecard):
    submit(card)
    with pytest.raises(IntegrityError, match="history"):
        db.session.execute(sa.update(Rating).values(level=5))
    db.session.rollback()


def test_the_time_of_a_note_is_when_it_was_first_written(card: Scorecard):
    with clock.at(NOON):
        save(card, note_1="Heard early.")
    submit(card, at=NOON + timedelta(hours=2))

    assert queries.content_of(card).notes[0].at == NOON


def test_the_audit_log_names_the_scorecard_and_holds_nothing_that_was_typed(card: Scorecard):
    submit(card)
    event = db.session.scalars(
        sa.select(AuditEvent).where(AuditEvent.event == Event.SCORECARD_SUBMITTED.value)
    ).one()

    assert event.subject_id == card.public_id
    assert event.facts == '{"criteria":4}'


def test_the_scorecard_page_takes_at_most_fifteen_queries(client: Client, iris: Person, card: Scorecard):
    browser = client.as_(iris)
    with count_queries() as sent:
        browser.get(f"/scorecards/{card.public_id}", expect=200)
    assert len(sent) <= 15, "\n".join(sent)
