"""From sign-in to an open loop of four stages with panels: how much it asks of a hiring manager."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from app.core.db import db
from app.policy import Role
from tests.browser.desk import Desk
from tests.browser.hands import Hands
from tests.browser.site import Site
from tests.factories import disclosures, jobs, people

MOST_COMMANDS, MOST_TYPED, LONGEST = 40, 200, 300
EARLIER = re.compile(r"^Earlier\W+stage 2$")
PANELS = (
    ("Iris Okafor", "Ivo Lind"),
    ("Ivo Lind", "Malik Stone"),
    ("Malik Stone", "Iris Okafor"),
    ("Ivo Lind", "Iris Okafor"),
)
REASON = "Two stages come from next door; the role is described this week."


@pytest.fixture
def job(site: Site) -> str:
    """The title of a job with its pay range and its published disclosure; nothing of its loop is there."""
    hana = people.hana()
    made = jobs.job(hana)
    jobs.team(made, recruiter=people.rina())
    disclosures.published(made, hana)
    people.iris(), people.ivo(), people.person("Malik Stone", Role.INTERVIEWER)
    db.session.commit()
    site.welcome(hana)
    return made.title


def test_a_hiring_manager_opens_a_loop_of_four_stages_in_five_minutes(
    desk: Callable[..., Desk], job: str, record_property: Callable[[str, object], None]
):
    page = desk().page
    hands = Hands(page)
    page.goto("/sign-in")

    hands.click(page.get_by_label("E-mail"))
    hands.type("hana@riverbend.example")
    hands.press("Tab")
    hands.type(people.PASSWORD)
    hands.press("Enter")
    hands.click(page.get_by_role("link", name=job).first)
    hands.click(page.get_by_role("link", name="Begin the loop"))
    hands.click(page.get_by_role("button", name="Draft this loop"))
    for stage, names in enumerate(PANELS, start=1):
        for number, name in enumerate(names, start=1):
            hands.choose(page.get_by_label(f"Stage {stage}, person {number}", exact=True), name)
    hands.click(page.get_by_role("button", name="Seat these people"))
    hands.click(page.get_by_role("link", name="Read the guide"))
    hands.click(page.get_by_role("button", name="I have read it"))
    hands.click(page.get_by_label("Open all the same because"))
    hands.type(REASON)
    hands.click(page.get_by_role("button", name="Open the loop"))

    expect(page.get_by_text("The loop is open: its stages, versions and weights are fixed.")).to_be_visible()
    figures = {
        f"clicks and keys of at most {MOST_COMMANDS}": hands.commands,
        f"characters typed of at most {MOST_TYPED}": hands.typed,
        f"seconds estimated of at most {LONGEST}": round(hands.seconds),
    }
    record_property("figures", {"From sign-in to an open loop of four stages": figures})
    assert hands.commands <= MOST_COMMANDS
    assert hands.typed <= MOST_TYPED
    assert hands.seconds <= LONGEST


def test_a_loop_is_built_by_keyboard_alone(desk: Callable[..., Desk], job: str):
    page = desk(people.hana()).page
    hands = Hands(page)
    page.goto("/jobs")

    hands.enter(page.get_by_role("link", name=job).first)
    hands.enter(page.get_by_role("link", name="Begin the loop"))
    hands.enter(page.get_by_role("button", name="Draft this loop"))
    for stage, names in enumerate(PANELS, start=1):
        for number, name in enumerate(names, start=1):
            hands.pick(page.get_by_label(f"Stage {stage}, person {number}", exact=True), name)
    hands.enter(page.get_by_role("button", name="Seat these people"))
    second = page.locator("#stage-2 h3").inner_text()
    hands.enter(page.get_by_role("button", name=EARLIER))
    expect(page.locator("#stage-1 h3")).to_have_text(second)
    hands.tab_to(page.get_by_label("Open all the same because"))
    hands.type(REASON)
    hands.enter(page.get_by_role("button", name="Open the loop"))

    expect(page.get_by_text("The loop is open: its stages, versions and weights are fixed.")).to_be_visible()


def test_a_loop_is_built_without_scripts(desk: Callable[..., Desk], job: str):
    hana = desk(people.hana(), java_script_enabled=False)
    hana.open("/jobs")

    hana.follow(job)
    hana.follow("Begin the loop")
    hana.press("Draft this loop")
    for stage, names in enumerate(PANELS, start=1):
        for number, name in enumerate(names, start=1):
            hana.page.get_by_label(f"Stage {stage}, person {number}", exact=True).select_option(label=name)
    hana.press("Seat these people")
    second = hana.page.locator("#stage-2 h3").inner_text()
    hana.page.get_by_role("button", name=EARLIER).click()
    expect(hana.page.locator("#stage-1 h3")).to_have_text(second)
    hana.type("Open all the same because", REASON)
    hana.press("Open the loop")

    hana.reads("The loop is open: its stages, versions and weights are fixed.")
