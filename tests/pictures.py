"""`python -m tests.pictures`: photographs every page of the demo, wide and narrow, light and dark.

Each page is found as its person finds it: signed in with one click, then from link to link. With `--readme`
six of them are taken for the README instead, as much of each as a screen shows.
"""

import argparse
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from app import create_app
from app.core.config import Settings
from app.core.db import db
from app.demo import __main__ as demo
from app.demo import cast
from app.demo.cast import Player
from tests.browser.site import served
from tests.factories import jobs, loops, people
from tests.infrastructure import chromium

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / ".state" / "pictures"
README = ROOT / "docs" / "pictures"
HEIGHTS = {1280: 900, 390: 844}
THEMES = ("light", "dark")
OUTPATIENT = "Occupational therapist, outpatient, mid level"
EVENINGS = "Occupational therapist, outpatient evenings, mid level"
ACUTE = "Occupational therapist, inpatient acute, mid level"
DRAFTED = "Occupational therapist, hand clinic"
BARE = "Occupational therapist, wound clinic"


@dataclass(frozen=True)
class Press:
    """A step that is more than following a link: press this button."""

    button: str


Step = str | Press


@dataclass(frozen=True)
class Picture:
    """A page: who sees it, and from where by which steps; a step that is only text is a link to follow."""

    name: str
    person: Player | None
    start: str = "/"
    steps: tuple[Step, ...] = ()


