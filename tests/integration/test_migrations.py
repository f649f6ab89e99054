"""Migrations: they make exactly what the models say, each can be undone, and none loses a row."""

import shutil

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import downgrade, upgrade

from app import ROOT, create_app
from app.core import history
from app.core.config import Settings
from app.core.db import Base, db
from app.core.schema import migratable
from app.packs import services as packs
from tests.conftest import ENGINES
from tests.factories import people
from tests.matrix.states import tell

MIGRATIONS = ROOT / "migrations"
REVISIONS = [one.revision for one in ScriptDirectory(MIGRATIONS).walk_revisions()]

# What a later revision does when it changes a table on SQLite: the table is made anew, under its rows' feet.
REBUILD = """
import sqlalchemy as sa
from alembic import op

revision = "rebuild"
down_revision = {head!r}
TABLES = {tables!r}


def upgrade() -> None:
    for table in TABLES:
        with op.batch_alter_table(table, recreate=anew()) as batch:
            batch.add_column(sa.Column("remark", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    for table in TABLES:
        with op.batch_alter_table(table, recreate=anew()) as batch:
            batch.drop_column("remark")


def anew() -> str:
    return "always" if op.get_bind().dialect.name == "sqlite" else "never"
"""


@pytest.fixture(params=ENGINES)
def bare(request, tmp_path):
    """The application over a database in which nothing was made yet."""
    if request.param == "sqlite":
        yield from _context(f"sqlite:///{tmp_path / 'bare.sqlite3'}")
    else:
        server = request.getfixturevalue("server")
        yield from _context(server.create_database("bare"))
        server.drop_database("bare")


def _context(url):
    app = migratable(create_app(Settings(mode="test", database_url=url)))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def lived_in(bare):
    """The same, migrated, with a decided application in it."""
    upgrade()
    packs.import_shipped()
    people.employer()
    tell("decided")
    db.session.remove()
    return bare


def differences():
    """Between the database and the models; Alembic looks neither at triggers nor at checks."""
    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        found = compare_metadata(context, Base.metadata)
        found += sorted(history.installed(connection) ^ history.expected())
        inspector = sa.inspect(connection)
        for table in Base.metadata.sorted_tables:
            there = {one["name"] for one in inspector.get_check_constraints(table.name)}
            meant = {str(one.name) for one in table.constraints if isinstance(one, sa.CheckConstraint)}
            found += sorted(there ^ meant)
        return found


def rows():
    """Everything that is in the tables of the models."""
    with db.engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(sa.select(table)).all()))
            for table in Base.metadata.sorted_tables
        }


def written():
    """Every row of the tables of the models, by column."""
    with db.engine.connect() as connection:
        return {
            table.name: connection.execute(sa.select(table)).mappings().all()
            for table in Base.metadata.sorted_tables
        }


def held(tables, columns):
    """What older tables can hold of it: the columns they have, and the words they know."""
    return {
        name: sorted(
            repr([row[column] for column in columns[name]]) for row in tables[name] if is_old(name, row)
        )
        for name in columns
    }


def is_old(table, row):
    return table != "script_mark" or row["kind"].value in {"probe", "fact"}


def columns_there():
    """The columns of each table as the database has it now."""
    inspector = sa.inspect(db.engine)
    names = set(inspector.get_table_names()) & set(Base.metadata.tables)
    return {name: [column["name"] for column in inspector.get_columns(name)] for name in sorted(names)}


def test_there_is_one_newest_revision():
    heads = ScriptDirectory(MIGRATIONS).get_heads()

    assert len(heads) == 1, f"Two branches each added a revision: let one of {heads} follow the other."


def test_migrating_from_nothing_gives_exactly_the_models(bare):
    upgrade()

    assert differences() == []


def test_every_revision_can_be_undone_and_done_again(lived_in):
    before = written()
    for later in REVISIONS[:-1]:
        downgrade(revision=f"{later}-1")
        older = columns_there()
        upgrade()
        after = held(written(), older)
        lost = [name for name, found in held(before, older).items() if after[name] != found]
        assert not lost, f"Revision {later} or its undoing loses what was in {lost}."

    downgrade(revision="base")
    with db.engine.connect() as connection:
        left = set(sa.inspect(connection).get_table_names())
        triggers = history.installed(connection)
    upgrade()

    assert (left, triggers) == ({"alembic_version"}, set())
    assert differences() == []


def test_rebuilding_tables_to_which_others_point_loses_nothing(lived_in, tmp_path):
    parents = sorted(
        {key.column.table.name for table in Base.metadata.sorted_tables for key in table.foreign_keys}
    )
    changed = shutil.copytree(MIGRATIONS, tmp_path / "migrations")
    (changed / "versions" / "rebuild.py").write_text(
        REBUILD.format(head=REVISIONS[0], tables=parents), "utf-8"
    )
    before = rows()
    assert all(before[table] for table in parents)

    upgrade(directory=str(changed))
    during, guarded = rows(), _triggers()
    downgrade(directory=str(changed), revision=REVISIONS[0])

    assert during == rows() == before
    assert guarded == history.expected()
    assert differences() == []


def test_foreign_keys_hold_again_after_a_migration(lived_in):
    with db.engine.connect() as connection, pytest.raises(sa.exc.IntegrityError):
        connection.execute(sa.text("DELETE FROM application"))


def _triggers():
    with db.engine.connect() as connection:
        return history.installed(connection)
