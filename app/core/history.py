"""Tables that only grow: the database itself refuses to change or delete their rows.

The triggers are laid again after every migration from this one list, because rebuilding a table on SQLite
drops its triggers without a word.
"""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.engine import Connection

# Table -> the columns that may never change; () means the whole row.
APPEND_ONLY: dict[str, tuple[str, ...]] = {
    "audit_event": (),
    "scenario_version": (),
    "vignette": (),
    "pack_edition": (),
    "draft_revision": (),
    "practice_revision": (),
    "practice_rating": (),
    "note": (),
    "note_tie": (),
    "rating": (),
    "script_mark": (),
    "verdict": (),
    "red_flag": (),
    "flag_answer": (),
    "amendment": (),
    "decision": (),
    "acknowledgement": (),
    "disclosure_review": (),
    "attestation": (),
    "disclosure_change": (),
    "answer": (),
    "check_in": (),
    "check_answer": (),
    "disclosure_version": ("number", "document", "digest", "published_at", "published_by_id"),
}
# Of these a row may go that nothing refers to: foreign keys keep one that was used.
REMOVABLE = {"scenario_version", "vignette"}
REFUSAL = "This row is history and stays as it is."


def restore(connection: Connection) -> None:
    """Lay every trigger whose table exists, replacing what was there."""
    present = set(sa.inspect(connection).get_table_names()) & set(APPEND_ONLY)
    for statement in _statements(connection.dialect.name, sorted(present)):
        connection.exec_driver_sql(statement)


def installed(connection: Connection) -> set[str]:
    """The names of the triggers the database has."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    return {str(name) for (name,) in connection.exec_driver_sql(query)}


def expected() -> set[str]:
    """The names of the triggers there must be."""
    kept = {f"{table}_keeps_values" for table in APPEND_ONLY}
    return kept | {f"{table}_keeps_rows" for table in APPEND_ONLY if table not in REMOVABLE}


def _statements(dialect: str, tables: list[str]) -> Iterator[str]:
    if dialect == "postgresql":
        yield (
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
    for table in tables:
        columns = APPEND_ONLY[table]
        of = f" OF {', '.join(columns)}" if columns else ""
        for name, event in (("keeps_rows", "DELETE"), ("keeps_values", f"UPDATE{of}")):
            trigger = f"{table}_{name}"
            if dialect == "postgresql":
                yield f"DROP TRIGGER IF EXISTS {trigger} ON {table}"
            else:
                yield f"DROP TRIGGER IF EXISTS {trigger}"
            if event == "DELETE" and table in REMOVABLE:
                continue
            if dialect == "postgresql":
                yield (
                    f"CREATE TRIGGER {trigger} BEFORE {event} ON {table} "
                    "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
                )
            else:
                yield (
                    f"CREATE TRIGGER {trigger} BEFORE {event} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
                )
