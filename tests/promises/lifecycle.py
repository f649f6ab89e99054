"""The lifecycle of interviews, seats and scorecards in any order.

A step asks a service for something; the model says beforehand whether it has to be refused.
"""

from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import uuid4

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule, run_state_machine_as_test

from app.audit.events import Event
from app.candidates.models import Application
from app.core.db import db
from app.debrief import services as debriefs
from app.debrief.models import DecisionOutcome
from app.identity.models import Person
from app.loops.models import Stage
from app.scoring import queries, services
from app.scoring.models import Assignment, Interview, Outcome, Tie
from tests.factories import scoring
from tests.factories.scoring import NOON
from tests.promises.model import IN, PANELS, POOL, REASON, REPLACED, WAIVED, Met, Model, Refused, Seat

picks = st.integers(0, 59)  # Which of what there is, counted around.
either = st.booleans()
newcomers = st.sampled_from((*range(POOL), POOL - 1, POOL - 1))  # The manager may have read a panel before.

STEPS_OF_A_RUN = 50
SETTINGS = settings(
    stateful_step_count=STEPS_OF_A_RUN,
    deadline=None,
    database=None,
    phases=[Phase.generate],  # A run is short, and telling the fewest steps would take minutes.
    suppress_health_check=list(HealthCheck),
)


