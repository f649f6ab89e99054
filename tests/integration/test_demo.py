"""The demo is what the README says: built by the services, and every page has something to say."""

from collections import Counter
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade

from app import create_app
from app.candidates.models import Application
from app.core.config import Settings
from app.core.db import db
from app.core.schema import migratable
from app.demo import build, cast
from app.demo.__main__ import with_personas
from app.disclosures import queries as disclosures
from app.identity import queries as identity
from app.insights import queries as insights
from app.insights import reporting
from app.jobs.models import Job
from app.loops import queries as loops
from app.policy import Actor
from app.scoring import queries as scoring
from app.scoring.models import Assignment, AssignmentState
from app.scoring.practice import queries as practice
from tests.client import Client, words
from tests.factories import people


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory):
    """The demo's application over a database that is built once."""
    path = tmp_path_factory.mktemp("demo") / "demo.sqlite3"
    app = with_personas(migratable(create_app(Settings(mode="demo", database_url=f"sqlite:///{path}"))))
    app.config["WTF_CSRF_ENABLED"] = False
    app.test_client_class = Client
    with app.app_context():
        upgrade()
        build.everything()
        db.session.commit()
        yield app
        db.session.remove()
        db.engine.dispose()


def actor_of(player: cast.Player) -> Actor:
    person = identity.find_by_email(player.email)
    assert person is not None
    return people.actor(person)


def displays(job: Job, manager: cast.Player) -> Counter[str]:
    """What Agreement shows of each criterion of a job: a number, an interval, or counts."""
    loop = loops.open_loop(job.id)
    assert loop is not None
    found = reporting.measure(loop, insights.ratings_of(actor_of(manager), loop))
    return Counter(row.said.alpha.display for row in found.criteria)


def test_there_are_three_jobs_each_with_a_disclosure_and_three_stages(demo: Flask) -> None:
    jobs = db.session.scalars(sa.select(Job)).all()
    assert len(jobs) == 3
    for job in jobs:
        loop = loops.open_loop(job.id)
        assert loop is not None
        assert [len(stage.panel) for stage in loop.stages] == [2, 2, 2]
        assert disclosures.latest(job.id)


def test_about_sixty_candidates_left_more_than_three_hundred_scorecards(demo: Flask) -> None:
    candidates = db.session.scalar(sa.select(sa.func.count()).select_from(Application)) or 0
    submitted = db.session.scalar(
        sa.select(sa.func.count())
        .select_from(Assignment)
        .where(Assignment.state == AssignmentState.SUBMITTED)
    )
    raters = db.session.scalar(sa.select(sa.func.count(Assignment.person_id.distinct())))
    assert 55 <= candidates <= 70
    assert (submitted or 0) >= 300
    assert raters == 8


def test_agreement_shows_numbers_then_intervals_then_counts(demo: Flask) -> None:
    first, second, third = db.session.scalars(sa.select(Job).order_by(Job.id))
    assert set(displays(first, cast.HANA)) <= {"number", "band"}
    assert set(displays(second, cast.HANA)) == {"early"}
    assert set(displays(third, cast.OLGA)) == {"counts"}


def test_one_debrief_waits_for_hana(demo: Flask) -> None:
    waiting = scoring.ready_for_debrief(actor_of(cast.HANA))
    assert [one.candidate.name for one in waiting.first] == [cast.NOOR]


def test_nothing_in_it_is_still_to_come_but_what_is_planned(demo: Flask) -> None:
    late = db.session.scalars(
        sa.select(Assignment.settled_at).where(Assignment.settled_at.is_not(None))
    ).all()
    assert max(late) - min(late) > timedelta(days=60)


def test_two_interviewers_have_practiced_and_one_goes_on(demo: Flask) -> None:
    found = {
        player.name: [offer for kind in practice.offered(actor_of(player)) for offer in kind.offers]
        for player in cast.CAST
    }

    assert sum(len(offer.handed_in) for offer in found[cast.IRIS.name]) == 1
    assert sum(offer.begun is not None for offer in found[cast.IRIS.name]) == 1
    assert [name for name, offers in found.items() if any(one.handed_in for one in offers)] == [
        cast.IRIS.name,
        cast.MALIK.name,
    ]


@pytest.mark.parametrize("player", [one for one in cast.CAST if one.about], ids=lambda one: one.name)
def test_everybody_on_the_sign_in_page_is_in_with_one_click(demo: Flask, player: cast.Player) -> None:
    browser = demo.test_client()
    assert player.about in words(browser.get("/sign-in"))
    browser.post(f"/demo/sign-in/{player.email}", expect=303)
    assert player.name in words(browser.get("/", expect=200))


def test_nobody_else_is_in(demo: Flask) -> None:
    demo.test_client().post("/demo/sign-in/root@riverbend.example", expect=404)
