"""How old what a published document says is: fresh, aging, or too old to be read as true."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.disclosures.document import Document
from app.disclosures.facts import Basis, FactState

FRESH_DAYS, AGING_DAYS = 90, 180
DAYS_AFTER_A_CHANGE = 14
STANDING = frozenset(
    {Basis.POLICY, Basis.CONTRACT, Basis.LAW}
)  # Looked at again every 180 days, or on change.


class Freshness(StrEnum):
    """What the age of a fact means."""

    FRESH = "fresh"
    AGING = "aging"
    STALE = "stale"


@dataclass(frozen=True, order=True)
class Dated:
    """A fact and the day it was known to be true; the oldest sort first."""

    as_of: date
    label: str
    basis: Basis | None = None
    key: str = ""

    @property
    def last_day(self) -> date:
        """The last day on which it can be read as true."""
        return self.as_of + timedelta(days=AGING_DAYS)

    @property
    def last_fresh_day(self) -> date:
        """The last day before it ages; a rule of the house stays fresh until it is stale."""
        days = AGING_DAYS if self.basis in STANDING else FRESH_DAYS
        return self.as_of + timedelta(days=days)

    def freshness(self, today: date) -> Freshness:
        """What its age means today."""
        if today > self.last_day:
            return Freshness.STALE
        return Freshness.AGING if today > self.last_fresh_day else Freshness.FRESH


@dataclass(frozen=True)
class Upkeep:
    """What was done for a version since: the day somebody last said that it is still true, and the first
    day of the oldest change that nobody has answered yet.
    """

    attested_on: date | None = None
    changed_on: date | None = None

    @property
    def due_on(self) -> date | None:
        """The last day to look at the facts again after a change."""
        return self.changed_on + timedelta(days=DAYS_AFTER_A_CHANGE) if self.changed_on else None

    def is_overdue(self, today: date) -> bool:
        """Whether something changed and nobody looked again in time, so that nothing counts as true."""
        return self.due_on is not None and today > self.due_on


NOTHING_SINCE = Upkeep()


def dated(document: Document, attested_on: date | None = None) -> list[Dated]:
    """The facts a document gives, each with its day, or the later one on which they were all confirmed."""
    return [
        Dated(
            max(date.fromisoformat(fact["as_of"]), attested_on or date.min),
            fact["label"],
            Basis(fact["basis"]) if "basis" in fact else None,
            fact["key"],
        )
        for fact in document["facts"]
        if fact["state"] == FactState.GIVEN and "as_of" in fact
    ]


def of_them(facts: Iterable[Dated], freshness: Freshness, today: date) -> list[Dated]:
    """Those whose age means this today, the oldest first."""
    return sorted((fact for fact in facts if fact.freshness(today) is freshness), key=lambda fact: fact.as_of)


def ages(document: Document, today: date, upkeep: Upkeep = NOTHING_SINCE) -> dict[str, Freshness]:
    """By the key of each fact that is given, whether it is shown as it is, as aging, or behind "stale"."""
    overdue = upkeep.is_overdue(today)
    return {
        fact.key: Freshness.STALE if overdue else fact.freshness(today)
        for fact in dated(document, upkeep.attested_on)
    }


def why_stale(number: int, document: Document, today: date, upkeep: Upkeep = NOTHING_SINCE) -> str:
    """Why a version cannot be sent, as one sentence; empty while everything in it can be read as true."""
    if upkeep.is_overdue(today) and upkeep.changed_on and upkeep.due_on:
        changed = _day(upkeep.changed_on)
        return (
            f"Version {number} is stale: something changed on {changed}, and nobody has looked at it again."
        )
    if stale := of_them(dated(document, upkeep.attested_on), Freshness.STALE, today):
        names = ", ".join(fact.label.lower() for fact in stale[:3])
        more = f" and {len(stale) - 3} more" if len(stale) > 3 else ""
        return f"Version {number} is stale since {_day(stale[0].last_day)}: {names}{more}."
    return ""


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
