"""Ratings in a table of SQLite, PostgreSQL and DuckDB, each asked through its own driver."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any

import duckdb

from tests.infrastructure import postgres

COLUMNS = ("candidate", "rater", "score", "criterion", "stage")


class Database:
    """One database with one table `observed` of candidates, raters and scores.

    `backwards` makes it sort raters in the opposite of Python's order, as a collation or an ENUM may.
    """

    names = "TEXT"

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def keep(self, rows: Sequence[tuple[Any, ...]], *, backwards: bool = False) -> None:
        """Put these rows into the table, instead of others."""
        kinds = [self._kind([row[place] for row in rows]) for place in range(len(COLUMNS))]
        if backwards:
            kinds[1] = self.backwards(sorted({row[1] for row in rows}, reverse=True))
        defined = ", ".join(map(" ".join, zip(COLUMNS, kinds, strict=True)))
        self.connection.execute("DROP TABLE IF EXISTS observed")
        self.connection.execute(f"CREATE TEMPORARY TABLE observed ({defined})")
        self._fill(rows)

    def ask(self, query: str) -> list[Any]:
        """The rows that a query gives."""
        return list(self.connection.execute(query).fetchall())

    def backwards(self, labels: list[str]) -> str:
        """A type of column whose order is that of these labels."""
        listed = ", ".join("'" + label.replace("'", "''") + "'" for label in labels)
        self.connection.execute("DROP TYPE IF EXISTS backwards")
        self.connection.execute(f"CREATE TYPE backwards AS ENUM ({listed})")
        return "backwards"

    def _kind(self, cells: list[Any]) -> str:
        kinds = {type(cell) for cell in cells if cell is not None} or {float}
        return {str: "TEXT", int: "BIGINT"}.get(min(kinds, key=repr), "DOUBLE PRECISION")

    def _fill(self, rows: Sequence[tuple[Any, ...]]) -> None:
        self.connection.executemany("INSERT INTO observed VALUES (?, ?, ?, ?, ?)", rows)


class SQLite(Database):
    def backwards(self, labels: list[str]) -> str:
        self.connection.create_collation("backwards", lambda one, other: (one < other) - (one > other))
        return "TEXT COLLATE backwards"


class PostgreSQL(Database):
    def _fill(self, rows: Sequence[tuple[Any, ...]]) -> None:
        with self.connection.cursor() as cursor, cursor.copy("COPY observed FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


@contextmanager
def sqlite() -> Iterator[Database]:
    """A database of SQLite in memory."""
    with closing(sqlite3.connect(":memory:")) as connection:
        yield SQLite(connection)


@contextmanager
def postgresql(server: postgres.Server) -> Iterator[Database]:
    """A session of PostgreSQL; what it keeps is gone after it."""
    with server.connect() as connection:
        connection.prepare_threshold = None  # a prepared query would remember the table before
        yield PostgreSQL(connection)


@contextmanager
def duck() -> Iterator[Database]:
    """A database of DuckDB in memory."""
    with duckdb.connect() as connection:
        yield Database(connection)
