"""What is typed into a scorecard survives: a reload, a lost network, a second tab, a session that ended."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from app.audit.events import Event
from app.audit.models import AuditEvent
from app.core.db import db
from app.identity import sessions
from app.scoring.models import Scorecard
from tests.browser.cards import new_card, sit_down, status, texts, wait_until_saved
from tests.browser.desk import Desk
from tests.browser.site import Site
from tests.factories import people
from tests.factories.scoring import complete_fields, save

Sit = Callable[..., Desk]
RETELLING = "Retell the answer in two lines"


@pytest.fixture
def card(site: Site) -> Scorecard:
    """An open scorecard of Iris's."""
    return new_card()


def test_what_is_typed_is_saved_by_itself_and_added_notes_move_down(desk: Sit, card: Scorecard):
    iris = sit_down(desk, card)
    iris.type("Note 1", "“First.”")
    iris.press("Add note")
    iris.type("Note 2", "“Second.”")
    wait_until_saved(iris)

    assert texts(card) == {"note-1": "“First.”", "note-2": "“Second.”"}
    iris.page.reload()
    expect(iris.page.get_by_label("Note 1")).to_have_value("“First.”")
    expect(iris.page.get_by_label("Note 3")).to_have_value("")


def test_without_a_network_everything_stays_on_the_page_and_is_saved_when_it_is_back(
    desk: Sit, card: Scorecard
):
    iris = sit_down(desk, card)
    iris.page.context.set_offline(True)
    iris.type("Note 1", "“Typed in the basement.”")
    iris.type(RETELLING, "Cooled it, then called.")
    expect(status(iris)).to_contain_text("Offline, 2 changes kept on this device")
    assert texts(card) == {}

    iris.page.context.set_offline(False)
    wait_until_saved(iris)
    assert texts(card) == {"note-1": "“Typed in the basement.”", "retelling": "Cooled it, then called."}


def test_an_answer_that_is_lost_does_not_save_a_text_twice(desk: Sit, card: Scorecard):
    iris = sit_down(desk, card)

    def deliver_and_lose(route):
        route.fetch()
        route.abort()

    iris.page.route("**/revisions", deliver_and_lose, times=1)
    iris.type(RETELLING, "Cooled it, then called.")
    expect(status(iris)).to_contain_text("No answer, 1 change kept on this device")
    wait_until_saved(iris)

    iris.type(RETELLING, "Cooled it, called, and wrote down the times.")
    wait_until_saved(iris)
    assert texts(card) == {"retelling": "Cooled it, called, and wrote down the times."}


def test_two_tabs_never_overwrite_each_other(desk: Sit, card: Scorecard):
    one, two = sit_down(desk, card), sit_down(desk, card)
    two.type(RETELLING, "from tab two")
    wait_until_saved(two)
    one.type(RETELLING, "from tab one")
    one.type("Note 1", "clashes with nothing")
    one.press("Someone changed this elsewhere")

    one.at("Someone changed this elsewhere")
    one.reads("from tab two", "from tab one")
    assert Axe().run(one.page).violations_count == 0
    assert texts(card)["retelling"] == "from tab two"
    one.page.get_by_text("Keep both").click()
    one.press("Keep these")
    expect(one.page.get_by_label(RETELLING)).to_have_value("from tab two\n\nfrom tab one")
    assert texts(card)["note-1"] == "clashes with nothing"


def test_without_scripts_two_tabs_never_overwrite_each_other_either(desk: Sit, card: Scorecard):
    one, two = (sit_down(desk, card, java_script_enabled=False) for _ in range(2))
    for tab, text in ((two, "from tab two"), (one, "from tab one")):
        tab.type(RETELLING, text)
        tab.press("Add note")

    one.at("Someone changed this elsewhere")
    one.reads("from tab two", "from tab one")
    one.page.get_by_text("Keep the other").click()
    one.press("Keep these")
    expect(one.page.get_by_label(RETELLING)).to_have_value("from tab two")


