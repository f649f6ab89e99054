"""Two databases that differ only in what must be hidden from a viewer, and the same requests in both.

Whatever differs between the answers is a leak: a status, a header, a byte, or the queries it took.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urljoin
from uuid import uuid4

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from app import create_app
from app.core import cache, clock
from app.core.config import Settings
from app.core.db import db
from app.disclosures import kept
from app.identity.models import Person
from app.scoring.models import Interview
from tests.blindness.cast import NOW, base
from tests.blindness.happenings import Happens, Pair, aftermath
from tests.client import Client, count_queries
from tests.factories.scoring import NOON

# What legitimately differs between two answers to the same request, and nothing else.
NOISE = (
    (
        re.compile(rb'(name="csrf_token" value="|X-CSRFToken&#34;: &#34;|X-CSRFToken": "|"token":")[^"&]+'),
        rb"\1",
    ),
    (re.compile(rb"Number of this request: [0-9a-f]{12}"), b""),
    (re.compile(rb'(name="(?:client|key)"(?: type="hidden")? value=")[^"]+'), rb"\1"),
)
NOISY_HEADERS = {"X-Request-ID", "Set-Cookie", "Content-Length", "Date", "Expires"}
AS_FRAGMENT = {"HX-Request": "true"}
LINK = re.compile(r'(?:href|hx-get)="([/?][^"#]*)')

Send = Callable[[Client], TestResponse]


@dataclass(frozen=True)
class Answer:
    """One answer without its noise."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    queries: int
    is_page: bool

    @property
    def has_fragment(self) -> bool:
        """Whether the answer says that it depends on who asks, htmx or a browser."""
        return any(name == "Vary" and "HX-Request" in value for name, value in self.headers)

    @property
    def links(self) -> list[str]:
        """What the page links to in this application."""
        return LINK.findall(self.body.decode(errors="replace")) if self.is_page else []


def _answer(response: TestResponse, sent: list[str]) -> Answer:
    body = response.get_data()
    for pattern, left in NOISE:
        body = pattern.sub(left, body)
    headers = tuple(sorted((k, v) for k, v in response.headers if k not in NOISY_HEADERS))
    return Answer(response.status_code, headers, body, len(sent), response.mimetype == "text/html")


def _told(name: str, one: Answer, other: Answer) -> str:
    """What a request's two answers differ in, for whoever mends it."""
    parts = [part for part in ("status", "headers", "queries") if getattr(one, part) != getattr(other, part)]
    said = [f"{part} {getattr(one, part)} or {getattr(other, part)}" for part in parts]
    lines = zip(one.body.splitlines(), other.body.splitlines(), strict=False)
    first = next((pair for pair in lines if pair[0] != pair[1]), None)
    return f"{name}: {'; '.join(said)} {first or ''}"


@dataclass
class Compared:
    """What came of one pair: the requests whose answers differ, how many were made, what was opened."""

    different: list[str]
    requests: int
    opened: set[str]  # Endpoints that answered with what was asked for.


class TwoWorlds:
    """Builds each world once as a file, and asks both for the same things, one request after the other."""

    def __init__(self, app: Flask, file: Path, folder: Path) -> None:
        second = create_app(Settings(mode="test", database_url=f"sqlite:///{folder / 'second.sqlite3'}"))
        second.config["WTF_CSRF_ENABLED"] = False
        second.test_client_class = Client
        self.apps, self._files, self._folder = (app, second), (file, folder / "second.sqlite3"), folder
        with clock.at(NOON - timedelta(days=10)):
            self.cast = base()
        self._base = self._keep()
        self._made: dict[Happens, Path] = {}
        self._compared: dict[str, Compared] = {}

    def _keep(self) -> Path:
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
        return Path(shutil.copy(self._files[0], self._folder / f"{uuid4().hex}.sqlite3"))

    def _lay(self, number: int, world: Path) -> None:
        """Put this world under one of the two applications."""
        with self.apps[number].app_context():
            db.engine.dispose()
        kept.forget()
        cache.forget()
        file = self._files[number]
        for path in file.parent.glob(f"{file.name}*"):
            path.unlink()
        shutil.copy(world, file)

    def world(self, happens: Happens) -> Path:
        """The file of the world in which this has happened."""
        if happens not in self._made:
            db.session.remove()
            self._lay(0, self._base)
            with clock.at(NOW - timedelta(minutes=30)):
                interviews = tuple(db.session.get_one(Interview, one.id) for one in self.cast.interviews)
                happens(replace(self.cast, interviews=interviews))
                aftermath(self.cast)
            self._made[happens] = self._keep()
        return self._made[happens]

    def compared(self, pair: Pair, *, everything: bool = True, heads: bool = False) -> Compared:
        """What came of a pair; asked once only."""
        if pair.name not in self._compared:
            found = self._compared[pair.name] = Compared([], 0, set())
            for name, one, other in self.answers(pair, everything=everything, heads=heads):
                found.requests += 1
                if one != other:
                    found.different.append(_told(name, one, other))
                elif name.startswith("GET ") and one.status < 400:
                    found.opened.add(self._endpoint(name.removeprefix("GET ")))
        return self._compared[pair.name]

    def _endpoint(self, path: str) -> str:
        adapter = self.apps[0].url_map.bind("")
        try:
            endpoint, _ = adapter.match(path.partition("?")[0])
        except HTTPException:
            return path
        return str(endpoint)

    def answers(
        self, pair: Pair, *, everything: bool = True, heads: bool = False
    ) -> Iterator[tuple[str, Answer, Answer]]:
        """Request by request, what each world answers: every address and refused act, and with everything
        also all that the pages link to, and the fragments they have; with heads also every page by HEAD and
        as if a fragment of it were asked for.
        """
        made = self.world(pair.one), self.world(pair.other)
        db.session.remove()
        for number, world in enumerate(made):
            self._lay(number, world)
        with clock.at(NOW):
            browsers = [self._signed_in(app, pair.viewer) for app in self.apps]
            waiting, known = self.cast.addresses(self.apps[0]), set[str]()
            while waiting:
                path = waiting.pop(0)
                if path in known or path.startswith("/static/"):
                    continue
                known.add(path)
                one, other = self._ask(browsers, lambda browser, path=path: browser.get(path))
                yield f"GET {path}", one, other
                if everything and one.is_page:
                    waiting += [urljoin(path, link) for link in one.links + other.links]
                    if heads:
                        yield f"HEAD {path}", *self._ask(browsers, lambda b, path=path: b.head(path))
                    if heads or one.has_fragment or other.has_fragment:
                        yield (
                            f"HX {path}",
                            *self._ask(browsers, lambda b, path=path: b.get(path, headers=AS_FRAGMENT)),
                        )
            for number, (path, data) in enumerate(self.cast.posts):
                yield (
                    f"POST {number} {path}",
                    *self._ask(browsers, lambda b, path=path, data=data: b.post(path, data=data)),
                )

    @staticmethod
    def _signed_in(app: Flask, viewer: Callable[[], Person]) -> Client:
        with app.app_context():
            browser = app.test_client()
            assert isinstance(browser, Client)
            return browser.as_(viewer())

    @staticmethod
    def _ask(browsers: list[Client], send: Send) -> tuple[Answer, Answer]:
        one, other = (_asked(browser, send) for browser in browsers)
        return one, other


def _asked(browser: Client, send: Send) -> Answer:
    with browser.application.app_context(), count_queries() as sent:
        return _answer(send(browser), sent)
