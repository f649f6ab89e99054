"""Rules about the library: which scenarios a search finds, and which bar holds at which level."""

from dataclasses import dataclass

from scenarios import Bar, Kind, Level, Role, Scenario, Setting, standard
from scenarios.gates.text import texts

OF_THERAPY = frozenset({Role.OT, Role.OTA})


@dataclass(frozen=True)
class Search:
    """What somebody looks for; whatever is left open matches everything."""

    kind: Kind | None = None
    setting: Setting | None = None
    role: Role | None = None
    level: Level | None = None
    criterion: str = ""
    words: str = ""

    @property
    def is_open(self) -> bool:
        return self == Search()


def finds(search: Search, scenario: Scenario) -> bool:
    """Whether the scenario is all that is looked for."""
    return (
        search.kind in {None, scenario.kind}
        and search.setting in _settings(scenario)
        and search.role in _roles(scenario)
        and (search.level is None or search.level in scenario.levels)
        and (not search.criterion or search.criterion in scenario.codes)
        and _has_words(scenario, search.words)
    )


@dataclass(frozen=True)
class LevelBar:
    """What a level of seniority must reach in a scenario, and whether the scenario says so itself."""

    level: Level
    bar: Bar
    is_own: bool


def bars_of(scenario: Scenario) -> list[LevelBar]:
    """The bar of every level: the scenario's own, and the standard one where it has none."""
    return [
        LevelBar(level, standard.bar(scenario, level), standard.has_own_bar(scenario, level))
        for level in Level
    ]


def _settings(scenario: Scenario) -> set[Setting | None]:
    """A scenario for any setting is found in each."""
    return {None, *Setting} if scenario.setting is Setting.ANY else {None, scenario.setting}


def _roles(scenario: Scenario) -> set[Role | None]:
    """A sheet for therapists and assistants alike is found for both."""
    return {None, scenario.role, *(OF_THERAPY if scenario.role is Role.EITHER else ())}


def _has_words(scenario: Scenario, words: str) -> bool:
    """Whether each of the words stands somewhere in the scenario, whole or in part."""
    whole = " ".join(text for _, text in texts(scenario, *Scenario.model_fields)).casefold()
    return all(word in whole for word in words.casefold().split())
