"""The grid of kinds and settings: what it shows, what it owes, and that the README keeps up."""

import pytest

from scenarios import Kind, Setting, grid, load_pack, shipped_packs

SCENARIOS = [scenario for path in shipped_packs() for scenario in load_pack(path).scenarios]


def row(table: str, setting: Setting) -> list[str]:
    line = next(line for line in table.splitlines() if line.startswith(f"| {setting.label} "))
    return [cell.strip() for cell in line.strip("|").split("|")][1:]


def test_every_setting_of_therapy_has_the_three_kinds_of_a_loop():
    assert len(grid.SETTINGS_OWED) * len(grid.KINDS_OWED) == 15
    assert grid.empty_cells(SCENARIOS) == []


def test_a_cell_without_a_scenario_is_named():
    without = [one for one in SCENARIOS if one.id != "cw-acute-ot-senior"]

    assert grid.empty_cells(without) == [(Setting.INPATIENT_ACUTE, Kind.CASE_WALKTHROUGH)]


@pytest.mark.parametrize(
    ("setting", "cells"),
    [
        (
            Setting.OUTPATIENT,
            ["ot entry, mid", "ot mid; ota mid", "ot mid; ota mid", "", "either entry, mid, senior"],
        ),
        (Setting.INPATIENT_REHAB, ["ot mid; ota mid", "ota senior", "ot senior", "", ""]),
        (Setting.SKILLED_NURSING, ["ot mid", "", "", "", ""]),
        (Setting.CLINIC_FRONT_DESK, ["coordinator entry, mid", "coordinator mid", "", "", ""]),
        (Setting.ANY, ["", "", "", "either entry, mid, senior, leadership", ""]),
    ],
    ids=lambda value: value.value if isinstance(value, Setting) else "",
)
def test_a_cell_holds_roles_and_levels(setting, cells):
    assert row(grid.table(SCENARIOS), setting) == cells


def test_the_table_has_a_row_for_every_setting_and_lines_up():
    header, rule, *rows = grid.table(SCENARIOS).splitlines()

    assert [cell.strip() for cell in header.strip("|").split("|")] == [
        "Setting",
        *(one.label for one in Kind),
    ]
    assert len(rows) == len(Setting)
    assert {len(line) for line in (header, rule, *rows)} == {len(header)}


def test_the_order_of_the_files_does_not_matter():
    assert grid.table(reversed(SCENARIOS)) == grid.table(SCENARIOS)


def test_the_readme_shows_the_packs_as_they_are():
    text = grid.README.read_text("utf-8")

    assert text == grid.with_table(text, grid.table(SCENARIOS)), "Run `python -m scenarios grid --write`."


def test_only_the_table_of_the_readme_is_written_anew():
    text = f"Before.\n\n{grid.BEGIN}\n| old |\n\n{grid.END}\nAfter.\n"

    assert grid.with_table(text, "| new |\n") == f"Before.\n\n{grid.BEGIN}\n| new |\n\n{grid.END}\nAfter.\n"


def test_a_text_without_a_place_for_the_table_is_refused():
    with pytest.raises(ValueError, match="no place for the table"):
        grid.with_table("Nothing here.\n", "| new |\n")
