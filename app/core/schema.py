"""The migrations of an application's database; what only serves pages never loads Alembic."""

from pathlib import Path

from flask import Flask

from app.core.db import db

MIGRATIONS = Path(__file__).parents[2] / "migrations"


def migratable(app: Flask) -> Flask:
    """The same application, for commands and whatever makes a database by its migrations."""
    from flask_migrate import Migrate

    Migrate(app, db, directory=str(MIGRATIONS), render_as_batch=True)
    return app
