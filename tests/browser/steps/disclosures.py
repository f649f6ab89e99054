"""Hana says what the week is really like, and Cleo reads it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from playwright.sync_api import expect

from app.demo import riverbend
from app.disclosures.catalogue import STEPS, Step
from app.disclosures.facts import Fact, FactState
from tests.browser.desk import Desk
from tests.factories.disclosures import typed

ENVELOPE = ("basis", "source", "window_weeks", "people", "as_of", "owner")
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


# Sets many fields at once, as typing does: their values, then one input event.
SET = """values => {
  const form = document.getElementById("draft");
  for (const [name, value] of Object.entries(values)) form.elements[name].value = value;
  form.dispatchEvent(new Event("input", { bubbles: true }));
}"""


def _type_step(hana: Desk, step: Step, facts: Mapping[str, Fact]) -> None:
    """What is not measured is said at one press of all that is left blank."""
    values: dict[str, str] = {}
    for group in step.groups:
        values |= _typed(facts, group.source_key, ENVELOPE)
        for field in group.fields:
            if facts[field.key].state is not FactState.NOT_MEASURED:
                values |= _typed(facts, field.key, UNFOLDED)
    hana.page.evaluate(SET, values)
    if step.key == "capacity":
        hana.page.locator("#visits_completed summary").click()
        hana.page.locator("#visits_completed-bad_week_reason").fill("a colleague on leave")
    hana.press("Say “not measured” for what is blank")
    expect(hana.page.locator(f"#{step.groups[0].key}")).to_be_visible()


def _typed(facts: Mapping[str, Fact], key: str, parts: Sequence[str]) -> dict[str, str]:
    """What is typed of one fact: nothing where it says nothing."""
    wanted = {f"{key}-{part}" for part in parts}
    sent = typed({key: facts[key]}) if key in facts else {}
    return {
        name: value for name, value in sent.items() if name in wanted and value not in {"", FactState.GIVEN}
    }


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
