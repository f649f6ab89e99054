"""The table of expectations, as people wrote it, taken apart into cells."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

FILE = Path(__file__).parents[1] / "structure" / "permissions.csv"
NOBODY = "nobody"
SIGN_IN = "sign-in"  # A page that sends whoever is not signed in to do so.
SAFE = {"GET", "HEAD", "OPTIONS"}
EVERY_OTHER = "*"
MOST_STATES = 2  # Of those that a line with EVERY_OTHER stands for, in one run; the soak asks in all.


@dataclass(frozen=True)
class Cell:
    """What one person's request is answered in one state: a status, and on a debrief how much is open.

    An address that takes several verbs has lines for each: its method is then "POST revoke".
    """

    endpoint: str
    request: str
    state: str
    person: str
    expected: str
    is_everywhere: bool = False  # From a line that says the same of every state that is not named.

    @property
    def method(self) -> str:
        return self.request.partition(" ")[0]

    @property
    def verb(self) -> str:
        return self.request.partition(" ")[2]

    @property
    def address(self) -> tuple[str, str]:
        return self.endpoint, self.method

    @property
    def place(self) -> tuple[str, str, str]:
        """What is asked in which state, by whomever."""
        return self.endpoint, self.request, self.state

    @property
    def is_allowed(self) -> bool:
        return self.expected[0] in "23"

    @property
    def writes(self) -> bool:
        return self.is_allowed and self.method not in SAFE

    def __str__(self) -> str:
        return f"{self.request} {self.endpoint} by {self.person} in state {self.state}"


class Misread(Exception):
    """The table says something twice, or about a state that there is not."""


def read(states: list[str], file: Path = FILE) -> list[Cell]:
    """Every cell; `*` stands for every state that no other line of the address names."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    people = [name for name in rows[0] if name not in {"endpoint", "method", "state"}]
    cells: dict[tuple[str, str, str], list[Cell]] = {}
    for row in rows:
        for state in _states(row, rows, states):
            key = (row["endpoint"], row["method"], state)
            if key in cells:
                raise Misread(f"{key} stands on two lines of {file.name}; leave one.")
            everywhere = row["state"] == EVERY_OTHER
            cells[key] = [Cell(*key, person, row[person], everywhere) for person in people]
    return [cell for line in cells.values() for cell in line]


def drawn(cells: list[Cell], seed: object) -> list[Cell]:
    """Every cell of a state that is named; where one line stands for many states, those of a few of them."""
    others: dict[tuple[str, str], dict[str, None]] = {}
    for cell in cells:
        if cell.is_everywhere:
            others.setdefault((cell.endpoint, cell.request), {})[cell.state] = None
    few = {
        key: set(Random(f"{seed} {key}").sample(list(states), min(MOST_STATES, len(states))))
        for key, states in others.items()
    }
    return [
        cell for cell in cells if not cell.is_everywhere or cell.state in few[cell.endpoint, cell.request]
    ]


def _states(row: dict[str, str], rows: list[dict[str, str]], states: list[str]) -> Iterator[str]:
    if row["state"] != EVERY_OTHER:
        for state in row["state"].split("|"):
            if state not in states:
                raise Misread(f"There is no state {state!r}; there are {', '.join(states)}.")
            yield state
        return
    named = {
        state
        for other in rows
        if (other["endpoint"], other["method"]) == (row["endpoint"], row["method"])
        for state in other["state"].split("|")
    }
    yield from (state for state in states if state not in named)
