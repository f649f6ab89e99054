"""The coverage grid: which kinds of scenario there are for which setting, for what roles and levels."""

from collections.abc import Iterable
from pathlib import Path

from scenarios.schema import Scenario
from scenarios.vocabulary import Kind, Level, Role, Setting

README = Path(__file__).with_name("README.md")
BEGIN = "<!-- Made by `python -m scenarios grid --write`; change the packs, not this table. -->\n"
END = "<!-- The table ends here. -->\n"

# In each of these settings a loop can be built of all three kinds; what else there is, is not owed.
KINDS_OWED = (Kind.SAFETY_NEAR_MISS, Kind.HIGH_VOLUME_DAY, Kind.CASE_WALKTHROUGH)
SETTINGS_OWED = (
    Setting.OUTPATIENT,
    Setting.INPATIENT_ACUTE,
    Setting.INPATIENT_REHAB,
    Setting.HOME_HEALTH,
    Setting.PEDIATRICS,
)


def in_cell(scenarios: Iterable[Scenario], setting: Setting, kind: Kind) -> list[Scenario]:
    """Those of one setting and one kind, by role and by the level that they were written for."""
    roles, levels = list(Role), list(Level)
    found = [one for one in scenarios if one.setting is setting and one.kind is kind]
    return sorted(found, key=lambda one: (roles.index(one.role), levels.index(one.written_for)))


def empty_cells(scenarios: Iterable[Scenario]) -> list[tuple[Setting, Kind]]:
    """The cells that are owed and hold no scenario."""
    known = list(scenarios)
    owed = ((setting, kind) for setting in SETTINGS_OWED for kind in KINDS_OWED)
    return [cell for cell in owed if not in_cell(known, *cell)]


def table(scenarios: Iterable[Scenario]) -> str:
    """The grid as a Markdown table whose columns line up, so that a terminal shows it, too."""
    known = list(scenarios)
    rows = [["Setting", *(kind.label for kind in Kind)]]
    rows += [[setting.label, *(_cell(in_cell(known, setting, kind)) for kind in Kind)] for setting in Setting]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rows.insert(1, ["-" * width for width in widths])
    return "".join(_line(row, widths) for row in rows)


def _cell(scenarios: Iterable[Scenario]) -> str:
    return "; ".join(
        f"{one.role.value} {', '.join(level.value for level in one.levels)}" for one in scenarios
    )


def _line(cells: Iterable[str], widths: Iterable[int]) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return f"| {' | '.join(padded)} |\n"


def with_table(text: str, grid: str) -> str:
    """The text with the grid between the two marks."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError("The text has no place for the table: one of its two marks is missing.")
    return f"{before}{BEGIN}\n{grid}\n{END}{after}"
