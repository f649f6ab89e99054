"""`python -m tests.pictures`: photographs every page of the demo, wide and narrow, light and dark.

Each page is found as its person finds it: signed in with one click, then from link to link. With `--readme`
six of them are taken for the README instead, as much of each as a screen shows.
"""

import argparse
import logging
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import structlog
from playwright.sync_api import Browser, Page, sync_playwright

from app import create_app
from app.core.config import Settings
from app.core.db import db
from app.demo import __main__ as demo
from tests.browser.pages import BARE, DRAFTED, WAYS, Way, go
from tests.browser.site import served
from tests.factories import disclosures, jobs, loops, people
from tests.infrastructure import chromium

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / ".state" / "pictures"
README = ROOT / "docs" / "pictures"
HEIGHTS = {1280: 800, 390: 844}
THEMES = ("light", "dark")
EVENINGS = "Occupational therapist, outpatient evenings, mid level"
ACUTE = "Occupational therapist, inpatient acute, mid level"
ONLY_HERE = (
    Way("disclosure-empty", "Hana", "/jobs", (DRAFTED, "Workload disclosure")),
    Way("agreement-early", "Rina", "/jobs", (EVENINGS, "Read the report")),
    Way("agreement-counts", "Olga", "/jobs", (ACUTE, "Read the report")),
)
IN_README = {
    "scorecard": (1280, "light"),
    "job": (1280, "light"),
    "disclosure-editor": (1280, "light"),
    "personal": (390, "light"),
    "debrief": (1280, "light"),
    "agreement": (1280, "dark"),
}


@contextmanager
def demo_site() -> Iterator[str]:
    """The demo over a copy of its database, because some pages are only seen by doing something."""
    original, _ = demo.prepare(fresh=False)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demo.sqlite3"
        source = original.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///")
        with closing(sqlite3.connect(source)) as found, closing(sqlite3.connect(path)) as copy:
            found.backup(copy)
        app = demo.with_personas(create_app(Settings(mode="demo", database_url=f"sqlite:///{path}")))
        with app.app_context():
            add_unfinished_jobs()
        with served(app) as address:
            yield address


def add_unfinished_jobs() -> None:
    """A job with the draft of a loop, and one without any."""
    disclosures.to_review(jobs.job(people.hana(), title=BARE), people.hana(), people.rina())
    loops.draft_loop(jobs.job(people.hana(), title=DRAFTED), [people.iris()])
    db.session.commit()


class Photographer:
    """Goes to pages as people do, each signed in once."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser, self._address = browser, address
        self._pages: dict[str, Page] = {}

    def page_of(self, person: str) -> Page:
        """A browser in which this person is signed in."""
        if person not in self._pages:
            page = self._browser.new_context(base_url=self._address).new_page()
            if person:
                page.goto("/sign-in")
                page.get_by_role("button", name=f"Be {person}").click()
            self._pages[person] = page
        return self._pages[person]

    def go(self, way: Way) -> Page:
        """The page, as it stands before its person."""
        page = self.page_of(way.person)
        page.set_viewport_size({"width": 1280, "height": HEIGHTS[1280]})
        go(page, way)
        return page


def photograph(page: Page, path: Path, *, width: int, theme: str, whole: bool) -> None:
    """Take a picture of a page in one form; for all of it the screen grows, so that what sticks stays put."""
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    if whole:
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": height})
    page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=path, animations="disabled")


def main() -> int:
    """Take all pictures whose names contain what is asked for, or the six of the README."""
    parser = argparse.ArgumentParser(prog="python3 run.py pictures", description=__doc__)
    parser.add_argument("names", nargs="*", help="only pages with one of these words in their name")
    parser.add_argument("--readme", action="store_true", help="take the six pictures of the README")
    options = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    folder = README if options.readme else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    taken = 0
    with demo_site() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium.launch_args())  # type: ignore[arg-type]
        photographer = Photographer(browser, address)
        for way in (*WAYS, *ONLY_HERE):
            forms = [(width, theme) for width in HEIGHTS for theme in THEMES]
            if options.readme:
                forms = [IN_README[way.name]] if way.name in IN_README else []
            if not forms or (options.names and not any(word in way.name for word in options.names)):
                continue
            page = photographer.go(way)
            for width, theme in forms:
                name = way.name if options.readme else f"{way.name}-{width}-{theme}"
                photograph(page, folder / f"{name}.png", width=width, theme=theme, whole=not options.readme)
                taken += 1
        browser.close()
    print(f"{taken} pictures are in {folder.relative_to(ROOT)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
