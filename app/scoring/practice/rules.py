"""A practice card beside the gold: how near each level is, and which red flags were heard."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.scoring.drafts import Scored
from scenarios import Gold, GoldFlag, Scenario, Vignette


@dataclass(frozen=True)
class Turn:
    """What one of the two said before the other spoke."""

    is_interviewer: bool
    text: str


def turns(answer: str) -> Iterator[Turn]:
    """Take a written answer apart; what the interviewer said stands in square brackets."""
    for part in re.split(r"(\[[^\]]*\])", answer):
        text = part.strip()
        if text:
            yield Turn(text.startswith("["), text.strip("[]").strip())


@dataclass(frozen=True)
class Beside:
    """One criterion: what was given beside the gold."""

    given: Scored
    gold: Gold

    @property
    def is_within(self) -> bool:
        """Whether it is one of the accepted levels, or not observed where nothing could be heard."""
        if self.gold.level is None:
            return self.given.is_not_observed
        return self.given.level in self.gold.accepted

    @property
    def is_near(self) -> bool:
        """Whether it is at most one level away from an accepted one."""
        if self.is_within:
            return True
        level = self.given.level
        return level is not None and any(abs(level - one) == 1 for one in self.gold.accepted)


@dataclass(frozen=True)
class Outcome:
    """A card that was handed in beside the gold of its answer."""

    criteria: Mapping[str, Beside]
    heard: Sequence[GoldFlag]
    missed: Sequence[GoldFlag]
    others: Sequence[str]  # Red flags that were raised, and that the gold does not hold.
    quotes: Mapping[str, str]  # What was written down of each red flag that was raised.

    @property
    def within(self) -> int:
        return sum(one.is_within for one in self.criteria.values())

    @property
    def near(self) -> int:
        return sum(one.is_near for one in self.criteria.values())


def outcome(
    scored: Mapping[str, Scored], raised: Mapping[int, str], vignette: Vignette, scenario: Scenario
) -> Outcome:
    """Put what was handed in beside the gold; `raised` are red flags by their number in the scenario."""
    quotes = {scenario.red_flags[number - 1]: raised[number] for number in sorted(raised)}
    golds = {gold.code: gold for gold in vignette.gold}
    return Outcome(
        criteria={code: Beside(scored[code], golds[code]) for code in scenario.codes},
        heard=[one for one in vignette.red_flags if one.flag in quotes],
        missed=[one for one in vignette.red_flags if one.flag not in quotes],
        others=[flag for flag in quotes if flag not in {one.flag for one in vignette.red_flags}],
        quotes=quotes,
    )