THEO = (OUTPATIENT, "Theo Brandt")
PICTURES = (
    Picture("sign-in", None, "/sign-in"),
    Picture("today-iris", cast.IRIS),
    Picture("today-hana", cast.HANA),
    Picture("my-scorecards", cast.IRIS, "/scorecards"),
    Picture("jobs", cast.HANA, "/jobs"),
    Picture("job", cast.HANA, "/jobs", (OUTPATIENT,)),
    Picture("job-new", cast.HANA, "/jobs/new"),
    Picture("refused", cast.HANA, "/jobs", (OUTPATIENT, "Add a candidate", Press("Add the candidate"))),
    Picture("job-edit", cast.HANA, "/jobs", (OUTPATIENT, "Change the job")),
    Picture("team", cast.HANA, "/jobs", (OUTPATIENT, "Hiring team")),
    Picture("loop-open", cast.HANA, "/jobs", (OUTPATIENT, "Interview loop")),
    Picture("loop-first", cast.HANA, "/jobs", (BARE, "Choose a pack")),
    Picture("loop-draft", cast.HANA, "/jobs", (DRAFTED, "Open the draft")),
    Picture("stage", cast.HANA, "/jobs", (DRAFTED, "Open the draft", "Change stage 1")),
    Picture("weights", cast.HANA, "/jobs", (DRAFTED, "Open the draft", "Give a reason for other weights")),
    Picture("job-empty", cast.HANA, "/jobs", (DRAFTED,)),
    Picture("packs", cast.HANA, "/packs"),
    Picture("scenario", cast.HANA, "/packs", ("Twenty-two minutes",)),
    Picture("disclosure-editor", cast.HANA, "/jobs", (OUTPATIENT, "Workload disclosure")),
    Picture("disclosure-empty", cast.HANA, "/jobs", (DRAFTED, "Workload disclosure")),
    Picture("publication", cast.HANA, "/jobs", (OUTPATIENT, "Workload disclosure", "Review and publish")),
    Picture("candidate-new", cast.RINA, "/jobs", (OUTPATIENT, "Add a candidate")),
    Picture("application", cast.RINA, "/jobs", THEO),
    Picture("application-new", cast.RINA, "/jobs", (OUTPATIENT, "Sam Whitlow")),
    Picture("link", cast.RINA, "/jobs", (OUTPATIENT, "Cleo Marsh", Press("Make a new link"))),
    Picture("scorecard", cast.IRIS, "/", ("Open scorecard",)),
    Picture("scorecard-review", cast.IRIS, "/", ("Open scorecard", Press("Review and submit"))),
    Picture("scorecard-frozen", cast.IVO, "/scorecards", ("Noor Haddad",)),
    Picture("debrief", cast.HANA, "/", ("Open the debrief",)),
    Picture("debrief-waiting", cast.HANA, "/jobs", (*THEO, "Debrief")),
    Picture("agreement", cast.RINA, "/jobs", (OUTPATIENT, "Read the report")),
    Picture("agreement-early", cast.RINA, "/jobs", (EVENINGS, "Read the report")),
    Picture("agreement-counts", cast.OLGA, "/jobs", (ACUTE, "Read the report")),
    Picture("people", cast.ADA, "/people"),
    Picture("employer", cast.ADA, "/employer"),
    Picture("audit", cast.REMI, "/audit"),
    Picture("error-404", cast.IRIS, "/jobs/00000000-0000-4000-8000-000000000000"),
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
    jobs.job(people.hana(), title=BARE)
    loops.draft_loop(jobs.job(people.hana(), title=DRAFTED), [people.iris()])
    db.session.commit()


class Photographer:
    """Goes to pages as people do, and takes pictures of them."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser, self._address = browser, address
        self._pages: dict[Player | None, Page] = {}

    def page_of(self, person: Player | None) -> Page:
        """A browser in which this person is signed in."""
        if person not in self._pages:
            page = self._browser.new_context(base_url=self._address).new_page()
            page.set_default_timeout(8_000)
            if person is not None:
                page.goto("/sign-in")
                page.get_by_role("button", name=f"Be {person.name.split()[0]}").click()
            self._pages[person] = page
        return self._pages[person]

    def go_to(self, picture: Picture) -> Page:
        """The page, as it stands before its person."""
        page = self.page_of(picture.person)
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(picture.start)
        for step in picture.steps:
            take(page, step)
        page.wait_for_load_state("networkidle")
        return page

    def personal(self) -> Page:
        """Cleo's own page, by the link that Rina was shown."""
        rina = self.page_of(cast.RINA)
        self.go_to(next(one for one in PICTURES if one.name == "link"))
        page = self.page_of(None)
        page.goto(rina.get_by_label("The link, shown only here").input_value())
        return page


def take(page: Page, step: Step) -> None:
    """Do one step of the way to a page."""
    role, name = ("link", step) if isinstance(step, str) else ("button", step.button)
    page.get_by_role(role, name=name).first.click()


def photograph(page: Page, path: Path, *, width: int, theme: str, whole: bool) -> None:
    """Take a picture of the page in one form."""
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=path, full_page=whole, animations="disabled")


def main() -> int:
    """Take all pictures whose names contain what is asked for, or the six of the README."""
    parser = argparse.ArgumentParser(prog="python3 run.py pictures", description=__doc__)
    parser.add_argument("names", nargs="*", help="only pages with one of these words in their name")
    parser.add_argument("--readme", action="store_true", help="take the six pictures of the README")
    options = parser.parse_args()
    folder = README if options.readme else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    taken = 0
    with demo_site() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium.launch_args())  # type: ignore[arg-type]
        photographer = Photographer(browser, address)
        ways = {picture.name: (lambda one=picture: photographer.go_to(one)) for picture in PICTURES}
        ways["personal"] = photographer.personal
        for name, go in ways.items():
            forms = [IN_README[name]] if name in IN_README else []
            if not options.readme:
                forms = [(width, theme) for width in HEIGHTS for theme in THEMES]
            if not forms or (options.names and not any(word in name for word in options.names)):
                continue
            page = go()
            for width, theme in forms:
                file = folder / (f"{name}.png" if options.readme else f"{name}-{width}-{theme}.png")
                photograph(page, file, width=width, theme=theme, whole=not options.readme)
                taken += 1
        browser.close()
    print(f"{taken} pictures are in {folder.relative_to(ROOT)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
