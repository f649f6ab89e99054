"""In whatever order interviews are scheduled, scored, waived, replaced and decided, the rules hold."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.promises import broken_rules
from tests.promises.lifecycle import Lifecycle, run
from tests.promises.model import cast

STEPS = 10_000


@pytest.fixture(scope="module")
def _candidate(worlds: Any) -> Iterator[None]:
    """A candidate in a database of their own; on SQLite alone, for the queries are the same on both."""
    with worlds("sqlite").fresh():
        Lifecycle.cast = cast()
        yield


@pytest.mark.timeout(600)
@pytest.mark.usefixtures("_candidate")
def test_no_step_in_any_order_breaks_a_rule(record_property):
    steps = run(STEPS)

    record_property("figures", {"The lifecycle in any order": {"steps": steps.total()}})
    assert steps.total() >= STEPS
    assert min(steps.values()) > STEPS / 500, steps


@pytest.mark.usefixtures("_candidate")
@pytest.mark.parametrize("name", broken_rules.ALL)
def test_a_broken_rule_is_found(name, monkeypatch, record_property):
    broken_rules.ALL[name](monkeypatch)

    with pytest.raises(Exception, match="Failing test case"):
        run(STEPS)

    record_property("figures", {"Rules of the lifecycle broken": {"found": 1, "seeded": 1}})
