"""The database: one declarative base, the types every model uses, and how a transaction begins."""

import enum
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, TypeVarTuple

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.core import clock

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """An aware instant, stored and returned in UTC on every engine."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A naive time has no instant; give an aware one.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """What every model inherits."""

    metadata = sa.MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: UtcDateTime, str: sa.Text(), uuid.UUID: sa.Uuid()}  # noqa: RUF012 (SQLAlchemy reads it)


class Record:
    """An integer key inside and the time the row was made."""

    id: Mapped[int] = mapped_column(primary_key=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class Addressed(Record):
    """A record with a URL: a random id outside, so that nothing can be counted or guessed."""

    public_id: Mapped[uuid.UUID] = mapped_column(default=uuid.uuid4, unique=True)


def choice(options: type[enum.StrEnum], name: str) -> sa.Enum:
    """A StrEnum stored by value, with a CHECK named after the column."""
    return sa.Enum(
        options,
        native_enum=False,
        create_constraint=True,
        length=40,
        name=name,
        values_callable=lambda members: [member.value for member in members],
    )


db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})


def one_at_a_time(thing: Record) -> None:
    """Let another change that locks the same row wait for this one; SQLite has one writer anyhow."""
    table = type(thing)
    db.session.execute(sa.select(table.id).where(table.id == thing.id).with_for_update())


Columns = TypeVarTuple("Columns")


def plain(statement: sa.Select[*Columns], asked: Mapping[str, Any]) -> sa.CursorResult[*Columns]:
    """Plain columns by the shortest way, which takes half of what the session does: for hot statements."""
    if not _reading.get():
        db.session.flush()  # As the session itself does before it reads.
    return db.session.connection().execute(statement, asked)


# The engines' own INSERT, which can say what happens to a row that is there already.
INSERTS: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}

# A read (GET) opens without a write lock; everything else takes SQLite's one write lock at once, because
# a transaction that reads first and writes later fails under load whatever its timeout.
_reading: ContextVar[bool] = ContextVar("reading", default=False)


@contextmanager
def reading(flag: bool = True) -> Iterator[None]:
    """Open the transactions of this block for reading only."""
    token = _reading.set(flag)
    try:
        yield
    finally:
        _reading.reset(token)


def only_reads() -> bool:
    """Whether nothing can be written now, so that whatever is read was committed."""
    return _reading.get()


@contextmanager
def ahead() -> Iterator[Connection]:
    """A connection for reading before the request does anything: its own, where that locks nothing.

    On SQLite what writes gets another one, so that something else can be written before it takes the lock.
    """
    if _reading.get() or db.engine.dialect.name != "sqlite":
        yield db.session.connection()
    else:
        with reading(), db.engine.connect() as own:
            yield own


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


@sa.event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    if type(connection).__module__.startswith("sqlite3"):
        connection.isolation_level = None  # We say BEGIN ourselves, below.
        # SQLite's own knows only the capitals of English.
        connection.create_function("lower", 1, _lower, deterministic=True)
        for pragma in (
            "busy_timeout = 15000",
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            "secure_delete = ON",
        ):
            connection.execute(f"PRAGMA {pragma}")


@sa.event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN" if _reading.get() else "BEGIN IMMEDIATE")
    else:
        driver: Any = connection.connection.driver_connection
        driver.read_only = _reading.get() or None  # None is what the server is set to.


def check_engine(connection: Connection) -> list[str]:
    """What is wrong with the engine's durability settings, as sentences; empty when all is well."""
    problems = []
    if connection.dialect.name == "sqlite":
        expected = {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "secure_delete": "1"}
        for pragma, value in expected.items():
            found = str(connection.exec_driver_sql(f"PRAGMA {pragma}").scalar())
            if found != value:
                problems.append(f"SQLite runs with {pragma} = {found}; it must be {value}.")
    else:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            found = str(connection.exec_driver_sql(f"SHOW {setting}").scalar())
            if found == "off":
                problems.append(f"PostgreSQL runs with {setting} = off; a crash would lose saved work.")
    return problems
