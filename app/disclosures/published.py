"""The numbers and choices of a published document, for comparing what is said elsewhere with them."""

from dataclasses import dataclass
from decimal import Decimal

from app.disclosures.catalogue import BY_KEY
from app.disclosures.document import Document
from app.disclosures.facts import Fact, FactState


@dataclass(frozen=True)
class Published:
    """What a document says in one field: the typical week with its range, the bad one, or words.

    `by_day` is said of what is counted by the day, where the sums are of a day.
    """

    typical: float | None = None
    low: float | None = None
    high: float | None = None
    bad_week: float | None = None
    text: str = ""
    by_day: bool = False

    @property
    def typical_span(self) -> tuple[float, float] | None:
        """From the least to the most of an ordinary week; None where nothing is said of it."""
        known = [one for one in (self.low, self.typical, self.high) if one is not None]
        return (min(known), max(known)) if known else None

    @property
    def whole_span(self) -> tuple[float, float] | None:
        """The same with the bad week."""
        if (span := self.typical_span) is None or self.bad_week is None:
            return span
        return min(span[0], self.bad_week), max(span[1], self.bad_week)


def published(document: Document) -> dict[str, Published]:
    """What a document gives, by the key of its field."""
    is_of_a_day = document.get("period") == "day"
    return {
        fact["key"]: Published(
            typical=fact.get("typical"),
            low=fact.get("low"),
            high=fact.get("high"),
            bad_week=fact.get("bad_week"),
            text=fact.get("text", ""),
            by_day=is_of_a_day and fact["key"] in BY_KEY and BY_KEY[fact["key"]].by_period,
        )
        for fact in document["facts"]
        if fact["state"] == FactState.GIVEN
    }


def facts_of(document: Document) -> dict[str, Fact]:
    """What a document says as the facts it was made from, as far as the sums take them."""
    return {fact["key"]: _fact(fact) for fact in document["facts"]}


def _fact(said: Document) -> Fact:
    typical, low, high, bad_week = (
        Decimal(str(said[name])) if name in said else None for name in ("typical", "low", "high", "bad_week")
    )
    return Fact(
        state=FactState(said["state"]),
        typical=typical,
        low=low,
        high=high,
        bad_week=bad_week,
        text=_text(said),
    )


def _text(said: Document) -> str:
    """Mixes, ramps and lists as they were typed, a part a line."""
    lines = [f"{part['name']} {part['share']}" for part in said.get("parts", ())]
    lines += [f"week {step['week']}: {step['share']}" for step in said.get("steps", ())]
    return str(said.get("text", "")) or "\n".join([*lines, *said.get("items", ())])
