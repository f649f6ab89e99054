"""What a candidate asks on their link: topics ticked, questions in their own words, a visit."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from app.candidates.models import Application, CandidateLink
from app.core import clock
from app.core.db import db
from app.disclosures import queries, services
from app.disclosures.freshness import AGING_DAYS
from app.identity.models import Person
from app.jobs import services as jobs
from app.jobs.models import Job
from app.outbox.models import Letter
from app.policy import Part
from app.questions.models import Question, ShadowVisit
from app.questions.rules import MOST_WAITING
from app.questions.topics import TOPICS
from app.scoring import services as scoring
from tests.client import Client, words
from tests.factories.people import actor
from tests.factories.scoring import NOON


def topics_of(cleo: Application) -> set[str]:
    rows = db.session.scalars(sa.select(Question).where(Question.application_id == cleo.id)).all()
    return {row.topic for row in rows if row.topic}


def letters(kind: str) -> list[Letter]:
    return list(db.session.scalars(sa.select(Letter).where(Letter.kind == kind)))


def test_the_page_puts_what_is_good_to_know_beside_what_the_disclosure_says(
    client: Client, token: str
) -> None:
    with clock.at(NOON):
        page = words(client.get(f"/c/{token}/questions", expect=200))

    assert "For Cleo Marsh" in page
    assert all(topic.question in page for topic in TOPICS)
    assert "Caseload: 46 people , in the bad week 61 people" in page
    assert "no interviewer sees whether or what you asked" in page
    assert "Rina Patel, who recruits for this job, can see that it was you" in page


def test_what_is_stale_is_not_shown_as_an_answer(client: Client, token: str, job: Job) -> None:
    version = queries.latest(job.id)
    assert version
    newest = max(fact["as_of"] for fact in json.loads(version.document)["facts"] if "as_of" in fact)
    later = datetime.fromisoformat(newest).replace(hour=12, tzinfo=UTC) + timedelta(days=AGING_DAYS + 1)
    db.session.execute(sa.update(CandidateLink).values(expires_at=later + timedelta(days=1)))
    db.session.commit()

    with clock.at(later):
        page = words(client.get(f"/c/{token}/questions", expect=200))

    assert "46 people" not in page
    assert "Stale: not shown until it is confirmed" in page
    assert "Not answered yet." in page


def test_without_a_disclosure_every_topic_is_open(client: Client, token: str, job: Job, hana: Person) -> None:
    version = queries.latest(job.id)
    assert version
    services.retract(actor(hana), version, reason="The target was last year's.")
    db.session.commit()

    page = words(client.get(f"/c/{token}/questions", expect=200))

    assert page.count("Not answered yet.") == len(TOPICS)


def test_ticks_are_kept_and_can_be_taken_back(client: Client, token: str, cleo: Application) -> None:
    address = f"/c/{token}/questions"
    client.post(address, data={"do": "tick", "topics": ["load", "overload"]}, expect=303)
    assert topics_of(cleo) == {"load", "overload"}

    client.post(address, data={"do": "tick", "topics": ["overload", "scope"]}, expect=303)
    assert topics_of(cleo) == {"overload", "scope"}

    client.post(address, data={"do": "tick", "topics": ["overload", "scope"]}, expect=303)
    assert topics_of(cleo) == {"overload", "scope"}
    page = client.get(address).get_data(as_text=True)
    assert page.count(" checked") == 2


def test_a_topic_that_is_not_on_the_list_is_refused(client: Client, token: str, cleo: Application) -> None:
    client.post(f"/c/{token}/questions", data={"do": "tick", "topics": ["the-boss"]}, expect=422)
    assert topics_of(cleo) == set()


def test_a_question_in_own_words_waits_on_the_page(client: Client, token: str) -> None:
    asked = {"do": "ask", "text": "How many evenings a month?"}
    client.post(f"/c/{token}/questions", data=asked, expect=303)
    client.post(f"/c/{token}/questions", data=asked, expect=303)  # pressed twice

    page = words(client.get(f"/c/{token}/questions", expect=200))
    assert page.count("How many evenings a month?") == 1
    [letter] = letters("questions asked")
    assert "evenings" not in str(letter.facts)


def test_an_empty_question_is_refused_at_its_field(client: Client, token: str) -> None:
    page = words(client.post(f"/c/{token}/questions", data={"do": "ask", "text": " "}, expect=422))
    assert "Type your question." in page


def test_nobody_waits_for_more_answers_than_ten(client: Client, token: str) -> None:
    for number in range(MOST_WAITING):
        client.post(f"/c/{token}/questions", data={"do": "ask", "text": f"Question {number}?"}, expect=303)
    last = client.post(f"/c/{token}/questions", data={"do": "ask", "text": "And this?"}, expect=422)
    assert "10 of your questions wait for an answer." in words(last)
    assert "And this?" in words(last)


def test_a_visit_is_asked_for_once(client: Client, token: str, rina: Person) -> None:
    client.post(f"/c/{token}/questions", data={"do": "visit", "wish": "Any Thursday."}, expect=303)
    client.post(f"/c/{token}/questions", data={"do": "visit", "wish": "Friday."}, expect=303)

    [visit] = db.session.scalars(sa.select(ShadowVisit)).all()
    assert visit.wish == "Any Thursday."
    assert [letter.facts["person"] for letter in letters("visit asked")] == [rina.id]
    assert "Not answered yet. The answer comes here." in words(client.get(f"/c/{token}/questions"))


def test_without_a_recruiter_nobody_would_arrange_a_visit(
    client: Client, token: str, job: Job, hana: Person, rina: Person
) -> None:
    jobs.remove_from_team(actor(hana), job, rina, Part.RECRUITER)
    db.session.commit()

    assert "No recruiter works on this job. Ask Rina Patel" in words(client.get(f"/c/{token}/questions"))
    client.post(f"/c/{token}/questions", data={"do": "visit", "wish": "Any day."}, expect=409)


def test_whoever_withdrew_reads_on_and_asks_no_more(
    client: Client, token: str, cleo: Application, rina: Person
) -> None:
    scoring.withdraw_application(actor(rina), cleo, reason="Another offer.")
    db.session.commit()

    page = client.get(f"/c/{token}/questions", expect=200).get_data(as_text=True)
    assert "The application was withdrawn; nothing more is asked of anybody." in page
    client.post(f"/c/{token}/questions", data={"do": "ask", "text": "Still?"}, expect=403)


@pytest.mark.parametrize("verb", ["", "answer"])
def test_what_no_button_sends_is_a_bad_request(client: Client, token: str, verb: str) -> None:
    client.post(f"/c/{token}/questions", data={"do": verb}, expect=400)
