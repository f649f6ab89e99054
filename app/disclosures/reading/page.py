"""A document, to be read: the sentence and both weeks first, then everything it rests on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from app.disclosures.bars import Chart, draw
from app.disclosures.catalogue import BY_KEY, UNPAID
from app.disclosures.document import Document
from app.disclosures.facts import FactState
from app.disclosures.freshness import Freshness
from app.disclosures.reading.lines import Line, closed, line
from app.disclosures.reading.sections import PLAN, SCOPE, Ages, Section, quoted, sections
from app.web.words import count, day, listing, money, number, signed

PERIODS = {"year": "a year", "hour": "an hour", "visit": "a visit"}
AUTHORITY = {"alone": "You decide alone", "inform": "You decide and say so", "ask first": "You ask first"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the two large numbers."""

    name: str
    value: str
    words: str
    fits: bool


class Reading:
    """A document as it may be read on a day: `ages` says which of its facts are aging or stale by then."""

    def __init__(self, document: Document, ages: Ages | None = None) -> None:
        self._document = document
        self._ages: Ages = ages or {}
        self._facts = {fact["key"]: fact for fact in document["facts"]}
        self.employer: str = document["employer"]
        self.site: str = document.get("site", "")
        self.title: str = document["job"]["title"]
        self.number: int = document.get("number", 0)
        self.period: str = document.get("period", "week")

    @property
    def as_of(self) -> date | None:
        """The oldest day among the facts that enter the sums."""
        text = self._document["as_of"]
        return date.fromisoformat(text) if text else None

    @property
    def lead(self) -> str:
        return str(self._document["lead"])

    @property
    def sum_is_stale(self) -> bool:
        """Whether a fact of the sum is stale, so that none of what was added up may be shown."""
        return bool(self._stale_in_sum)

    @property
    def why_no_sum(self) -> str:
        """Which facts the sum waits for until they are confirmed."""
        return f"Stale: {listing([_plain_label(label) for label in self._stale_in_sum])}."

    @cached_property
    def _stale_in_sum(self) -> list[str]:
        return [
            fact["label"]
            for fact in self._document["facts"]
            if self._ages.get(fact["key"]) is Freshness.STALE and _enters_the_sum(fact)
        ]

    @property
    def aging(self) -> int:
        """How many facts are no longer fresh."""
        return sum(1 for age in self._ages.values() if age is not Freshness.FRESH)

    @property
    def pay(self) -> str:
        """ "$84,000 to $101,000 a year. Writing is inside salary; no bonus.\""""
        covers = closed(self._text("pay_covers"))
        return f"{self.pay_range}. {covers}".strip() if self.pay_range else covers

    @property
    def pay_range(self) -> str:
        """ "$84,000 to $101,000 a year"; empty where the job has none."""
        pay = self._document["pay"]
        if pay["low"] is None:
            return ""
        ends = [money(pay["low"])] if pay["low"] == pay["high"] else [money(pay["low"]), money(pay["high"])]
        return f"{' to '.join(ends)} {PERIODS[pay['per']]}"

    @property
    def bad_because(self) -> str:
        """Why the bad week was bad."""
        return str(self._facts.get("visits_completed", {}).get("bad_week_reason", "")).rstrip(".")

    @cached_property
    def chart(self) -> Chart:
        return draw(self._document["budget"], bad_because=self.bad_because, period=self.period)

    @property
    def figures(self) -> list[Figure]:
        """The typical and the bad week, given the same space."""
        budget = self._document["budget"]
        return [
            _figure(name, budget[key]["balance"], budget[key]["paid"], because)
            for key, name, because in (
                ("typical", f"Typical {self.period}", ""),
                ("bad", f"Bad {self.period}", self.bad_because),
            )
            if budget[key]
        ]

    @property
    def evidence(self) -> str:
        """How the numbers of the sum are known, all together."""
        counted = [
            fact
            for fact in self._document["facts"]
            if "basis" in fact and fact["kind"] == "number" and _enters_the_sum(fact)
        ]
        measured = [fact for fact in counted if fact["basis"] == "measured"]
        estimated = [_plain_label(fact["label"]) for fact in counted if fact["basis"] == "estimated"]
        as_of = f", as of {day(self.as_of)}" if self.as_of else ""
        parts = []
        if measured:
            weeks = _span(fact["window_weeks"] for fact in measured if "window_weeks" in fact)
            people = _span(fact["people"] for fact in measured if "people" in fact)
            parts.append(f"Measured over {weeks} weeks, n = {people}{as_of}.")
        elif as_of:
            parts.append(f"Nothing in the sum is measured{as_of}.")
        if estimated:
            parts.append(f"Estimated: {listing(estimated)}.")
        if self._document["left_out"]:
            left_out = [_plain_label(label) for label in self._document["left_out"]]
            parts.append(f"Not in the sum: {listing(left_out)}.")
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
        if self._ages.get("after_hours") is Freshness.STALE:
            return "Record time after hours is stale."
        bad = f", {number(fact['bad_week'])} in the bad one" if "bad_week" in fact else ""
        typical = count(fact["typical"], "minute")
        basis = fact.get("basis", "")
        return f"Record time after hours, {basis}: {typical} in a typical {self.period}{bad}, {paid}."

    @cached_property
    def sections(self) -> list[Section]:
        """The facts, in the document's order and groups; those shown apart are not among them."""
        found = [self._with_pay(one) for one in sections(self._document, self._ages)]
        return [one for one in found if one.lines or one.missing]

    def _with_pay(self, section: Section) -> Section:
        """The pay range stands before what it covers, and has the same source."""
        covers = next((one for one in section.lines if one.key == "pay_covers"), None)
        if covers is None or not self.pay_range:
            return section
        pay = replace(covers, label="Pay range", text=self.pay_range, key="pay")
        return replace(section, lines=(pay, *section.lines))

    @property
    def scope(self) -> list[Line]:
        return [found for key in SCOPE if (found := self._line(key))]

    @property
    def decisions(self) -> list[tuple[str, list[str]]]:
        """What is decided alone, with a word, or after asking."""
        found: dict[str, list[str]] = {}
        for right in self._document.get("decisions", ()):
            found.setdefault(right["authority"], []).append(right["decision"])
        return [(AUTHORITY[authority], found[authority]) for authority in AUTHORITY if authority in found]

    @property
    def plan(self) -> list[Line]:
        """The overload plan, in parts."""
        return [
            found
            for key in PLAN
            if (found := self._line(key)) and self._facts[key]["state"] != FactState.NOT_APPLICABLE
        ]

    @property
    def good_at(self) -> list[tuple[int, str]]:
        """What good is after 30, 60 and 90 days."""
        return [(one["day"], one["text"]) for one in self._document.get("good_at", ())]

    @property
    def risks(self) -> list[str]:
        """What whoever comes should make less risky in the first three months."""
        return list(self._document.get("risks", ()))

    @property
    def hardest_part(self) -> str:
        found = self._line("hardest_part")
        return quoted(found.text or found.typical) if found else ""

    @property
    def dissents(self) -> list[str]:
        """What reviewers would have said otherwise, as they wrote it."""
        return [one["dissent"] for one in self._document.get("reviews", ()) if one.get("dissent")]

    @property
    def reviewed(self) -> str:
        """By whom this was read before it was published."""
        reviews = self._document.get("reviews", [])
        in_role = sum(1 for one in reviews if one["in_role"])
        if in_role:
            people = "one person who does this job" if in_role == 1 else f"{in_role} people who do this job"
            return f"Read before it was published by {people}, and not by its author alone."
        if new_post := self._document.get("new_post"):
            return f"Nobody does this job yet: {closed(new_post)}"
        return "Read before it was published by somebody who did not write it." if reviews else ""

    def _line(self, key: str) -> Line | None:
        fact = self._facts.get(key)
        return line(fact, self._ages.get(key, Freshness.FRESH)) if fact else None

    def _text(self, key: str) -> str:
        return str(self._facts.get(key, {}).get("text", ""))


def _enters_the_sum(fact: Document) -> bool:
    field = BY_KEY.get(fact["key"])
    return field is not None and field.in_sum


def _figure(name: str, balance: float, paid: float, because: str) -> Figure:
    what = f"left of {number(paid)} paid" if balance >= 0 else "do not fit"
    words = f"{what}; {because}" if because else what
    return Figure(name, f"{signed(round(balance))} min", words, balance >= 0)


def _plain_label(label: str) -> str:
    """A label inside a sentence."""
    return label.removesuffix(" a week").removesuffix(" a day").lower()


def _span(values: Iterable[int]) -> str:
    """ "12", or "3 to 4" where they differ."""
    ends: Sequence[int] = sorted(set(values))
    return " to ".join(str(end) for end in dict.fromkeys((ends[0], ends[-1]))) if ends else "unknown"
