"""Asks cell after cell on copies of a state's database, and watches that nothing is written unasked."""

import re
import shutil
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core import clock
from app.core.db import db
from app.identity import sessions
from app.web import headers
from tests.matrix.requests import BODIES, arguments_of, unknown
from tests.matrix.states import NOW, tell
from tests.matrix.table import SAFE, SIGN_IN, Cell

TOKEN = re.compile(r'(?<=X-CSRFToken": ")[^"]+|(?<=name="csrf_token" value=")[^"]+')
OPEN_STAGES = re.compile(r"Open to you: (\d+) of \d+ stages?\.")


@dataclass(frozen=True)
class Scene:
    """A state: its database as a file, and whatever a request in it needs."""

    template: Path
    tokens: Mapping[str, str]  # Of the session of each person, by name.
    arguments: Mapping[str, Mapping[str, Any]]  # By endpoint.
    bodies: Mapping[tuple[str, str], Mapping[str, Any]]  # By endpoint and verb.


@dataclass(frozen=True)
class Answer:
    """What came back, and whether anything was written meanwhile."""

    said: str  # As the table says it.
    text: str
    headers: Mapping[str, str]
    has_written: bool

    @property
    def unsafe(self) -> list[str]:
        """Which of the security headers are not there."""
        return [name for name in headers.ALWAYS if name not in self.headers]

    @property
    def words(self) -> str:
        """The text but for the request's number and the form's token, which no two answers share."""
        return TOKEN.sub("", self.text.replace(self.headers["X-Request-ID"], ""))


def addresses(app: Flask) -> set[tuple[str, str]]:
    """Every endpoint with every method it answers of its own."""
    return {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }


def argument_names(app: Flask) -> dict[str, set[str]]:
    """The arguments of each endpoint's address."""
    return {rule.endpoint: set(rule.arguments) for rule in app.url_map.iter_rules()}


class Desk:
    """Where requests are made: one database file, on which a copy of any state can be laid."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        with app.app_context():
            self._engine = db.engine
        self._file = Path(str(self._engine.url.database))
        self._browser = FlaskClient(app, TestResponse, use_cookies=False)
        self._addresses = app.url_map.bind("localhost")
        self._watcher: sqlite3.Connection | None = None
        self._seen = 0
        self._laid: Path | None = None

    def make(self, state: str, empty: Path) -> Scene:
        """Make a state on a copy of a database in which nothing is yet, and keep it as a template."""
        template = self._file.with_name(f"{state}.sqlite3")
        shutil.copy(empty, self._file)
        with self.app.app_context():
            story = tell(state)
            with clock.at(NOW):
                tokens = {name: sessions.begin(person.id) for name, person in story.people.items()}
                db.session.commit()
            needed = argument_names(self.app)
            scene = Scene(
                template,
                tokens,
                {name: arguments_of(name, arguments, story) for name, arguments in needed.items()},
                {key: body(story) | {"do": key[1]} for key, body in BODIES.items()},
            )
            db.session.remove()
        self._engine.dispose()
        shutil.move(self._file, template)
        return scene

    def lay(self, scene: Scene) -> None:
        """Go on with a fresh copy of a state, unless the one that is there is still as it was."""
        if self._laid == scene.template:
            return
        self.clear()
        shutil.copy(scene.template, self._file)
        self._watcher = sqlite3.connect(self._file)
        self._seen, self._laid = self._version(), scene.template

    def clear(self) -> None:
        """Let go of the database and remove it."""
        if self._watcher is not None:
            self._watcher.close()
        self._engine.dispose()
        for path in self._file.parent.glob(f"{self._file.name}*"):
            path.unlink()
        self._laid = None

    def _version(self) -> int:
        """A number that changes whenever another connection commits a change."""
        assert self._watcher is not None
        found: int = self._watcher.execute("PRAGMA data_version").fetchone()[0]
        return found

    def ask(self, scene: Scene, cell: Cell, *, of_nothing: bool = False) -> Answer:
        """Send a cell's request; `of_nothing` sends it to an address that leads nowhere."""
        self.lay(scene)
        arguments = scene.arguments[cell.endpoint]
        token = scene.tokens.get(cell.person)
        with clock.at(NOW):
            try:
                response = self._browser.open(
                    self._addresses.build(cell.endpoint, unknown(arguments) if of_nothing else arguments),
                    method=cell.method,
                    data=None if cell.method in SAFE else scene.bodies[cell.endpoint, cell.verb],
                    headers={"Cookie": f"evenhand={token}"} if token else {},
                )
            except Exception as error:
                said, text, found = f"500 {error!r}", "", dict(headers.ALWAYS)
            else:
                text = response.get_data().decode(errors="replace")  # Some answers are documents.
                found = dict(response.headers)
                said = _said(cell, response.status_code, found.get("Location", ""), text)
                response.close()
        written = self._version() != self._seen
        if written:
            self._laid = None
        return Answer(said, text, found, written)


def _said(cell: Cell, status: int, location: str, text: str) -> str:
    if status == 303 and location.startswith("/sign-in?next="):
        return SIGN_IN
    if cell.endpoint == "debrief.page" and status == 200:
        found = OPEN_STAGES.search(re.sub(r"\s+", " ", text))
        number = int(found.group(1)) if found else "all"
        return f"200 {number or 'none'} open"
    return str(status)
