"""P4: whatever dies, a saving that was acknowledged is kept, once."""

from collections.abc import Iterator

import pytest

from tests.infrastructure import postgres
from tests.promises.killing import on_postgresql, on_sqlite
from tests.promises.site import DEVELOPMENT
from tests.world import World

LEAST = 200
ON_SQLITE = ("worker", "master", "worker")
ON_POSTGRESQL = ("database", "worker", "database", "master")
ONE_WORKER = ("--workers", "1", "--threads", "4")  # starts in half the time


@pytest.fixture(scope="module")
def durable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[postgres.Server, World]]:
    """A PostgreSQL as in production, and an application over it."""
    with postgres.server(postgres.DURABLE) as server:
        yield server, World(tmp_path_factory.mktemp("durable"), server)


def test_on_sqlite_nothing_is_lost_and_nothing_is_kept_twice(worlds, tmp_path, record_property):
    found = on_sqlite(worlds("sqlite"), tmp_path, ON_SQLITE, least=LEAST, options=ONE_WORKER)

    record_property("figures", {"Killed while saving, SQLite": found.figures})
    assert (found.lost, found.duplicated, found.outcomes["stale"]) == (0, 0, 0), found


def test_on_postgresql_nothing_is_lost_and_nothing_is_kept_twice(durable, tmp_path, record_property):
    found = on_postgresql(*durable, tmp_path, ON_POSTGRESQL, least=LEAST, options=ONE_WORKER)

    record_property("figures", {"Killed while saving, PostgreSQL": found.figures})
    assert (found.lost, found.duplicated, found.outcomes["stale"]) == (0, 0, 0), found


def test_a_server_that_answers_before_it_commits_is_found_out(worlds, tmp_path):
    defect = "tests.promises.defects:answers_before_it_commits()"
    found = on_sqlite(
        worlds("sqlite"), tmp_path, ["master"], least=60, application=defect, options=ONE_WORKER
    )

    assert found.lost > 0


def test_a_database_that_commits_asynchronously_is_found_out(tmp_path):
    with postgres.server(["--fsync=on", "--synchronous_commit=off"]) as server:
        world = World(tmp_path, server)
        found = on_postgresql(
            server, world, tmp_path, ["database"], least=60, mode=DEVELOPMENT, options=ONE_WORKER
        )

    assert found.lost > 0
