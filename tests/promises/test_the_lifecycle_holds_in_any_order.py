"""In whatever order interviews are scheduled, scored, waived, replaced and decided, the rules hold."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.promises.lifecycle import Lifecycle
from tests.promises.model import cast

STEPS, IN_A_RUN = 10_000, 50


@pytest.fixture(scope="module")
def machine(worlds: Any) -> Iterator[type[Lifecycle]]:
    """The machine over a database of its own; on SQLite alone, for the queries are the same on both."""
    with worlds("sqlite").fresh():
        Lifecycle.cast = cast()
        yield Lifecycle


def run(machine: type[Lifecycle], runs: int, *phases: Phase) -> int:
    """Let so many runs go by; how many times something was asked of a service."""
    machine.steps.clear()
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=runs,
            stateful_step_count=IN_A_RUN,
            deadline=None,
            database=None,
            phases=phases or (Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
    return machine.steps.total()


def test_ten_thousand_steps_break_no_rule(machine, record_property):
    import time

    t = time.process_time()
    asked = run(machine, 60)
    print(time.process_time() - t, machine.steps)
    record_property("figures", {"The lifecycle in any order": {"steps": asked}})
