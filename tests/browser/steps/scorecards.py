"""Iris and Ivo score, each alone; and what either may know of the other meanwhile."""

from collections.abc import Mapping

from playwright.sync_api import Locator, expect

from tests.browser.desk import Desk
from tests.browser.steps.jobs import STAGES

NEED_BECAUSE = (1, 4, 5)


def score(desk: Desk, stage: int, levels: Mapping[str, int | None], heard: str, *, scripts: bool) -> None:
    """Fill in one scorecard and hand it in: notes as evidence, levels, and why where that is asked."""
    desk.open("/scorecards")
    desk.page.get_by_role("listitem").filter(has_text=STAGES[stage - 1]).get_by_role("link").first.click()
    desk.press("Nothing ties me: open the kit")
    desk.at(STAGES[stage - 1])
    observed = [code for code, level in levels.items() if level is not None]
    take_a_note(desk, heard, *observed[:3])
    take_a_note(desk, "“And then I write down the times as they were.”", *observed[2:])
    for code, level in levels.items():
        give(desk, code, level)
    desk.type("Retell the answer in two lines", "Safety first, then the day.")
    if scripts:
        expect(desk.page.locator("[data-status]")).to_contain_text("Saved")
    desk.press("Review and submit")
    desk.at("Review and submit")
    desk.reads("Everything is there.")
    desk.press("Submit the scorecard")
    desk.reads("It is frozen")


def take_a_note(desk: Desk, text: str, *codes: str) -> None:
    composer = desk.page.locator("[data-composer]")
    composer.get_by_role("textbox").fill(text)
    for code in codes:
        composer.get_by_text(code, exact=True).click()
    desk.press("Add note")
    written = desk.page.locator("[data-notes] > li").first
    expect(written.get_by_role("textbox")).to_have_value(text)
    for code in codes:
        expect(written.get_by_label(code, exact=True)).to_be_checked()


def give(desk: Desk, code: str, level: int | None) -> None:
    """Choose a level by its digit; without one, say why it was not observed."""
    criterion = unfolded(desk, code)
    digit = criterion.locator(".eh-anchor b").get_by_text(str(level or 0), exact=True)
    digit.click()
    if level is None:
        criterion.get_by_text("Ran out of time").click()
    elif level in NEED_BECAUSE:
        criterion.get_by_role("textbox", name="Because").fill(f"That is what {level} describes.")


def unfolded(desk: Desk, code: str) -> Locator:
    criterion = desk.page.locator(f"#criterion-{code}")
    if criterion.get_attribute("open") is None:
        criterion.locator("summary").click()
    return criterion


def know_nothing_of(desk: Desk, colleague: str, heard: str) -> None:
    """While a scorecard of theirs is open, no page of theirs has a word, count or state of a colleague's."""
    desk.open("/scorecards")
    cards = desk.page.get_by_role("listitem").locator("a[href^='/scorecards/']").all()
    addresses = ["/", "/scorecards", *(card.get_attribute("href") or "" for card in cards)]
    assert len(cards) == len(STAGES)
    for address in addresses:
        desk.open(address)
        desk.reads_nothing_of(colleague, heard, "Panel complete")


def find_the_debrief_closed(desk: Desk, address: str) -> None:
    answer = desk.open(address)
    assert answer is not None
    assert answer.status == 403
    desk.reads("Closed until yours is in")
