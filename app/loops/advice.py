"""What would make a loop stronger, each in one sentence with its remedy. It advises; readiness decides."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from app.loops.readiness import FEWEST_RATERS, MOST_COMPETENCIES, MOST_CRITERIA
from app.loops.rules import Planned, coverage

LARGEST_PANEL = 4
LONGEST_DAY = 180
FEW_STAGES = 2


@dataclass(frozen=True)
class Advice:
    """What is, in a sentence, and what to do about it; `stage` is where, if it is in one place.

    `about_panels` says that it is mended where people are seated.
    """

    sentence: str
    remedy: str
    stage: int | None = None
    about_panels: bool = False


def advice(
    stages: Sequence[Planned], names: Mapping[int, str], owed: Mapping[str, str] = MappingProxyType({})
) -> list[Advice]:
    """Everything worth mending, in the order of the grid; `names` are those of the people on panels.

    `owed` are the competencies, by code, that a loop of this role should score somewhere.
    """
    return [
        *_scored_by_nobody(stages, owed),
        *_seen_by_nobody(stages),
        *_critical_and_seen_by_one(stages),
        *_seen_once(stages),
        *_too_much_in_a_stage(stages),
        *_too_many_competencies(stages),
        *_panels_beyond_need(stages),
        *_a_long_day(stages),
        *_somebody_everywhere(stages, names),
    ]


def minutes_of(stages: Sequence[Planned], person: int) -> int:
    """How many minutes somebody interviews each candidate."""
    return sum(stage.minutes for stage in stages if person in stage.raters)


def _scored_by_nobody(stages: Sequence[Planned], owed: Mapping[str, str]) -> Iterator[Advice]:
    """What the work rests on, and no stage asks for."""
    scored = {one.code for stage in stages for one in stage.scored}
    if missing := [name for code, name in owed.items() if stages and code not in scored]:
        is_one = len(missing) == 1
        yield Advice(
            f"{_listed(missing)} {'is' if is_one else 'are'} scored in no stage, so nobody owns "
            f"{'it' if is_one else 'them'}",
            f"Choose a scenario that scores {'it' if is_one else 'them'}, or score "
            f"{'it' if is_one else 'them'} where a stage leaves {'it' if is_one else 'them'} out.",
        )


def _seen_by_nobody(stages: Sequence[Planned]) -> Iterator[Advice]:
    for stage in stages:
        if not stage.raters and stage.scored:
            codes = _listed([one.code for one in stage.scored])
            yield Advice(
                f"Stage {stage.position} has no panel, so nobody rates its {codes}",
                "Choose who interviews.",
                stage.position,
                about_panels=True,
            )


def _critical_and_seen_by_one(stages: Sequence[Planned]) -> Iterator[Advice]:
    for row in coverage(stages):
        if row.is_critical and 0 < row.raters < FEWEST_RATERS:
            where = [stage.position for stage in stages if stage.of(row.code)]
            yield Advice(
                f"{row.name} is critical, and one person alone rates it",
                f"Add somebody to the panel of stage {_listed([str(number) for number in where], 'or')}.",
                where[0],
                about_panels=True,
            )


def _seen_once(stages: Sequence[Planned]) -> Iterator[Advice]:
    """Judgment that holds in one place only may be the place's doing."""
    rows = [row for row in coverage(stages) if sum(cell is not None for cell in row.cells) == 1]
    if rows and len(stages) > 1:
        is_one = len(rows) == 1
        yield Advice(
            f"{_listed([row.name for row in rows])} {'is' if is_one else 'are'} scored in one stage only",
            "Where it decides, choose a scenario for another stage that scores it, too.",
        )


def _too_much_in_a_stage(stages: Sequence[Planned]) -> Iterator[Advice]:
    for stage in stages:
        if len(stage.scored) > MOST_CRITERIA:
            yield Advice(
                f"Stage {stage.position} has {len(stage.scored)} criteria; raters follow {MOST_CRITERIA}",
                "Choose a scenario with fewer, or split it over two stages.",
                stage.position,
            )


def _too_many_competencies(stages: Sequence[Planned]) -> Iterator[Advice]:
    number = len(coverage(stages))
    if number > MOST_COMPETENCIES:
        yield Advice(
            f"The loop scores {number} competencies; raters keep {MOST_COMPETENCIES} apart",
            "Choose scenarios that share competencies.",
        )


def _panels_beyond_need(stages: Sequence[Planned]) -> Iterator[Advice]:
    for stage in stages:
        if len(stage.raters) > LARGEST_PANEL:
            yield Advice(
                f"Stage {stage.position} has a panel of {len(stage.raters)}: more hours, nothing more seen",
                f"{FEWEST_RATERS} to {LARGEST_PANEL} people are enough.",
                stage.position,
                about_panels=True,
            )


def _a_long_day(stages: Sequence[Planned]) -> Iterator[Advice]:
    minutes = sum(stage.minutes for stage in stages)
    if minutes > LONGEST_DAY:
        yield Advice(
            f"A candidate sits for {minutes} minutes, more than {LONGEST_DAY // 60} hours",
            "Leave out a stage, or spread the stages over two days.",
        )


def _somebody_everywhere(stages: Sequence[Planned], names: Mapping[int, str]) -> Iterator[Advice]:
    if len(stages) <= FEW_STAGES:
        return
    for person in sorted(
        frozenset[int]().union(*(stage.raters for stage in stages)), key=lambda one: names[one]
    ):
        if all(person in stage.raters for stage in stages):
            yield Advice(
                f"{names[person]} sits in all {len(stages)} stages, {minutes_of(stages, person)} minutes "
                "a candidate, so one view weighs in everywhere",
                "Give one of the stages to somebody else.",
                about_panels=True,
            )


def _listed(words: Sequence[str], last: str = "and") -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"
