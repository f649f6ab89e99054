"""What must come of one candidate's interviews, kept beside the database and compared after each step.

Each run is one transaction that is rolled back in the end.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, ClassVar
from uuid import uuid4

import sqlalchemy as sa
from hypothesis.stateful import RuleBasedStateMachine, invariant

from app.audit.events import Event
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.loops.models import COUNTING_PARTS, AssignmentPart, PlannedPanelist
from app.policy import Actor, Role
from app.scoring import services
from app.scoring.drafts import Change
from app.scoring.models import AssignmentState, Outcome, Scorecard, Tie
from tests.factories import jobs, loops, people, scoring

OPEN, IN, WAIVED, REPLACED = (
    AssignmentState.OPEN,
    AssignmentState.SUBMITTED,
    AssignmentState.WAIVED,
    AssignmentState.REPLACED,
)
REASON = "It came to be so on that day."
REFUSALS = (Conflict, Forbidden, Invalid, NotFound)
POOL = 5
LATE = 25
PANELS = [*[()] * 15, *(panel for size in (2, 3, 4, 5) for panel in combinations(range(POOL), size))]


@dataclass(frozen=True)
class Cast:
    """Who takes part: five who interview, of whom the last manages the job, and its recruiter."""

    application: int
    stages: tuple[int, ...]
    codes: tuple[str, ...]  # A criterion of each stage.
    planned: tuple[dict[int, AssignmentPart], ...]
    pool: tuple[int, ...]
    actors: dict[int, Actor]
    manager: int
    recruiter: int

    def is_team(self, person: int) -> bool:
        return person in {self.manager, self.recruiter}


def cast() -> Cast:
    """A candidate for a job whose open loop plans two who count and a shadow in each stage."""
    hana, rina = people.hana(), people.rina()
    pool = [people.iris(), people.ivo(), people.person("Jo Reyes", Role.INTERVIEWER)]
    pool += [people.person("Kit Amado", Role.INTERVIEWER), hana]
    job = jobs.job(hana)
    jobs.team(job, recruiter=rina, interviewers=pool[:4])
    loop = loops.open_loop(job, pool[:2])
    for stage in loop.stages:
        shadow = PlannedPanelist(stage_id=stage.id, person_id=pool[2].id, part=AssignmentPart.SHADOW)
        db.session.add(shadow)
    application = scoring.application([], "Cleo Marsh", job)
    db.session.commit()
    db.session.expire_all()
    stages = loop.stages
    return Cast(
        application=application.id,
        stages=tuple(stage.id for stage in stages),
        codes=tuple(stage.criteria[0].code for stage in stages),
        planned=tuple({one.person_id: one.part for one in stage.panel} for stage in stages),
        pool=tuple(person.id for person in pool),
        actors={person.id: people.actor(person) for person in [*pool, rina]},
        manager=hana.id,
        recruiter=rina.id,
    )


@dataclass
class Met:
    """An interview as the model knows it."""

    id: int
    stage: int
    outcome: Outcome | None = None


@dataclass
class Seat:
    """Somebody's seat as the model knows it."""

    id: int
    card: int
    interview: int
    person: int
    part: AssignmentPart
    is_informed: bool = False
    state: AssignmentState = OPEN
    declared: bool = False
    is_tied: bool = False
    key: str = ""
    saved: dict[str, list[str]] = field(default_factory=dict)
    amendments: int = 0

    @property
    def is_open(self) -> bool:
        return self.state is OPEN

    @property
    def counts(self) -> bool:
        return self.part in COUNTING_PARTS and not self.is_informed


class Refused:
    """What a service answers when it will not."""


