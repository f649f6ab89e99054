"""Every page, by every eye: light and dark, wide and narrow, and without a complaint of the browser."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from app.candidates import services as candidates
from app.core.db import db
from tests.browser import site as sites
from tests.browser.desk import Desk
from tests.browser.pages import BARE, DRAFTED, WAYS, Way, go
from tests.browser.primary import NOTHING_TO_DO
from tests.factories import disclosures, hires, jobs, loops, people, practice, questions, scoring

HEIGHT = 900
INJECTED = Axe("0")  # axe itself is put into each page once, below
ALL_RULES = {"resultTypes": ["violations"]}
Theme = Literal["light", "dark"]
Form = tuple[int, Theme]
FORMS: Sequence[Form] = ((1280, "light"), (1280, "dark"), (390, "light"), (390, "dark"))


def build() -> None:
    """A team whose candidates are in each state that a page can show."""
    hana, rina, iris, ivo = people.hana(), people.rina(), people.iris(), people.ivo()
    people.ada()
    people.remi()
    panel = [iris, ivo]
    soon = datetime.now(UTC) + timedelta(days=2)
    job = jobs.approver(jobs.described(jobs.team(jobs.job(hana), recruiter=rina)), people.remi())
    disclosures.published(job, hana)
    loops.open_loop(job, panel)
    noor, theo, cleo, sam = (
        scoring.application(panel, name, job)
        for name in ("Noor Haddad", "Theo Brandt", "Cleo Marsh", "Sam Whitlow")
    )
    scoring.interview_with(panel, panel, of=noor, stage=1, levels={"SAF": 1, "DOC": None})
    for stage in (2, 3):
        scoring.interview_with(panel, panel, of=noor, stage=stage)
    waiting = scoring.interview_with(panel, [ivo], of=theo, stage=1)
    scoring.save(scoring.card_of(waiting, iris), note_1="“I call first.”", ties_1="SAF", level_SAF="4")
    scoring.interview_with(panel, panel, of=theo, stage=2)
    for application in (theo, cleo):
        scoring.interview_with(panel, of=application, stage=3, starts_at=soon)
    scoring.interview_with(panel, of=sam, starts_at=soon)
    link, _ = candidates.make_link(people.actor(rina), cleo, days=60)
    question, _ = questions.everything_asked(link)
    questions.answered(question, hana)
    practice.handed_in(iris, flag_2="yes", quote_2="“go back into my ten-forty note”")
    practice.begun(iris, "v22", note_1="“I'd call him first.”", ties_1="SAF", level_SAF="4")
    begun = (datetime.now(UTC) - timedelta(days=40)).date()
    anouk, _ = [
        hires.hired(hires.offered(job, name), starts_on=begun) for name in ("Anouk Vale", "Mirela Gant")
    ]
    hires.answered(anouk, 30, {"mentor": 20, "schedule_notice": "same"}, surprise="A second site.")
    disclosures.to_review(jobs.job(hana, title=BARE), hana, rina)
    loops.draft_loop(jobs.job(hana, title=DRAFTED), [iris])
    db.session.commit()


@pytest.fixture(scope="module")
def visit(worlds: Any, browser: Browser) -> Iterator[Callable[[Way], Desk]]:
    """Go to a page in the browser of its person, over one world that is made for all pages."""
    desks: dict[str, Desk] = {}
    with worlds("sqlite").fresh() as app, sites.site(app.config["SQLALCHEMY_DATABASE_URI"]) as site:
        build()

        def visit(way: Way) -> Desk:
            if way.person not in desks:
                context = browser.new_context(base_url=site.address, reduced_motion="reduce")
                if way.person:
                    token = site.ticket(getattr(people, way.person.lower())())
                    context.add_cookies([{"name": "evenhand", "value": token, "url": site.address}])
                desks[way.person] = Desk(context.new_page())
            desk = desks[way.person]
            desk.complaints.clear()
            desk.page.set_viewport_size({"width": 1280, "height": HEIGHT})
            go(desk.page, way)
            return desk

        yield visit
        for desk in desks.values():
            desk.page.context.close()


def barriers(page: Page) -> list[tuple[str, str]]:
    """What axe finds: the rule, and the first place that breaks it."""
    found = INJECTED.run(page, options=ALL_RULES).response["violations"]
    return [(one["id"], one["nodes"][0]["html"]) for one in found]


def barriers_in(page: Page, forms: Iterable[Form]) -> dict[Form, list[tuple[str, str]]]:
    """What axe finds in each of these forms of a page, where it finds something."""
    page.evaluate(AXE_SCRIPT)
    found = {}
    for width, theme in forms:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.emulate_media(color_scheme=theme)
        found[width, theme] = barriers(page)
    return {form: broken for form, broken in found.items() if broken}


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_a_page_is_there_for_everybody(
    visit: Callable[[Way], Desk], way: Way, request: pytest.FixtureRequest
):
    desk = visit(way)
    page = desk.page
    seed = request.config.getoption("randomly_seed", 0)  # In all four forms: tests/soak.
    assert barriers_in(page, [Random(f"{seed} {way.name}").choice(FORMS)]) == {}

    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"scrolls sideways at {width}"
    wanted = 0 if way.name in NOTHING_TO_DO else 1
    assert page.locator(".btn-primary:visible").count() == wanted, "has one thing to do, or says why none"
    assert desk.complaints == []


def test_every_page_that_has_nothing_to_do_is_a_page():
    assert NOTHING_TO_DO.keys() - {way.name for way in WAYS} == set()
