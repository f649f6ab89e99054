"""After an offer the first day is recorded, with the version that the candidate took the job on."""

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from app.accuracy import queries
from app.candidates import queries as candidates
from app.candidates import services as links
from app.core import clock
from app.demo import riverbend
from app.disclosures import services as disclosures
from app.policy import NOBODY
from tests.client import words
from tests.factories import debrief, hires, scoring
from tests.factories.disclosures import published
from tests.factories.people import actor
from tests.factories.scoring import NOON

MONDAY = {"starts_on": "2026-03-16"}


@pytest.fixture(autouse=True)
def in_march(app):
    """The days of the story."""
    with clock.at(NOON + timedelta(days=1)):
        yield


@pytest.fixture
def cleo(job, version):
    """Whom Hana made an offer."""
    return hires.offered(job)


def page_of(application):
    return f"/applications/{application.public_id}/hire"


def test_recruiter_and_manager_record_it(client, cleo, version, rina, hana):
    assert "They acknowledged no version. Version 1" in words(client.as_(rina).get(page_of(cleo), expect=200))

    for person in (rina, hana):
        client.as_(person).post(page_of(cleo), data=MONDAY, expect=303)

    assert "Their answers are held against version 1" in words(
        client.as_(hana).get(page_of(cleo), expect=200)
    )
    hire = queries.hire_of(cleo)
    assert (hire.starts_on.isoformat(), hire.version_id) == ("2026-03-16", version.id)


def test_the_newest_version_they_acknowledged_is_held_against_it_whatever_came_after(
    client, job, hana, rina, version
):
    cleo = scoring.application([], job=job)
    link, _ = links.make_link(actor(rina), cleo, days=60)
    disclosures.acknowledge(NOBODY, link, version, typed_name="Cleo Marsh")
    fewer = replace(riverbend.facts()["caseload"], typical=Decimal(41))
    published(job, hana, {**riverbend.facts(), "caseload": fewer})

    client.as_(rina).post(page_of(hires.offer(cleo)), data=MONDAY, expect=303)

    assert queries.hire_of(cleo).version.number == 1


def test_their_link_works_until_the_hundredth_day_and_recruiting_can_copy_it(client, cleo, rina, hana):
    client.as_(rina).post(page_of(cleo), data=MONDAY, expect=303)

    [address] = re.findall(r'value="(http[^"]+/start)"', client.as_(rina).get(page_of(cleo)).text)
    assert "/start" not in client.as_(hana).get(page_of(cleo)).text
    with clock.at(hires.on(hires.FIRST_DAY, 100)):
        client.get(address, expect=200)
    with clock.at(hires.on(hires.FIRST_DAY, 101)):
        client.get(address, expect=410)


def test_a_link_that_was_withdrawn_stays_so_and_another_takes_its_place(client, cleo, rina):
    client.as_(rina).post(page_of(cleo), data=MONDAY, expect=303)
    [first] = candidates.now_live(candidates.links_of(cleo))
    links.revoke_link(actor(rina), first)

    client.as_(rina).post(page_of(cleo), data=MONDAY, expect=303)

    [second] = candidates.now_live(candidates.links_of(cleo))
    assert second.id != first.id


def test_the_day_can_be_mended_until_something_was_answered(client, cleo, rina):
    browser = client.as_(rina)
    browser.post(page_of(cleo), data=MONDAY, expect=303)
    browser.post(page_of(cleo), data={"starts_on": "2026-03-17"}, expect=303)
    hire = queries.hire_of(cleo)
    assert hire.starts_on.isoformat() == "2026-03-17"

    hires.answered(hire, 30, {"mentor": "same"})

    page = browser.post(page_of(cleo), data=MONDAY, expect=409)
    assert "They have answered a check-in already" in words(page)
    assert queries.hire_of(cleo).starts_on.isoformat() == "2026-03-17"


def test_a_day_that_cannot_be_is_refused_and_stays_typed(client, cleo, rina):
    for typed, sentence in (
        ("", "Give the date"),
        ("2025-11-01", "At most 100 days ago"),
        ("2027-04-01", "At most a year from today"),
    ):
        page = client.as_(rina).post(page_of(cleo), data={"starts_on": typed}, expect=422)

        assert sentence in words(page)
        assert f'value="{typed}"' in page.text


def test_without_an_offer_there_is_no_first_day(client, job, version, rina):
    undecided = scoring.application([], job=job)
    browser = client.as_(rina)
    assert "The decision that stands is no offer" in words(browser.get(page_of(undecided), expect=200))
    browser.post(page_of(undecided), data=MONDAY, expect=403)

    debrief.decision(undecided)

    browser.post(page_of(undecided), data=MONDAY, expect=403)
    assert queries.hire_of(undecided) is None


def test_without_anything_published_there_is_nothing_to_hold_it_against(client, job, rina):
    cleo = hires.offered(job)

    page = client.as_(rina).post(page_of(cleo), data=MONDAY, expect=409)

    assert "Nothing is published of this job" in words(page)


def test_nobody_else_knows_of_it(client, cleo, olga, iris):
    for person in (olga, iris):
        client.as_(person).get(page_of(cleo), expect=404)
        client.as_(person).post(page_of(cleo), data=MONDAY, expect=404)
