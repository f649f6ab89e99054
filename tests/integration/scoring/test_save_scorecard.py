"""Saving an open scorecard, by itself or by the whole page, and what happens between two tabs."""

import hashlib

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.core.db import db
from app.identity.models import Person
from app.scoring import queries
from app.scoring.models import DraftRevision, Scorecard
from tests.client import Client, words
from tests.factories.scoring import card_of, interview_with, save, submit


@pytest.fixture
def card(app: Flask, iris: Person, ivo: Person) -> Scorecard:
    """An open scorecard of Iris's."""
    return card_of(interview_with([iris, ivo]), iris)


def autosave(
    browser: Client,
    card: Scorecard,
    *changes: tuple[str, str, int, int],
    client: str = "tab",
    expect: int | None = 200,
) -> TestResponse:
    """Send changes as the page's script does: field, text, base, number."""
    columns = {
        name: [change[place] for change in changes]
        for place, name in enumerate(("field", "body", "base", "sequence"))
    }
    return browser.post(
        f"/scorecards/{card.public_id}/revisions", data={"client": client, **columns}, expect=expect
    )


def send_page(browser: Client, card: Scorecard, bases: str = "", **fields: object) -> TestResponse:
    """Send the whole page, as a browser without scripts does."""
    data = {"bases": bases} | {name.replace("_", "-"): value for name, value in fields.items()}
    return browser.post(f"/scorecards/{card.public_id}", data=data)


def texts(card: Scorecard) -> dict[str, str]:
    return {name: one.body for name, one in queries.saved_fields(card).items()}


def test_what_is_typed_is_saved_and_acknowledged_by_its_digest(client: Client, iris: Person, card: Scorecard):
    answer = autosave(client.as_(iris), card, ("note-1", "“I call him first.”\r\nThen the desk.", 0, 1)).json

    kept = "“I call him first.”\nThen the desk."
    assert answer["saved"] == [
        {"sequence": 1, "field": "note-1", "base": 1, "digest": hashlib.sha256(kept.encode()).hexdigest()}
    ]
    assert texts(card) == {"note-1": kept}


def test_the_answer_says_what_is_left(client: Client, iris: Person, card: Scorecard):
    answer = autosave(client.as_(iris), card, ("level-SAF", "1", 0, 1)).json

    assert answer["levels"] == "1 of 4 have a level"
    assert answer["missing"]["SAF"] == "note missing"
    assert answer["missing"]["ESC"] == "level missing"


def test_a_saving_sent_again_after_a_lost_answer_is_the_same_saving(
    client: Client, iris: Person, card: Scorecard
):
    browser = client.as_(iris)
    first = autosave(browser, card, ("retelling", "Called first.", 0, 1)).json
    again = autosave(browser, card, ("retelling", "Called first.", 0, 1)).json

    assert again["saved"] == first["saved"]
    assert db.session.query(DraftRevision).count() == 1


def test_a_number_used_for_another_text_is_refused(client: Client, iris: Person, card: Scorecard):
    browser = client.as_(iris)
    autosave(browser, card, ("retelling", "One.", 0, 1))
    autosave(browser, card, ("retelling", "Two.", 1, 1), expect=422)

    assert texts(card) == {"retelling": "One."}


def test_every_text_stays_in_the_history(client: Client, iris: Person, card: Scorecard):
    browser = client.as_(iris)
    autosave(browser, card, ("retelling", "One.", 0, 1))
    autosave(browser, card, ("retelling", "Two.", 1, 2))

    assert [one.body for one in db.session.query(DraftRevision).order_by(DraftRevision.id)] == [
        "One.",
        "Two.",
    ]
    assert texts(card) == {"retelling": "Two."}


def test_a_stale_autosave_names_the_field_and_saves_nothing(client: Client, iris: Person, card: Scorecard):
    browser = client.as_(iris)
    autosave(browser, card, ("retelling", "from tab two", 0, 1), client="two")
    refused = autosave(
        browser,
        card,
        ("retelling", "from tab one", 0, 1),
        ("because-SAF", "along", 0, 2),
        client="one",
        expect=409,
    )

    assert refused.json == {"stale": ["retelling"]}
    assert texts(card) == {"retelling": "from tab two"}


def test_two_tabs_on_different_fields_do_not_meet(client: Client, iris: Person, card: Scorecard):
    browser = client.as_(iris)
    autosave(browser, card, ("retelling", "from tab two", 0, 1), client="two")
    autosave(browser, card, ("because-SAF", "from tab one", 0, 1), client="one")

    assert texts(card) == {"retelling": "from tab two", "because-SAF": "from tab one"}


def test_an_unknown_field_is_refused(client: Client, iris: Person, card: Scorecard):
    refused = autosave(client.as_(iris), card, ("overall", "5", 0, 1), expect=422)
    assert "no field called overall" in refused.json["refused"]


def test_lists_that_do_not_belong_together_are_refused(client: Client, iris: Person, card: Scorecard):
    address = f"/scorecards/{card.public_id}/revisions"
    client.as_(iris).post(address, data={"client": "tab", "field": ["retelling"], "body": []}, expect=422)


# Without scripts --------------------------------------------------------------------------------------------


def test_the_whole_page_is_saved_without_scripts(client: Client, iris: Person, card: Scorecard):
    browser = client.as_(iris)
    sent = send_page(
        browser,
        card,
        level_SAF="3",
        note_1="“Cool water.”",
        ties_1=["SAF", "ESC"],
        probe_2="yes",
        fact_1="yes",
    )

    assert sent.status_code == 303
    page = browser.get(f"/scorecards/{card.public_id}", expect=200).text
    assert "“Cool water.”" in page
    content = queries.content_of(card)
    assert content.scored["SAF"].level == 3
    assert content.notes[0].ties == ("SAF", "ESC")
    assert content.probes == {2}
    assert content.facts == {1}


