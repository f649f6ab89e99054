"""The tests of pages rest on this: a real browser starts, and axe sees what is wrong with a page."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

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
