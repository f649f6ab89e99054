"""The pictures of states show the states that the code has."""

from itertools import product

import pytest

from app.core.errors import Conflict
from app.docs.states import DIAGRAMS
from app.loops.rules import TRANSITIONS, LoopState, Step, check_step
from app.scoring.models import AssignmentState
from app.scoring.rules import Group


def states_of(title: str) -> set[str]:
    _, arrows = DIAGRAMS[title]
    return {state for start, end, _ in arrows for state in (start, end)} - {"[*]"}


def test_an_assignment_has_the_states_of_the_picture() -> None:
    assert states_of("Assignment") == {state.value for state in AssignmentState}


def test_an_application_has_the_states_of_the_picture() -> None:
    assert states_of("Application") == {group.value for group in Group}


def test_a_loop_has_the_states_of_the_picture() -> None:
    assert states_of("Loop") == {state.value for state in LoopState}


@pytest.mark.parametrize(("step", "state"), list(product(Step, [None, *LoopState])))
def test_a_loop_takes_each_step_from_one_state_only(step: Step, state: LoopState | None) -> None:
    if TRANSITIONS[step][0] is state:
        check_step(step, state)
        return
    with pytest.raises(Conflict):
        check_step(step, state)


def test_every_state_can_be_reached() -> None:
    for title, (_, arrows) in DIAGRAMS.items():
        assert {start for start, _, _ in arrows} - {"[*]"} <= {end for _, end, _ in arrows}, title
