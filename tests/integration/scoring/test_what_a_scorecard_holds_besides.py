"""Tags of notes, probes of one's own, answers that are decided, and that something personal was said."""

import pytest

from app.identity.models import Person
from app.scoring.drafts import CHANGE
from app.scoring.models import Scorecard
from tests.client import Client, words
from tests.factories import loops
from tests.factories.jobs import job, team
from tests.factories.people import rina
from tests.factories.scoring import application, card_of, complete_fields, interview_with, save, submit


@pytest.fixture
def card(iris: Person, ivo: Person) -> Scorecard:
    return card_of(interview_with([iris, ivo]), iris)


@pytest.fixture
def screen(hana: Person, iris: Person, ivo: Person) -> Scorecard:
    """A scorecard of Iris's on the five-question screen."""
    made = team(job(hana), recruiter=rina(), interviewers=[iris, ivo])
    loops.open_loop(made, [iris, ivo], besides="scr-any-either-all")
    return card_of(interview_with([iris, ivo], of=application([iris, ivo], job=made), stage=4), iris)


def test_tags_and_own_probes_are_part_of_the_frozen_scorecard(client: Client, iris: Person, card: Scorecard):
    save(card, tags_1="owned escalated", asked="And who hears of it?\n\nWhen?", volunteered="yes")
    submit(card)

    page = words(client.as_(iris).get(f"/scorecards/{card.public_id}", expect=200))

    assert "owned escalated" in page
    assert "Probes of your own And who hears of it? When?" in page
    assert "Something personal was volunteered; no detail is kept." in page


def test_a_tag_that_does_not_exist_is_refused(client: Client, iris: Person, card: Scorecard):
    change = {"client": "page", "field": "tags-1", "body": "brilliant", "base": "0", "sequence": "1"}

    answer = client.as_(iris).post(f"/scorecards/{card.public_id}/revisions", data=change, expect=422)

    assert answer.json == {"refused": "tags-1 cannot be 'brilliant'."}


def test_a_note_may_begin_with_before_change_and_after_and_is_none_until_they_are_filled_in(
    client: Client, iris: Person, card: Scorecard
):
    browser = client.as_(iris)
    address = f"/scorecards/{card.public_id}"

    location = browser.post(address, data={"bases": "", "then": "change"}, expect=303).location
    page = browser.get(location, expect=200).text
    assert CHANGE in page
    browser.post(address, data={"bases": "", "note-1": CHANGE}, expect=303)

    assert "0 notes" in words(browser.get(address, expect=200))


def test_a_question_that_is_decided_needs_its_verdict_and_its_reason(
    client: Client, iris: Person, screen: Scorecard
):
    save(screen, verdict_1="hold", **complete_fields(screen))

    page = words(client.as_(iris).get(f"/scorecards/{screen.public_id}/submission", expect=200))

    assert "Write the reason for question 1: one sentence, about the job fact only." in page
    assert "Question 2 is not decided. Choose pass, hold or fail." in page


def test_verdicts_are_read_in_the_debrief_and_enter_no_total(
    client: Client, hana: Person, ivo: Person, screen: Scorecard
):
    interview = screen.assignment.interview
    decided = {f"verdict_{n}": "pass" for n in (1, 2, 3)} | {f"ground_{n}": "Said so." for n in (1, 2, 3)}
    for person, verdict in ((screen.assignment.person, "hold"), (ivo, "pass")):
        card = card_of(interview, person)
        save(card, **(decided | {"verdict_1": verdict, "ground_1": "Expected in May."}))
        submit(card)

    page = words(client.as_(hana).get(f"/applications/{interview.application.public_id}/debrief", expect=200))

    assert "Iris Okafor: hold. Expected in May." in page
    assert "Ivo Lind: pass. Expected in May." in page
    assert "3.00 of 5" in page
