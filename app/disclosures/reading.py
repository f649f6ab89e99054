"""A document as a page says it: numbers with their units, envelopes as sentences, facts in groups."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from app.disclosures.bars import Chart, draw
from app.disclosures.catalogue import BY_KEY, UNPAID
from app.disclosures.document import Document
from app.disclosures.facts import Fact, FactState
from app.web.words import count, day, listing, money, number, sentence, signed

SINGULAR = {"people": "person", "days": "day", "weeks": "week"}
PERIODS = {"year": "a year", "hour": "an hour", "visit": "a visit"}
SCOPE = ("scope_owned", "scope_not_owned", "scope_escalate")
APART = frozenset({*SCOPE, "overload_plan", "hardest_part", "pay_covers"})  # Shown at a place of their own.


@dataclass(frozen=True, slots=True)
class Line:
    """One fact: what is said, and what opens below it."""

    label: str
    typical: str
    bad: str
    text: str
    items: tuple[str, ...]
    detail: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the two large numbers."""

    name: str
    value: str
    words: str
    fits: bool


class Reading:
    """A document, to be read."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._facts = {fact["key"]: fact for fact in document["facts"]}
        self.employer: str = document["employer"]
        self.title: str = document["job"]["title"]
        self.lead: str = document["lead"]
        self.number: int = document["number"]

    @property
    def as_of(self) -> date | None:
        """The oldest day among the facts that enter the sums."""
        text = self._document["as_of"]
        return date.fromisoformat(text) if text else None

    @property
    def pay(self) -> str:
        """ "$84,000 to $101,000 a year. Writing is inside salary; no bonus.\""""
        pay, covers = self._document["pay"], self._facts.get("pay_covers", {}).get("text", "")
        if pay["low"] is None:
            return _closed(covers)
        ends = [money(pay["low"])] if pay["low"] == pay["high"] else [money(pay["low"]), money(pay["high"])]
        return f"{' to '.join(ends)} {PERIODS[pay['per']]}. {_closed(covers)}"

    @property
    def bad_because(self) -> str:
        """Why the bad week was bad."""
        return str(self._facts.get("visits_completed", {}).get("bad_week_reason", "")).rstrip(".")

    @cached_property
    def chart(self) -> Chart:
        return draw(self._document["budget"], bad_because=self.bad_because)

    @property
    def figures(self) -> list[Figure]:
        """The typical and the bad week, given the same space."""
        budget = self._document["budget"]
        return [
            _figure(name, budget[key]["balance"], budget[key]["paid"], because)
            for key, name, because in (
                ("typical", "Typical week", ""),
                ("bad", "Bad week", self.bad_because),
            )
            if budget[key]
        ]

    @property
    def evidence(self) -> str:
        """How the numbers of the sum are known, all together."""
        counted = [
            fact
            for fact in self._document["facts"]
            if "basis" in fact and _is_number(fact) and BY_KEY.get(fact["key"]) and BY_KEY[fact["key"]].in_sum
        ]
        measured = [fact for fact in counted if fact["basis"] == "measured"]
        estimated = [_plain_label(fact["label"]) for fact in counted if fact["basis"] == "estimated"]
        parts = []
        if measured:
            weeks = _span(fact["window_weeks"] for fact in measured if "window_weeks" in fact)
            people = _span(fact["people"] for fact in measured if "people" in fact)
            as_of = f", as of {day(self.as_of)}" if self.as_of else ""
            parts.append(f"Measured over {weeks} weeks, n = {people}{as_of}.")
        if estimated:
            parts.append(f"Estimated: {listing(estimated)}.")
        if self._document["left_out"]:
            parts.append(
                f"Not in the sum: {listing([_plain_label(label) for label in self._document['left_out']])}."
            )
        return " ".join(parts)

    @property
    def checks(self) -> list[tuple[bool, str]]:
        """Every check's sentence, and whether it passes."""
        return [(check["outcome"] == "passes", check["sentence"]) for check in self._document["checks"]]

    @property
    def sound(self) -> list[str]:
        """The sentences of what adds up."""
        return [words for passes, words in self.checks if passes]

    @property
    def unsound(self) -> list[str]:
        """The sentences of what does not add up."""
        return [words for passes, words in self.checks if not passes]

    @property
    def after_hours(self) -> str:
        """The record time after hours, as measured, and whether it is paid."""
        fact = self._facts.get("after_hours", {})
        paid = self._facts.get("after_hours_pay", {}).get("text", UNPAID)
        if "typical" not in fact:
            return "Record time after hours is not given."
        bad = f", {number(fact['bad_week'])} in the bad one" if "bad_week" in fact else ""
        typical = count(fact["typical"], "minute")
        return f"Record time after hours, {fact.get('basis', '')}: {typical} in a typical week{bad}, {paid}."

    @property
    def groups(self) -> list[tuple[str, list[Line]]]:
        """The facts, in the catalogue's order and groups."""
        found: dict[str, list[Line]] = {}
        for fact in self._document["facts"]:
            if fact["key"] not in APART:
                found.setdefault(fact["group"], []).append(line(fact))
        return list(found.items())

    @property
    def scope(self) -> list[Line]:
        return [line(self._facts[key]) for key in SCOPE if key in self._facts]

    @property
    def overload_plan(self) -> str:
        return str(self._facts.get("overload_plan", {}).get("text", ""))

    @property
    def hardest_part(self) -> str:
        return str(self._facts.get("hardest_part", {}).get("text", "")).strip('“”"')


