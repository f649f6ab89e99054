"""Which numbers of a published version a check-in asks about, and what each is held against."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from app.disclosures.catalogue import BY_KEY, GROUP_OF
from app.disclosures.comparing import MINUTES_FROM_NOTHING
from app.disclosures.document import Document
from app.disclosures.facts import FactState
from app.disclosures.reading import amount
from app.web.words import number
from reports.workload.accuracy import Comparison, Direction, compare, share_in

# From which day on the numbers of a group are asked about; those of every other group on the last one.
FIRST_DAY = {
    "time": 30,
    "joining": 30,
    "supervision": 30,
    "support": 30,
    "visits": 60,
    "writing": 60,
}
LAST = 90
RAMP = "ramp"
# What a new person has less of until the ramp ends; nothing else is held against the ramp.
GROWS = frozenset(
    {
        "caseload",
        "visits_booked",
        "visits_completed",
        "evaluations_booked",
        "evaluations_completed",
        "other_visits",
        "other_visits_booked",
        "add_ons",
        "progress_reports",
    }
)
A_WEEK = " a week"


@dataclass(frozen=True)
class Asked:
    """One number of a version on one day; `low` and `high` are the same unless only a range was published."""

    key: str
    label: str
    unit: str
    group: str
    low: Fraction
    high: Fraction
    share: Fraction = Fraction(1)  # Of a full load on that day.
    worse: Direction = ""
    tolerance: float = 0
    as_of: date | None = None

    @property
    def said(self) -> str:
        """What the version says, in its unit."""
        high = amount(float(self.high), self.unit)
        return high if self.low == self.high else f"{number(float(self.low))} to {high}"

    @property
    def expected(self) -> str:
        """What that comes to on this day, where it is less than a full load; else nothing."""
        return amount(round(float(self.high * self.share), 1), self.unit) if self.share != 1 else ""

    def compare(self, found: Decimal | Fraction | None) -> Comparison:
        """Hold a number against it; None says that it is the same."""
        low, high = self.low * self.share, self.high * self.share
        if found is None:
            return compare(low, low)
        nearest = min(max(Fraction(found), low), high)
        return compare(found, nearest, worse=self.worse, tolerance=self.tolerance)


def numbers(document: Document, day: int, *, only: Collection[str] | None = None) -> dict[str, Asked]:
    """Every number of a version, or only these, with what it comes to on a day."""
    steps = _ramp(document)
    share = share_in(steps, day)
    found = {
        fact["key"]: _number(fact, share if fact["key"] in GROWS else Fraction(1))
        for fact in document["facts"]
        if _is_stated(fact) and (only is None or fact["key"] in only)
    }
    if steps:
        ramp = next(fact for fact in document["facts"] if fact["key"] == RAMP)
        found[RAMP] = _load(ramp, share, day)
    return found


def load_on(document: Document, day: int) -> Fraction:
    """The share of a full load that a version plans for a day."""
    return share_in(_ramp(document), day)


def asked(document: Document, day: int) -> list[Asked]:
    """The numbers of a version that are asked about on a day, in its order."""
    return [one for key, one in numbers(document, day).items() if _first_day(key) <= day]


def words_on(document: Document, day: int) -> list[tuple[str, str]]:
    """What a version says in words where a day asks: surprises are measured against it, too."""
    return [
        (fact["label"], fact["text"])
        for fact in document["facts"]
        if fact["kind"] == "text" and fact.get("text") and _first_day(fact["key"]) == day
    ]


def measured_on(document: Document) -> dict[str, date | None]:
    """The as-of day of every number that a version states."""
    return {fact["key"]: _as_of(fact) for fact in document["facts"] if _is_stated(fact) or _has_steps(fact)}


def _first_day(key: str) -> int:
    return FIRST_DAY.get(GROUP_OF[key].key, LAST) if key in GROUP_OF else LAST


def _is_stated(fact: Document) -> bool:
    return (
        fact["kind"] == "number"
        and fact["state"] == FactState.GIVEN
        and ("typical" in fact or {"low", "high"} <= fact.keys())
    )


def _has_steps(fact: Document) -> bool:
    return fact["key"] == RAMP and fact["state"] == FactState.GIVEN and bool(fact.get("steps"))


def _ramp(document: Document) -> Sequence[tuple[int, float]]:
    """The steps to a full load; none where they are only said in words."""
    ramp = next((fact for fact in document["facts"] if _has_steps(fact)), None)
    return [(step["week"], step["share"]) for step in ramp["steps"]] if ramp else []


def _number(fact: Document, share: Fraction) -> Asked:
    field = BY_KEY.get(fact["key"])
    per = "week" if fact["label"].endswith(A_WEEK) else "day"
    return Asked(
        key=fact["key"],
        label=fact["label"],
        unit=fact["unit"],
        group=fact["group"],
        low=_exact(fact["typical"] if "typical" in fact else fact["low"]),
        high=_exact(fact["typical"] if "typical" in fact else fact["high"]),
        share=share,
        worse=field.worse if field else "",
        tolerance=MINUTES_FROM_NOTHING[per] if fact["unit"] == "min" else 0,
        as_of=_as_of(fact),
    )


def _load(ramp: Document, share: Fraction, day: int) -> Asked:
    """The load itself: carrying more of it than was planned for the day is worse."""
    return Asked(
        key=RAMP,
        label=f"Share of a full load by day {day}",
        unit="%",
        group=ramp["group"],
        low=share * 100,
        high=share * 100,
        worse="higher",
        as_of=_as_of(ramp),
    )


def _exact(value: float) -> Fraction:
    """A number of a document as it is written there."""
    return Fraction(str(value))


def _as_of(fact: Document) -> date | None:
    return date.fromisoformat(fact["as_of"]) if "as_of" in fact else None
