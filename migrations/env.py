"""Runs revisions on the application's own engine, then lays the triggers of the tables that only grow.

SQLite rebuilds a table to change it, and with foreign keys on that deletes every child row in silence. So
there they are off while revisions run, and each run ends with a check that no row points nowhere.
"""

import sqlalchemy as sa
from alembic import context
from flask import current_app

from app.core import history
from app.core.db import Base


def run(connection: sa.Connection) -> None:
    """Run the revisions asked for in one transaction."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        compare_server_default=True,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()
        history.restore(connection)
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise RuntimeError(f"The migration left rows that point nowhere: {broken[:5]}")


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.rollback()
            driver = connection.connection.driver_connection
            driver.execute("PRAGMA foreign_keys = OFF")
        try:
            run(connection)
            connection.commit()
        finally:
            if connection.dialect.name == "sqlite":
                connection.rollback()
                driver.execute("PRAGMA foreign_keys = ON")
