"""How old the facts of a published document are: fresh, aging, or too old to be read as true."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.disclosures.document import Document
from app.disclosures.facts import Basis, FactState

FRESH_DAYS, AGING_DAYS = 90, 180
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
    """A fact and the day it was true; the oldest sort first."""

    as_of: date
    label: str
    basis: Basis | None = None

    @property
    def last_day(self) -> date:
        """The last day on which it can be read as true."""
        return self.as_of + timedelta(days=AGING_DAYS)

    def freshness(self, today: date) -> Freshness:
        """What its age means today; a rule of the house stays fresh until it is stale."""
        age = (today - self.as_of).days
        if age > AGING_DAYS:
            return Freshness.STALE
        return Freshness.AGING if age > FRESH_DAYS and self.basis not in STANDING else Freshness.FRESH


def dated(document: Document) -> list[Dated]:
    """The facts a document gives, each with its day; those without one are not among them."""
    return [
        Dated(
            date.fromisoformat(fact["as_of"]),
            fact["label"],
            Basis(fact["basis"]) if "basis" in fact else None,
        )
        for fact in document["facts"]
        if fact["state"] == FactState.GIVEN and "as_of" in fact
    ]


def of_them(facts: Iterable[Dated], freshness: Freshness, today: date) -> list[Dated]:
    """Those whose age means this today, the oldest first."""
    return sorted((fact for fact in facts if fact.freshness(today) is freshness), key=lambda fact: fact.as_of)
