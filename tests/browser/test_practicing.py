"""A written answer is scored on a phone, with scripts by keys and without any by the page alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from app.core.db import db
from tests.browser.cards import wait_until_saved
from tests.browser.desk import Desk
from tests.factories import people, practice

CODES = ("SAF", "ESC", "DOC", "HND", "VER")
HEARD = "“First thing, I don't leave.”"


def by_keys(page: Page) -> None:
    """One note for all criteria and level 3 on each, without a mouse; the page saves by itself."""
    press = page.keyboard.press
    press("n")
    page.keyboard.type(HEARD)
    for _ in CODES:
        press("Tab")
        press("Space")
    press("Escape")
    for _ in CODES:
        press("j")
        press("3")
    wait_until_saved(Desk(page))


def by_hand(page: Page) -> None:
    """The same by the fields of the page."""
    note = page.locator("[data-note='1']")
    note.get_by_role("textbox").fill(HEARD)
    for code in CODES:
        note.locator("label", has=page.get_by_text(code, exact=True)).click()
        page.locator(f"#criterion-{code} .eh-anchor").nth(2).click()


def test_what_was_typed_too_late_is_shown_and_forgotten_when_it_is_told_to(desk: Callable[..., Desk]):
    iris = people.iris()
    card = practice.filled_in(iris)
    there = f"/practice/{card.public_id}"
    db.session.rollback()
    tablet = desk(iris)
    tablet.open(there)
    tablet.page.context.set_offline(True)
    tablet.type("Retell the answer in two lines", "Typed in the basement.")
    expect(tablet.page.locator("[data-status]")).to_contain_text("1 change kept on this device")
    practice.hand_in(card, iris)
    db.session.rollback()
    tablet.page.close(run_before_unload=False)
    tablet.page.context.set_offline(False)

    again = Desk(tablet.page.context.new_page())
    again.open(there)
    again.reads("Typed on this device, and not handed in", "Typed in the basement.")
    again.press("Forget it")
    again.open(there)
    expect(again.page.get_by_text("Typed in the basement.")).to_have_count(0)


@pytest.mark.parametrize("fill_in", [by_keys, by_hand])
def test_somebody_practices_on_a_phone_and_sees_the_gold_only_then(desk: Callable[..., Desk], fill_in):
    iris = people.iris()
    db.session.rollback()
    hers = desk(iris, viewport={"width": 390, "height": 844}, java_script_enabled=fill_in is by_keys)
    hers.open("/scorecards")
    hers.follow("Practice on a written answer")
    hers.page.get_by_role("button", name="The chair by the window, answer 1").click()
    hers.at("The chair by the window")

    fill_in(hers.page)
    hers.reads_nothing_of("halo", "Would change the earlier note")
    overflow = hers.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    hers.press("Review and hand in")
    hers.reads("Everything is there.", "Hand in 5 ratings and 1 note")
    hers.press("Hand in the practice card")

    hers.reads("1 of 5 within the accepted levels", "4 of 5 within one level", "halo from a caring")
    hers.reads("Altering the earlier note", "Not raised", "Would change the earlier note")
    assert overflow <= 0, "Nothing scrolls sideways."
