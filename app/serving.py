"""What must be true before this process serves anybody."""

from flask import Flask

from app.core import db as database
from app.core.config import ConfigError, Settings
from app.core.db import db, reading
from app.web import logs


def check(app: Flask) -> None:
    """Refuse to serve production on a database that could lose saved work; say so in the log otherwise."""
    settings: Settings = app.extensions["settings"]
    logs.configure(human=settings.mode == "development")
    with app.app_context(), reading(), db.engine.connect() as connection:
        problems = database.check_engine(connection)
    if problems and settings.is_production:
        raise ConfigError(" ".join(problems))
