"""One person's answers go to recruiting; the manager and everybody else read counts of whole groups."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.accuracy import queries, services
from app.core import clock
from app.core.db import db
from app.demo import riverbend
from app.outbox import letters
from app.outbox.models import Letter
from tests.client import words
from tests.factories import disclosures, hires, scoring

LATER = hires.on(hires.FIRST_DAY, 95)
NUMBERS = {"visits_completed": "same", "after_hours": 75, "caseload": "cannot say"}


@pytest.fixture
def hired(job, version):
    """Three who began on the same day."""
    with clock.at(scoring.NOON):
        offers = [hires.offered(job, name) for name in ("Cleo Marsh", "Noor Haddad", "Sam Whitlow")]
    return [hires.hired(one) for one in offers]


def accuracy_of(job):
    return f"/jobs/{job.public_id}/accuracy"


def test_recruiting_reads_each_answer_beside_what_was_published(client, job, hired, rina):
    check_in = hires.answered(hired[0], 60, NUMBERS, surprise="A second site, twice a week.")
    with clock.at(LATER):
        page = words(client.as_(rina).get(f"/check-ins/{check_in.public_id}", expect=200))
        listed = words(client.as_(rina).get(accuracy_of(job), expect=200))

    assert "A second site, twice a week." in page
    assert re.search(
        r"Writing after hours a week Published 35 min; found 75 min, \+114\.3% Miss worse for them", page
    )
    assert re.search(r"Visits completed a week Published 44.*; found the same Accurate", page)
    assert re.search(r"Caseload Published 46 people.* Cannot say", page)
    assert "1 of 2 numbers were within 10 percent" in listed
    assert "Cleo Marsh First day 16 March · version 1 Day 60 of Cleo Marsh" in listed


def test_the_manager_reads_none_of_it_until_it_is_shared(client, job, hired, hana, olga, iris):
    alone = hires.answered(hired[0], 60, NUMBERS)
    shared = hires.answered(hired[1], 60, {"visits_completed": 60}, is_shared=True)
    with clock.at(LATER):
        for person in (hana, olga, iris):
            client.as_(person).get(f"/check-ins/{alone.public_id}", expect=404)
        client.as_(olga).get(f"/check-ins/{shared.public_id}", expect=404)
        client.as_(olga).get(accuracy_of(job), expect=404)
        client.as_(iris).get(accuracy_of(job), expect=404)
        client.as_(hana).get(f"/check-ins/{shared.public_id}", expect=200)
        page = words(client.as_(hana).get(accuracy_of(job), expect=200))

    assert "0 of 1 numbers were within 10 percent" in page, "Only what Noor shared."
    assert "Cleo Marsh First day 16 March · version 1 Nothing shared with you" in page
    assert "One person's answers go to recruiting (Rina Patel)." in page


def test_three_answers_are_counted_for_everybody_and_a_fourth_is_not_yet(client, job, hired, hana):
    for hire, found in zip(hired, ("same", 41, 60), strict=True):
        hires.answered(hire, 60, {"visits_completed": found})
    with clock.at(LATER):
        public = queries.truth(job.id)
        page = words(client.as_(hana).get(accuracy_of(job), expect=200))
    assert public.tally is not None
    assert (public.people, public.tally.answered, public.tally.accurate, public.tally.misses) == (3, 3, 2, 1)
    assert "2 of 3 numbers were within 10 percent of what was published (67%), n = 3 people." in page

    with clock.at(scoring.NOON):
        fourth = hires.offered(job, "Odile Fenn")
    hires.answered(hires.hired(fourth), 60, {"visits_completed": 90})

    with clock.at(LATER):
        then = queries.truth(job.id)
    assert (then.people, then.tally) == (4, public.tally)


def test_two_misses_are_measured_again_and_a_fresh_measurement_ends_that(client, job, hired, hana):
    for hire in hired[:2]:
        hires.answered(hire, 60, {"after_hours": 75})
    with clock.at(LATER):
        [found] = queries.truth(job.id).corrections
        assert (found.label, found.direction) == ("Writing after hours a week", "higher")
        assert found.due_on == found.since + timedelta(days=14)
        banner = "Writing after hours a week: two people who started found more. It is to be measured again"
        assert banner in words(client.as_(hana).get(accuracy_of(job), expect=200))
        disclosures.published(job, hana, riverbend.facts(as_of=LATER.date()))

        assert queries.truth(job.id).corrections == ()


def test_whoever_has_to_answer_is_told_once_a_check_in(app, hired):
    outbox = sa.select(Letter).where(Letter.kind == "check-in due")
    hires.answered(hired[0], 30, {"mentor": "same"})
    with clock.at(hires.on(hires.FIRST_DAY, 29)):
        assert services.remind() == 0
    for day, to_answer, told in ((31, 2, 2), (32, 2, 2), (60, 3, 5), (101, 0, 5)):
        with clock.at(hires.on(hires.FIRST_DAY, day)):
            assert services.remind() == to_answer
        assert len(db.session.scalars(outbox).all()) == told


def test_the_letter_names_the_task_and_nothing_else_and_is_dropped_once_it_is_done(app, hired):
    candidate = hired[0].application.candidate
    candidate.email = "cleo@marsh.example"
    with app.test_request_context(), clock.at(hires.on(hires.FIRST_DAY, 30)):
        mail = letters.compose("check-in due", {"hire": hired[0].id, "day": 30})
        assert mail is not None
        assert (mail.to, mail.subject) == (candidate.email, "Day 30: is the week as it was described?")
        assert mail.link.endswith("/start")
    hires.answered(hired[0], 30, {"mentor": "same"})
    with app.test_request_context(), clock.at(hires.on(hires.FIRST_DAY, 30)):
        assert letters.compose("check-in due", {"hire": hired[0].id, "day": 30}) is None
