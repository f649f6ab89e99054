"""The scorecard under its author's hands: by keyboard alone, without a network, in two tabs, signed out."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, expect

from app.core.db import db
from app.identity import sessions
from app.scoring import queries
from app.scoring.models import Scorecard
from tests.browser.desk import Desk
from tests.browser.site import Site
from tests.factories import people
from tests.factories.scoring import card_of, interview_with, save

Sit = Callable[..., Desk]


@pytest.fixture
def card(site: Site) -> Scorecard:
    """An open scorecard of Iris's."""
    return card_of(interview_with([people.iris(), people.ivo()]), people.iris())


def status(desk: Desk) -> Locator:
    return desk.page.locator("[data-status]")


def sit_down(desk: Sit, card: Scorecard, **options: object) -> Desk:
    iris = desk(people.iris(), **options)
    iris.open(f"/scorecards/{card.public_id}")
    return iris


def texts(card: Scorecard) -> dict[str, str]:
    """What the server has; the test lets go of the database at once, for the server to write to it."""
    try:
        return {name: one.body for name, one in queries.saved_fields(card).items()}
    finally:
        db.session.rollback()


def test_a_scorecard_is_filled_in_and_handed_in_by_keyboard_alone(desk: Sit, card: Scorecard):
    iris = sit_down(desk, card)
    press, write = iris.page.keyboard.press, iris.page.keyboard.type

    press("n")
    write("“I cool it under running water and look at the skin.”")
    for _ in range(4):
        press("Tab")
        press("Space")
    press("Escape")
    for key in ("3", "2", "0", "4"):
        press("j")
        press(key)
        if key == "0":
            press("Tab")
            press("Space")
        if key == "4":
            press("Tab")
            write("Told the lead with findings and asked for a read-back.")
    expect(status(iris)).to_contain_text("Saved")
    iris.page.get_by_role("button", name="Review and submit").focus()
    press("Enter")
    iris.reads("Everything is there.")
    iris.page.get_by_role("button", name="Submit the scorecard").focus()
    press("Enter")

    iris.reads("It is frozen", "Not observed: not asked", "Told the lead with findings")
    db.session.expire_all()
    assert card.is_submitted
    given = [one.level for one in queries.content_of(card).scored.values()]
    assert given == [3, 2, None, 4]


def test_what_is_typed_is_saved_by_itself_and_added_notes_move_down(desk: Sit, card: Scorecard):
    iris = sit_down(desk, card)
    iris.type("Note 1", "“First.”")
    iris.press("Add note")
    iris.type("Note 2", "“Second.”")
    expect(status(iris)).to_contain_text("Saved")

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
    iris.type("Retell the answer in two lines", "Cooled it, then called.")
    expect(status(iris)).to_contain_text("Offline, 2 changes kept on this page")
    assert texts(card) == {}

    iris.page.context.set_offline(False)
    expect(status(iris)).to_contain_text("Saved")
    assert texts(card) == {"note-1": "“Typed in the basement.”", "retelling": "Cooled it, then called."}
    iris.complaints.clear()  # The browser says that it was offline.


def test_two_tabs_never_overwrite_each_other(desk: Sit, card: Scorecard):
    one, two = sit_down(desk, card), sit_down(desk, card)
    two.type("Retell the answer in two lines", "from tab two")
    expect(status(two)).to_contain_text("Saved")
    one.type("Retell the answer in two lines", "from tab one")
    one.type("Note 1", "clashes with nothing")
    one.press("Someone changed this elsewhere")

    one.at("Someone changed this elsewhere")
    one.reads("from tab two", "from tab one")
    assert texts(card)["retelling"] == "from tab two"
    one.page.get_by_text("Keep both").click()
    one.press("Keep these")
    expect(one.page.get_by_label("Retell the answer in two lines")).to_have_value(
        "from tab two\n\nfrom tab one"
    )
    assert texts(card)["note-1"] == "clashes with nothing"


def test_after_signing_out_elsewhere_nothing_typed_is_lost(site: Site, desk: Sit, card: Scorecard):
    iris = sit_down(desk, card)
    sessions.end_all(people.iris().id)
    db.session.commit()
    iris.type("Note 1", "“Typed after the session ended.”")
    expect(status(iris)).to_contain_text("Signed out, 1 change kept on this page")

    cookie = {"name": "evenhand", "value": site.ticket(people.iris()), "url": site.address}
    iris.page.context.add_cookies([cookie])
    expect(status(iris)).to_contain_text("Saved")
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
    iris.complaints.clear()  # The browser says that it was offline.


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_pages_of_a_scorecard_have_no_barrier(desk: Sit, card: Scorecard, scheme: str, width: int):
    save(card, note_1="“Cool water.”", ties_1="SAF", level_SAF="4", level_ESC="no", level_DOC="2")
    iris = sit_down(desk, card, color_scheme=scheme, viewport={"width": width, "height": 900})
    for address in (
        f"/scorecards/{card.public_id}",
        f"/scorecards/{card.public_id}/submission",
        "/scorecards",
    ):
        iris.open(address)
        violations = Axe().run(iris.page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []
        assert iris.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
