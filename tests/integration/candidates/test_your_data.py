"""What a candidate reads about their own data, and how they withdraw."""

import sqlalchemy as sa

from app.candidates.models import Application, CandidateLink
from app.core import clock
from app.core.db import db
from app.disclosures import queries as disclosures
from app.identity.models import Person
from app.jobs.models import Job
from app.outbox.models import Letter
from tests.client import Client, words
from tests.factories import loops, scoring
from tests.factories.questions import everything_asked, link_of
from tests.factories.scoring import NOON


def test_everything_that_is_kept_is_there_and_nothing_that_a_forwarded_link_would_give_away(
    client: Client, link: CandidateLink, token: str, cleo: Application, job: Job
) -> None:
    everything_asked(link)
    version = disclosures.latest(job.id)
    assert version
    ticked = {"version": str(version.public_id), "read": "y", "name": "Cleo Marsh"}
    client.post(f"/c/{token}", data=ticked, expect=303)

    page = client.get(f"/c/{token}/you", expect=200)
    said = words(page)

    assert "c…@marsh.example" in said
    assert "cleo@marsh.example" not in said
    assert f"SHA-256 {version.digest}" in said
    assert f"/disclosures/{version.public_id}.json" in page.get_data(as_text=True)
    assert "1 line ticked on the list" in said
    assert "How many evenings a month are mine? not answered yet" in said
    assert "screen reader" not in said
    assert "29 CFR 1602.14" in said
    assert page.headers["Cache-Control"] == "no-store"


def test_it_says_by_which_day_the_decision_is_heard(
    client: Client, job: Job, hana: Person, iris: Person
) -> None:
    loops.open_loop(job, [iris])
    application = scoring.application([], "Noor Haddad", job)
    scoring.interview_with([iris], of=application, starts_at=NOON)  # Tuesday, 10 March 2026
    _, token = link_of(application)

    page = words(client.get(f"/c/{token}/you", expect=200))

    assert "within 5 working days of your last interview: by 17 March" in page


def test_the_page_of_the_interviews_says_how_to_prepare_and_asks_for_nothing(
    client: Client, job: Job, token: str, iris: Person
) -> None:
    assert "If you want to prepare" not in words(client.get(f"/c/{token}/guide", expect=200))
    loops.open_loop(job, [iris])

    page = words(client.get(f"/c/{token}/guide", expect=200))

    assert "If you want to prepare Nothing here is sent, asked for or scored" in page
    for step in ("Write one short case note", "Say a busy day aloud", "two stories about safety, and a list"):
        assert step in page


def test_withdrawing_asks_for_a_ticked_box_and_says_what_it_does(
    client: Client, job: Job, hana: Person, rina: Person, iris: Person
) -> None:
    loops.open_loop(job, [iris])
    application = scoring.application([], "Noor Haddad", job)
    interview = scoring.interview_with([iris], of=application, starts_at=clock.now())
    _, token = link_of(application)
    client.get(f"/c/{token}/withdrawal", expect=200)
    refused = client.post(f"/c/{token}/withdrawal", data={"reason": "Too far."}, expect=422)
    assert "Tick the box if you withdraw." in words(refused)
    assert "Too far." in words(refused)

    client.post(f"/c/{token}/withdrawal", data={"sure": "y"}, expect=303)

    db.session.refresh(application)
    assert application.is_withdrawn
    assert not scoring.seat_of(interview, iris).is_open
    assert "You withdrew on" in words(client.get(f"/c/{token}/you", expect=200))
    letters = db.session.scalars(sa.select(Letter).where(Letter.kind == "candidate withdrew")).all()
    assert [one.facts["person"] for one in letters] == [rina.id]
    client.post(f"/c/{token}/withdrawal", data={"sure": "y"}, expect=403)


def test_no_page_of_a_link_says_in_a_referrer_which_link_it_is(client: Client, token: str) -> None:
    for page in ("", "/guide", "/questions", "/you", "/accommodation", "/withdrawal"):
        answer = client.get(f"/c/{token}{page}", expect=200)
        assert answer.headers["Referrer-Policy"] == "strict-origin"
    assert client.get("/sign-in").headers["Referrer-Policy"] == "same-origin"
