"""P4: whatever dies, a saving that was acknowledged is kept, once."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.infrastructure import postgres
from tests.promises.autosaves import Found, kills_of, under_fire
from tests.promises.site import DEVELOPMENT, seats, served
from tests.world import World

LEAST = 200
ON_SQLITE = ("worker", "master", "worker")
ON_POSTGRESQL = ("database", "worker", "database", "master")
ONE_WORKER = ("--workers", "1", "--threads", "4")  # starts in half the time


def no_crash() -> None:
    raise AssertionError("SQLite has no server that could crash.")


@pytest.fixture(scope="module")
def durable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[postgres.Server, World]]:
    """A PostgreSQL as in production, and an application over it."""
    with postgres.server(postgres.DURABLE) as server:
        yield server, World(tmp_path_factory.mktemp("durable"), server)


def on_sqlite(worlds: Any, folder: Path, kinds: tuple[str, ...], least: int = LEAST, **how: Any) -> Found:
    world = worlds("sqlite")
    with world.fresh():
        sitting = seats(4)
        with served(world.url, folder, **how) as server:
            return under_fire(server, world.url, sitting, kills_of(server, kinds, no_crash), least=least)


def on_postgresql(
    server: postgres.Server,
    world: World,
    folder: Path,
    kinds: tuple[str, ...],
    least: int = LEAST,
    **how: Any,
) -> Found:
    with world.fresh():
        sitting = seats(4)
        with served(world.url, folder, **how) as running:
            kills = kills_of(running, kinds, server.crash)
            return under_fire(running, world.url, sitting, kills, least=least)


def test_on_sqlite_nothing_is_lost_and_nothing_is_kept_twice(worlds, tmp_path, record_property):
    found = on_sqlite(worlds, tmp_path, ON_SQLITE, options=ONE_WORKER)

    record_property("figures", {"Killed while saving, SQLite": found.figures})
    assert (found.lost, found.duplicated, found.outcomes["stale"]) == (0, 0, 0), found


def test_on_postgresql_nothing_is_lost_and_nothing_is_kept_twice(durable, tmp_path, record_property):
    found = on_postgresql(*durable, tmp_path, ON_POSTGRESQL, options=ONE_WORKER)

    record_property("figures", {"Killed while saving, PostgreSQL": found.figures})
    assert (found.lost, found.duplicated, found.outcomes["stale"]) == (0, 0, 0), found


def test_a_server_that_answers_before_it_commits_is_found_out(worlds, tmp_path):
    defect = "tests.promises.defects:answers_before_it_commits()"
    found = on_sqlite(worlds, tmp_path, ("master",), 60, application=defect, options=ONE_WORKER)

    assert found.lost > 0


def test_a_database_that_commits_asynchronously_is_found_out(tmp_path):
    with postgres.server(["--fsync=on", "--synchronous_commit=off"]) as server:
        world = World(tmp_path, server)
        found = on_postgresql(
            server, world, tmp_path, ("database",), 60, mode=DEVELOPMENT, options=ONE_WORKER
        )

    assert found.lost > 0
