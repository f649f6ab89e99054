"""The quiet timer of a scorecard: its parts in proportion, longer where an accommodation says so."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.scoring.drafts import PARTS, Content
from app.scoring.models import Scorecard
from scenarios import Scenario

NAMES = dict(zip(PARTS, ("Reading", "Answer", "Probes"), strict=True))
ANSWER = "answer"  # The part that timed facts interrupt.
GAP = 1.0  # Percent of the width between two parts.


@dataclass(frozen=True)
class Part:
    """One part of the time-box: its field, its seconds, those used, and its place in percent of the width.

    `marks` are the places at which something is told.
    """

    key: str
    name: str
    seconds: int
    used: int | None
    x: float
    width: float
    marks: tuple[float, ...] = ()


@dataclass(frozen=True)
class Timed:
    """A fact that is told unasked: its number on the scorecard, and how far into the answer that is."""

    number: int
    text: str
    seconds: int

    @property
    def when(self) -> str:
        """ "3 min into the answer", with the seconds where longer time makes some."""
        minutes, seconds = divmod(self.seconds, 60)
        return f"{minutes} min {seconds} s into the answer" if seconds else f"{minutes} min into the answer"


def stretched(minutes: int, percent: int) -> int:
    """The seconds that so many minutes are for a candidate with more time."""
    return minutes * 60 * percent // 100


def timed_facts_of(scenario: Scenario, percent: int = 100) -> list[Timed]:
    """The facts of a scenario that come by the clock, numbered after those on request."""
    return [
        Timed(number, fact.text, stretched(fact.minute, percent))
        for number, fact in enumerate(scenario.timed_facts, start=len(scenario.facts) + 1)
    ]


def timer_of(card: Scorecard, content: Content, timed: Sequence[Timed]) -> list[Part]:
    """The parts of a scorecard's time-box, with the time that its candidate has for each."""
    interview = card.assignment.interview
    box, percent = interview.stage.time_box, interview.application.time_factor
    seconds = {part: stretched(getattr(box, part), percent) for part in PARTS}
    share = (100 - GAP * (len(PARTS) - 1)) / sum(seconds.values())
    parts, x = [], 0.0
    for part, planned in seconds.items():
        told = timed if part == ANSWER else ()
        parts.append(
            Part(
                key=part,
                name=NAMES[part],
                seconds=planned,
                used=content.seconds.get(part),
                x=round(x, 2),
                width=round(planned * share, 2),
                marks=tuple(round(x + fact.seconds * share, 2) for fact in told),
            )
        )
        x += planned * share + GAP
    return parts
