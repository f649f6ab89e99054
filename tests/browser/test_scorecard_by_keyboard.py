"""A scorecard is filled in and handed in without a mouse."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from app.core.db import db
from app.scoring import queries
from tests.browser.cards import card_of_five, sit_down, wait_until_saved
from tests.browser.desk import Desk
from tests.browser.site import Site


def tab_to(page: Page, role: str, name: str) -> None:
    """Go on with the Tab key until this is under the hands."""
    wanted = page.get_by_role(role, name=name, exact=True)
    for _ in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"The Tab key never reached {name}.")


def test_a_scorecard_of_five_criteria_is_filled_in_and_handed_in_by_keyboard_alone(
    site: Site, desk: Callable[..., Desk]
):
    card = card_of_five()
    iris = sit_down(desk, card)
    page = iris.page
    press, write = page.keyboard.press, page.keyboard.type

    press("n")
    write("“I cool it under running water and look at the skin.”")
    for _ in ("SAF", "ESC", "DOC", "HND", "VER"):
        press("Tab")
        press("Space")
    press("Tab")
    press("Space")
    tab_to(page, "button", "Add note")
    press("Enter")
    expect(page.get_by_label("Note 2")).to_be_focused()
    write("“I call the surgeon’s office before it closes.”")
    press("Escape")

    press("3")
    press("j")
    press("1")
    press("ArrowDown")
    press("j")
    press("0")
    press("Tab")
    press("Space")
    press("j")
    press("5")
    press("k")
    press("j")
    press("4")
    press("Tab")
    write("Told the lead with findings and asked for a read-back.")
    press("Escape")
    press("j")
    press("3")
    wait_until_saved(iris)

    press("Control+Home")
    tab_to(page, "link", "Skip to content")
    tab_to(page, "button", "Review and submit")
    press("Enter")
    iris.reads("Everything is there.")
    tab_to(page, "button", "Submit the scorecard")
    press("Enter")

    iris.reads("It is frozen", "Not observed: not asked", "Told the lead with findings")
    db.session.expire_all()
    assert card.is_submitted
    assert [one.level for one in queries.content_of(card).scored.values()] == [3, 2, None, 4, 3]
    assert queries.content_of(card).notes[0].tags == ("owned",)
