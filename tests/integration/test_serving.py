"""A process begins to serve when its database answers, and not before."""

from collections.abc import Iterator
from threading import Timer

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from app import create_app, serving
from app.core.config import Settings
from app.core.db import db
from tests.infrastructure import postgres


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[postgres.Server]:
    """A PostgreSQL of its own, to be stopped; the log stays as the tests have it."""
    monkeypatch.setattr(serving.logs, "configure", lambda **_: None)
    with postgres.server() as found:
        yield found


@pytest.fixture
def app(server: postgres.Server) -> Iterator[Flask]:
    """The application over it."""
    found = create_app(Settings(mode="test", database_url=server.url()))
    yield found
    with found.app_context():
        db.engine.dispose()


def test_a_process_that_begins_while_postgresql_is_away_waits_for_it(
    server: postgres.Server, app: Flask
) -> None:
    server.program.kill()
    back = Timer(1, server.program.start_again)
    back.start()

    serving.check(app)

    back.join()


def test_a_process_gives_up_when_postgresql_stays_away(
    server: postgres.Server, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "PATIENCE", 0.5)
    server.program.kill()

    with pytest.raises(OperationalError):
        serving.check(app)
