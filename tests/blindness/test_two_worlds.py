"""Nobody learns from any answer what the blind rule hides from them, whatever their role."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.blindness import leaks
from tests.blindness.cast import NOT_ASKED
from tests.blindness.happenings import PAIRS, Pair
from tests.blindness.worlds import TwoWorlds


@pytest.fixture(scope="module")
def two(worlds: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwoWorlds]:
    """Both worlds on SQLite; the same queries run on PostgreSQL."""
    world = worlds("sqlite")
    with world.fresh() as app:
        yield TwoWorlds(app, world.file, tmp_path_factory.mktemp("worlds"))


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_both_worlds_answer_alike(
    two: TwoWorlds, pair: Pair, record_property: Callable[[str, object], None]
) -> None:
    found = two.compared(pair)
    figures = {"answers compared": found.requests, "that differ": len(found.different)}
    record_property("figures", {"Two worlds": figures})
    assert found.requests > 60
    assert found.different == []


@pytest.mark.timeout(300)
def test_every_page_there_is_was_opened_in_both_worlds_by_somebody(
    two: TwoWorlds, record_property: Callable[[str, object], None]
) -> None:
    opened = set().union(*(two.compared(pair).opened for pair in PAIRS))
    there = {rule.endpoint for rule in two.apps[0].url_map.iter_rules() if "GET" in (rule.methods or ())}
    record_property("figures", {"Two worlds": {"pages there are": len(there - set(NOT_ASKED))}})

    assert not there - opened - set(NOT_ASKED), "Let somebody in tests/blindness/cast.py open these."


@pytest.mark.parametrize("leak", leaks.ALL, ids=lambda leak: leak.name)
def test_a_seeded_leak_is_found(
    two: TwoWorlds,
    leak: leaks.Leak,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    leak.seed(monkeypatch, two.apps)
    for pair in PAIRS:
        if pair.name in leak.seen_by:
            answers = two.answers(pair, everything=leak.everything)
            if any(one != other for _, one, other in answers):
                record_property("figures", {"Leaks seeded in two worlds": {"found": 1, "seeded": 1}})
                return
    pytest.fail("No answer differs: this channel is not looked at.")