class Model(RuleBasedStateMachine):
    """What must be true of one candidate's interviews, and of every table that tells of them."""

    cast: ClassVar[Cast]
    steps: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        db.session.rollback()
        db.session.expunge_all()
        self.met: list[Met] = []
        self.seats: list[Seat] = []
        self.ratings: dict[tuple[int, str], int] = {}
        self.events: Counter[str] = Counter()
        self.decisions = self.asked = 0
        self.is_withdrawn = False
        self._last_event = db.session.scalar(sa.text("SELECT max(sequence) FROM audit_event"))

    def teardown(self) -> None:
        db.session.rollback()

    # What the model knows -----------------------------------------------------------------------------------

    @property
    def is_active(self) -> bool:
        return not self.is_withdrawn and not self.decisions

    @property
    def is_late(self) -> bool:
        """Whether enough has happened for it to be worth an end."""
        return self.asked > LATE

    def owes(self, person: int) -> bool:
        return any(seat.is_open for seat in self.seats if seat.person == person)

    def of(self, interview: int) -> list[Seat]:
        return [seat for seat in self.seats if seat.interview == interview]

    def stage_of(self, seat: Seat) -> int:
        return next(met.stage for met in self.met if met.id == seat.interview)

    def is_complete(self, interview: int) -> bool:
        return not any(seat.is_open and seat.counts for seat in self.of(interview))

    def may_read(self, person: int, interview: int) -> bool:
        sits = any(seat.person == person and seat.state is IN for seat in self.of(interview))
        known = sits or self.cast.is_team(person)
        return known and self.is_complete(interview) and not self.owes(person)

    # How a service is asked ---------------------------------------------------------------------------------

    def ask(self, name: str, expected: bool, work: Callable[[], Any]) -> Any:
        """Ask as a request does, afresh, all or nothing; the answer must be what the model expects."""
        self.asked += 1
        self.steps[name] += 1
        answer: Any = Refused
        refusal: Exception | None = None
        try:
            with db.session.begin_nested():
                answer = work()
        except REFUSALS as error:
            refusal = error
        finally:
            db.session.expunge_all()
        assert expected is (answer is not Refused), f"{name}: {refusal or 'not refused'}"
        return answer

    def seat(self, pick: int) -> Seat:
        """One of the seats; three times in four an open one, if there is one."""
        still_open = [seat for seat in self.seats if seat.is_open]
        among = still_open if still_open and pick % 4 else self.seats
        return among[pick // 4 % len(among)]

    def actor(self, person: int) -> Actor:
        return self.cast.actors[person]

    def team(self, is_manager: bool) -> int:
        return self.cast.manager if is_manager else self.cast.recruiter

    def declare(self, seat: Seat, tie: Tie | None, *, expected: bool) -> None:
        said = self.ask(
            "declare",
            expected,
            lambda: services.declare(self.actor(seat.person), self.card(seat), tie),
        )
        if said is not Refused:
            self.events[Event.TIE_DECLARED] += not seat.declared or tie is not None
            seat.declared, seat.is_tied = True, tie is not None

    def card(self, seat: Seat) -> Scorecard:
        return db.session.get_one(Scorecard, seat.card)

    def write(self, seat: Seat, card: Scorecard, fields: dict[str, str]) -> None:
        changes = [
            Change(name, body, len(seat.saved.get(name, ())), number)
            for number, (name, body) in enumerate(fields.items(), start=1)
        ]
        services.save_fields(self.actor(seat.person), card, changes, client=uuid4().hex)

    def written(self, seat: Seat, fields: dict[str, str]) -> None:
        for name, body in fields.items():
            texts = seat.saved.setdefault(name, [])
            if not texts or texts[-1] != body:
                texts.append(body)

    def may_write(self, seat: Seat) -> bool:
        """Whether the seat is open and nothing is in the way; says first that nothing is, once asked for."""
        if seat.is_open and not seat.declared:
            self.ask(
                "save undeclared", False, lambda: self.write(seat, self.card(seat), {"retelling": "Early."})
            )
            self.declare(seat, None, expected=True)
        return seat.is_open and not seat.is_tied

    # What always holds --------------------------------------------------------------------------------------

    def rows(self, query: str) -> list[Any]:
        return list(db.session.connection().exec_driver_sql(query))

    @invariant()
    def every_seat_is_as_it_was_settled(self) -> None:
        kept = self.rows("SELECT id, person_id, part, state, is_informed, tie FROM assignment ORDER BY id")
        known = [
            (seat.id, seat.person, seat.part.value, seat.state.value, seat.is_informed)
            for seat in sorted(self.seats, key=lambda seat: seat.id)
        ]
        assert [(*row[:4], bool(row[4])) for row in kept] == known
        assert [row[5] is not None for row in kept] == [
            seat.is_tied for seat in sorted(self.seats, key=lambda seat: seat.id)
        ]

    @invariant()
    def ratings_are_those_handed_in(self) -> None:
        query = "SELECT scorecard_id, code, level FROM rating JOIN criterion ON criterion.id = criterion_id"
        assert {(card, code): level for card, code, level in self.rows(query)} == self.ratings

    @invariant()
    def everything_that_was_saved_is_kept(self) -> None:
        query = "SELECT scorecard_id, count(*) FROM draft_revision GROUP BY scorecard_id"
        counts = {seat.card: sum(map(len, seat.saved.values())) for seat in self.seats if seat.saved}
        assert dict(map(tuple, self.rows(query))) == counts

    @invariant()
    def every_change_is_in_the_log_once(self) -> None:
        query = f"SELECT event, count(*) FROM audit_event WHERE sequence > {self._last_event} GROUP BY event"
        assert dict(map(tuple, self.rows(query))) == {event.value: n for event, n in self.events.items() if n}

    @invariant()
    def nothing_is_decided_while_somebody_owes(self) -> None:
        [(decided,)] = self.rows("SELECT count(*) FROM decision")
        assert decided == self.decisions
        assert not decided or not any(seat.is_open for seat in self.seats)
