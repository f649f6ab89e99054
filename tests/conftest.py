"""What every test can ask for: the application on either engine, a client, and the people of the stories."""

import contextlib
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade

from app import create_app
from app.core.config import Settings
from app.core.db import db
from app.identity.models import Person
from app.packs import services as packs
from tests.client import Client
from tests.factories import people
from tests.infrastructure import postgres

ENGINES = ("sqlite", "postgresql")


class World:
    """One application on one engine; every test finds its database migrated and with the packs imported."""

    def __init__(self, folder: Path, server: postgres.Server | None) -> None:
        self._server = server
        self.file, self._template = folder / "work.sqlite3", folder / "template.sqlite3"
        url = server.create_database("work") if server else f"sqlite:///{self.file}"
        self.app = create_app(Settings(mode="test", database_url=url))
        self.app.config["WTF_CSRF_ENABLED"] = False
        self.app.test_client_class = Client
        with self.app.app_context():
            upgrade()
            packs.import_shipped()
            people.employer()
            db.session.commit()
            self._let_go()
        if server:
            server.create_database("template_work", template="work")
        else:
            self.file.rename(self._template)

    def _let_go(self) -> None:
        db.session.remove()
        db.engine.dispose()

    @contextlib.contextmanager
    def fresh(self) -> Iterator[Flask]:
        """The application over a fresh copy of the template, inside an application context."""
        with self.app.app_context():
            if self._server:
                with contextlib.suppress(Exception):
                    self._server.drop_database("work")
                self._server.create_database("work", template="template_work")
            else:
                for path in self.file.parent.glob("work.sqlite3*"):
                    path.unlink()
                shutil.copy(self._template, self.file)
            try:
                yield self.app
            finally:
                self._let_go()


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """A PostgreSQL of this test process."""
    with postgres.server() as running:
        yield running


@pytest.fixture(scope="session")
def worlds(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Any:
    """The world of an engine, made when first asked for."""
    made: dict[str, World] = {}

    def world(engine: str) -> World:
        if engine not in made:
            running = request.getfixturevalue("server") if engine == "postgresql" else None
            made[engine] = World(tmp_path_factory.mktemp(engine), running)
        return made[engine]

    return world


@pytest.fixture(params=ENGINES)
def app(request: pytest.FixtureRequest, worlds: Any) -> Iterator[Flask]:
    """The application on SQLite, and again on PostgreSQL."""
    with worlds(request.param).fresh() as application:
        yield application


@pytest.fixture
def client(app: Flask) -> Client:
    """A browser that is not signed in; `client.as_(person)` is one that is."""
    found = app.test_client()
    assert isinstance(found, Client)
    return found


@pytest.fixture
def ada(app: Flask) -> Person:
    """The administrator."""
    return people.ada()


@pytest.fixture
def hana(app: Flask) -> Person:
    """A hiring manager."""
    return people.hana()


@pytest.fixture
def rina(app: Flask) -> Person:
    """A recruiter."""
    return people.rina()


@pytest.fixture
def iris(app: Flask) -> Person:
    """An interviewer."""
    return people.iris()


@pytest.fixture
def ivo(app: Flask) -> Person:
    """Another interviewer."""
    return people.ivo()


@pytest.fixture
def remi(app: Flask) -> Person:
    """A records lead."""
    return people.remi()


@pytest.fixture
def olga(app: Flask) -> Person:
    """A hiring manager of another team."""
    return people.olga()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures that tests recorded, added up over the tests that share a title."""
    totals: dict[str, Counter[str]] = {}
    for report in [*terminalreporter.stats.get("passed", []), *terminalreporter.stats.get("failed", [])]:
        for title, figures in [
            pair for name, given in report.user_properties if name == "figures" for pair in given.items()
        ]:
            totals.setdefault(title, Counter()).update(figures)
    for title, figures in totals.items():
        said = ", ".join(f"{figure:,g} {name}" for name, figure in figures.items())
        terminalreporter.write_line(f"{title}: {said}")