def test_add_note_leaves_an_empty_one_to_write_in(client: Client, iris: Person, card: Scorecard):
    browser = client.as_(iris)
    send_page(browser, card, note_1="First.")
    page = browser.get(f"/scorecards/{card.public_id}").text

    assert 'name="note-1"' in page
    assert 'name="note-2"' in page


def test_a_tick_taken_back_is_saved_as_taken_back(client: Client, iris: Person, card: Scorecard):
    browser = client.as_(iris)
    send_page(browser, card, probe_1="yes")
    send_page(browser, card, bases="probe-1:1")

    assert queries.content_of(card).probes == frozenset()


def test_an_old_tab_that_changed_something_else_clashes_with_nothing(
    client: Client, iris: Person, card: Scorecard
):
    browser = client.as_(iris)
    send_page(browser, card, retelling="One.")
    send_page(browser, card, bases="retelling:1", retelling="Two.")
    sent = send_page(browser, card, bases="retelling:1", retelling="One.", because_SAF="from the old tab")

    assert sent.status_code == 303
    assert texts(card) == {"retelling": "Two.", "because-SAF": "from the old tab"}


def test_two_tabs_on_one_field_meet_with_both_texts_side_by_side(
    client: Client, iris: Person, card: Scorecard
):
    browser = client.as_(iris)
    send_page(browser, card, retelling="from tab two")
    met = send_page(browser, card, retelling="from tab one", because_SAF="goes along")

    assert met.status_code == 409
    assert "Saved elsewhere from tab two" in words(met)
    assert "On the page you sent from tab one" in words(met)
    assert "1 other change of yours goes along" in words(met)
    assert texts(card) == {"retelling": "from tab two"}


@pytest.mark.parametrize(
    ("keep", "kept"),
    [("mine", "from tab one"), ("theirs", "from tab two"), ("both", "from tab two\n\nfrom tab one")],
)
def test_what_is_kept_of_two_texts_is_saved_with_the_rest(
    client: Client, iris: Person, card: Scorecard, keep: str, kept: str
):
    browser = client.as_(iris)
    send_page(browser, card, retelling="from tab two")
    browser.post(
        f"/scorecards/{card.public_id}/merge",
        data={
            "field": ["retelling", "because-SAF"],
            "body": ["from tab one", "goes along"],
            "base": [1, 0],
            "sequence": [1, 2],
            "theirs-retelling": "from tab two",
            "keep-retelling": keep,
        },
        expect=303,
    )

    assert texts(card) == {"retelling": kept, "because-SAF": "goes along"}


def test_a_third_text_that_came_meanwhile_is_put_beside_again(client: Client, iris: Person, card: Scorecard):
    browser = client.as_(iris)
    send_page(browser, card, retelling="from tab two")
    send_page(browser, card, bases="retelling:1", retelling="from tab three")
    met = browser.post(
        f"/scorecards/{card.public_id}/merge",
        data={
            "field": "retelling",
            "body": "from tab one",
            "base": 1,
            "sequence": 1,
            "keep-retelling": "mine",
        },
        expect=409,
    )

    assert "from tab three" in words(met)
    assert "from tab one" in words(met)


def test_a_text_too_long_is_refused_and_everything_typed_stays(client: Client, iris: Person, card: Scorecard):
    refused = send_page(client.as_(iris), card, retelling="x" * 20_001, because_SAF="Kept on the page.")

    assert refused.status_code == 422
    assert "At most 20,000 characters" in words(refused)
    assert "Kept on the page." in refused.text
    assert texts(card) == {}


def test_a_draft_survives_signing_out_and_in(client: Client, iris: Person, card: Scorecard):
    browser = client.as_(iris)
    autosave(browser, card, ("note-1", "“I call him first.”", 0, 1))
    browser.post("/sign-out", expect=303)

    assert "“I call him first.”" in client.as_(iris).get(f"/scorecards/{card.public_id}", expect=200).text


# Refused ----------------------------------------------------------------------------------------------------


def test_nobody_else_finds_a_scorecard_whatever_their_role(
    client: Client,
    ivo: Person,
    hana: Person,
    rina: Person,
    ada: Person,
    remi: Person,
    olga: Person,
    card: Scorecard,
):
    for somebody in (ivo, hana, rina, ada, remi, olga):
        browser = client.as_(somebody)
        browser.get(f"/scorecards/{card.public_id}", expect=404)
        autosave(browser, card, ("retelling", "not mine", 0, 1), expect=404)
        browser.get(f"/scorecards/{card.public_id}/submission", expect=404)
    assert texts(card) == {}


def test_a_scorecard_that_is_handed_in_cannot_be_saved_any_more(
    client: Client, iris: Person, card: Scorecard
):
    submit(card)
    autosave(client.as_(iris), card, ("retelling", "too late", 5, 1), expect=403)
    assert queries.content_of(card).retelling == "Called first, then planned the day."


def test_getting_the_address_of_a_saving_is_refused(client: Client, iris: Person, card: Scorecard):
    client.as_(iris).get(f"/scorecards/{card.public_id}/revisions", expect=405)


def test_saving_counts_the_versions_of_a_scorecard(card: Scorecard):
    before = card.version
    save(card, retelling="One.")
    save(card, retelling="One.")
    assert card.version == before + 1, "the same text again is no change"
