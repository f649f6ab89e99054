"""How a scorecard came about, and what was added to it: who sees which, and when."""

from datetime import timedelta
from typing import Any

from app.core import clock
from app.core.db import db
from app.identity.models import Person
from app.scoring import rules, services
from app.scoring.models import Interview
from tests.client import Client, words
from tests.factories import people, scoring
from tests.factories.scoring import NOON, card_of, interview_with

ADDED = "She also named the charge nurse."


def amended(interview: Interview, person: Person, *, hours: int, body: str = ADDED) -> None:
    """An amendment, so long after the interview began."""
    with clock.at(NOON + timedelta(hours=hours)):
        services.amend(
            people.actor(person), card_of(interview, person), body=body, reason="Reread my paper notes."
        )
        db.session.commit()


def scheduled(panel: list[Person], **more: Any) -> Interview:
    """An interview at noon that was scheduled the day before."""
    with clock.at(NOON - timedelta(days=1)):
        return interview_with(panel, starts_at=NOON, **more)


def handed_in(interview: Interview, person: Person, *, hours: int) -> None:
    scoring.submit(card_of(interview, person), at=NOON + timedelta(hours=hours))
    db.session.commit()


# What was saved on the way ----------------------------------------------------------------------------------


def test_an_author_reads_every_text_that_was_saved_the_newest_first(
    client: Client, iris: Person, ivo: Person
) -> None:
    card = card_of(interview_with([iris, ivo]), iris)
    for body in ("He calls.", "He calls first.", ""):
        scoring.save(card, note_1=body)
    scoring.save(card, level_SAF="4")

    page = words(client.as_(iris).get(f"/scorecards/{card.public_id}/history", expect=200))

    places = [page.index(text) for text in ("Level of SAF", "Taken away", "He calls first.", "He calls.")]
    assert places == sorted(places)
    assert "1 to 4 of 4" in page


def test_nothing_saved_is_said_and_long_histories_have_pages(
    client: Client, iris: Person, ivo: Person
) -> None:
    card = card_of(interview_with([iris, ivo]), iris)
    browser, address = client.as_(iris), f"/scorecards/{card.public_id}/history"
    assert "Nothing was saved yet" in words(browser.get(address))
    scoring.save(card, **{f"note_{number}": f"Note number {number}." for number in range(1, 61)})

    assert "Note number 60." in words(browser.get(address))
    assert "Note number 1." in words(browser.get(f"{address}?page=2"))


def test_nobody_else_reads_it_not_even_when_the_panel_is_complete(
    client: Client, iris: Person, ivo: Person, hana: Person, ada: Person
) -> None:
    card = card_of(interview_with([iris, ivo], [iris, ivo]), iris)
    for person in (ivo, hana, people.rina(), ada):
        client.as_(person).get(f"/scorecards/{card.public_id}/history", expect=404)
    client.as_(iris).get(f"/scorecards/{card.public_id}/history", expect=200)


# What was added afterwards ----------------------------------------------------------------------------------


def test_an_amendment_has_its_author_time_and_reason_and_says_before_or_after_what(
    client: Client, hana: Person, iris: Person, ivo: Person
) -> None:
    interview = scheduled([iris, ivo])
    handed_in(interview, iris, hours=1)
    amended(interview, iris, hours=2, body="Before that, he washed his hands.")
    handed_in(interview, ivo, hours=3)
    amended(interview, iris, hours=4)

    own = words(client.as_(iris).get(f"/scorecards/{card_of(interview, iris).public_id}"))
    for reader in (hana, ivo):
        page = words(client.as_(reader).get(f"/applications/{interview.application.public_id}/debrief"))
        assert "2:00 pm, before the panel was complete Before that, he washed his hands." in page
        assert f"4:00 pm, after the panel was complete {ADDED} Reason: Reread my paper notes." in page
    assert "Iris Okafor, 10 March, 2:00 pm, before the panel was complete. Reason: Reread" in own
    assert "Iris Okafor, 10 March, 4:00 pm, after the panel was complete. Reason: Reread" in own


def test_while_the_panel_is_closed_to_its_author_an_amendment_says_nothing_of_the_panel(
    client: Client, iris: Person, ivo: Person
) -> None:
    interview = scheduled([iris, ivo])
    handed_in(interview, iris, hours=1)
    amended(interview, iris, hours=2)
    address = f"/scorecards/{card_of(interview, iris).public_id}"

    waiting = words(client.as_(iris).get(address))
    other = scheduled([iris, ivo], of=interview.application, stage=2)
    handed_in(interview, ivo, hours=3)
    owing = words(client.as_(iris).get(address))
    handed_in(other, iris, hours=4)
    opened = words(client.as_(iris).get(address))

    assert "the panel was complete" not in waiting
    assert "the panel was complete" not in owing
    assert "before the panel was complete" in opened


def test_a_debrief_is_closed_until_every_seat_of_that_time_is_settled() -> None:
    at = NOON
    before, after = at - timedelta(hours=1), at + timedelta(hours=1)

    assert rules.debrief_was_open(at, [(before, before), (before, at)])
    assert not rules.debrief_was_open(at, [(before, before), (before, after)])
    assert not rules.debrief_was_open(at, [(before, before), (before, None)])
    assert rules.debrief_was_open(at, [(before, before), (after, None)]), "that seat was not there yet"
