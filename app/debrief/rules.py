"""The rule fixed beforehand: how independent levels become a total and an outcome, and what a decision needs.

Everything is exact (fractions), so that nothing is rounded before it is shown and no order of people or
criteria changes a result.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum, StrEnum
from fractions import Fraction
from functools import cached_property, lru_cache
from math import lcm
from typing import NamedTuple

from app.core.errors import Invalid
from app.loops.bars import CountRule

WORDS_OF_A_SENTENCE = 4


class RuleOutcome(StrEnum):
    """What the rule says; not known while a critical criterion is neither met nor missed."""

    MET = "met"
    NOT_MET = "not met"
    NOT_KNOWN = "not known"


class Group(IntEnum):
    """How far the people of a panel lie apart on one criterion: the order of a debrief."""

    WIDE = 1
    NEAR = 2
    SAME = 3


@dataclass(frozen=True)
class Deciding:
    """What the policy asks about one actor and one application to decide on."""

    job_id: int
    mine_open: bool
    all_settled: bool
    is_withdrawn: bool


class CriterionRule(NamedTuple):
    """A criterion as the loop fixed it; `is_in` once its interview's panel is complete."""

    id: int
    code: str
    stage_id: int
    weight: Decimal
    bar: int
    is_critical: bool = False
    is_in: bool = True


class CountingLevel(NamedTuple):
    """The independent level of one counting rater on one criterion; None is "not observed"."""

    criterion_id: int
    rater_id: int
    level: int | None


class Line(NamedTuple):
    """One criterion: who gave which level, and what follows from the levels that were given."""

    rule: CriterionRule
    levels: Mapping[int, int | None]
    observed: Sequence[int]  # The levels among them, lowest first.
    mean: Fraction | None  # "Not observed" is no level and never lowers it.
    gap: int
    is_below_bar: bool

    @property
    def not_observed(self) -> int:
        return len(self.levels) - len(self.observed)

    @property
    def group(self) -> Group:
        if self.gap >= 2:
            return Group.WIDE
        return Group.NEAR if self.gap == 1 or self.not_observed else Group.SAME

    @property
    def is_below_minimum(self) -> bool:
        """Below the bar of a critical criterion, which no other criterion can make up for."""
        return self.rule.is_critical and self.is_below_bar

    @property
    def needs_follow_up(self) -> bool:
        """Whether a critical criterion is in, and two people or everybody did not observe it."""
        return self.rule.is_critical and self.rule.is_in and (self.not_observed >= 2 or not self.observed)


@dataclass(frozen=True)
class Count:
    """How many competencies reached the level of a count rule; one seen in two stages counts once."""

    rule: CountRule
    reached: int

    @property
    def is_met(self) -> bool:
        return self.reached >= self.rule.at_least


@dataclass(frozen=True)
class Result:
    """What the rule makes of the levels; the lines in the order of a debrief, largest gaps first."""

    lines: tuple[Line, ...]
    counts: tuple[Count, ...]

    @cached_property
    def total(self) -> Fraction | None:
        """The weighted mean over the criteria that were observed."""
        scored = [
            (_weight(line), sum(line.observed), len(line.observed)) for line in self.lines if line.observed
        ]
        if not scored:
            return None
        common = lcm(*(times for _, _, times in scored))
        points = sum(weight * given * (common // times) for weight, given, times in scored)
        return Fraction(points, common * sum(weight for weight, _, _ in scored))

    @cached_property
    def coverage(self) -> Fraction:
        """How much of the planned weight was observed."""
        planned = sum(map(_weight, self.lines))
        observed = sum(_weight(line) for line in self.lines if line.observed)
        return Fraction(observed, planned) if planned else Fraction()

    @cached_property
    def observed(self) -> int:
        return sum(1 for line in self.lines if line.observed)

    @cached_property
    def by_one_person(self) -> int:
        return sum(1 for line in self.lines if len(line.observed) == 1)

    @cached_property
    def has_equal_weights(self) -> bool:
        return len({line.rule.weight for line in self.lines}) < 2

    @cached_property
    def below_bar(self) -> list[Line]:
        return [line for line in self.lines if line.is_below_bar]

    @cached_property
    def missed_counts(self) -> list[Count]:
        return [count for count in self.counts if not count.is_met]

    @cached_property
    def below_minimum(self) -> list[Line]:
        return [line for line in self.lines if line.is_below_minimum]

    @cached_property
    def follow_ups(self) -> list[Line]:
        return [line for line in self.lines if line.needs_follow_up]

    @cached_property
    def outcome(self) -> RuleOutcome:
        """Decided by any critical criterion below its minimum; left open by one that nobody observed."""
        if self.below_minimum:
            return RuleOutcome.NOT_MET
        if any(line.rule.is_critical and not line.observed for line in self.lines):
            return RuleOutcome.NOT_KNOWN
        return RuleOutcome.MET if self.observed else RuleOutcome.NOT_KNOWN


def combine(
    criteria: Sequence[CriterionRule], levels: Iterable[CountingLevel], counts: Iterable[CountRule] = ()
) -> Result:
    """Apply the rule of a loop to the counting levels of one application."""
    given: dict[int, dict[int, int | None]] = {criterion.id: {} for criterion in criteria}
    for one in levels:
        given[one.criterion_id][one.rater_id] = one.level
    lines = [_line(criterion, given[criterion.id]) for criterion in criteria]
    return Result(
        lines=tuple(sorted(lines, key=lambda line: (line.group, -line.gap))),
        counts=tuple(Count(rule, _reached(rule, lines)) for rule in counts),
    )


def _line(rule: CriterionRule, levels: Mapping[int, int | None]) -> Line:
    observed = sorted(level for level in levels.values() if level is not None)
    if not observed:
        return Line(rule, levels, observed, mean=None, gap=0, is_below_bar=False)
    points, times = sum(observed), len(observed)
    return Line(
        rule,
        levels,
        observed,
        mean=Fraction(points, times),
        gap=observed[-1] - observed[0],
        is_below_bar=points < rule.bar * times,
    )


def departs(*, is_offer: bool, outcome: RuleOutcome) -> bool:
    """An offer departs from the rule unless the rule is met; not making one never does."""
    return is_offer and outcome is not RuleOutcome.MET


def check_reasons(*, reasons: str, departure: str, departs: bool) -> None:
    """A decision is defended a year later by what is written now: a sentence, and one on any departure."""
    refused = {}
    if not _is_sentence(reasons):
        refused["reasons"] = "Write at least one sentence: what was said or done that decided it."
    if departs and not _is_sentence(departure):
        refused["departure"] = "The rule is not met. Write at least one sentence on why it is set aside."
    if not departs and departure:
        refused["departure"] = "This decision keeps to the rule. Leave this empty, or decide otherwise."
    if refused:
        raise Invalid(**refused)


def _is_sentence(text: str) -> bool:
    return len(text.split()) >= WORDS_OF_A_SENTENCE


def _weight(line: Line) -> Fraction | int:
    return _exactly(line.rule.weight)


@lru_cache
def _exactly(weight: Decimal) -> Fraction | int:
    """A weight as an exact number; few are in use, and making a fraction of a decimal takes its time."""
    return int(weight) if weight == int(weight) else Fraction(weight)


def _reached(rule: CountRule, lines: Iterable[Line]) -> int:
    reached = {
        line.rule.code
        for line in lines
        if rule.stage_id in {None, line.rule.stage_id} and line.mean is not None and line.mean >= rule.level
    }
    return len(reached.intersection(rule.codes))
