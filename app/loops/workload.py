"""Whether what the scenarios of a loop say of the usual workload agrees with the job's published numbers."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.disclosures.published import Published
from scenarios import Scenario
from scenarios.workload import Stated, stated

WORKING_DAYS = 5  # Most disclosures count weeks, and most facts days.


@dataclass(frozen=True)
class Contradiction:
    """What a stage states, and what the published document says in its place."""

    stage: int
    stated: Stated
    published: str

    @property
    def sentence(self) -> str:
        return f"stage {self.stage} says {self.stated.words}, the disclosure {self.published}"


def contradictions(
    scenarios: Sequence[Scenario], published: Mapping[str, Published]
) -> Iterator[Contradiction]:
    """Every fact that a published number denies; what only one of them says cannot contradict."""
    for position, scenario in enumerate(scenarios, start=1):
        for one in stated(scenario):
            field = published.get(one.field)
            if field is not None and (said := _otherwise(one, field)):
                yield Contradiction(position, one, said)


def _otherwise(one: Stated, field: Published) -> str:
    """What the document says instead; empty when it agrees, or says nothing that could be compared."""
    if one.number is None:
        return "" if not field.text or one.said in field.text.lower() else field.text
    span = field.whole_span if one.in_bad_week else field.typical_span
    if span is None:
        return ""
    low, high = span
    if one.a_day and not field.by_day:
        low, high = low / WORKING_DAYS, high / WORKING_DAYS
    elif field.by_day and not one.a_day:
        low, high = low * WORKING_DAYS, high * WORKING_DAYS
    # A day has whole visits and minutes, and a week divided by its days rarely does.
    least, most = (math.floor(low), math.ceil(high)) if one.a_day else (low, high)
    return "" if least <= one.number <= most else _span(low, high)


def _span(low: float, high: float) -> str:
    """ "8", or "7 to 8.8" where they differ."""
    ends = dict.fromkeys(f"{round(end, 1):g}" for end in (low, high))
    return " to ".join(ends)
