"""When a hire is asked, what of the answers may be counted aloud, and which numbers are measured again.

Nothing that is counted for readers who may not know a single answer is about fewer than three people, nor is
the difference between two counts: the answers to one number on one day, by people who chose alike whether to
share, join the count three at a time, in the order they came. Whoever knows the shared ones and takes them
off is left with whole groups of three. The one thing that two people make known is that both missed a number
in one direction; it stays as the first two made it, so that a third adds nothing, and hires are told before.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from app.core.errors import Invalid
from reports.workload.accuracy import Closeness, Comparison, Direction

DAYS = (30, 60, 90)
LAST_DAY = 100  # Until when the last one can be answered, and the candidate's link works.
GROUP = 3
MISSES = 2  # By so many people on one number, and it is measured again.
DAYS_TO_CORRECT = 14
MOST_AHEAD = 365
LONGEST_SURPRISE = 2000

# What a hire reads before anything is asked; its digest is kept with their word that they read it.
NOTICE = (
    "One person cannot be anonymous here: whoever reads a single answer of yours knows that it is yours.",
    "Recruiting reads your answers. The hiring manager does not, unless you tick the box that shares them.",
    "From three people on, the manager and later candidates read counts: how many found a number right, more "
    "or less. Answers join them three at a time. If all three say the same, the count says what each said.",
    "If two people find the same number wrong by more than a quarter, the page says so for that number, and "
    "it is measured again. While only two of you have answered, your manager can tell who they are.",
    "Nobody may hold an answer against you: not in your schedule, reviews or pay, nor in whether you stay.",
    "What you send stays as you sent it. Nobody can change it, and you cannot take it back.",
)
NOTICE_DIGEST = hashlib.sha256("\n".join(NOTICE).encode()).hexdigest()


@dataclass(frozen=True)
class Hiring:
    """What the policy asks before somebody's first day is recorded."""

    job_id: int
    is_offered: bool
    is_withdrawn: bool


def day_to_answer(starts_on: date, today: date) -> int | None:
    """Which of the three days is asked about now: the latest that has come, and none after the last day."""
    begun = (today - starts_on).days
    come = [day for day in DAYS if day <= begun <= LAST_DAY]
    return come[-1] if come else None


def opens_on(starts_on: date, day: int) -> date:
    """The date from which a check-in can be answered."""
    return starts_on + timedelta(days=day)


def open_until(starts_on: date, day: int) -> date:
    """The last date of a check-in: the next one takes its place."""
    later = [one for one in DAYS if one > day]
    return starts_on + timedelta(days=later[0] - 1 if later else LAST_DAY)


def check_first_day(starts_on: date, today: date) -> None:
    """A first day lies within the year to come, or so near that a check-in can still be answered."""
    if starts_on > today + timedelta(days=MOST_AHEAD):
        raise Invalid(starts_on="At most a year from today.")
    if starts_on < today - timedelta(days=LAST_DAY):
        raise Invalid(starts_on=f"At most {LAST_DAY} days ago: after that nothing is asked any more.")


def check_surprise(text: str) -> str:
    """What surprised somebody, in their own words."""
    if len(text) > LONGEST_SURPRISE:
        raise Invalid(surprise=f"At most {LONGEST_SURPRISE:,} characters; this has {len(text):,}.")
    return text.strip()


# Counting ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answered:
    """One number of one hire held against what was published; `number` rises with every answer given."""

    number: int
    check_in_id: int
    hire_id: int
    day: int
    key: str
    label: str
    is_shared: bool
    on: date
    comparison: Comparison
    misses_newest: bool  # Whether it is a miss for the number as the newest version has it, too.


def whole_groups(answers: Iterable[Answered]) -> list[Answered]:
    """Those that may be counted for readers who may not know a single one."""
    alike: dict[tuple[str, int, bool], list[Answered]] = defaultdict(list)
    for one in sorted(answers, key=lambda answered: answered.number):
        alike[one.key, one.day, one.is_shared].append(one)
    return [one for found in alike.values() for one in found[: len(found) - len(found) % GROUP]]


@dataclass(frozen=True)
class Tally:
    """How many of some answers were accurate, off or a miss, and how many of those worse for the hire."""

    answered: int
    accurate: int
    off: int
    misses: int
    more: int  # Neither of these two counts an accurate one.
    less: int
    worse: int
    people: int

    @property
    def share(self) -> Fraction:
        """The accuracy of a disclosure: accurate numbers of those answered."""
        return Fraction(self.accurate, self.answered)


def tally(answers: Iterable[Answered]) -> Tally | None:
    """The answers counted; None where there are none."""
    found = list(answers)
    if not found:
        return None
    how = [one.comparison for one in found]
    wrong = [one for one in how if one.closeness is not Closeness.ACCURATE]
    return Tally(
        answered=len(how),
        accurate=len(how) - len(wrong),
        off=sum(one.closeness is Closeness.OFF for one in how),
        misses=sum(one.closeness is Closeness.MISS for one in how),
        more=sum(one.direction == "higher" for one in wrong),
        less=sum(one.direction == "lower" for one in wrong),
        worse=sum(one.is_worse for one in wrong),
        people=len({one.hire_id for one in found}),
    )


def by_field(answers: Iterable[Answered]) -> dict[str, Tally]:
    """A tally for each number that was answered, by its label; the least accurate first."""
    found: dict[str, list[Answered]] = defaultdict(list)
    for one in answers:
        found[one.label].append(one)
    counted = {label: held for label, each in found.items() if (held := tally(each))}
    return dict(sorted(counted.items(), key=lambda pair: (pair[1].share, -pair[1].misses, pair[0])))


# Correcting -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Correction:
    """A number that two people found wrong by more than a quarter, and that is measured again."""

    key: str
    label: str
    direction: Direction  # Empty where one found more and the other less.
    since: date

    @property
    def due_on(self) -> date:
        """By when it has to be measured."""
        return self.since + timedelta(days=DAYS_TO_CORRECT)


def corrections(answers: Iterable[Answered], measured_on: Mapping[str, date | None]) -> list[Correction]:
    """What the newest version has to say anew; `measured_on` has the as-of day of each number it states.

    A number measured after the second person missed it is corrected; one that is not stated needs nothing.
    """
    missed: dict[str, dict[int, Answered]] = defaultdict(dict)
    for one in sorted(answers, key=lambda answered: answered.number):
        if one.comparison.closeness is not Closeness.MISS or not one.misses_newest:
            continue
        as_of = measured_on.get(one.key)
        if one.key in measured_on and (as_of is None or as_of <= one.on):
            missed[one.key].setdefault(one.hire_id, one)
    found = []
    for key, by_hire in missed.items():
        first = list(by_hire.values())[:MISSES]  # A third would be known by what changes.
        if len(first) == MISSES:
            ways = {one.comparison.direction for one in first}
            direction = ways.pop() if len(ways) == 1 else ""
            found.append(Correction(key, first[0].label, direction, since=first[-1].on))
    return sorted(found, key=lambda one: (one.due_on, one.label))
