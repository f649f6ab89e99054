"""The tests of pages rest on this: a browser starts, axe sees what is wrong, and what is blocked is noted."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.desk import Desk

GOOD = (
    "<!doctype html><html lang='en'><title>A page</title><main><h1>Pay</h1><p>Typical week</p></main></html>"
)


@pytest.mark.parametrize(
    ("page_text", "violations"),
    [
        (GOOD, []),
        (GOOD.replace(" lang='en'", ""), ["html-has-lang"]),
        (GOOD.replace("<p>", "<p style='color: #ccc'>"), ["color-contrast"]),
    ],
    ids=["nothing wrong", "no language", "faint text"],
)
def test_axe_sees_what_is_wrong_with_a_page(page: Page, page_text, violations):
    page.set_content(page_text)

    assert [violation["id"] for violation in Axe().run(page).response["violations"]] == violations


def test_a_desk_notes_what_the_browser_blocks(desk: Callable[..., Desk]):
    visitor = desk()
    visitor.open("/sign-in")
    assert visitor.complaints == []
    visitor.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">x</p>')")

    assert any("Content Security Policy" in complaint for complaint in visitor.complaints)
    visitor.complaints.clear()
