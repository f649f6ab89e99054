"""What is typed without a network waits on the device, for its author alone, until the server has it."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Page, expect

from app.scoring.models import Scorecard
from tests.browser import device
from tests.browser.cards import address, new_card, sit_down, status, texts, wait_for_texts, wait_until_saved
from tests.browser.desk import Desk
from tests.browser.site import Site
from tests.factories import people
from tests.factories.scoring import submit

Sit = Callable[..., Desk]
RETELLING = "Retell the answer in two lines"
# Notes the status as it stands once what a page that is gone had left is back in its fields.
SAID_WHEN_TAKEN_OVER = """
  window.said = [];
  addEventListener("eh:placed", () => queueMicrotask(() => {
    window.said.push(document.querySelector("[data-status] [data-words]").textContent.trim());
  }), true);
"""


@pytest.fixture
def card(site: Site) -> Scorecard:
    """An open scorecard of Iris's."""
    return new_card()


def type_offline(iris: Desk, *typed: tuple[str, str]) -> None:
    """Type into fields of the page while there is no network."""
    iris.page.context.set_offline(True)
    for label, text in typed:
        iris.type(label, text)
    changes = "1 change" if len(typed) == 1 else f"{len(typed)} changes"
    expect(status(iris)).to_contain_text(f"Offline, {changes} kept on this device")


def come_back(iris: Desk, card: Scorecard) -> Desk:
    """Another page for the scorecard in the same browser, once the network is there."""
    iris.page.context.set_offline(False)
    again = Desk(iris.page.context.new_page())
    again.open(address(card))
    return again


def crash(page: Page) -> None:
    """End the process of the page without warning, as a device does that runs out of memory."""
    with pytest.raises(Error, match="crash"):
        page.goto("chrome://crash")
    page.close()


@pytest.mark.parametrize("ends", [lambda page: page.close(run_before_unload=False), crash])
def test_what_was_typed_offline_is_saved_when_a_page_that_is_gone_is_opened_again(
    desk: Sit, card: Scorecard, ends
):
    iris = sit_down(desk, card)
    type_offline(iris, ("Note 1", "“Typed in the basement.”"), (RETELLING, "Cooled it, then called."))
    browser = iris.page.context
    ends(iris.page)

    again = come_back(iris, card)
    expect(again.page.get_by_label("Note 1")).to_have_value("“Typed in the basement.”")
    wait_until_saved(again)
    assert texts(card) == {"note-1": "“Typed in the basement.”", "retelling": "Cooled it, then called."}
    assert device.entries(browser.pages[-1]) == 0


def test_what_was_taken_over_is_not_called_saved_while_it_waits(desk: Sit, card: Scorecard):
    iris = sit_down(desk, card)
    iris.type(RETELLING, "Cooled it.")
    wait_until_saved(iris)
    type_offline(iris, ("Note 1", "“Typed in the basement.”"))
    iris.page.close(run_before_unload=False)

    iris.page.context.add_init_script(SAID_WHEN_TAKEN_OVER)
    again = come_back(iris, card)
    expect(again.page.get_by_label("Note 1")).to_have_value("“Typed in the basement.”")
    assert again.page.evaluate("window.said") == ["Saving"]


def test_notes_levels_and_ties_of_a_page_that_is_gone_find_their_places(desk: Sit, card: Scorecard):
    iris = sit_down(desk, card)
    iris.page.context.set_offline(True)
    for number in (1, 2):
        iris.type(f"Note {number}", f"“Note {number}.”")
        iris.page.locator(f'[name="ties-{number}"][value="SAF"]').check(force=True)
        iris.press("Add note")
    iris.page.locator('[name="level-SAF"][value="no"]').check(force=True)
    iris.page.locator('[name="reason-SAF"][value="ran out of time"]').check(force=True)
    expect(status(iris)).to_contain_text("Offline, 6 changes kept on this device")
    iris.page.close(run_before_unload=False)

    again = come_back(iris, card)
    expect(again.page.get_by_label("Note 2")).to_have_value("“Note 2.”")
    wait_until_saved(again)
    assert texts(card) == {
        "note-1": "“Note 1.”",
        "ties-1": "SAF",
        "note-2": "“Note 2.”",
        "ties-2": "SAF",
        "level-SAF": "no",
        "reason-SAF": "ran out of time",
    }


def test_an_answer_lost_with_its_page_does_not_make_a_conflict_of_ones_own_text(desk: Sit, card: Scorecard):
    iris = sit_down(desk, card)

    def deliver_and_lose(route):
        route.fetch()
        route.abort()

    iris.page.route("**/revisions", deliver_and_lose, times=1)
    iris.type(RETELLING, "Cooled it")
    expect(status(iris)).to_contain_text("No answer, 1 change kept on this device")
    iris.page.route("**/revisions", lambda route: route.abort())
    iris.type(RETELLING, "Cooled it, then called.")
    iris.page.wait_for_timeout(300)
    assert texts(card) == {"retelling": "Cooled it"}
    iris.page.close(run_before_unload=False)

    again = come_back(iris, card)
    expect(again.page.get_by_label(RETELLING)).to_have_value("Cooled it, then called.")
    wait_until_saved(again)
    assert texts(card) == {"retelling": "Cooled it, then called."}


