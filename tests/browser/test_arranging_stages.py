"""Stages are put into another order by dragging or by their buttons, and what was moved is said."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from app.core.db import db
from tests.browser.desk import Desk
from tests.browser.site import Site
from tests.factories import jobs, loops, people

NEAR_MISS, DAY, WALKTHROUGH = "Twenty-two minutes", "Ten on the book", "Five visits left"


@pytest.fixture
def path(site: Site) -> str:
    """The page of a draft of three stages."""
    hana = people.hana()
    job = jobs.job(hana)
    loops.draft_loop(job)
    db.session.commit()
    site.welcome(hana)
    return f"/jobs/{job.public_id}/loop"


def expect_order(page: Page, *titles: str) -> None:
    expect(page.locator("#stages h3")).to_have_text(list(titles))


def test_a_stage_is_dragged_to_another_place_and_its_new_place_is_said(
    desk: Callable[..., Desk], path: str
) -> None:
    page = desk(people.hana()).page
    page.goto(path)
    expect_order(page, NEAR_MISS, DAY, WALKTHROUGH)

    above = page.locator("#stage-1 h3")
    page.locator("#stage-3 .eh-grip").drag_to(above, target_position={"x": 4, "y": 2})

    expect(page.locator("[data-arranged]")).to_have_text(f"Stage 3, {WALKTHROUGH}, is in place 1 of 3 now.")
    expect_order(page, WALKTHROUGH, NEAR_MISS, DAY)
    page.reload()
    expect_order(page, WALKTHROUGH, NEAR_MISS, DAY)
    expect(page.locator("[data-arranged]")).to_have_text("")


def test_a_button_says_it_too(desk: Callable[..., Desk], path: str) -> None:
    page = desk(people.hana()).page
    page.goto(path)

    page.locator("#stage-1").get_by_role("button", name="Later").press("Enter")

    expect(page.locator("[data-arranged]")).to_have_text(f"Stage 1, {NEAR_MISS}, is in place 2 of 3 now.")
    expect_order(page, DAY, NEAR_MISS, WALKTHROUGH)


def test_without_scripts_there_are_the_buttons_and_nothing_to_drag(
    desk: Callable[..., Desk], path: str
) -> None:
    page = desk(people.hana(), java_script_enabled=False).page
    page.goto(path)
    expect(page.locator(".eh-grip").first).to_be_hidden()

    page.locator("#stage-3").get_by_role("button", name="Earlier").click()

    expect_order(page, NEAR_MISS, WALKTHROUGH, DAY)
