"""The list of jobs: each person sees their own, administrators the titles of all."""

import pytest
from sqlalchemy import select

from app import policy
from app.core.db import db
from app.identity.models import Person
from app.jobs import queries
from app.jobs.models import Job
from app.policy import Act
from tests.client import Client, count_queries, words
from tests.factories.jobs import job, team
from tests.factories.people import actor


def test_hana_sees_her_jobs_and_not_those_of_olga(client: Client, hana: Person, olga: Person) -> None:
    job(hana, title="Hands")
    job(olga, title="Neuro")

    page = words(client.as_(hana).get("/jobs", expect=200))

    assert "Hands Outpatient · Occupational therapist · Mid level · Riverbend Main" in page
    assert "Neuro" not in page


def test_a_job_without_a_pay_range_says_so(client: Client, hana: Person) -> None:
    job(hana, pay_low=None, pay_high=None)
    assert "No pay range" in words(client.as_(hana).get("/jobs"))


def test_an_administrator_reads_titles_and_opens_teams_only(
    client: Client, hana: Person, ada: Person
) -> None:
    made = job(hana, title="Hands")

    page = client.as_(ada).get("/jobs", expect=200).get_data(as_text=True)

    assert "Hands" in page
    assert f"/jobs/{made.public_id}/team" in page
    assert f'"/jobs/{made.public_id}"' not in page


def test_whoever_has_no_job_is_told_how_one_comes(client: Client, hana: Person, rina: Person) -> None:
    assert "Start one: you become its hiring manager." in words(client.as_(hana).get("/jobs"))
    assert "once its hiring manager adds you to its team" in words(client.as_(rina).get("/jobs"))


def test_the_list_agrees_with_the_policy_for_everybody(
    hana: Person, olga: Person, rina: Person, iris: Person, ada: Person, remi: Person
) -> None:
    team(job(hana), recruiter=rina, interviewers=[iris])
    team(job(olga), interviewers=[hana])
    job(olga)
    for person in (hana, olga, rina, iris, ada, remi):
        who = actor(person)
        listed = set(db.session.scalars(select(Job).where(queries.visible_to(who))))
        assert listed == {
            one for one in db.session.scalars(select(Job)) if policy.decide(who, Act.SEE_JOB, one)
        }


def test_long_lists_come_fifty_a_page_with_the_same_queries(client: Client, hana: Person) -> None:
    browser = client.as_(hana)
    job(hana, title="Number 1")
    with count_queries() as few:
        browser.get("/jobs", expect=200)
    for number in range(2, 53):
        job(hana, title=f"Number {number}")
    with count_queries() as many:
        page = words(browser.get("/jobs", expect=200))

    assert "1 to 50 of 52" in page
    assert "Number 52" in page
    assert "Number 1 " in words(browser.get("/jobs?page=2"))
    assert len(many) == len(few) <= 15


@pytest.mark.parametrize("page", ["0", "-1", "9", "x", "99999999999"])
def test_a_page_that_is_not_there_is_an_empty_or_the_first_one(
    client: Client, hana: Person, page: str
) -> None:
    job(hana)
    client.as_(hana).get(f"/jobs?page={page}", expect=200)


def test_the_list_is_only_read(client: Client, hana: Person) -> None:
    client.as_(hana).post("/jobs", expect=405)
