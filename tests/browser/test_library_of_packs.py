"""The library in a real browser: searched while one types, and a pack that leaves and comes back."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.factories import people
from tests.factories.archives import newer


@pytest.fixture
def hana(desk: Callable[..., Desk]) -> Callable[..., Desk]:
    return lambda **options: desk(people.hana(), **options)


def test_the_list_follows_what_is_typed_and_the_address_remembers_it(hana: Callable[..., Desk]) -> None:
    page = hana().page
    page.goto("/packs")
    page.get_by_label("Setting").select_option(label="Home health")
    page.get_by_label("Words").press_sequentially("gate")

    expect(page.get_by_role("status")).to_contain_text("1 of ")
    expect(page.get_by_role("link", name="The gate was open")).to_be_visible()
    expect(page.get_by_role("link", name="Twenty-two minutes")).to_have_count(0)
    expect(page.get_by_label("Words")).to_be_focused()

    page.reload()
    expect(page.get_by_label("Words")).to_have_value("gate")
    expect(page.get_by_role("link", name="The gate was open")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_pack_leaves_as_a_zip_and_a_newer_one_comes_in(
    hana: Callable[..., Desk], tmp_path: Path, scripts: bool
) -> None:
    page = hana(java_script_enabled=scripts).page
    page.goto("/packs")
    with page.expect_download() as leaving:
        page.get_by_role("link", name="Export the pack Outpatient occupational therapy").click()
    mine = tmp_path / leaving.value.suggested_filename
    leaving.value.save_as(mine)

    page.get_by_role("link", name="Import a pack").click()
    page.get_by_label("Zip of a pack").set_input_files(mine)
    page.get_by_role("button", name="Check the zip").click()
    expect(page.get_by_text("Nothing to import")).to_be_visible()

    mine.write_bytes(newer())
    page.get_by_label("Zip of a pack").set_input_files(mine)
    page.get_by_role("button", name="Check the zip").click()
    page.get_by_role("button", name=re.compile(r"Import \d scenarios")).click()

    expect(page.get_by_role("heading", name="Packs", level=1)).to_be_visible()
    expect(page.get_by_text("Outpatient occupational therapy, version 2").first).to_be_visible()


def test_without_scripts_the_button_finds(hana: Callable[..., Desk]) -> None:
    page = hana(java_script_enabled=False).page
    page.goto("/packs")
    page.get_by_label("Words").fill("gate")
    page.get_by_label("Level").select_option(label="Entry")
    page.get_by_role("button", name="Find scenarios").click()

    expect(page.get_by_role("status")).to_contain_text("1 of ")
    expect(page.get_by_role("link", name="The gate was open")).to_be_visible()
