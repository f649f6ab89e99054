"""What a search in the library finds."""

import pytest

from app.packs.rules import Search, bars_of, finds
from scenarios import Kind, Level, Role, Setting, load_pack, shipped_packs

ALL = {one.id: one for path in shipped_packs() for one in load_pack(path).scenarios}
BURNS = ALL["snm-outpatient-ot-entry"]
SCREEN = ALL["scr-any-either-all"]


def keys(search: Search) -> set[str]:
    return {key for key, scenario in ALL.items() if finds(search, scenario)}


def test_a_search_for_nothing_finds_everything() -> None:
    assert keys(Search()) == set(ALL)
    assert Search().is_open
    assert not Search(words="nurse").is_open


@pytest.mark.parametrize(
    "search",
    [
        Search(kind=Kind.SAFETY_NEAR_MISS),
        Search(setting=Setting.OUTPATIENT),
        Search(role=Role.OT),
        Search(level=Level.MID),
        Search(criterion="SAF"),
        Search(words="hot pack"),
    ],
    ids=["kind", "setting", "role", "level", "criterion", "words"],
)
def test_each_choice_leaves_something_out_and_keeps_what_it_names(search: Search) -> None:
    assert BURNS.id in keys(search)
    assert keys(search) < set(ALL)


def test_all_choices_hold_together() -> None:
    wanted = Search(
        Kind.SAFETY_NEAR_MISS, Setting.OUTPATIENT, Role.OT, Level.ENTRY, criterion="SAF", words="burns"
    )

    assert keys(wanted) == {BURNS.id}


def test_a_scenario_for_any_setting_is_found_in_each() -> None:
    assert all(finds(Search(setting=setting), SCREEN) for setting in Setting)


def test_a_sheet_for_therapists_and_assistants_is_found_for_both_and_not_for_coordinators() -> None:
    assert finds(Search(role=Role.OT), SCREEN)
    assert finds(Search(role=Role.OTA), SCREEN)
    assert not finds(Search(role=Role.COORDINATOR), SCREEN)


def test_a_level_finds_what_has_a_bar_of_its_own_for_it() -> None:
    assert Level.SENIOR not in BURNS.levels
    assert BURNS.id not in keys(Search(level=Level.SENIOR))


@pytest.mark.parametrize(
    "words", ["BURNS", "no nurse on site", "  site   nurse ", "near-miss", BURNS.probes[0].text]
)
def test_words_are_found_anywhere_in_the_scenario_in_any_order(words: str) -> None:
    assert finds(Search(words=words), BURNS)


def test_every_word_must_be_there() -> None:
    assert not finds(Search(words="burns helicopter"), BURNS)


def test_the_names_of_fields_are_not_words_of_the_scenario() -> None:
    assert keys(Search(words="anti_signals")) == set()


def test_every_level_has_a_bar_and_says_whether_it_is_the_scenarios_own() -> None:
    bars = {one.level: one for one in bars_of(BURNS)}

    assert list(bars) == list(Level)
    assert {level for level, one in bars.items() if one.is_own} == set(BURNS.levels)
    assert bars[Level.ENTRY].bar == BURNS.bars[Level.ENTRY]
    assert set(bars[Level.LEADERSHIP].bar.minimum) == set(BURNS.codes)
