"""Nobody who interviews learns what a candidate asks, and nobody but recruiters what a candidate needs."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from app import policy
from app.audit import queries as audit
from app.candidates import queries as candidates
from app.outbox import queries as outbox
from app.policy import Act
from app.policy.rules import manages_job, recruits_for_job
from tests.blindness.happenings import Pair
from tests.blindness.outside import PAIRS
from tests.blindness.worlds import TwoWorlds


@pytest.fixture(scope="module")
def two(worlds: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwoWorlds]:
    """Both worlds, without the pages of links: whoever has the candidate's link reads what they asked."""
    world = worlds("sqlite")
    with world.fresh() as app:
        found = TwoWorlds(app, world.file, tmp_path_factory.mktemp("outside"))
        found.cast = replace(found.cast, things={**found.cast.things, "token": []})
        yield found


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_both_worlds_answer_alike(
    two: TwoWorlds, pair: Pair, record_property: Callable[[str, object], None]
) -> None:
    found = two.compared(pair)
    figures = {"answers compared": found.requests, "that differ": len(found.different)}
    record_property("figures", {"Two worlds, in one of which a candidate asks": figures})
    assert found.requests > 60
    assert found.different == []


def differs(two: TwoWorlds, person: str) -> bool:
    pairs = [pair for pair in PAIRS if pair.name.startswith(person)]
    return any(one != other for pair in pairs for _, one, other in two.answers(pair, everything=False))


def test_an_audit_log_that_lists_what_is_asked_is_found(
    two: TwoWorlds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "jobs_without_asking", lambda _actor: [])
    assert differs(two, "Amir")


def test_a_list_of_letters_that_counts_them_is_found(two: TwoWorlds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "closed_to", lambda _actor: frozenset())
    assert differs(two, "Amir")


def test_a_page_that_shows_a_manager_the_request_is_found(
    two: TwoWorlds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        candidates, "requests_of", lambda _actor, application: candidates.requests_by(application)
    )
    assert differs(two, "Hugo")


def test_a_policy_that_lets_managers_know_who_asks_is_found(
    two: TwoWorlds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(policy.POLICY, Act.SEE_WHO_ASKED, [[recruits_for_job], [manages_job]])
    assert differs(two, "Hugo")
