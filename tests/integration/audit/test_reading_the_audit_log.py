"""The audit page: who reads it, what it says, and what it never says."""

import re

import pytest

from app.audit import queries
from app.audit import services as audit
from app.audit.events import Event
from app.audit.models import AuditEvent
from app.core.db import db
from app.policy import Actor
from tests.client import count_queries, words
from tests.factories import people


def record(person, event, *, times=1, **facts):
    for _ in range(times):
        audit.record(people.actor(person), event, person, **facts)
    db.session.commit()


def listed(response):
    """The words of the list, without the filter that names every event."""
    return words(response).partition(" Show ")[2]


def test_a_records_lead_reads_who_did_what_newest_first(client, remi, ada, iris):
    record(ada, Event.PERSON_DISABLED, open_assignments=2)
    record(iris, Event.SCORECARD_SUBMITTED, criteria=4)

    page = listed(client.as_(remi).get("/audit", expect=200))

    assert page.index("Scorecard submitted") < page.index("Person disabled")
    assert "Iris Okafor" in page
    assert "criteria: 4" in page
    assert "open assignments: 2" in page


def test_people_named_in_an_event_are_named_on_the_page(client, ada, ivo):
    audit.record(
        people.actor(ada), Event.TEAM_MEMBER_ADDED, job_id=7, person=str(ivo.public_id), part="interviewer"
    )
    db.session.commit()

    page = listed(client.as_(ada).get("/audit", expect=200))

    assert "person: Ivo Lind" in page
    assert "job 7" in page


def test_what_was_done_by_a_link_has_no_account(client, ada):
    audit.record(Actor(0, ""), Event.CANDIDATE_ADDED)
    db.session.commit()

    assert "Without an account" in words(client.as_(ada).get("/audit?event=candidate:added", expect=200))


def test_the_log_can_be_read_for_one_event(client, remi, iris):
    record(iris, Event.SCORECARD_SUBMITTED, criteria=4)

    shown = client.as_(remi).get("/audit?event=scorecard:submitted", expect=200)
    nothing = client.as_(remi).get("/audit?event=loop:opened", expect=200)
    unknown = client.as_(remi).get("/audit?event=nonsense", expect=200)

    assert "1 event" in words(shown)
    assert "No such event" in words(nothing)
    assert "Scorecard submitted" in listed(unknown)


def test_without_a_filter_every_event_is_counted(client, remi, iris):
    record(iris, Event.SCORECARD_SUBMITTED, times=60, criteria=4)

    page = client.as_(remi).get("/audit?page=2", expect=200)

    assert re.search(r"51 to \d+ of \d\d", words(page))


def test_fifty_events_stand_on_a_page_and_the_filter_stays_on_the_next(client, remi, iris):
    record(iris, Event.SCORECARD_SUBMITTED, times=52, criteria=4)

    first = client.as_(remi).get("/audit?event=scorecard:submitted", expect=200)
    second = client.as_(remi).get("/audit?event=scorecard:submitted&page=2", expect=200)

    assert "1 to 50 of 52" in words(first)
    assert "event=scorecard:submitted" in first.text
    assert listed(second).count("criteria: 4") == 2


@pytest.mark.parametrize("name", ["hana", "rina", "iris"])
def test_nobody_else_reads_it(client, request, name):
    person = request.getfixturevalue(name)

    page = client.as_(person).get("/audit", expect=403)

    assert "Only a records lead or an administrator can read the audit log." in words(page)


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get("/audit", expect=303).headers["Location"].startswith("/sign-in")


def test_a_long_log_takes_no_more_queries_than_a_short_one(client, remi, iris):
    browser = client.as_(remi)
    record(iris, Event.SCORECARD_SUBMITTED, times=10, criteria=4)
    with count_queries() as few:
        browser.get("/audit", expect=200)
    record(iris, Event.SCORECARD_SUBMITTED, times=200, criteria=4)
    with count_queries() as many:
        browser.get("/audit", expect=200)

    assert len(few) == len(many) <= 15


def test_whatever_is_done_is_noticed_also_where_it_is_committed_after_a_later_event(app, ada):
    record(ada, Event.PERSON_DISABLED, open_assignments=2)
    seen = [queries.latest(db.engine)]
    for later in (7, 5):
        happened = {"event": "person:disabled", "subject_kind": "", "facts": "{}"}
        db.session.add(AuditEvent(sequence=(seen[0][0] or 0) + later, **happened))
        db.session.commit()
        seen.append(queries.latest(db.engine))

    assert len(set(seen)) == 3
    assert queries.latest(db.engine) == seen[2]
