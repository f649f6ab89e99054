"""The quiet timer of a scorecard: its parts in proportion, longer where an accommodation says so."""

from dataclasses import dataclass

from app.scoring.drafts import PARTS, Content
from app.scoring.models import Scorecard

NAMES = dict(zip(PARTS, ("Reading", "Answer", "Probes"), strict=True))
GAP = 1.0  # Percent of the width between two parts.


@dataclass(frozen=True)
class Part:
    """One part of the time-box: its field, its seconds, those used, and its place in percent of the width."""

    key: str
    name: str
    seconds: int
    used: int | None
    x: float
    width: float


def timer_of(card: Scorecard, content: Content) -> list[Part]:
    """The parts of a scorecard's time-box, with the time that its candidate has for each."""
    interview = card.assignment.interview
    box, percent = interview.stage.time_box, interview.application.time_factor
    seconds = {part: getattr(box, part) * 60 * percent // 100 for part in PARTS}
    share = (100 - GAP * (len(PARTS) - 1)) / sum(seconds.values())
    parts, x = [], 0.0
    for part, planned in seconds.items():
        width = planned * share
        parts.append(
            Part(part, NAMES[part], planned, content.seconds.get(part), round(x, 2), round(width, 2))
        )
        x += width + GAP
    return parts
