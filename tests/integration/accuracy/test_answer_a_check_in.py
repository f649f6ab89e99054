"""A new hire says by their link, on day 30, 60 and 90, whether the week is as it was described."""

import json
import re

import pytest
import sqlalchemy as sa

from app.accuracy import queries, rules
from app.accuracy.models import CheckAnswer, CheckIn
from app.audit.models import AuditEvent
from app.candidates import services as links
from app.core import clock
from app.core.db import db
from tests.client import Client, words
from tests.factories import hires, scoring
from tests.factories.people import actor

DONE = {"notice": "y"}


@pytest.fixture
def hire(job, version):
    """Cleo, whose first day is 16 March."""
    with clock.at(scoring.NOON):
        cleo = hires.offered(job)
    return hires.hired(cleo)


@pytest.fixture
def address(hire):
    return hires.page_of(hire)


def at(hire, day):
    return clock.at(hires.on(hire.starts_on, day))


def asked_on(client: Client, address: str) -> set[str]:
    return {
        name.removesuffix("-answer")
        for name in re.findall(r'name="([a-z_]+-answer)"', client.get(address, expect=200).text)
    }


def test_each_day_asks_more_and_the_last_one_everything(client, hire, address):
    with at(hire, 29):
        assert asked_on(client, address) == set()
        assert "The next questions open on 15 April" in words(client.get(address))
    with at(hire, 30):
        first = asked_on(client, address)
    with at(hire, 60):
        second = asked_on(client, address)
    with at(hire, 90):
        third = asked_on(client, address)

    assert {"mentor", "schedule_notice", "supervision_given"} <= first
    assert not first & {"visits_completed", "after_hours", "productivity"}
    assert {"visits_completed", "after_hours"} <= second
    assert first < second < third
    assert third >= {one.key for one in queries.questions_of(hire, 90)}
    assert "productivity" in third


def test_before_anything_is_typed_it_is_said_who_reads_it(client, hire, address):
    with at(hire, 30):
        page = words(client.get(address, expect=200))

    for sentence in rules.NOTICE:
        assert sentence in page
    assert page.index(rules.NOTICE[0]) < page.index("It has been")
    assert "Recruiting for this job: Rina Patel." in page


def test_cleo_answers_and_what_she_said_stays_as_she_said_it(client, hire, address):
    sent = {
        "day": "30",
        "mentor-answer": "different",
        "mentor-number": "20",
        "schedule_notice-answer": "same",
        "supervision_given-answer": "cannot say",
        "surprise": "Nobody told me about the second site.",
        **DONE,
    }
    with at(hire, 31):
        client.post(address, data=sent, expect=303)
        assert "You answered day 30 on 16 April" in words(client.get(address, expect=200))
        kept = words(client.get(address.replace("/start", "/you"), expect=200))
        assert "After you started Day 30, answered 16 April" in kept
        client.post(address, data={**sent, "mentor-number": "60"}, expect=303)

    [check_in] = db.session.scalars(sa.select(CheckIn)).all()
    said = {one.key: (one.answer.value, one.number) for one in check_in.answers}
    assert said == {
        "mentor": ("different", 20),
        "schedule_notice": ("same", None),
        "supervision_given": ("cannot say", None),
    }
    assert (check_in.day, check_in.is_shared) == (30, False)
    assert check_in.surprise == "Nobody told me about the second site."


def test_that_the_notice_was_read_is_logged_and_nothing_of_what_was_said(client, hire, address):
    with at(hire, 30):
        client.post(address, data={"day": "30", "mentor-number": "20", **DONE}, expect=303)

    logged = {
        one.event: json.loads(one.facts)
        for one in db.session.scalars(sa.select(AuditEvent).where(AuditEvent.event.like("check-in:%")))
    }
    assert logged == {
        "check-in:notice-accepted": {"day": 30, "digest": rules.NOTICE_DIGEST},
        "check-in:answered": {"day": 30, "number": 1, "shared": False},
    }


REFUSED = (
    ({"notice": ""}, "Tick the box once you have read it."),
    ({"mentor-number": "", "mentor-answer": "different"}, "Type the number, or say that you cannot."),
    ({"mentor-answer": "same"}, "You typed a number: choose “Another number”, or take it out."),
    ({"mentor-number": "a lot"}, "A number, such as 12 or 12.5."),
    ({"mentor-number": "99999"}, "At most 10,080."),
    ({"surprise": "x" * 2001}, "At most 2,000 characters; this has 2,001."),
)


def test_what_cannot_be_is_refused_where_it_stands_and_everything_typed_stays(client, hire, address):
    for more, sentence in REFUSED:
        sent = {"day": "30", "mentor-number": "20", "surprise": "Two sites.", "is_shared": "y", **DONE} | more
        with at(hire, 30):
            page = client.post(address, data=sent, expect=422)

        assert sentence in words(page)
        assert sent["surprise"] in page.text
        assert f'value="{sent["mentor-number"]}"' in page.text
        assert re.search(r'name="is_shared" value="y" checked', page.text)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(CheckAnswer)) == 0


def test_an_empty_check_in_is_none(client, hire, address):
    with at(hire, 30):
        page = client.post(address, data={"day": "30", **DONE}, expect=422)

    assert "Answer one of the numbers at least" in words(page)


def test_what_was_typed_for_a_day_that_is_over_goes_on_into_the_next(client, hire, address):
    with at(hire, 61):
        page = client.post(address, data={"day": "30", "mentor-number": "20", **DONE}, expect=409)

        assert "This check-in is over." in words(page)
        assert 'name="day" type="hidden" value="60"' in page.text
        assert 'value="20"' in page.text
        client.post(address, data={"day": "60", "mentor-number": "20", **DONE}, expect=303)


def test_a_candidate_who_was_not_hired_is_asked_nothing(client, job, version, rina):
    with clock.at(scoring.NOON):
        _, token = links.make_link(actor(rina), scoring.application([], job=job), days=60)
        db.session.commit()
        assert "Nothing is asked of you here" in words(client.get(f"/c/{token}/start", expect=200))
        client.post(f"/c/{token}/start", data={"day": "30", **DONE}, expect=404)


def test_looking_changes_nothing(client, hire, address):
    with at(hire, 30):
        for method in ("get", "head", "options"):
            getattr(client, method)(address, expect=200)

    assert db.session.scalar(sa.select(sa.func.count()).select_from(CheckIn)) == 0
