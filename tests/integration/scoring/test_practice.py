"""Practice: a scorecard on a written answer; its author alone sees the gold, once it is handed in."""

import json
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from app.audit.models import AuditEvent
from app.core import clock
from app.core.db import db
from app.core.errors import Forbidden
from app.identity.models import Person
from app.packs import queries as packs
from app.packs.models import Vignette
from app.scoring.models import DraftRevision, Rating
from app.scoring.practice import queries
from app.scoring.practice.models import PracticeCard, PracticeRating
from app.scoring.queries import loop_of
from tests.client import Client, words
from tests.factories import people, practice, scoring
from tests.factories.practice import GOLD, begun, complete_fields, handed_in, vignette
from tests.factories.scoring import NOON


def there(card: PracticeCard) -> str:
    return f"/practice/{card.public_id}"


def start(browser: Client, key: str = "v01") -> str:
    answer = browser.post("/practice", data={"vignette": str(vignette(key).public_id)}, expect=303)
    return answer.headers["Location"].partition("#")[0]


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_person_practices_without_scripts_from_the_list_to_the_gold(client: Client, iris: Person) -> None:
    browser = client.as_(iris)
    page = start(browser)
    fields = complete_fields(GOLD | {"ESC": 3, "VER": 4}) | {
        "flag-2": "yes", "quote-2": "go back into my ten-forty note",
        "flag-4": "yes", "quote-4": "Alarm on.",
    }  # fmt: skip

    on_its_way = browser.post(page, data={"bases": "", "then": "review"} | fields, expect=303)
    review = browser.get(on_its_way.headers["Location"], expect=200)
    hidden = {
        one: review.text.split(f'name="{one}"')[1].split('value="')[1].split('"')[0]
        for one in ("version", "key")
    }
    browser.post(f"{page}/submission", data=hidden, expect=303)
    said = words(browser.get(f"{page}/outcome", expect=200))

    assert "3 of 5 within the accepted levels" in said
    assert "4 of 5 within one level of them. 1 of 1 red flag heard." in said
    assert "Its trap: halo from a caring, assured manner." in said
    assert "Does not go back to see it done." in said, "each gold has its reason"
    assert "Altering the earlier note You heard it" in said
    assert "You wrote: go back into my ten-forty note" in said
    assert "Physical restraint without order Yours alone You wrote: Alarm on." in said
    assert "You wrote: It is what 4 describes." in said


def test_nothing_of_the_gold_reaches_the_browser_before_it_is_handed_in(client: Client, iris: Person) -> None:
    browser = client.as_(iris)
    card = begun(iris, "v13", note_1="“You can just tell, right?”", ties_1="SAF", level_SAF="2")
    one = {"client": "tab", "field": "level-ESC", "body": "3", "base": "0", "sequence": "1"}
    answers = [
        browser.get("/practice"),
        browser.get(there(card)),
        browser.get(f"{there(card)}/submission"),
        browser.get(f"{there(card)}/token"),
        browser.get(f"{there(card)}/outcome", expect=403),
        browser.post(f"{there(card)}/revisions", data=one, expect=200),
        browser.post(f"{there(card)}/revisions", data=one | {"body": "9", "sequence": "2"}, expect=422),
        browser.post(there(card), data={"bases": "", "level-ESC": "2"}, expect=409),
        browser.post(f"{there(card)}/submission", data={"version": card.version, "key": "k"}, expect=422),
    ]
    sent = [f"{answer.headers}{answer.get_data(as_text=True)}" for answer in answers]

    known = telling(card)

    assert len(known) > 10
    assert [word for word in known for answer in sent if word in answer] == []


def telling(card: PracticeCard) -> list[str]:
    """Every sentence of a vignette that its answer does not hold, and a word for its levels."""
    found = packs.vignette_of(card.vignette)
    texts = [found.trap, found.missed_by or "", found.deviation or "", *(one.reason for one in found.gold)]
    texts += [one.why for one in found.red_flags]
    pieces = [piece.strip() for text in texts for piece in text.split(".")]
    return ["gold_", *(piece for piece in pieces if len(piece) > 20 and piece not in found.answer)]


def test_it_would_be_noticed_if_the_gold_came_with_the_page(client: Client, iris: Person) -> None:
    card = handed_in(iris, "v13", {"SAF": 2, "ESC": 3, "DOC": None, "HND": 2, "VER": None})
    page = client.as_(iris).get(f"{there(card)}/outcome", expect=200).get_data(as_text=True)

    assert [word for word in telling(card) if word in page]


