"""Nobody learns from any answer what the blind rule hides from them, whatever their role."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import pytest

from app.outbox import services as outbox
from tests.blindness import leaks
from tests.blindness.cast import NOT_ASKED, Cast
from tests.blindness.happenings import PAIRS, Pair, colleagues_handed_in, nothing
from tests.blindness.worlds import Compared, TwoWorlds

FOLLOWED = 4  # In so many pairs, drawn, what pages link to is asked for, too; in the soak in each.


@pytest.fixture(scope="module")
def two(worlds: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwoWorlds]:
    """Both worlds on SQLite; the same queries run on PostgreSQL."""
    world = worlds("sqlite")
    with world.fresh() as app:
        yield TwoWorlds(app, world.file, tmp_path_factory.mktemp("worlds"))


@pytest.fixture
def compared(two: TwoWorlds, request: pytest.FixtureRequest) -> Callable[[Pair], Compared]:
    """What comes of a pair; of a few also when everything that its pages link to is asked for."""
    followed = Random(str(request.config.getoption("randomly_seed", 0))).sample(PAIRS, FOLLOWED)
    return lambda pair: two.compared(pair, everything=pair in followed)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_both_worlds_answer_alike(
    compared: Callable[[Pair], Compared], pair: Pair, record_property: Callable[[str, object], None]
) -> None:
    found = compared(pair)
    figures = {"answers compared": found.requests, "that differ": len(found.different)}
    record_property("figures", {"Two worlds": figures})
    assert found.requests > 60
    assert found.different == []


@pytest.mark.timeout(300)
def test_every_page_there_is_was_opened_in_both_worlds_by_somebody(
    two: TwoWorlds, compared: Callable[[Pair], Compared], record_property: Callable[[str, object], None]
) -> None:
    opened = set().union(*(compared(pair).opened for pair in PAIRS))
    there = {rule.endpoint for rule in two.apps[0].url_map.iter_rules() if "GET" in (rule.methods or ())}
    record_property("figures", {"Two worlds": {"pages there are": len(there - set(NOT_ASKED))}})

    assert not there - opened - set(NOT_ASKED), "Let somebody in tests/blindness/cast.py open these."


def letters_in(world: Path) -> list[tuple[object, ...]]:
    """Every letter of a world, but for the random number it goes out under."""
    with closing(sqlite3.connect(world)) as connection:
        kept = "SELECT id, kind, facts, key, state, due_at, tries, fault, ended_at FROM letter ORDER BY id"
        return connection.execute(kept).fetchall()


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_no_letter_tells_of_what_is_hidden(two: TwoWorlds, pair: Pair) -> None:
    one, other = (letters_in(two.world(happens)) for happens in (pair.one, pair.other))

    assert one
    assert one == other


def test_a_letter_about_a_scorecard_would_be_seen(two: TwoWorlds) -> None:
    def told(cast: Cast) -> None:
        colleagues_handed_in(cast)
        outbox.post("invitation", invitation=1)

    assert letters_in(two.world(told)) != letters_in(two.world(nothing))


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
