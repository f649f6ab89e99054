"""Reading a loop: its coverage, and how many queries its pages take."""

import uuid

from app.core.db import db
from app.identity.models import Person
from app.jobs.rules import Profile
from app.loops import queries
from app.policy import Role as AccountRole
from scenarios import Level, Role, Setting
from tests.client import Client, count_queries, words
from tests.factories.jobs import job
from tests.factories.loops import draft_loop, open_loop
from tests.factories.people import person


def test_the_grid_says_which_stage_scores_what_and_how_often(
    client: Client, hana: Person, iris: Person, ivo: Person
) -> None:
    loop = open_loop(job(hana), panel=[iris, ivo])
    page = words(client.as_(hana).get(f"/jobs/{loop.job.public_id}/loop"))
    assert "43 minutes with the candidate" in page
    assert "SAF Safety-first judgment critical critical no 4 ratings 3" in page
    assert "DOC Documentation critical critical scored 6 ratings 3" in page
    assert "EDU Education and adherence no no scored 2 ratings 3" in page
    assert "12 min: 2, 6, 4 Panel Iris leads, Ivo Criteria SAF, ESC, DOC, HND" in page


def test_the_page_has_one_primary_action(client: Client, hana: Person, iris: Person, ivo: Person) -> None:
    made = job(hana)
    browser, path = client.as_(hana), f"/jobs/{made.public_id}/loop"
    assert browser.get(path).get_data(as_text=True).count("btn-primary") == 1
    draft_loop(made, panel=[iris, ivo])
    assert browser.get(path).get_data(as_text=True).count("btn-primary") == 1
    opened = open_loop(job(hana), panel=[iris, ivo])
    page = browser.get(f"/jobs/{opened.job.public_id}/loop")
    assert page.get_data(as_text=True).count("btn-primary") == 0
    assert "Nothing is left to do here" in words(page)


def test_an_open_loop_comes_whole(hana: Person, iris: Person, ivo: Person) -> None:
    made = job(hana)
    open_loop(made, panel=[iris, ivo])
    db.session.expire_all()
    loop = queries.open_loop(made.id)
    assert loop is not None
    with count_queries() as sent:
        seen = [
            (
                stage.scenario_version.title,
                [one.code for one in stage.criteria],
                [s.person.name for s in stage.panel],
            )
            for stage in loop.stages
        ]
    assert len(seen) == 3
    assert sent == []


def test_the_pages_take_the_same_few_queries_however_many_people_there_are(
    client: Client, hana: Person, iris: Person, ivo: Person
) -> None:
    loop = draft_loop(job(hana), panel=[iris, ivo])
    paths = (
        f"/jobs/{loop.job.public_id}/loop",
        f"/stages/{loop.stages[0].public_id}",
        f"/loops/{loop.public_id}/weights",
    )
    browser = client.as_(hana)

    def counts() -> list[int]:
        found = []
        for path in paths:
            with count_queries() as sent:
                browser.get(path, expect=200)
            found.append(len(sent))
        return found

    few = counts()
    for number in range(30):
        person(f"Guest{number} Example", AccountRole.INTERVIEWER)
    assert counts() == few
    assert max(few) <= 15


def test_an_unknown_loop_or_stage_is_not_there(client: Client, hana: Person) -> None:
    for path in (f"/loops/{uuid.uuid4()}/weights", f"/stages/{uuid.uuid4()}", f"/jobs/{uuid.uuid4()}/loop"):
        client.as_(hana).get(path, expect=404)


def test_what_a_senior_must_be_strong_in_is_said_with_the_total(client: Client, hana: Person) -> None:
    senior = Profile(Setting.OUTPATIENT, Role.OT, Level.SENIOR)
    loop = draft_loop(job(hana, profile=senior))

    page = words(client.as_(hana).get(f"/jobs/{loop.job.public_id}/loop", expect=200))

    assert "At senior level, besides: at least 2 of ASM, POC and ESC reach 4, over the whole loop." in page
