"""A draft is saved while it is typed, says truly where its texts are, and works without scripts, too."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from app.core.db import db
from app.packs.models import ScenarioDraft
from tests.browser.desk import Desk
from tests.browser.site import Site
from tests.factories import drafts, people

Sit = Callable[..., Desk]


@pytest.fixture
def draft(site: Site) -> ScenarioDraft:
    """A draft of Hana's, as it is begun."""
    return drafts.draft(people.hana())


def sit_down(desk: Sit, draft: ScenarioDraft, **options: object) -> Desk:
    """Hana at her draft."""
    hana = desk(people.hana(), **options)
    hana.page.goto(f"/drafts/{draft.public_id}")
    return hana


def texts(draft: ScenarioDraft) -> dict[str, str]:
    """What is saved of the draft by now."""
    db.session.refresh(draft)
    found = draft.texts
    db.session.rollback()  # Nothing is left open that the server would have to wait for.
    return found


def test_what_is_typed_is_saved_and_judged_by_itself(desk: Sit, draft: ScenarioDraft):
    hana = sit_down(desk, draft)
    hana.page.get_by_label("Prompt", exact=True).fill("Too short.")

    expect(hana.page.locator("#at-prompt")).to_contain_text("The prompt has 2 words. Write 90 to 200 words.")
    expect(hana.page.locator("#state")).to_contain_text("1 thing to mend")
    expect(hana.page.locator("#saved")).to_contain_text("Last saved today")
    assert texts(draft)["prompt"] == "Too short."

    hana.page.get_by_label("Title", exact=True).fill("")
    expect(hana.page.locator("#state")).to_contain_text("2 things to mend")
    hana.page.locator("#state").get_by_role("link", name="Title").click()
    assert hana.page.url.endswith("#title")


def test_a_button_that_is_pressed_while_typing_keeps_what_was_typed(desk: Sit, draft: ScenarioDraft):
    hana = sit_down(desk, draft)
    hana.page.get_by_label("Title", exact=True).fill("The chair by the door")
    hana.page.get_by_role("button", name="Add a probe").click()

    expect(hana.page.get_by_role("group", name="Probe 6")).to_be_visible()
    expect(hana.page.get_by_label("Title", exact=True)).to_have_value("The chair by the door")
    hana.page.get_by_role("button", name="Remove probe 6").click()
    expect(hana.page.get_by_role("group", name="Probe 6")).to_have_count(0)


def test_without_a_network_the_page_says_so_and_saves_when_it_is_back(desk: Sit, draft: ScenarioDraft):
    hana = sit_down(desk, draft)
    hana.page.context.set_offline(True)
    hana.page.get_by_label("Title", exact=True).fill("Typed in the basement")
    expect(hana.page.locator("#saved")).to_contain_text("Offline: kept on this page only")

    hana.page.context.set_offline(False)
    expect(hana.page.locator("#saved")).to_contain_text("Last saved", timeout=10_000)
    assert texts(draft)["title"] == "Typed in the basement"
    hana.complaints.clear()  # htmx says on the console that there was no network.


def test_a_second_tab_is_told_and_loses_nothing(desk: Sit, draft: ScenarioDraft):
    first, second = sit_down(desk, draft), sit_down(desk, draft)
    first.page.get_by_label("Title", exact=True).fill("Of the first")
    expect(first.page.locator("#state")).to_contain_text("Nothing is left to mend")

    second.page.get_by_label("Title", exact=True).fill("Of the second")
    expect(second.page.locator("#saved")).to_contain_text("Not saved: changed elsewhere")
    second.page.get_by_role("button", name="Compare the two texts").click()
    expect(second.page.locator("[data-theirs]")).to_have_text("Of the first")
    expect(second.page.locator("[data-mine]")).to_have_text("Of the second")
    second.page.get_by_role("button", name="Keep these").click()

    expect(second.page.get_by_label("Title", exact=True)).to_have_value("Of the second")
    assert texts(draft)["title"] == "Of the second"


def test_a_draft_is_edited_and_published_without_scripts(desk: Sit, draft: ScenarioDraft):
    hana = sit_down(desk, draft, java_script_enabled=False)
    hana.page.get_by_label("Title", exact=True).fill("The chair by the door")
    hana.page.get_by_role("button", name="Add a probe").click()
    hana.page.get_by_role("button", name="Remove probe 6").click()
    hana.page.get_by_role("button", name="Review and publish").click()
    hana.page.get_by_label("What changed, and why").fill("The bed stands elsewhere now.")
    hana.page.get_by_role("button", name="Publish version 2").click()

    expect(hana.page.get_by_role("heading", name="The chair by the door")).to_be_visible()
    expect(hana.page.get_by_text("The bed stands elsewhere now.")).to_be_visible()


def test_enter_in_a_field_keeps_the_page_where_it_is(desk: Sit, draft: ScenarioDraft):
    hana = sit_down(desk, draft)
    minutes = hana.page.get_by_label("Minutes to read")
    minutes.fill("3")
    minutes.press("Enter")

    expect(hana.page.get_by_label("Minutes to read")).to_have_value("3")
    assert texts(draft)["time_box.read"] == "3"
    assert len(texts(draft)["probes.1.text"]) > 10
