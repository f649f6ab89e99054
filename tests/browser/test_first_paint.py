"""What the first paint of a page waits for: its HTML once, and files that a browser has already."""

from collections.abc import Callable
from urllib.parse import urlsplit

from tests.browser.cards import new_card, sit_down
from tests.browser.desk import Desk
from tests.browser.site import Site

ASKED = """() => performance.getEntriesByType("resource").map(
    (one) => ({ url: one.name, bytes: one.transferSize, blocks: one.renderBlockingStatus === "blocking" }))"""


def test_a_second_page_asks_for_nothing_but_its_html(site: Site, desk: Callable[..., Desk]):
    iris = sit_down(desk, new_card())
    first = iris.page.evaluate(ASKED)
    iris.open("/scorecards")
    iris.page.wait_for_load_state("networkidle")
    second = iris.page.evaluate(ASKED)

    blocking = [urlsplit(one["url"]) for one in first + second if one["blocks"]]
    assert blocking, "there is a style sheet"
    assert [url.path for url in blocking if "v=" not in url.query or "/static/" not in url.path] == []
    assert [one["url"] for one in second if one["bytes"]] == []