def test_the_gold_is_refused_until_then_because_the_policy_says_so(app: Flask, iris: Person) -> None:
    card = begun(iris)

    with pytest.raises(Forbidden, match=r"The gold is shown once you have handed in\."):
        queries.gold_of(people.actor(iris), card)


def test_nobody_else_opens_it_whatever_their_role(
    client: Client, iris: Person, ivo: Person, hana: Person, rina: Person, ada: Person
) -> None:
    card = handed_in(iris)
    for other in (ivo, hana, rina, ada):
        browser = client.as_(other)
        browser.get(f"{there(card)}/outcome", expect=404)
        browser.get(there(card), expect=404)
        browser.post(there(card), data={"bases": "", "level-SAF": "1"}, expect=404)
        assert "Handed in" not in words(browser.get("/practice", expect=200))


def test_what_somebody_practices_changes_nothing_for_anybody_else(
    client: Client, iris: Person, ivo: Person, hana: Person, rina: Person
) -> None:
    application = scoring.interview_with([iris, ivo], [ivo]).application
    job, loop = f"/jobs/{application.job.public_id}", loop_of(application)
    places = {
        ivo: ["/", "/practice", "/scorecards"],
        hana: ["/", job, f"{job}/loop", "/practice", f"/applications/{application.public_id}/debrief"],
        rina: ["/", job, f"/applications/{application.public_id}", f"/loops/{loop.public_id}/agreement"],
    }

    def seen() -> list[str]:
        return [words(client.as_(who).get(place, expect=200)) for who in places for place in places[who]]

    with clock.at(NOON + timedelta(hours=2)):
        before = seen()
        begun(iris, "v03", level_SAF="1")
        handed_in(iris)

        assert seen() == before
        assert "Handed in" in words(client.as_(iris).get("/practice")), "it would be seen"


def test_practice_stays_apart_from_what_counts(client: Client, iris: Person) -> None:
    before = count(Rating), count(DraftRevision)

    card = handed_in(iris, levels=GOLD | {"DOC": 5})

    assert (count(Rating), count(DraftRevision)) == before
    rows = db.session.scalars(select(PracticeRating).where(PracticeRating.practice_card_id == card.id))
    assert {row.code: row.level for row in rows} == GOLD | {"DOC": 5}
    events = db.session.scalars(select(AuditEvent).where(AuditEvent.event.startswith("practice"))).all()
    assert [(one.event, one.actor_id, sorted(one.facts_by_name)) for one in events] == [
        ("practice:started", iris.id, ["vignette"]),
        ("practice:submitted", iris.id, ["criteria"]),
    ]


def test_what_is_missing_is_asked_for_as_on_a_live_card(client: Client, iris: Person) -> None:
    card = begun(iris, level_SAF="4", flag_2="yes")
    browser = client.as_(iris)

    said = words(browser.get(f"{there(card)}/submission", expect=200))
    refused = browser.post(
        f"{there(card)}/submission", data={"version": card.version, "key": "k"}, expect=422
    )

    for page in (said, words(refused)):
        assert "Tie a note to SAF" in page
        assert "Say the because of SAF" in page
        assert "ESC has no level." in page
        assert "Write what you heard for red flag 2" in page
    assert card.is_open


def test_saving_is_acknowledged_by_digest_and_once(client: Client, iris: Person) -> None:
    card, browser = begun(iris), client.as_(iris)
    one = {
        "client": "tab",
        "field": "note-1",
        "body": "“I sit so we're level.”",
        "base": "0",
        "sequence": "1",
    }

    first, again = (browser.post(f"{there(card)}/revisions", data=one, expect=200).json for _ in "12")
    stale = browser.post(
        f"{there(card)}/revisions", data=one | {"body": "Other", "sequence": "2"}, expect=409
    )
    page = browser.post(
        there(card),
        data={"bases": "", "note-1": "Typed in another tab", "retelling": "Two lines"},
        expect=409,
    )

    assert first == again | {"at": first["at"]}
    assert json.loads(stale.text) == {"stale": ["note-1"]}
    assert "Typed in another tab" in page.text, "nothing typed is lost"
    assert "Two lines" in page.text
    assert len(queries.revisions_of(card)) == 1


