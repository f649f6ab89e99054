"""Rules about what candidates ask, and about how it may be published."""

import re
from collections.abc import Collection, Iterable

from app.core.errors import Invalid

SHORTEST = 3
MOST_WAITING = 10  # Questions of one candidate that nobody has answered yet.
REACHES = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\+?\d(?:[\s().-]*\d){6,}")
SHORTEST_NAME = 3  # Shorter parts of names are words too often.


def check_text(text: str, *, field: str, sentence: str) -> str:
    """A few letters at least; the sentence says what is missing."""
    if len(text.strip()) < SHORTEST:
        raise Invalid(**{field: sentence})
    return text.strip()


def check_waiting(waiting: int) -> None:
    """Whoever waits for many answers gets some before asking more."""
    if waiting >= MOST_WAITING:
        raise Invalid(
            text=f"{MOST_WAITING} of your questions wait for an answer. Ask again once one is here."
        )


def changes(
    ticked: Collection[str], known: Collection[str], chosen: Collection[str]
) -> tuple[set[str], set[str]]:
    """Which topics are newly ticked, and which of the ticked ones no longer are."""
    wanted = set(chosen) & set(known)
    return wanted - set(ticked), set(ticked) - wanted


def telling(text: str, names: Iterable[str]) -> list[str]:
    """What in a text could tell who asked: ways to reach somebody, and parts of candidates' names."""
    parts = {part for name in names for part in name.split() if len(part) >= SHORTEST_NAME}
    found = [part for part in sorted(parts) if re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text)]
    return [*REACHES.findall(text), *found]


def check_anonymous(wording: str, names: Iterable[str], *, stays: bool) -> None:
    """What every candidate reads must not tell who asked; a name that is an ordinary word stays."""
    if found := telling(wording, [] if stays else names):
        quoted = ", ".join(f"“{one}”" for one in found)
        raise Invalid(wording=f"{quoted} could tell who asked. Take it out{_or_else(found, names)}.")


def _or_else(found: Iterable[str], names: Iterable[str]) -> str:
    words = {part for name in names for part in name.split()}
    return ", or say below that it tells nobody" if words & set(found) else ""
