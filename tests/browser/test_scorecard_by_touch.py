"""A scorecard is filled in and handed in on a phone, by taps."""

from collections.abc import Callable

from playwright.sync_api import Locator, expect

from app.core.db import db
from app.scoring import queries
from tests.browser.cards import card_of_five, sit_down, wait_until_saved
from tests.browser.desk import Desk

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LEAST = 44  # Points a target measures at least, the smaller way.


def tap(what: Locator) -> None:
    """Tap something that is large enough for a finger."""
    what.scroll_into_view_if_needed()
    box = what.bounding_box()
    assert box, "It is not there to tap."
    assert min(box["height"], box["width"]) >= LEAST - 0.5, f"{box['width']:.0f} x {box['height']:.0f}"
    what.tap()


def test_a_scorecard_of_five_criteria_is_filled_in_and_handed_in_by_touch(desk: Callable[..., Desk]):
    card = card_of_five()
    iris = sit_down(desk, card, **PHONE)
    page = iris.page
    composer = page.locator("[data-composer]")
    codes = ("SAF", "ESC", "DOC", "HND", "VER")

    composer.get_by_role("textbox").tap()
    composer.get_by_role("textbox").fill("“I stay, and take the pressure again.”")
    for code in codes:
        tap(composer.locator("label", has=page.get_by_text(code, exact=True)))
    tap(composer.locator("label", has=page.get_by_text("escalated", exact=True)))
    tap(page.get_by_role("button", name="Add note"))
    for code in codes:
        criterion = page.locator(f"#criterion-{code}")
        if criterion.get_attribute("open") is None:
            tap(criterion.locator("summary"))
        tap(criterion.locator(".eh-anchor").nth(2))
    wait_until_saved(iris)
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    tap(page.get_by_role("button", name="Review and submit"))
    iris.reads("Everything is there.")
    tap(page.get_by_role("button", name="Submit the scorecard"))

    iris.reads("It is frozen")
    assert overflow <= 0, "Nothing scrolls sideways."
    db.session.expire_all()
    content = queries.content_of(card)
    assert [one.level for one in content.scored.values()] == [3] * 5
    assert content.notes[0].tags == ("escalated",)
    expect(page.get_by_role("heading", level=1)).to_have_text("The chair by the window")
