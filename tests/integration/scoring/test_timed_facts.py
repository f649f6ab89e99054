"""A fact that is told at its minute: on the scorecard, in its preview, on paper and in the guide."""

import pytest

from app.candidates import services as candidates
from app.core.db import db
from app.identity.models import Person
from app.identity.queries import get_employer
from app.loops import services
from app.scoring import kit, queries
from app.scoring.models import Scorecard
from tests.client import Client, words
from tests.factories import drafts, jobs, loops, people
from tests.factories.loops import GAPS
from tests.factories.scoring import application, card_of, complete_fields, interview_with, save, submit
from tests.integration.scoring import kits

CALL = "The charge nurse calls about bed four."


@pytest.fixture
def card(hana: Person, iris: Person, ivo: Person) -> Scorecard:
    """Iris's open scorecard of a stage in which a call comes at minute 3."""
    job = jobs.team(jobs.job(hana), recruiter=people.rina(), interviewers=[iris, ivo])
    loop = loops.draft_loop(job, [iris, ivo])
    content = services.Content(drafts.timed(hana, text=CALL))
    services.change_stage(people.actor(hana), loop.stages[0], content, version=loop.version)
    services.open_loop(people.actor(hana), loop, version=loop.version, gaps_reason=GAPS)
    db.session.commit()
    return card_of(interview_with([iris, ivo], of=application([iris, ivo], job=job)), iris)


def test_it_stands_in_the_script_with_its_minute_and_is_ticked_when_told(
    client: Client, iris: Person, card: Scorecard
) -> None:
    browser, address = client.as_(iris), f"/scorecards/{card.public_id}"
    page = browser.get(address, expect=200)
    text = words(page)

    assert text.index("Told at its minute") < text.index(CALL) < text.index("Facts, only when asked")
    assert f"{CALL} 3 min into the answer" in text
    assert 'data-at="180"' in page.text
    save(card, **{f"fact_{queries.shape_of(card).facts}": "yes"})
    submit(card, {}, at=card.assignment.interview.starts_at)
    assert f"1 of {queries.shape_of(card).facts} facts given" in words(browser.get(address))


def test_whoever_has_more_time_hears_it_later(client: Client, iris: Person, card: Scorecard) -> None:
    card.assignment.interview.application.time_factor = 150
    db.session.commit()

    page = client.as_(iris).get(f"/scorecards/{card.public_id}", expect=200)

    assert f"{CALL} 4 min 30 s into the answer" in words(page)
    assert 'data-at="270"' in page.text


def test_the_preview_and_the_kit_have_its_minute_too(client: Client, hana: Person, card: Scorecard) -> None:
    stage = card.assignment.interview.stage
    preview = words(client.as_(hana).get(f"/stages/{stage.public_id}/preview", expect=200))
    scenario = words(client.as_(hana).get(f"/scenarios/{stage.scenario_version.public_id}", expect=200))

    assert f"{CALL} 3 min into the answer" in preview
    assert f"Minute 3: {CALL}" in scenario
    paper = kits.words(kit.of_stage(stage, stage.loop.job, get_employer()))
    assert (
        kits.in_order(paper, ["Told at its minute", CALL, "minute 3 of the answer", "Facts, only when asked"])
        == []
    )


def test_candidates_know_that_something_comes_and_not_what(client: Client, card: Scorecard) -> None:
    found = card.assignment.interview.application
    _, token = candidates.make_link(people.actor(people.rina()), found, days=60)
    db.session.commit()

    page = words(client.get(f"/c/{token}/guide", expect=200))

    assert page.count("While you answer you are told something new") == 1
    assert CALL not in page


def test_a_scenario_without_one_says_nothing_of_it(client: Client, iris: Person, ivo: Person) -> None:
    card = card_of(interview_with([iris, ivo]), iris)
    save(card, **complete_fields(card))

    assert "Told at its minute" not in words(client.as_(iris).get(f"/scorecards/{card.public_id}"))
