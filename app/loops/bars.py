"""The bars a level sets in a loop: one of each criterion, and rules over several of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scenarios import Level, Scenario, standard


@dataclass(frozen=True)
class CountRule:
    """A bar over several competencies: at least so many of them reach a level.

    They are looked for in one stage, or in the whole loop where `stage_id` is None.
    """

    stage_id: int | None
    at_least: int
    codes: tuple[str, ...]
    level: int


@dataclass(frozen=True)
class Put:
    """A scenario as one stage puts it, with the codes that are scored of it."""

    stage_id: int
    scenario: Scenario
    codes: tuple[str, ...]


def bars_of(scenario: Scenario, level: Level) -> Mapping[str, int]:
    """What each criterion of a scenario must reach at a level."""
    return standard.bar(scenario, level).minimum


def by_level(scenario: Scenario) -> Mapping[str, Mapping[Level, int]]:
    """What each criterion of a scenario must reach at every level, by code."""
    found = {level: bars_of(scenario, level) for level in Level}
    return {code: {level: bars[code] for level, bars in found.items()} for code in scenario.codes}


def note_of(scenario: Scenario, level: Level) -> str:
    """Say where the bar is from when it is not the scenario's own; nothing when it is."""
    if standard.has_own_bar(scenario, level):
        return ""
    return f"Standard bar for {level.label.lower()} level: the scenario has none of its own."


def standard_levels(scenario: Scenario) -> str:
    """Say at which levels the standard bars hold, because the scenario has none of its own."""
    words = [level.label for level in Level if not standard.has_own_bar(scenario, level)]
    return (
        f"Standard bars, because the scenario has none of its own: {', '.join(words).lower()}."
        if words
        else ""
    )


def count_rules(stages: Iterable[Put], level: Level) -> list[CountRule]:
    """The rules over several criteria that a loop's scenarios set at a level, each of them once.

    A rule is asked only of what is scored: one that could never be met would decide by itself.
    """
    put = list(stages)
    in_loop = {code for one in put for code in one.codes}
    found = {}
    for one in put:
        rule = standard.bar(one.scenario, level).count
        asked = standard.count_over(rule, in_loop if rule.over_loop else one.codes) if rule else None
        if asked:
            stage_id = None if asked.over_loop else one.stage_id
            found[CountRule(stage_id, asked.at_least, asked.of, asked.level)] = True
    return list(found)
