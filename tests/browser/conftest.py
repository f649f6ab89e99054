"""The browser of the tests, the site it looks at, and the desks of the people who use it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext

from app.identity.models import Person
from tests.browser import far as fars
from tests.browser import site as sites
from tests.browser.desk import Desk
from tests.browser.far import Far
from tests.browser.site import Site
from tests.factories import people
from tests.infrastructure import chromium


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    """pytest-playwright's own arguments (headed, slow motion) and where our browser is."""
    return {**browser_type_launch_args, **chromium.launch_args()}


@pytest.fixture
def site(request: pytest.FixtureRequest, worlds: Any) -> Iterator[Site]:
    """The site over a fresh database, of the engine that the test names, or SQLite."""
    with (
        worlds(getattr(request, "param", "sqlite")).fresh() as app,
        sites.site(app.config["SQLALCHEMY_DATABASE_URI"]) as found,
    ):
        yield found


@pytest.fixture
def desk(site: Site, new_context: Callable[..., BrowserContext]) -> Iterator[Callable[..., Desk]]:
    """A browser of its own for each person; afterwards none may have complained about what it was sent."""
    desks: list[Desk] = []

    def sit(person: Person | None = None, **options: Any) -> Desk:
        context = new_context(base_url=site.address, **options)
        context.set_default_timeout(10_000)
        if person is not None:
            context.add_cookies([{"name": "evenhand", "value": site.ticket(person), "url": site.address}])
        desks.append(Desk(context.new_page()))
        return desks[-1]

    yield sit
    assert [complaint for one in desks for complaint in one.complaints] == []


@pytest.fixture
def far(worlds: Any, tmp_path: Path) -> Iterator[Far]:
    """The site as a process of its own, over a fresh SQLite database; Iris and Ivo have passwords."""
    with worlds("sqlite").fresh() as app:
        Site("").welcome(people.iris(), people.ivo())
        with fars.far(app.config["SQLALCHEMY_DATABASE_URI"], tmp_path) as site:
            yield site


@pytest.fixture
def far_iris(far: Far, new_context: Callable[..., BrowserContext]) -> Desk:
    """Iris, signed in there."""
    context = new_context(base_url=far.address)
    ticket = Site(far.address).ticket(people.iris())
    context.add_cookies([{"name": "evenhand", "value": ticket, "url": far.address}])
    return Desk(context.new_page())
