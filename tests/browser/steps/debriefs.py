"""Hana reads what the panel saw and decides; Rina reads how far its people agree."""

from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.browser.steps.jobs import JOB


def open_the_debrief(hana: Desk) -> str:
    """From the job's page and the candidate's; answers its address."""
    hana.open("/jobs")
    hana.follow(JOB)
    hana.follow("Cleo Marsh")
    hana.page.get_by_role("link", name="Debrief").click()
    hana.at("Debrief")
    return hana.page.url


def wait_for_the_last_scorecard(hana: Desk, heard: str) -> None:
    """While a scorecard is open she sees who is in, and neither a level nor a button that decides."""
    expect(hana.page.get_by_role("button", name="Record the decision")).to_be_disabled()
    hana.reads("An assignment is still open; wait for it, or waive it with a reason.")
    hana.reads("Ivo Lind is in", "Iris Okafor is not in")
    hana.reads_nothing_of(heard)


def read_the_grid(hana: Desk, *, total: str) -> None:
    """The rule's result first, then the criteria with the largest gaps on top."""
    result = hana.page.get_by_role("region", name="Result by the rule")
    for words in ("Weighted total", total, "12 of 12", "Bars for mid level", "Critical minimums", "Met"):
        expect(result).to_contain_text(words)
    rows = hana.page.locator(".eh-heat tbody tr")
    expect(rows.nth(0)).to_contain_text("Talk about these first")
    expect(rows.nth(1)).to_contain_text("DOC")
    expect(rows.nth(1)).to_contain_text("Gap of 2")


def read_the_evidence(hana: Desk, criterion: str, *heard: str) -> None:
    hana.page.get_by_role("link", name=criterion).first.click()
    for words in heard:
        expect(hana.page.locator("#side")).to_contain_text(words)


def decide(hana: Desk) -> None:
    """An offer, with its reasons; without them it is refused."""
    hana.pick("Offer")
    hana.press("Record the decision")
    expect(hana.page.get_by_label("Reasons")).to_have_attribute("aria-invalid", "true")
    hana.type("Reasons", "She told the lead at once and wrote down the times as they were.")
    hana.press("Record the decision")
    hana.reads("Decision 1 by Hana Sato")


def read_the_agreement(rina: Desk) -> None:
    """One candidate: a plain sentence and counts, and no coefficient."""
    rina.open("/jobs")
    rina.follow(JOB)
    rina.follow("Read the report")
    rina.at("Agreement")
    rina.reads("1 candidate has two independent scorecards", "8 of 11", "10 of 11")
    rina.reads_nothing_of("rely on it")
