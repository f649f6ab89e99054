"""The numbers in which the facts of a scenario state the usual workload, as a disclosure names them.

A gate asks that such a fact names its field; here it is read, so that a job's published numbers can be held
against it. A fact that says "this day" speaks of the case alone, and is not read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scenarios.gates.text import words_of
from scenarios.gates.workload import MEASURES, THIS_DAY
from scenarios.schema import Scenario

_WORDS = words_of("one two three four five six seven eight nine ten eleven twelve")
_NUMBERS = {word: number for number, word in enumerate(_WORDS, start=1)}
_N = rf"(?P<n>\d+|{'|'.join(_WORDS)})\b"


@dataclass(frozen=True)
class Measure:
    """A number that facts state: the disclosure's field for it, and how it is said after the number.

    `a_day` is said of a day, where the disclosure counts a week; `in_bad_week` of a bad one.
    """

    field: str
    said: str
    pattern: re.Pattern[str]
    a_day: bool = False
    in_bad_week: bool = False


def _measure(
    field: str, said: str, pattern: str, *, a_day: bool = False, in_bad_week: bool = False
) -> Measure:
    compiled = re.compile(rf"\b(?:{pattern.replace('#', _N)})", re.I)
    return Measure(field, said, compiled, a_day, in_bad_week)


_PLACES = "visits|stops|patients|people|sessions|treatments"

NUMBERS = (
    Measure("paid_minutes", "paid minutes a day", MEASURES["paid minutes a day"], a_day=True),
    Measure("target", "% productive", MEASURES["productivity target"]),
    _measure(
        "paid_breaks", "minutes of paid breaks a day", r"paid (?:rest )?breaks(?: are)? #(?! ?%)", a_day=True
    ),
    _measure("unpaid_break", "minutes of unpaid break", r"#[- ]minutes? unpaid (?:meal|break)"),
    _measure(
        "evaluation_minutes",
        "minutes for an evaluation",
        r"(?<!re-)evaluation(?: averages| takes| is)? #(?! ?%)",
    ),
    _measure(
        "follow_up_minutes",
        "minutes for a follow-up",
        r"(?<!first )(?:follow-up(?: visit)?|session|visit)(?: averages| takes| is)? #(?! ?%| of\b)",
    ),
    _measure(
        "follow_up_writing",
        "minutes of writing after a follow-up",
        r"(?:follow-up|session|visit)\b[^.;]*?\bthen # of writing",
    ),
    _measure("turnover", "minutes between patients", r"turnover(?: is| of)? #"),
    _measure("turnover", "minutes between patients", r"# minutes? between patients"),
    _measure("visits_completed", "visits a day", rf"# (?:{_PLACES})[^.,;]* on a typical day", a_day=True),
    _measure(
        "visits_completed", "visits on a bad day", r"# on a bad (?:one|day)", a_day=True, in_bad_week=True
    ),
    _measure(
        "after_hours",
        "minutes after hours a week",
        r"(?:after[- ]hours|record time)\b[^.;]*?\b# minutes? a week",
    ),
    _measure(
        "after_hours",
        "minutes after hours a day",
        r"(?:after[- ]hours|record time)\b[^.;]*?\b# minutes? a day",
        a_day=True,
    ),
    _measure("travel", "minutes of travel a day", r"(?:driving|drive time)(?: is)? #(?! ?%)", a_day=True),
    _measure(
        "supervision_received", "minutes of supervision a day", r"supervision(?: is)? #(?! ?%)", a_day=True
    ),
)
_NOT_ARRIVING = re.compile(
    rf"\b(?P<part>\d+|{'|'.join(_WORDS)}) in (?P<whole>\d+|{'|'.join(_WORDS)}) (?:does|do) not arrive", re.I
)
_PAY_CLASS = re.compile(r"\b(?:salaried|hourly)\b", re.I)


@dataclass(frozen=True)
class Stated:
    """One thing a fact states: a number of a field and how it is said, or a word in place of the number."""

    field: str
    said: str
    number: float | None = None
    a_day: bool = False
    in_bad_week: bool = False

    @property
    def words(self) -> str:
        """ "40 minutes for a follow-up", "75 % productive", "hourly"."""
        return self.said if self.number is None else f"{self.number:g} {self.said}"


def stated(scenario: Scenario) -> list[Stated]:
    """What the facts of a scenario say of the usual workload, each thing once, in their order."""
    usual = [fact for fact in scenario.all_facts if not THIS_DAY.search(fact)]
    return list(dict.fromkeys(one for fact in usual for one in _stated(fact)))


def _stated(fact: str) -> Iterator[Stated]:
    for measure in NUMBERS:
        for found in measure.pattern.finditer(fact):
            value = _number(found["n"] if "n" in found.groupdict() else found[found.lastindex or 0])
            yield Stated(measure.field, measure.said, value, measure.a_day, measure.in_bad_week)
    for found in _NOT_ARRIVING.finditer(fact):
        yield Stated("no_show", "% not arriving", 100 * _number(found["part"]) / _number(found["whole"]))
    for found in _PAY_CLASS.finditer(fact):
        yield Stated("pay_class", found[0].lower())


def _number(text: str) -> float:
    return float(_NUMBERS.get(text.lower(), 0) or text)
