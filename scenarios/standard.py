"""The bar that a level of seniority sets wherever a scenario has none of its own.

Anchors are the same at every level; the bar differs. A scenario says its own bars for the levels it was tried
at, and those win. For any other level the standard bar holds, so that every scenario can be scored at every
level. What it rests on is written in `docs/adr/0010-a-standard-bar-for-every-level.md`.
"""

from collections.abc import Collection, Mapping

from scenarios.schema import Bar, CountRule, Scenario
from scenarios.vocabulary import Level

# What any criterion must reach, and those that must reach more.
FLOORS: Mapping[Level, int] = {Level.ENTRY: 2, Level.MID: 3, Level.SENIOR: 3, Level.LEADERSHIP: 3}
HIGHER: Mapping[Level, Mapping[str, int]] = {
    Level.ENTRY: {"SAF": 3, "ESC": 3, "DOC": 3},
    Level.LEADERSHIP: {"SYS": 4, "RLT": 4},
}
COUNTS: Mapping[Level, CountRule] = {
    Level.SENIOR: CountRule(at_least=2, of=("ASM", "POC", "ESC", "VER"), level=4, over_loop=True),
}


def has_own_bar(scenario: Scenario, level: Level) -> bool:
    """Whether the scenario itself says what this level must reach."""
    return level in scenario.bars


def minimum(code: str, level: Level) -> int:
    """What the standard bar of a level asks of one criterion."""
    return HIGHER.get(level, {}).get(code, FLOORS[level])


def bar(scenario: Scenario, level: Level) -> Bar:
    """What a level must reach in a scenario: its own bar, else the standard one."""
    if has_own_bar(scenario, level):
        return scenario.bars[level]
    return Bar(minimum={code: minimum(code, level) for code in scenario.codes}, count=COUNTS.get(level))


def count_over(rule: CountRule, scored: Collection[str]) -> CountRule | None:
    """A rule over several criteria, asked only of those that are scored; None where none of them is."""
    of = tuple(code for code in rule.of if code in scored)
    if not of:
        return None
    return rule.model_copy(update={"of": of, "at_least": min(rule.at_least, len(of))})
