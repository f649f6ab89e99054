"""One application on one engine, over a database that every test finds as new."""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade

from app import create_app
from app.core import cache
from app.core.config import Settings
from app.core.db import db
from app.core.schema import migratable
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
        self.app = migratable(create_app(Settings(mode="test", database_url=url)))
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
        cache.forget()

    @property
    def url(self) -> str:
        """Where the database is, for a server of its own."""
        settings: Settings = self.app.extensions["settings"]
        return settings.database_url

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
