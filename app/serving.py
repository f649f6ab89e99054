"""What must be true before this process serves anybody."""

import time

from flask import Flask
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError

from app.core import db as database
from app.core.config import ConfigError, Settings
from app.core.db import db, reading
from app.web import logs

PATIENCE = 15  # Seconds; gunicorn gives up a worker that has not begun after thirty.


def check(app: Flask) -> None:
    """Refuse to serve production on a database that could lose saved work; say so in the log otherwise."""
    settings: Settings = app.extensions["settings"]
    logs.configure(human=settings.mode == "development")
    with app.app_context(), reading(), _connect() as connection:
        problems = database.check_engine(connection)
    if problems and settings.is_production:
        raise ConfigError(" ".join(problems))


def _connect() -> Connection:
    """A connection; a PostgreSQL that is being started again is waited for.

    Otherwise a process that begins just then would give up, and gunicorn stop every other one for it.
    """
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return db.engine.connect()
        except OperationalError:
            if db.engine.dialect.name == "sqlite" or time.monotonic() > until:
                raise
            time.sleep(0.2)
