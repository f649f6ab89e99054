"""The PostgreSQL of the tests is real, takes copies of a database, and leaves nothing behind."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.infrastructure import postgres

KILLED_WHILE_IT_HAS_A_SERVER = """
import os, signal
from tests.infrastructure import postgres
with postgres.server() as server:
    print(server.folder, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(scope="module")
def server():
    with postgres.server() as server:
        yield server


def test_a_copy_has_what_its_template_had_and_goes_its_own_way(server):
    template = create_engine(server.create_database("template"))
    with template.begin() as connection:
        connection.execute(text("CREATE TABLE person AS SELECT 'Hana' AS name"))
    template.dispose()

    copy = create_engine(server.create_database("copy", template="template"))
    with copy.begin() as connection:
        names = connection.scalars(text("DELETE FROM person RETURNING name")).all()
    copy.dispose()

    assert names == ["Hana"]
    with template.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM person")) == 1
    template.dispose()


def test_a_database_can_be_dropped_while_somebody_is_connected(server):
    engine = create_engine(server.create_database("short_lived"))
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        server.drop_database("short_lived")
        connection.invalidate()
    engine.dispose()

    with server.connect() as connection:
        names = {name for (name,) in connection.execute("SELECT datname FROM pg_database")}
    assert "short_lived" not in names


def test_nothing_is_left_of_a_server_whose_tests_were_killed(pytestconfig):
    killed = subprocess.run(
        [sys.executable, "-c", KILLED_WHILE_IT_HAS_A_SERVER],
        cwd=pytestconfig.rootpath,
        capture_output=True,
        text=True,
        check=False,
    )
    folder = Path(killed.stdout.strip())

    assert folder.is_absolute(), killed.stderr
    while folder.exists():
        time.sleep(0.02)  # the limit of time for any test ends this if the folder stays
