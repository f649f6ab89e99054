"""What was typed on the wrong candidate's scorecard goes to another open one of the same author."""

import json

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from app.audit.events import Event
from app.audit.models import AuditEvent
from app.core.db import db
from app.identity.models import Person
from app.scoring import queries
from app.scoring.models import DraftRevision, Scorecard
from tests.client import Client, words
from tests.factories.scoring import application, card_of, interview_with, save, submit


@pytest.fixture
def cards(app: Flask, iris: Person, ivo: Person) -> tuple[Scorecard, Scorecard]:
    """Two open scorecards of Iris's: Cleo's, on which something was typed, and Noor's."""
    cleo = application([iris, ivo])
    noor = application([iris, ivo], "Noor Haddad", cleo.job)
    wrong = card_of(interview_with([iris, ivo], of=cleo), iris)
    right = card_of(interview_with([iris, ivo], of=noor), iris)
    save(wrong, note_1="“I cool it.”", ties_1="SAF", note_2="“Hers.”", level_SAF="4", because_SAF="Said so.")
    save(right, note_1="“There already.”", retelling="Short.")
    return wrong, right


def move(client: Client, card: Scorecard, to: object, *items: str, expect: int = 303) -> TestResponse:
    return client.post(
        f"/scorecards/{card.public_id}/transfer", data={"to": to, "items": list(items)}, expect=expect
    )


def texts(card: Scorecard) -> dict[str, str]:
    return {name: one.body for name, one in queries.saved_fields(card).items() if one.body}


def test_the_page_lists_what_is_written_and_where_it_may_belong(client: Client, iris: Person, cards):
    wrong, _ = cards
    page = words(client.as_(iris).get(f"/scorecards/{wrong.public_id}/transfer", expect=200))

    assert "Noor Haddad, Twenty-two minutes" in page
    assert "Note 1: “I cool it.”" in page
    assert "SAF: level 4: Said so." in page


def test_what_was_chosen_moves_and_the_rest_stays(client: Client, iris: Person, cards):
    wrong, right = cards
    moved = move(client.as_(iris), wrong, right.public_id, "note-1", "criterion-SAF")

    assert moved.headers["Location"].endswith(f"/scorecards/{right.public_id}#evidence")
    assert texts(right) == {
        "note-1": "“There already.”",
        "retelling": "Short.",
        "note-2": "“I cool it.”",
        "ties-2": "SAF",
        "level-SAF": "4",
        "because-SAF": "Said so.",
    }
    assert texts(wrong) == {"ties-1": "SAF", "note-2": "“Hers.”"}


def test_every_text_stays_in_the_history_of_both_and_can_be_brought_back(client: Client, iris: Person, cards):
    wrong, right = cards
    browser = client.as_(iris)
    move(browser, wrong, right.public_id, "note-1")

    kept = db.session.scalars(
        sa.select(DraftRevision.body).where(
            DraftRevision.scorecard_id == wrong.id, DraftRevision.field == "note-1"
        )
    ).all()
    assert sorted(kept) == ["", "“I cool it.”"]
    assert "Note 1 removed: “I cool it.”" in words(browser.get(f"/scorecards/{wrong.public_id}"))


def test_moving_is_recorded_with_ids_and_names_of_fields_only(client: Client, iris: Person, cards):
    wrong, right = cards
    move(client.as_(iris), wrong, right.public_id, "note-1")

    event = db.session.scalars(sa.select(AuditEvent).where(AuditEvent.event == Event.NOTES_MOVED)).one()
    assert event.subject_id == wrong.public_id
    assert json.loads(event.facts) == {"to": str(right.public_id), "fields": ["note-1"]}


def test_nothing_chosen_is_said_at_the_field(client: Client, iris: Person, cards):
    wrong, _ = cards
    refused = words(move(client.as_(iris), wrong, "", expect=422))

    assert "Choose the scorecard it belongs to." in refused
    assert "Choose at least one thing to move." in refused


def test_a_scorecard_that_is_not_ones_own_open_one_cannot_be_chosen(
    client: Client, iris: Person, ivo: Person, cards
):
    wrong, right = cards
    colleagues = card_of(right.assignment.interview, ivo)
    move(client.as_(iris), wrong, colleagues.public_id, "note-1", expect=422)
    submit(right)
    move(client.as_(iris), wrong, right.public_id, "note-1", expect=422)
    assert texts(colleagues) == {}
    assert texts(wrong)["note-1"] == "“I cool it.”"


def test_nothing_moves_from_a_scorecard_that_is_handed_in(client: Client, iris: Person, cards):
    _, right = cards
    submit(right)
    refused = client.as_(iris).get(f"/scorecards/{right.public_id}/transfer", expect=403)

    assert "This scorecard is handed in" in words(refused)


def test_nobody_else_finds_the_page(client: Client, ivo: Person, hana: Person, ada: Person, cards):
    wrong, right = cards
    for somebody in (ivo, hana, ada):
        client.as_(somebody).get(f"/scorecards/{wrong.public_id}/transfer", expect=404)
        move(client.as_(somebody), wrong, right.public_id, "note-1", expect=404)


def test_with_no_other_open_scorecard_there_is_a_sentence(client: Client, iris: Person, ivo: Person):
    only = card_of(interview_with([iris, ivo]), iris)
    page = words(client.as_(iris).get(f"/scorecards/{only.public_id}/transfer", expect=200))

    assert "No other scorecard of yours is open" in page
