"""Nobody learns from any answer what the blind rule hides from them, whatever their role."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.blindness import leaks
from tests.blindness.worlds import PAIRS, Pair, TwoWorlds


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
    different, compared = two.differences(pair)
    record_property("figures", {"Two worlds": {"answers compared": compared, "that differ": len(different)}})
    assert compared > 60
    assert different == []


@pytest.mark.parametrize("leak", leaks.ALL, ids=lambda leak: leak.name)
def test_a_seeded_leak_is_found(
    two: TwoWorlds,
    leak: leaks.Leak,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    leak.seed(monkeypatch, two.app)
    for pair in PAIRS:
        if pair.name in leak.seen_by:
            different, _ = two.differences(pair, everything=leak.everything)
            if different:
                record_property("figures", {"Leaks seeded in two worlds": {"found": 1, "seeded": 1}})
                return
    pytest.fail("No answer differs: this channel is not looked at.")