class Lifecycle(Model):
    """Everything that can be asked about one candidate's interviews."""

    @initialize(stage=picks, panel=st.sampled_from(PANELS))
    def first(self, stage: int, panel: tuple[int, ...]) -> None:
        self.schedule(stage, panel)

    @rule(stage=picks, panel=st.sampled_from(PANELS))
    def schedule(self, stage: int, panel: tuple[int, ...]) -> None:
        number = stage % len(self.cast.stages)
        last = next((one for one in reversed(self.met) if one.stage == number), None)
        chosen = [self.cast.pool[place] for place in panel]

        def work() -> list[Seat]:
            made = services.schedule_interview(
                self.actor(self.cast.recruiter),
                db.session.get_one(Application, self.cast.application),
                db.session.get_one(Stage, self.cast.stages[number]),
                starts_at=NOON + timedelta(hours=len(self.met)),
                minutes=20,
                panel=[db.session.get_one(Person, person) for person in chosen],
            )
            return [
                Seat(one.id, one.scorecard.id, made.id, one.person_id, one.part) for one in made.assignments
            ]

        can = self.is_active and (last is None or last.outcome is Outcome.NO_SHOW)
        seats = self.ask("schedule", can, work)
        if seats is not Refused:
            planned = self.cast.planned[number]
            assert {seat.person for seat in seats} == set(chosen or planned)
            assert all(seat.part is planned.get(seat.person, seat.part) for seat in seats)
            self.met.append(Met(seats[0].interview, number))
            self.seats += seats
            self.events[Event.INTERVIEW_SCHEDULED] += 1

    @precondition(lambda self: self.seats)
    @rule(pick=picks, name=st.sampled_from(["retelling", "note-1", "level"]), level=st.integers(1, 5))
    def save(self, pick: int, name: str, level: int) -> None:
        seat = self.seat(pick)
        fields = {name: f"“I call him {level} times.”"}
        if name == "level":
            fields = {f"level-{self.cast.codes[self.stage_of(seat)]}": str(level)}
        can = self.may_write(seat)
        if self.ask("save", can, lambda: self.write(seat, self.card(seat), fields)) is not Refused:
            self.written(seat, fields)

    @precondition(lambda self: any(seat.is_open for seat in self.seats))
    @rule(pick=picks, level=st.integers(1, 5))
    def submit(self, pick: int, level: int) -> None:
        still_open = [seat for seat in self.seats if seat.is_open]
        self.hand_in(still_open[pick % len(still_open)], level)

    @precondition(lambda self: any(seat.is_open for seat in self.seats))
    @rule(pick=picks, level=st.integers(1, 5), all_of_it=either)
    def panel_submits(self, pick: int, level: int, all_of_it: bool) -> None:
        for seat in self.of(self.seat(pick).interview):
            if seat.is_open and (seat.counts or all_of_it):
                self.hand_in(seat, level)

    def hand_in(self, seat: Seat, level: int) -> None:
        can, key, fields = self.may_write(seat), uuid4().hex, dict[str, str]()

        def work() -> dict[str, int]:
            card = self.card(seat)
            levels = dict.fromkeys(scoring.codes_of(card), level)
            fields.update(scoring.complete_fields(card, levels))
            self.write(seat, card, fields)
            services.submit_scorecard(self.actor(seat.person), card, version=card.version, key=key)
            return levels

        levels = self.ask("submit", can, work)
        if levels is not Refused:
            self.written(seat, fields)
            seat.state, seat.key = IN, key
            self.ratings |= {(seat.card, code): level for code, level in levels.items()}
            self.events[Event.SCORECARD_SUBMITTED] += 1

    @precondition(lambda self: any(seat.key for seat in self.seats))
    @rule(pick=picks, same=either)
    def submit_again(self, pick: int, same: bool) -> None:
        handed_in = [seat for seat in self.seats if seat.key]
        seat = handed_in[pick % len(handed_in)]

        def work() -> None:
            card = self.card(seat)
            key = seat.key if same else uuid4().hex
            services.submit_scorecard(self.actor(seat.person), card, version=card.version, key=key)

        self.ask("submit again", same, work)

    @precondition(lambda self: any(seat.is_open for seat in self.seats))
    @rule(pick=picks)
    def submit_what_changed_meanwhile(self, pick: int) -> None:
        still_open = [seat for seat in self.seats if seat.is_open]
        seat = still_open[pick % len(still_open)]
        self.may_write(seat)

        def work() -> None:
            card = self.card(seat)
            seen = card.version
            self.write(seat, card, scoring.complete_fields(card) | {"retelling": uuid4().hex})
            services.submit_scorecard(self.actor(seat.person), card, version=seen, key=uuid4().hex)

        self.ask("submit unread", False, work)

    @precondition(lambda self: self.seats)
    @rule(pick=picks)
    def step_back(self, pick: int) -> None:
        seat = self.seat(pick)
        self.declare(seat, Tie.FRIEND, expected=seat.is_open and not seat.is_tied)

    @precondition(lambda self: self.seats)
    @rule(pick=picks, is_manager=either)
    def waive(self, pick: int, is_manager: bool) -> None:
        seat, by = self.seat(pick), self.team(is_manager)
        can = seat.is_open and not self.owes(by)

        def work() -> None:
            services.waive(self.actor(by), db.session.get_one(Assignment, seat.id), reason=REASON)

        if self.ask("waive", can, work) is not Refused:
            seat.state = WAIVED
            self.events[Event.ASSIGNMENT_WAIVED] += 1

    @precondition(lambda self: self.seats)
    @rule(pick=picks, newcomer=newcomers, is_manager=either)
    def replace(self, pick: int, newcomer: int, is_manager: bool) -> None:
        self.give(self.seat(pick), self.team(is_manager), self.cast.pool[newcomer])

    @precondition(lambda self: any(map(self.is_left, self.seats)))
    @rule(pick=picks)
    def replace_whoever_is_left_by_the_manager(self, pick: int) -> None:
        left = [seat for seat in self.seats if self.is_left(seat)]
        self.give(left[pick % len(left)], self.cast.recruiter, self.cast.manager)

    def is_left(self, seat: Seat) -> bool:
        return seat.is_open and self.is_complete(seat.interview)

    def give(self, seat: Seat, by: int, person: int) -> None:
        is_new = person not in {other.person for other in self.of(seat.interview)}
        has_read = self.may_read(person, seat.interview)

        def work() -> tuple[int, int, bool]:
            taken = services.replace_interviewer(
                self.actor(by),
                db.session.get_one(Assignment, seat.id),
                by=db.session.get_one(Person, person),
                reason=REASON,
            )
            return taken.id, taken.scorecard.id, taken.is_informed

        taken = self.ask("replace", seat.is_open and not self.owes(by) and is_new, work)
        if taken is not Refused:
            seat.state = REPLACED
            number, card, is_informed = taken
            assert is_informed == has_read, (
                "Whoever could read the panel before is informed, and nobody else."
            )
            self.seats.append(Seat(number, card, seat.interview, person, seat.part, has_read))
            self.events[Event.INTERVIEWER_REPLACED] += 1

    @precondition(lambda self: self.met)
    @rule(pick=picks, outcome=st.sampled_from(Outcome))
    def record_outcome(self, pick: int, outcome: Outcome) -> None:
        met = self.met[pick % len(self.met)]

        def work() -> None:
            interview = db.session.get_one(Interview, met.id)
            services.record_outcome(self.actor(self.cast.recruiter), interview, outcome)

        if self.ask("outcome", self.is_active and met.outcome is None, work) is not Refused:
            met.outcome = outcome
            self.events[Event.OUTCOME_RECORDED] += 1
            if outcome is Outcome.NO_SHOW:
                self.excuse(self.of(met.id))

    @precondition(lambda self: self.seats)
    @rule(pick=picks)
    def amend(self, pick: int) -> None:
        seat = self.seat(pick)

        def work() -> None:
            services.amend(self.actor(seat.person), self.card(seat), body="It was cold water.", reason=REASON)

        if self.ask("amend", seat.state is IN, work) is not Refused:
            seat.amendments += 1
            self.events[Event.SCORECARD_AMENDED] += 1

    @precondition(lambda self: self.is_late or any(seat.is_open for seat in self.seats))
    @rule(is_manager=either)
    def decide(self, is_manager: bool) -> None:
        by = self.team(is_manager)
        nobody_owes = not any(seat.is_open for seat in self.seats)

        def work() -> None:
            debriefs.decide(
                self.actor(by),
                db.session.get_one(Application, self.cast.application),
                number=self.decisions + 1,
                outcome=DecisionOutcome.NO_OFFER,
                reasons=REASON,
            )

        if self.ask("decide", is_manager and nobody_owes and not self.is_withdrawn, work) is not Refused:
            self.decisions += 1
            self.events[Event.DECISION_RECORDED] += 1

    @precondition(lambda self: self.is_late and self.asked % 4 == 0)
    @rule()
    def withdraw(self) -> None:
        def work() -> None:
            application = db.session.get_one(Application, self.cast.application)
            services.withdraw_application(self.actor(self.cast.recruiter), application, reason=REASON)

        if self.ask("withdraw", self.is_active, work) is not Refused:
            self.is_withdrawn = True
            self.events[Event.APPLICATION_WITHDRAWN] += 1
            self.excuse(self.seats)

    def excuse(self, seats: list[Seat]) -> None:
        for seat in seats:
            if seat.is_open:
                seat.state = WAIVED
                self.events[Event.ASSIGNMENT_WAIVED] += 1

    @precondition(lambda self: self.met)
    @rule(viewer=st.integers(0, POOL))
    def look(self, viewer: int) -> None:
        """Nobody reads a panel that is not open to them, and whoever may reads all of it."""
        person = (*self.cast.pool, self.cast.recruiter)[viewer]

        def work() -> list[Any]:
            application = db.session.get_one(Application, self.cast.application)
            return queries.panel_scores(self.actor(person), application)

        found = self.ask("look", True, work)
        assert {one.interview.id for one in found} == {one.id for one in self.met}
        for one in found:
            seats = self.of(one.interview.id)
            may_read = self.may_read(person, one.interview.id)
            read = [seat for seat in seats if may_read and seat.state is IN]
            assert {card.person_id for card in one.cards} == {seat.person for seat in read}
            counting = {card.person_id for card in one.cards if card.counts}
            assert counting == {seat.person for seat in read if seat.counts}
            if self.owes(person):
                assert all(member.state is None for member in one.members)


def run(steps: int) -> Counter[str]:
    """Go on until so many things were asked of services; how often which, by name."""
    Lifecycle.steps.clear()
    while Lifecycle.steps.total() < steps:
        runs = 1 + (steps - Lifecycle.steps.total()) // STEPS_OF_A_RUN
        run_state_machine_as_test(Lifecycle, settings=settings(SETTINGS, max_examples=runs))
    return Lifecycle.steps.copy()
