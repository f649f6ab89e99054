"""One fact as a line of a page: a number with its unit, its envelope as a sentence, or why it is not said."""

from dataclasses import dataclass
from datetime import date

from app.disclosures.document import Document
from app.disclosures.facts import Fact, FactState
from app.disclosures.freshness import STANDING, Freshness
from app.web.words import count, day, number, sentence

SINGULAR = {
    "people": "person",
    "days": "day",
    "weeks": "week",
    "years": "year",
    "nights": "night",
    "evenings": "evening",
    "miles": "mile",
}
FEW = {1: "One person’s record, shared with consent", 2: "Two people’s records, shared with consent"}
STALE = "Stale: not shown until it is confirmed"


@dataclass(frozen=True, slots=True)
class Line:
    """One fact: what is said, and what opens below it; a stale one says only that."""

    label: str
    typical: str
    bad: str
    text: str
    items: tuple[str, ...]
    detail: str
    key: str = ""
    age: Freshness = Freshness.FRESH

    @property
    def is_aging(self) -> bool:
        return self.age is Freshness.AGING

    @property
    def is_stale(self) -> bool:
        return self.age is Freshness.STALE


def line(fact: Document, age: Freshness = Freshness.FRESH) -> Line:
    """One fact of a document as a line of the page."""
    key, label = fact["key"], fact["label"]
    if fact["state"] != FactState.GIVEN:
        return Line(label, sentence(fact["state"]), "", "", (), _why_not(fact), key)
    if age is Freshness.STALE:
        return Line(label, "", "", STALE, (), _envelope(fact), key, age)
    if fact["kind"] != "number":
        items = tuple(fact.get("items", ()))
        return Line(label, "", "", sentence(_words(fact)), items, _envelope(fact), key, age)
    unit, bad = fact["unit"], fact.get("bad_week")
    if "typical" in fact:
        typical = amount(fact["typical"], unit)
        span = f"Range {span_of(fact)}." if "low" in fact and "high" in fact else ""
    else:
        typical, span = span_of(fact), ""
    because = fact.get("bad_week_reason", "")
    detail = [span, closed(f"Bad week: {because}") if because else "", _envelope(fact)]
    said = " ".join(part for part in detail if part)
    in_bad = "same" if bad in (None, fact.get("typical")) else amount(bad, unit)
    return Line(label, typical, in_bad, "", (), said, key, age)


def amount(value: float, unit: str) -> str:
    """ "12%", "$1,200", "18 min", "1 day", "44"."""
    if unit == "%":
        return f"{number(value)}%"
    if unit == "$":
        return f"${number(value)}"
    return f"{number(value)} {SINGULAR.get(unit, unit) if value == 1 else unit}".rstrip()


def span_of(fact: Document) -> str:
    """ "4 to 8 weeks"."""
    return f"{number(fact['low'])} to {amount(fact['high'], fact['unit'])}"


def own_source(fact: Fact) -> str:
    """What the folded source of a field says while it is closed."""
    said = [fact.basis or "", fact.source, f"as of {day(fact.as_of)}" if fact.as_of else ""]
    own = ", ".join(part for part in said if part) or "as the group"
    return f"Source: {own}{'; with a note' if fact.note else ''}"


def closed(text: str) -> str:
    """The text with a full stop, unless it ends in one or says nothing."""
    return text if not text or text.endswith((".", "?", "!", "”", '"')) else f"{text}."


def _words(fact: Document) -> str:
    """What a fact says that is not one number: a mix and a ramp are said part by part."""
    if fact["kind"] == "mix" and "parts" in fact:
        return ", ".join(f"{part['name']} {number(part['share'])}%" for part in fact["parts"])
    if fact["kind"] == "ramp" and "steps" in fact:
        return ", ".join(f"week {step['week']}: {number(step['share'])}%" for step in fact["steps"])
    return str(fact.get("text", ""))


def _why_not(fact: Document) -> str:
    """The reason that a fact is not given, and who can say more."""
    parts = (fact.get("reason", ""), fact.get("note", ""), _owner(fact))
    return " ".join(closed(sentence(part)) for part in parts if part)


def _owner(fact: Document) -> str:
    return f"Owner: {fact['owner']}" if "owner" in fact else ""


def _envelope(fact: Document) -> str:
    """Basis, source, window, people and date in one sentence, then the note and the owner."""
    is_observed = fact.get("basis") not in STANDING  # A rule has neither a window nor people behind it.
    known = [
        fact.get("basis", ""),
        fact.get("source", ""),
        count(fact["window_weeks"], "week") if is_observed and "window_weeks" in fact else "",
        f"n = {fact['people']}" if is_observed and "people" in fact else "",
        f"as of {day(date.fromisoformat(fact['as_of']))}" if "as_of" in fact else "",
    ]
    how = ", ".join(part for part in known if part)
    few = FEW.get(fact.get("people", 0), "") if fact.get("shared_with_consent") else ""
    parts = (fact.get("note", ""), how, few, _owner(fact))
    return " ".join(closed(sentence(part)) for part in parts if part)
