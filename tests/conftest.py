"""What every test can ask for: the application on either engine, a client, and the people of the stories."""

import shutil
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from app.identity.models import Person
from tests.client import Client
from tests.factories import people
from tests.infrastructure import postgres, scratch
from tests.world import ENGINES, World

# Files whose tests take long: they begin first, so that no process waits for the other at the end.
LONG = (
    "tests/browser/test_story",
    "tests/promises",
    "tests/structure/test_perm",
    "tests/blindness",
    "tests/browser",
)


# Tests in which the engine itself is what may differ: they run on both each time.
ON_BOTH = (
    "tests/integration/test_query_budget",
    "tests/integration/identity/test_sign_in",
    "tests/integration/loops/test_change_stages",
    "tests/integration/reports",
    "tests/integration/scoring/test_at_once",
    "tests/promises",
    "tests/soak",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the engines be chosen on which a test runs that could run on either."""
    parser.addoption(
        "--engines",
        choices=("one", "other", "both"),
        default="both",
        help="a test of the application runs on one of SQLite and PostgreSQL, which its name decides, on the "
        "other one, or on both (default: both)",
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the engines that are not wanted out, and put long files first.

    Among these, and among all others, the order stays a random one.
    """
    wanted = config.getoption("engines")
    left_out = [item for item in items if not is_wanted(item, wanted)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if is_wanted(item, wanted)]
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


def is_wanted(item: Any, wanted: str) -> bool:
    """Whether an item runs; those that have no twin on the other engine run with the ones, not the others."""
    if wanted == "both":
        return True
    engine = _engine_of(item)
    if engine is None or item.nodeid.startswith(ON_BOTH):
        return wanted == "one"
    name = item.nodeid.replace(engine, "")
    return (engine == ENGINES[zlib.crc32(name.encode()) % 2]) is (wanted == "one")


def _engine_of(item: Any) -> str | None:
    """The engine of the application that a test asks for."""
    found = getattr(item, "callspec", None)
    return found.params.get("app") if found else None


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """A PostgreSQL of this test process."""
    with postgres.server() as running:
        yield running


@pytest.fixture(scope="session")
def worlds(request: pytest.FixtureRequest) -> Iterator[Any]:
    """The world of an engine, made when first asked for."""
    made: dict[str, World] = {}
    folder = scratch.new_folder("worlds")

    def world(engine: str) -> World:
        if engine not in made:
            running = request.getfixturevalue("server") if engine == "postgresql" else None
            (folder / engine).mkdir()
            made[engine] = World(folder / engine, running)
        return made[engine]

    yield world
    shutil.rmtree(folder)


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
