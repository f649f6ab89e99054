"""A sign-in ends in the middle of a sentence: the author signs in again in place, nobody else reads it."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from app.core.db import db
from app.identity import sessions
from app.scoring.models import Scorecard
from tests.browser import device
from tests.browser.cards import address, new_card, sit_down, status, texts, wait_until_saved
from tests.browser.desk import Desk
from tests.browser.site import Site
from tests.factories import people

Sit = Callable[..., Desk]
RETELLING = "Retell the answer in two lines"


@pytest.fixture
def card(site: Site) -> Scorecard:
    """An open scorecard of Iris's; she and Ivo have passwords."""
    site.welcome(people.iris(), people.ivo())
    return new_card()


def end_session() -> None:
    """Iris's sign-in ends on the server, as it does after its time."""
    sessions.end_all(people.iris().id)
    db.session.commit()


def open_dialog(iris: Desk, changes: str) -> Desk:
    """Press what the status says, and see the form."""
    iris.press(f"Signed out, {changes} kept on this device: sign in")
    expect(iris.page.get_by_role("dialog")).to_be_visible()
    expect(iris.page.get_by_label("E-mail")).to_be_focused()
    return iris


def fill_in(page: Page, email: str, password: str = people.PASSWORD) -> None:
    """As by hand or by a password manager, and without a mouse."""
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    page.keyboard.press("Enter")


def test_the_author_signs_in_again_in_place_and_goes_on_typing(desk: Sit, card: Scorecard):
    iris = sit_down(desk, card)
    iris.page.get_by_label("Note 1").press_sequentially("“I cool ")
    wait_until_saved(iris)
    end_session()
    iris.page.keyboard.type("it under ")
    expect(status(iris)).to_contain_text("Signed out, 1 change kept on this device: sign in")
    iris.page.keyboard.type("running water.”")
    assert iris.page.evaluate("document.activeElement.name") == "note-1", (
        "the question must not take the keys"
    )

    open_dialog(iris, "1 change")
    assert Axe().run(iris.page).violations_count == 0
    fill_in(iris.page, "iris@riverbend.example", "a heron by the loud river")
    iris.reads("This e-mail and password do not go together.")
    iris.page.get_by_label("Password").fill(people.PASSWORD)
    iris.press("Sign in")
    wait_until_saved(iris)
    expect(iris.page.get_by_role("dialog")).to_be_hidden()
    expect(iris.page.get_by_label("Note 1")).to_be_focused()
    iris.page.keyboard.type(" And then?")
    expect(status(iris)).to_contain_text("Saving")
    wait_until_saved(iris)
    assert texts(card) == {"note-1": "“I cool it under running water.” And then?"}


def test_the_dialog_can_be_put_off_and_the_text_stays(desk: Sit, card: Scorecard):
    iris = sit_down(desk, card)
    end_session()
    iris.type(RETELLING, "Cooled it, then called.")
    open_dialog(iris, "1 change")
    iris.page.keyboard.press("Escape")
    expect(iris.page.get_by_role("dialog")).to_be_hidden()
    iris.type("Note 1", "“Typed meanwhile.”")
    open_dialog(iris, "2 changes")
    iris.press("Go on without signing in")

    open_dialog(iris, "2 changes")
    fill_in(iris.page, "iris@riverbend.example")
    wait_until_saved(iris)
    assert texts(card) == {"retelling": "Cooled it, then called.", "note-1": "“Typed meanwhile.”"}


def test_a_form_token_that_is_lost_with_its_cookie_is_made_anew(desk: Sit, card: Scorecard):
    iris = sit_down(desk, card)
    iris.page.context.clear_cookies(name="form")
    iris.type(RETELLING, "Cooled it, then called.")

    wait_until_saved(iris)
    assert texts(card) == {"retelling": "Cooled it, then called."}


def test_somebody_else_who_signs_in_there_goes_to_their_own_today_and_reads_nothing(
    site: Site, desk: Sit, card: Scorecard
):
    iris = sit_down(desk, card)
    end_session()
    iris.type("Note 1", "“The heron said WATERFALL.”")
    sent: list[str] = []
    open_dialog(iris, "1 change")
    iris.page.on("request", lambda request: sent.append(request.post_data or ""))
    fill_in(iris.page, "ivo@riverbend.example")

    iris.page.wait_for_url("**/")
    expect(iris.page.get_by_text("Ivo Lind")).to_be_visible()
    assert "WATERFALL" not in device.readable(iris.page)
    assert [body for body in sent if "WATERFALL" in body] == []
    iris.open(address(card))
    iris.reads("There is nothing here")
    assert "WATERFALL" not in device.readable(iris.page)
    assert texts(card) == {}

    iris.page.context.clear_cookies()
    ticket = {"name": "evenhand", "value": site.ticket(people.iris()), "url": site.address}
    iris.page.context.add_cookies([ticket])
    iris.open(address(card))
    expect(iris.page.get_by_label("Note 1")).to_have_value("“The heron said WATERFALL.”")
    wait_until_saved(iris)
    assert texts(card) == {"note-1": "“The heron said WATERFALL.”"}


def test_somebody_else_who_signed_in_in_another_tab_is_not_sent_her_text(
    site: Site, desk: Sit, card: Scorecard
):
    iris = sit_down(desk, card)
    end_session()
    iris.type("Note 1", "“The heron said WATERFALL.”")
    expect(status(iris)).to_contain_text("Signed out, 1 change kept on this device: sign in")
    sent: list[str] = []
    iris.page.on("request", lambda request: sent.append(request.post_data or ""))
    ticket = {"name": "evenhand", "value": site.ticket(people.ivo()), "url": site.address}
    iris.page.context.add_cookies([ticket])

    iris.page.wait_for_url("**/")
    assert [body for body in sent if "WATERFALL" in body] == []
    assert "WATERFALL" not in device.readable(iris.page)
