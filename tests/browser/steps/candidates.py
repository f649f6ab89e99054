"""Rina adds Cleo, schedules her interviews and copies her link."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.browser.steps.jobs import JOB, STAGES

CHICAGO = ZoneInfo("America/Chicago")
HOURS = (9, 11, 14)


def add_the_candidate(rina: Desk) -> None:
    rina.follow(JOB)
    rina.follow("Add a candidate")
    rina.type("Name", "Cleo Marsh")
    rina.type("E-mail · optional", "cleo@mail.example")
    rina.press("Add the candidate")
    rina.at("Cleo Marsh")


def schedule_the_interviews(rina: Desk) -> None:
    """All of them yesterday, so that they can be scored."""
    yesterday = datetime.now(CHICAGO).date() - timedelta(days=1)
    for position, hour in enumerate(HOURS, start=1):
        stage = rina.page.locator(f"#stage-{position}")
        if not stage.locator("details").first.evaluate("node => node.open"):
            stage.locator("summary").first.click()
        rina.type("Starts", datetime.combine(yesterday, time(hour)).isoformat("T", "minutes"), stage)
        rina.type("Place or call · optional", f"Room {position}", stage)
        rina.press("Schedule the interview", stage)
        expect(stage).to_contain_text(f"Yesterday {hour % 12 or 12}:00")
        expect(stage).to_contain_text("Iris Okafor")
    rina.reads("Every stage is scheduled.", *STAGES)


def make_the_link(rina: Desk, *, scripts: bool) -> str:
    """Shown once, to be copied; she hands it over and says so."""
    rina.press("Make a link")
    address = rina.page.get_by_label("The link, shown only here").input_value()
    if scripts:
        rina.press("Copy the link")
        rina.reads("Copied")
        assert rina.page.evaluate("navigator.clipboard.readText()") == address
    rina.press("I handed it over")
    rina.reads("handed over today")
    return address