def test_a_text_that_cannot_be_kept_comes_back_with_everything_typed(client: Client, iris: Person) -> None:
    card = begun(iris)

    page = client.as_(iris).post(
        there(card), data={"bases": "", "note-1": "x" * 20_001, "because-SAF": "He stays."}, expect=422
    )

    assert "At most 20,000 characters" in words(page)
    assert "He stays." in page.text
    assert "x" * 20_001 in page.text


def test_a_removed_note_comes_back(client: Client, iris: Person) -> None:
    card, browser = begun(iris, note_1="“I don't leave.”", ties_1="SAF"), client.as_(iris)
    typed = {"bases": "note-1:1 ties-1:1", "note-1": "“I don't leave.”", "ties-1": "SAF"}

    browser.post(there(card), data=typed | {"then": "remove-1"}, expect=303)
    assert "Note 1 removed" in words(browser.get(there(card)))
    gone = {"bases": "note-1:2 ties-1:1", "ties-1": "SAF"}
    browser.post(there(card), data=gone | {"then": "bring-back-1"}, expect=303)

    assert [note.body for note in queries.content_of(card).notes] == ["“I don't leave.”"]


def test_an_answer_is_practiced_again_only_after_it_was_handed_in(client: Client, iris: Person) -> None:
    browser = client.as_(iris)

    first, same = start(browser), start(browser)
    card = queries.get_own_card(people.actor(iris), UUID(first.rpartition("/")[2]))
    practice.save(card, iris, complete_fields(GOLD))
    page = {"version": card.version, "key": "once"}
    browser.post(f"{first}/submission", data=page, expect=303)
    browser.post(f"{first}/submission", data=page, expect=303)
    closed = browser.post(first, data={"bases": "", "level-SAF": "1"}, expect=403)
    second = start(browser)

    assert first == same != second
    assert "This practice card is handed in. Score the answer again if you like." in words(closed)
    assert count(PracticeRating) == 5, "handing in twice is once"
    assert "5 of 5 within the accepted levels" in words(browser.get(f"{first}/outcome", expect=200))
    said = words(browser.get("/practice"))
    assert "Handed in" in said, "earlier ones stay to be read"
    assert "Go on with it : The chair by the window, answer 1" in said


def test_what_is_met_first_stands_first(client: Client, iris: Person, ivo: Person) -> None:
    said = words(client.as_(ivo).get("/practice"))
    order = [said.index(kind) for kind in ("Safety near miss", "High-volume day", "Case walkthrough")]
    assert order == sorted(order)

    with clock.at(NOON - timedelta(days=1)):
        scoring.interview_with([iris], stage=2)
        said = words(client.as_(iris).get("/practice"))

    assert said.index("High-volume day You interview on this") < said.index("Safety near miss")


def test_somebody_before_their_first_interview_is_told_once_and_never_stopped(
    client: Client, iris: Person, ivo: Person
) -> None:
    ask = "Practice once before your first interview"
    with clock.at(NOON - timedelta(days=1)):
        done = scoring.interview_with([ivo], [ivo], starts_at=NOON - timedelta(days=9))
        interview = scoring.interview_with([iris, ivo], of=done.application, stage=2, declared=False)
        card = scoring.card_of(interview, iris)
        browser = client.as_(iris)
        before = words(browser.get("/")), words(browser.get(f"/scorecards/{card.public_id}"))
        his = words(client.as_(ivo).get("/"))
        begun(iris)
        still = words(client.as_(iris).get("/"))
        handed_in(iris, "v02", {"SAF": 4, "ESC": 4, "EDU": 3, "DOC": 3})
        after = words(client.as_(iris).get("/")), words(client.as_(iris).get(f"/scorecards/{card.public_id}"))

    assert ask in before[0]
    assert "This is your first interview here. Practice once on a written answer" in before[1]
    assert "Nothing ties me: open the kit" in before[1]
    assert ask not in his, "he has interviewed"
    assert ask in still, "a card that was begun is no practice yet"
    assert [page for page in after if "Practice once" in page] == []


def test_without_packs_the_page_says_what_comes_here(client: Client, iris: Person) -> None:
    db.session.execute(delete(Vignette))
    db.session.commit()

    assert "No answer to practice on" in words(client.as_(iris).get("/practice", expect=200))
