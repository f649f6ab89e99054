"""Hana says what the week is really like, and Cleo reads it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from playwright.sync_api import expect

from app.demo import riverbend
from app.disclosures.catalogue import BY_KEY, SOURCE_KEYS, STEPS, Step
from app.disclosures.facts import Fact, FactState
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
    """Riverbend's week, step by step; with scripts the budget answers as she types, and a pause saves it."""
    hana.follow("Workload disclosure")
    live = hana.page.get_by_label("The minute budget")
    expect(live).to_contain_text("The minute budget appears once these are filled in")
    hana.reads("Not saved yet")
    facts = riverbend.facts((datetime.now(UTC) - timedelta(days=4)).date())
    for step, after in pairwise((*STEPS, None)):
        _type_step(hana, step, facts)
        if scripts and step.key == "documentation":
            expect(live).to_contain_text("Not in the sum yet: ")
            expect(hana.page.locator("#saved")).to_contain_text("Saved")
        if after:
            hana.press(f"Go on to {after.label.lower()}")
            expect(hana.page.locator(f"#{after.groups[0].key}")).to_be_visible()
    hana.press("Save the draft")
    expect(live).to_contain_text("+13 min")


def _type_step(hana: Desk, step: Step, facts: Mapping[str, Fact]) -> None:
    """What is not measured is said at one press of all that is left blank."""
    for group in step.groups:
        _type_fact(
            hana, {f"{group.source_key}-{name}" for name in ENVELOPE}, typed(_one(facts, group.source_key))
        )
        for field in group.fields:
            if facts[field.key].state is not FactState.NOT_MEASURED:
                wanted = {f"{field.key}-{name}" for name in UNFOLDED}
                _type_fact(hana, wanted, typed(_one(facts, field.key)))
    if step.key == "capacity":
        hana.page.locator("#visits_completed summary").click()
        hana.page.locator("#visits_completed-bad_week_reason").fill("a colleague on leave")
    hana.press("Say “not measured” for what is blank")
    expect(hana.page.locator(f"#{step.groups[0].key}")).to_be_visible()


def _one(facts: Mapping[str, Fact], key: str) -> dict[str, Fact]:
    return {key: facts[key]} if key in facts else {}


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
