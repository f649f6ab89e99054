"""A disclosure as candidates read it: on a phone, with their own numbers, and from a folder of files."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from app.candidates import services as candidates
from app.core import clock
from app.core.db import db
from app.demo import riverbend
from app.disclosures import exporting
from app.disclosures.models import DisclosureVersion
from app.web.addresses import outside
from tests.browser.desk import Desk
from tests.browser.site import Site
from tests.factories import disclosures, jobs, people, scoring

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def version(site: Site) -> DisclosureVersion:
    """Riverbend's, of three days ago."""
    job = jobs.team(jobs.job(people.hana()), recruiter=people.rina())
    return disclosures.published(
        job, people.hana(), riverbend.facts(clock.today("America/Chicago") - timedelta(days=3))
    )


def test_the_bad_week_is_read_before_a_phone_is_scrolled(
    desk: Callable[..., Desk], version: DisclosureVersion
) -> None:
    cleo = scoring.application([], "Cleo Marsh", version.disclosure.job)
    _, token = candidates.make_link(people.actor(people.rina()), cleo, days=60)
    db.session.commit()
    for address in (f"/c/{token}", f"/disclosures/{version.public_id}"):
        reader = desk()
        reader.page.set_viewport_size(PHONE)
        reader.open(address)
        first = reader.page.locator("#in-short")
        for words in ("in our worst, over six", "−381 min", "a colleague on leave", "n = 3 to 4", "as of"):
            box = first.get_by_text(words, exact=False).last.bounding_box()
            assert box is not None, words
            assert box["y"] + box["height"] <= PHONE["height"], f"{words} ends at {box['y'] + box['height']}"
        typical, bad = (first.locator(".eh-big").nth(place).bounding_box() for place in (0, 1))
        assert typical
        assert bad
        assert typical["height"] == bad["height"], "the bad week has the same space"
        reader.page.emulate_media(media="print")
        expect(reader.page.get_by_text("Range 0 to 120 min.").first).to_be_visible()
        expect(reader.page.locator(".eh-index")).to_be_hidden()


def test_own_numbers_are_added_up_while_they_are_typed(
    desk: Callable[..., Desk], version: DisclosureVersion
) -> None:
    reader = desk()
    reader.open(f"/disclosures/{version.public_id}/week")
    reader.page.get_by_label("Writing after a follow-up, minutes").fill("6")
    expect(reader.page.locator("#yours")).to_contain_text("65 minutes do not fit")
    assert "writing" not in reader.page.url


def test_the_static_site_opens_from_a_folder_and_asks_nobody(
    site: Site, version: DisclosureVersion, browser: Browser, tmp_path: Path
) -> None:
    with outside():
        exporting.export(tmp_path)
    context: BrowserContext = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: complaints.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))

    page.goto((tmp_path / "index.html").as_uri())
    page.get_by_role("link", name=version.disclosure.job.title).click()
    expect(page.get_by_role("heading", name="What the week is really like")).to_be_visible()
    expect(page.locator("#in-short")).to_contain_text("−381 min")
    fonts = page.evaluate("document.fonts.ready.then(() => [...document.fonts].map(f => f.status))")

    assert [url for url in asked if not url.startswith("file:")] == []
    assert any(url.endswith("evenhand.css") for url in asked)
    assert fonts == ["loaded"]
    assert complaints == []
    context.close()


def test_two_jobs_side_by_side_fit_a_narrow_phone(
    desk: Callable[..., Desk], version: DisclosureVersion
) -> None:
    other = jobs.job(people.hana(), title="Occupational therapist, evenings")
    facts = riverbend.facts(clock.today("America/Chicago") - timedelta(days=3))
    elsewhere = disclosures.published(other, people.hana(), facts)
    reader = desk()
    reader.page.set_viewport_size({"width": 320, "height": 844})
    reader.open(f"/disclosures/{version.public_id}/beside?with={elsewhere.public_id}")
    expect(reader.page.get_by_role("heading", name="Volume or depth")).to_be_visible()
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= 320
