"""An open scorecard of Iris's, her browser before it, and what the server has of it."""

from collections.abc import Callable

from playwright.sync_api import Locator, expect

from app.core.db import db
from app.scoring import queries
from app.scoring.models import Scorecard
from tests.browser.desk import Desk
from tests.factories import jobs, loops, people
from tests.factories.scoring import application, card_of, interview_with


def new_card() -> Scorecard:
    """The scorecard for a safety near miss, with nothing in it yet."""
    return card_of(interview_with([people.iris(), people.ivo()]), people.iris())


def card_of_five() -> Scorecard:
    """The scorecard of a scenario with five criteria, with nothing in it yet."""
    hana, panel = people.hana(), [people.iris(), people.ivo()]
    job = jobs.team(jobs.job(hana), recruiter=people.rina(), interviewers=panel)
    loop = loops.open_loop(job, panel, besides="snm-acute-ot-mid")
    of = application(panel, job=job)
    return card_of(interview_with(panel, of=of, stage=len(loop.stages)), people.iris())


def sit_down(desk: Callable[..., Desk], card: Scorecard, **options: object) -> Desk:
    """Iris at her scorecard, in a browser of its own."""
    iris = desk(people.iris(), **options)
    iris.open(address(card))
    return iris


def address(card: Scorecard) -> str:
    """Where the scorecard is; the test lets go of the database at once, for the server to write to it."""
    try:
        return f"/scorecards/{card.public_id}"
    finally:
        db.session.rollback()


def status(desk: Desk) -> Locator:
    return desk.page.locator("[data-status]")


def wait_for_texts(desk: Desk, card: Scorecard, expected: dict[str, str]) -> None:
    """Until the server has exactly these texts; five seconds at most."""
    for _ in range(50):
        if texts(card) == expected:
            return
        desk.page.wait_for_timeout(100)
    assert texts(card) == expected


def wait_until_saved(desk: Desk) -> None:
    expect(status(desk)).to_contain_text("Saved")


def texts(card: Scorecard) -> dict[str, str]:
    """What the server has; the test lets go of the database at once, for the server to write to it."""
    try:
        return {name: one.body for name, one in queries.saved_fields(card).items()}
    finally:
        db.session.rollback()