def test_what_comes_back_meets_what_was_saved_elsewhere_side_by_side_and_only_once(
    desk: Sit, card: Scorecard
):
    tablet, laptop = sit_down(desk, card), sit_down(desk, card)
    type_offline(tablet, (RETELLING, "from the tablet"))
    laptop.type(RETELLING, "from the laptop")
    wait_until_saved(laptop)
    tablet.page.close(run_before_unload=False)

    again = come_back(tablet, card)
    again.press("Someone changed this elsewhere")
    again.reads("from the laptop", "from the tablet")
    assert texts(card) == {"retelling": "from the laptop"}
    again.page.get_by_text("Keep the other").click()
    again.press("Keep these")
    expect(again.page.get_by_label(RETELLING)).to_have_value("from the laptop")
    again.page.wait_for_timeout(300)
    expect(status(again)).to_contain_text("Saved")
    assert device.entries(again.page) == 0


def test_two_pages_that_are_gone_are_taken_over_one_after_the_other(desk: Sit, card: Scorecard):
    one = sit_down(desk, card)
    two = Desk(one.page.context.new_page())
    two.open(address(card))
    type_offline(one, (RETELLING, "from tab one"))
    type_offline(two, ("Note 1", "“From tab two.”"))
    for tab in (one, two):
        tab.page.close(run_before_unload=False)

    again = come_back(one, card)
    expect(again.page.get_by_label(RETELLING)).to_have_value("from tab one")
    expect(again.page.get_by_label("Note 1")).to_have_value("“From tab two.”")
    wait_until_saved(again)
    assert texts(card) == {"retelling": "from tab one", "note-1": "“From tab two.”"}


def test_a_page_that_lives_keeps_its_own_entry(desk: Sit, card: Scorecard):
    one = sit_down(desk, card)
    one.page.route("**/revisions", lambda route: route.abort())
    one.type(RETELLING, "being typed")
    expect(status(one)).to_contain_text("No answer, 1 change kept on this device")

    two = come_back(one, card)
    expect(two.page.locator("[data-journal]")).to_have_count(0)
    expect(two.page.get_by_label(RETELLING)).to_have_value("")


def test_nothing_readable_is_kept_and_nobody_else_can_read_it(site: Site, desk: Sit, card: Scorecard):
    site.welcome(people.ivo())
    iris = sit_down(desk, card)
    iris.page.route("**/revisions", lambda route: route.abort())
    iris.type("Note 1", "“The heron said WATERFALL.”")
    expect(status(iris)).to_contain_text("No answer, 1 change kept on this device")
    other = Desk(iris.page.context.new_page())
    other.open("/")
    assert device.entries(other.page) == 1
    assert "WATERFALL" not in device.readable(other.page)

    other.page.get_by_text("Iris Okafor").click()
    other.press("Sign out")
    other.at("Sign in")
    expect(iris.page).to_have_url(
        re.compile("/sign-in.next=")
    )  # Her scorecard in the other tab has closed itself.
    other.type("E-mail", "ivo@riverbend.example")
    other.type("Password", people.PASSWORD)
    other.press("Sign in")
    other.page.wait_for_url("**/")
    answer = other.open(address(card))
    assert answer is not None
    assert answer.status == 404
    assert device.entries(other.page) == 1
    assert "WATERFALL" not in device.readable(other.page)

    iris.page.unroute("**/revisions")
    ticket = {"name": "evenhand", "value": site.ticket(people.iris()), "url": site.address}
    iris.page.context.add_cookies([ticket])
    again = come_back(iris, card)
    expect(again.page.get_by_label("Note 1")).to_have_value("“The heron said WATERFALL.”")
    wait_until_saved(again)
    assert texts(card) == {"note-1": "“The heron said WATERFALL.”"}
    assert device.entries(again.page) == 0


def test_what_nobody_came_back_for_in_thirty_days_is_removed(desk: Sit, card: Scorecard):
    iris = sit_down(desk, card)
    type_offline(iris, (RETELLING, "never sent"))
    iris.page.close(run_before_unload=False)
    iris.page.context.set_offline(False)

    later = Desk(iris.page.context.new_page())
    later.page.add_init_script("const now = Date.now; Date.now = () => now() + 31 * 86400000;")
    later.open(address(card))
    expect(later.page.locator("[data-journal]")).to_have_count(0)
    later.page.wait_for_timeout(200)
    assert device.entries(later.page) == 0
    assert texts(card) == {}


def test_one_text_that_cannot_be_taken_keeps_no_other_from_being_saved(desk: Sit, card: Scorecard):
    iris = sit_down(desk, card)
    iris.page.context.set_offline(True)
    iris.type("Note 1", "x" * 20_001)
    iris.type(RETELLING, "Cooled it, then called.")
    iris.page.context.set_offline(False)

    expect(status(iris)).to_contain_text("At most 20,000 characters in one field; this has 20,001.")
    wait_for_texts(iris, card, {"retelling": "Cooled it, then called."})
    iris.type("Note 1", "Short enough.")
    wait_until_saved(iris)
    assert texts(card)["note-1"] == "Short enough."


def test_what_comes_too_late_for_its_scorecard_is_offered_as_an_amendment(desk: Sit, card: Scorecard):
    tablet = sit_down(desk, card)
    type_offline(tablet, ("Note 1", "“Typed in the basement.”"), (RETELLING, "Cooled it, then called."))
    tablet.page.close(run_before_unload=False)
    submit(card)

    again = come_back(tablet, card)
    again.reads("Typed on this device, and not handed in", "“Typed in the basement.”")
    assert Axe().run(again.page).violations_count == 0
    again.press("Put it into an amendment")
    expect(again.page.get_by_label("Amendment")).to_be_focused()
    again.type("Reason", "Typed without a network.")
    again.press("Add the amendment")
    again.reads("Typed without a network.")
    expect(again.page.get_by_text("Typed on this device, and not handed in")).to_be_hidden()
    again.page.wait_for_timeout(300)
    assert device.entries(again.page) == 0
