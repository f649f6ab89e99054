"""Interviewers, a server and a database's server, on either engine, and what is to be killed."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.infrastructure import postgres
from tests.promises.autosaves import Found, kills_of, under_fire
from tests.promises.site import seats, served
from tests.world import World

WRITERS = 4


def no_crash() -> None:
    """What SQLite does when its server is to crash."""
    raise AssertionError("SQLite has no server that could crash.")


def on_sqlite(world: World, folder: Path, kinds: Sequence[str], *, least: int, **how: Any) -> Found:
    """Kill workers and masters while everybody saves."""
    with world.fresh():
        sitting = seats(WRITERS, candidates=1 + least // 2_000)
        with served(world.url, folder, **how) as server:
            return under_fire(server, world.url, sitting, kills_of(server, kinds, no_crash), least=least)


def on_postgresql(
    server: postgres.Server, world: World, folder: Path, kinds: Sequence[str], *, least: int, **how: Any
) -> Found:
    """Kill the database's server, too."""
    with world.fresh():
        sitting = seats(WRITERS, candidates=1 + least // 2_000)
        with served(world.url, folder, **how) as running:
            kills = kills_of(running, kinds, server.crash)
            return under_fire(running, world.url, sitting, kills, least=least)
