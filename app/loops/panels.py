"""Who sits on the panels of a loop, as what, and how interviews are shared out evenly."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.core.errors import Invalid
from app.loops.models import COUNTING_PARTS, AssignmentPart

PROPOSED = 2
FEW_STAGES = 2

MEANS: Mapping[AssignmentPart, str] = {
    AssignmentPart.LEAD: "asks the questions, and scores",
    AssignmentPart.CO_INTERVIEWER: "listens, asks what is left open, and scores",
    AssignmentPart.SHADOW: "learns by watching: scores for practice, and never enters a decision",
    AssignmentPart.REVERSE_SHADOW: "learns by asking: scores for practice, and never enters a decision",
    AssignmentPart.OBSERVER: "sits in, and owes no scorecard",
    AssignmentPart.NOTE_TAKER: "writes down what is said for the others to check, and owes no scorecard",
}


@dataclass(frozen=True)
class Seat:
    """One person on a panel, by id."""

    person: int
    part: AssignmentPart

    @property
    def counts(self) -> bool:
        return self.part in COUNTING_PARTS


@dataclass(frozen=True)
class Seated:
    """A stage as it is shared out: how long it takes, and who sits in it."""

    position: int
    minutes: int
    seats: tuple[Seat, ...]


def seat_key(position: int, row: int) -> str:
    """The name of one seat's person in a form: rows count from 1 in each stage."""
    return f"person_{position}_{row}"


def check_panels(panels: Mapping[int, Sequence[Seat]]) -> None:
    """On each panel one person leads, if anybody sits there, and nobody sits twice; by position."""
    wrong = {seat_key(position, 1): _wrong(seats) for position, seats in panels.items()}
    if refused := {key: sentence for key, sentence in wrong.items() if sentence}:
        raise Invalid(**refused)


def _wrong(seats: Sequence[Seat]) -> str:
    leads = sum(seat.part is AssignmentPart.LEAD for seat in seats)
    if seats and not leads:
        return "Choose who leads."
    if leads > 1:
        return "Two people lead. Choose one."
    if len({seat.person for seat in seats}) < len(seats):
        return "Each person sits on a panel once."
    return ""


def led(seats: Sequence[Seat]) -> tuple[Seat, ...]:
    """The same panel with a lead: the first who counts, if the lead has gone; empty if nobody counts."""
    if any(seat.part is AssignmentPart.LEAD for seat in seats):
        return tuple(seats)
    first = next((seat for seat in seats if seat.counts), None)
    if first is None:
        return ()
    return (Seat(first.person, AssignmentPart.LEAD), *(seat for seat in seats if seat is not first))


def minutes_by_person(stages: Sequence[Seated]) -> dict[int, int]:
    """How many minutes each person is in interviews with one candidate, whatever their part."""
    minutes: Counter[int] = Counter()
    for stage in stages:
        for seat in stage.seats:
            minutes[seat.person] += stage.minutes
    return dict(minutes)


@dataclass(frozen=True)
class Load:
    """How much one person interviews each candidate: in which stages, and for how many minutes."""

    person: int
    stages: tuple[int, ...]
    minutes: int


def loads(stages: Sequence[Seated]) -> list[Load]:
    """The load of everybody on a panel, the heaviest first."""
    found = [
        Load(
            person,
            tuple(one.position for one in stages if any(seat.person == person for seat in one.seats)),
            minutes,
        )
        for person, minutes in minutes_by_person(stages).items()
    ]
    return sorted(found, key=lambda load: -load.minutes)


def propose(stages: Sequence[Seated], people: Sequence[int]) -> dict[int, tuple[Seat, ...]]:
    """Two people for each stage that has nobody, least minutes first; by position.

    Nobody is put into all stages where that can be avoided. Of the two, whoever has led less leads.
    """
    if not people:
        raise Invalid(
            "Nobody of the hiring team is an interviewer yet. Choose people here; they join the team."
        )
    if all(stage.seats for stage in stages):
        raise Invalid("Every stage has somebody already. Empty a stage to have its panel proposed.")
    order = {person: place for place, person in enumerate(people)}
    minutes, stages_of, leads = Counter(minutes_by_person(stages)), Counter[int](), Counter[int]()
    for stage in stages:
        for seat in stage.seats:
            stages_of[seat.person] += 1
            leads[seat.person] += seat.part is AssignmentPart.LEAD
    found = {}
    for stage in stages:
        if stage.seats:
            continue
        chosen = sorted(
            people,
            key=lambda one: (
                len(stages) > FEW_STAGES and stages_of[one] == len(stages) - 1,
                minutes[one],
                order[one],
            ),
        )[:PROPOSED]
        chosen.sort(key=lambda one: (leads[one], order[one]))
        for person in chosen:
            minutes[person] += stage.minutes
            stages_of[person] += 1
        leads[chosen[0]] += 1
        found[stage.position] = tuple(
            Seat(person, AssignmentPart.CO_INTERVIEWER if number else AssignmentPart.LEAD)
            for number, person in enumerate(chosen)
        )
    return found
