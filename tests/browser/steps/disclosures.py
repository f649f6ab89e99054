"""Hana says what the week is really like, and Cleo reads it."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from app.demo import riverbend
from app.disclosures.catalogue import BY_KEY, SOURCE_KEYS
from app.disclosures.facts import FactState
from tests.browser.desk import Desk
from tests.factories.disclosures import typed

ENVELOPE = ("basis", "source", "window_weeks", "people", "as_of", "owner")
CHOSEN = {
    *(f"{key}-state" for key in BY_KEY),
    *(f"{key}-basis" for key in SOURCE_KEYS),
    *(f"{key}-text" for key, field in BY_KEY.items() if field.kind == "choice"),
}
DISSENT = "Authorizations take closer to an hour a week."
UNFOLDED = ("state", "typical", "low", "high", "bad_week", "text")


def fill_in_the_disclosure(hana: Desk, *, scripts: bool) -> None:
    """Riverbend's week; with scripts the budget answers while she types, and nothing is saved by that."""
    hana.follow("Workload disclosure")
    live = hana.page.get_by_label("The minute budget")
    expect(live).to_contain_text("The minute budget appears once these are filled in")
    for key, fact in riverbend.facts((datetime.now(UTC) - timedelta(days=4)).date()).items():
        wanted = ENVELOPE if key in SOURCE_KEYS else UNFOLDED
        _type_fact(hana, {f"{key}-{name}" for name in wanted}, typed({key: fact}))
    hana.page.locator("#visits_completed summary").click()
    hana.page.locator("#visits_completed-bad_week_reason").fill("a colleague on leave")
    if scripts:
        expect(live).to_contain_text("+13 min")
        hana.reads("Not saved yet")
        hana.page.locator("#follow_up_minutes-typical").fill("41")
        expect(live).to_contain_text("−26 min")
        hana.page.locator("#follow_up_minutes-typical").fill("40")
    hana.press("Save the draft")
    expect(live).to_contain_text("+13 min")


def _type_fact(hana: Desk, wanted: set[str], values: dict[str, str]) -> None:
    for name, value in values.items():
        if name in wanted and value not in {"", FactState.GIVEN}:
            field = hana.page.locator(f'[name="{name}"]')
            if name in CHOSEN:
                field.select_option(value)
            else:
                field.fill(value)


def ask_for_a_review(hana: Desk, name: str) -> str:
    """Nothing is published that nobody else has read; answers where it is read."""
    hana.follow("Review and publish")
    expect(hana.page.get_by_role("button", name="Publish version 1")).to_be_disabled()
    hana.tick(name)
    hana.press("Ask for a review")
    return hana.page.get_by_label("Where it is reviewed").input_value()


def review_the_disclosure(reader: Desk, address: str) -> None:
    """Somebody who does the job reads what candidates will read, and sees one thing otherwise."""
    reader.open(address)
    reader.reads("Typical week", "Bad week", "+13 min")
    reader.press_unasked("Sign off the draft")
    reader.reads("Say whether you do this job now.")
    reader.pick("Yes, I do this job now")
    reader.type("What you see otherwise · optional", DISSENT)
    reader.press("Sign off the draft")
    reader.reads("You signed this off")


def publish_the_disclosure(hana: Desk, address: str) -> None:
    hana.open(address.removesuffix("/review") + "/publication")
    hana.reads(DISSENT)
    hana.press("Publish version 1")
    expect(hana.page.locator("#versions")).to_contain_text("by Hana Sato")


def read_and_acknowledge(cleo: Desk, address: str) -> None:
    """Without an account: both weeks side by side, where each number comes from, and her name under it."""
    cleo.open(address)
    cleo.at("What the week is really like")
    cleo.reads("For Cleo Marsh", "Typical week", "Bad week", "as of")
    completed = cleo.page.locator("details.eh-fact", has_text="Visits completed a week")
    expect(completed).to_contain_text("44")
    expect(completed).to_contain_text("52")
    completed.locator("summary").click()
    expect(completed).to_contain_text("Measured")
    cleo.press_unasked("Acknowledge version 1")
    cleo.reads("Tick the box once you have read it.", "Type your name.")
    cleo.tick("I have read version 1")
    cleo.type("Your name", "Cleo Marsh")
    cleo.press("Acknowledge version 1")
    cleo.reads("You acknowledged version 1")
