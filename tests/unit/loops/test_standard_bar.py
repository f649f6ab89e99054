"""A scenario's own bar wins; where it has none, the bar of the level holds."""

import pytest

from app.loops.bars import CountRule, Put, bars_of, count_rules, note_of
from scenarios import Level, Scenario, load_pack, shipped_packs, standard
from scenarios.loader import competency_library

ALL = {one.id: one for path in shipped_packs() for one in load_pack(path).scenarios}
DAY = ALL["hvd-outpatient-ot-mid"]  # PRI, SAF, DOC, HND; a bar for mid level only.
SENIOR = ALL["cw-irf-ot-senior"]


@pytest.mark.parametrize(
    ("level", "minimum"),
    [
        (Level.ENTRY, {"SAF": 3, "ESC": 3, "DOC": 3, "HND": 2, "PRI": 2, "ASM": 2, "RLT": 2, "SYS": 2}),
        (Level.MID, {"SAF": 3, "ESC": 3, "DOC": 3, "HND": 3, "PRI": 3, "ASM": 3, "RLT": 3, "SYS": 3}),
        (Level.SENIOR, {"SAF": 3, "ESC": 3, "DOC": 3, "HND": 3, "PRI": 3, "ASM": 3, "RLT": 3, "SYS": 3}),
        (Level.LEADERSHIP, {"SAF": 3, "ESC": 3, "DOC": 3, "HND": 3, "PRI": 3, "ASM": 3, "RLT": 4, "SYS": 4}),
    ],
)
def test_what_each_level_must_reach(level: Level, minimum: dict[str, int]) -> None:
    assert {code: standard.minimum(code, level) for code in minimum} == minimum


def test_a_bar_of_its_own_wins() -> None:
    for scenario in ALL.values():
        for level in scenario.levels:
            assert standard.bar(scenario, level) is scenario.bars[level]
            assert note_of(scenario, level) == ""


def test_every_scenario_can_be_scored_at_every_level() -> None:
    for scenario in ALL.values():
        for level in Level:
            assert tuple(sorted(bars_of(scenario, level))) == tuple(sorted(scenario.codes))


def test_a_standard_bar_is_said_to_be_one() -> None:
    expected = "Standard bar for entry level: the scenario has none of its own."
    assert note_of(DAY, Level.ENTRY) == expected


def test_only_seniors_must_be_strong_in_two_things_over_the_whole_loop() -> None:
    assert standard.bar(DAY, Level.ENTRY).count is None
    assert standard.bar(DAY, Level.LEADERSHIP).count is None
    stages = [Put(1, DAY, ("PRI", "ESC")), Put(2, DAY, ("ASM", "ESC"))]
    assert count_rules(stages, Level.SENIOR) == [CountRule(None, 2, ("ASM", "ESC"), 4)]


def test_a_rule_over_the_loop_asks_only_for_what_the_loop_scores() -> None:
    assert count_rules([Put(1, DAY, ("ESC", "DOC"))], Level.SENIOR) == [CountRule(None, 1, ("ESC",), 4)]
    assert count_rules([Put(1, DAY, DAY.codes)], Level.SENIOR) == [], "none of the four is scored"


def test_a_rule_of_a_scenario_stays_with_its_stage() -> None:
    stages = [Put(1, SENIOR, SENIOR.codes), Put(2, DAY, DAY.codes)]
    assert count_rules(stages, Level.SENIOR) == [
        CountRule(1, 2, ("ASM", "POC", "ESC"), 4),
        CountRule(None, 2, ("ASM", "POC", "ESC"), 4),
    ]


def test_the_codes_it_names_are_those_of_the_library() -> None:
    named = {code for codes in standard.HIGHER.values() for code in codes}
    named |= {code for rule in standard.COUNTS.values() for code in rule.of}
    assert named <= set(competency_library())


def test_seniors_are_asked_of_the_four_and_no_others() -> None:
    def scoring(*codes: str) -> Scenario:
        criteria = tuple(DAY.criteria[0].model_copy(update={"code": code}) for code in codes)
        return DAY.model_copy(update={"criteria": criteria})

    assert (
        standard.bar(scoring("ASM", "POC", "ESC", "VER"), Level.SENIOR).count == standard.COUNTS[Level.SENIOR]
    )