def test_two_clicks_are_one_submit(desk: Sit, card: Scorecard):
    save(card, **{name.replace("-", "_"): body for name, body in complete_fields(card).items()})
    iris = sit_down(desk, card, java_script_enabled=False)  # Scripts would not let the second click through.
    iris.press("Review and submit")
    iris.page.get_by_role("button", name="Submit the scorecard").dblclick()

    iris.reads("It is frozen")
    submitted = sa.select(sa.func.count()).where(AuditEvent.event == Event.SCORECARD_SUBMITTED)
    assert db.session.scalar(submitted) == 1


def test_after_signing_out_elsewhere_nothing_typed_is_lost(site: Site, desk: Sit, card: Scorecard):
    iris = sit_down(desk, card)
    sessions.end_all(people.iris().id)
    db.session.commit()
    iris.type("Note 1", "“Typed after the session ended.”")
    expect(status(iris)).to_contain_text("Signed out, 1 change kept on this device")

    cookie = {"name": "evenhand", "value": site.ticket(people.iris()), "url": site.address}
    iris.page.context.add_cookies([cookie])
    wait_until_saved(iris)
    assert texts(card) == {"note-1": "“Typed after the session ended.”"}


def test_leaving_with_something_unsaved_is_asked_about(desk: Sit, card: Scorecard):
    iris = sit_down(desk, card)
    asked: list[str] = []
    iris.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    iris.page.context.set_offline(True)
    iris.page.get_by_label("Note 1").press_sequentially("Not saved yet")
    iris.page.context.set_offline(False)
    iris.page.evaluate("location.assign('/')")
    iris.page.wait_for_url("**/")

    assert asked == ["beforeunload"]


def test_what_is_being_saved_when_the_page_is_sent_does_not_meet_itself(desk: Sit, card: Scorecard):
    iris = sit_down(desk, card)

    def deliver_late(route):
        answer = route.fetch()
        iris.page.wait_for_timeout(600)
        route.fulfill(response=answer)

    iris.page.route("**/revisions", deliver_late, times=1)
    iris.page.get_by_label("Note 1").press_sequentially("“I cool")
    expect(status(iris)).to_contain_text("Saving")
    with iris.page.expect_request("**/revisions"):
        iris.page.get_by_label("Note 1").blur()
    iris.page.get_by_label("Note 1").press_sequentially(" it first.”")
    iris.press("Review and submit")

    iris.at("Review and submit")
    assert texts(card) == {"note-1": "“I cool it first.”"}


def test_without_a_network_the_page_is_not_left_for_one_that_cannot_come(desk: Sit, card: Scorecard):
    iris = sit_down(desk, card)
    iris.page.context.set_offline(True)
    iris.type(RETELLING, "Cooled it, then called.")
    iris.press("Review and submit")

    expect(status(iris)).to_contain_text("Offline, 1 change kept on this device")
    expect(iris.page.get_by_label(RETELLING)).to_have_value("Cooled it, then called.")


def test_a_removed_note_comes_back_with_undo(desk: Sit, card: Scorecard):
    iris = sit_down(desk, card)
    iris.type("Note 1", "“First.”")
    iris.press("Add note")
    iris.type("Note 2", "“Being written.”")
    iris.press("Remove note 1")
    iris.reads("Note 1 removed: “First.”")
    expect(iris.page.get_by_label("Note 2")).to_have_value("“Being written.”")
    expect(iris.page.get_by_label("Note 1", exact=True)).to_have_count(0)

    iris.press("Undo removing note 1")
    expect(iris.page.get_by_label("Note 1", exact=True)).to_have_value("“First.”")


def test_larger_text_is_remembered_by_the_device(desk: Sit, card: Scorecard):
    iris = sit_down(desk, card)
    size = "parseFloat(getComputedStyle(document.body).fontSize)"
    usual = iris.page.evaluate(size)
    iris.page.get_by_text("Iris Okafor").click()
    iris.press("Larger text")
    assert iris.page.evaluate(size) > usual * 1.15

    iris.open("/")
    assert iris.page.evaluate(size) > usual * 1.15
    iris.page.get_by_text("Iris Okafor").click()
    iris.press("Larger text")
    assert iris.page.evaluate(size) == usual