def line(fact: Document) -> Line:
    """One fact of a document as a line of the page."""
    if fact["state"] != FactState.GIVEN:
        said = sentence(fact["state"])
        reason = _closed(fact.get("reason", ""))
        return Line(fact["label"], said, "", "", (), f"{reason} {_envelope(fact)}".strip())
    if not _is_number(fact):
        items = tuple(fact.get("items", ()))
        return Line(fact["label"], "", "", sentence(fact.get("text", "")), items, _envelope(fact))
    unit, bad = fact["unit"], fact.get("bad_week")
    if "typical" in fact:
        typical = amount(fact["typical"], unit)
        span = f"Range {_range(fact)}." if "low" in fact and "high" in fact else ""
    else:
        typical, span = _range(fact), ""
    because = fact.get("bad_week_reason", "")
    detail = [span, _closed(f"Bad week: {because}") if because else "", _envelope(fact)]
    return Line(
        fact["label"],
        typical,
        "same" if bad is None else amount(bad, unit),
        "",
        (),
        " ".join(part for part in detail if part),
    )


def amount(value: float, unit: str) -> str:
    """ "12%", "18 min", "1 day", "44"."""
    if unit == "%":
        return f"{number(value)}%"
    return f"{number(value)} {SINGULAR.get(unit, unit) if value == 1 else unit}".rstrip()


def own_source(fact: Fact) -> str:
    """What the folded source of a field says while it is closed."""
    said = [fact.basis or "", fact.source, f"as of {day(fact.as_of)}" if fact.as_of else ""]
    own = ", ".join(part for part in said if part) or "as the group"
    return f"Source: {own}{'; with a note' if fact.note else ''}"


def _range(fact: Document) -> str:
    return f"{number(fact['low'])} to {amount(fact['high'], fact['unit'])}"


def _envelope(fact: Document) -> str:
    """Basis, source, window, people and date in one sentence, then the note and the owner."""
    known = [
        fact.get("basis", ""),
        fact.get("source", ""),
        count(fact["window_weeks"], "week") if "window_weeks" in fact else "",
        f"n = {fact['people']}" if "people" in fact else "",
        f"as of {day(date.fromisoformat(fact['as_of']))}" if "as_of" in fact else "",
    ]
    how = ", ".join(part for part in known if part)
    owner = f"Owner: {fact['owner']}" if "owner" in fact else ""
    return " ".join(_closed(sentence(part)) for part in (fact.get("note", ""), how, owner) if part)


def _figure(name: str, balance: float, paid: float, because: str) -> Figure:
    what = f"left of {number(paid)} paid" if balance >= 0 else "do not fit"
    words = f"{what}; {because}" if because else what
    return Figure(name, f"{signed(round(balance))} min", words, balance >= 0)


def _is_number(fact: Document) -> bool:
    return bool(fact["kind"] == "number")


def _plain_label(label: str) -> str:
    """A label inside a sentence."""
    return label.removesuffix(" a week").lower()


def _span(values: Iterable[int]) -> str:
    """ "12", or "3 to 4" where they differ."""
    ends: Sequence[int] = sorted(set(values))
    return " to ".join(str(end) for end in dict.fromkeys((ends[0], ends[-1]))) if ends else "unknown"


def _closed(text: str) -> str:
    """The text with a full stop, unless it ends in one or says nothing."""
    return text if not text or text.endswith((".", "?", "!", "”", '"')) else f"{text}."
