"""The tables: what points where, what has a name, and that nothing is stored that can be counted."""

import re

import pytest
import sqlalchemy as sa

import app.features  # noqa: F401 (so that every table is known)
from app.core.db import Base

TABLES = Base.metadata.sorted_tables
AGGREGATE = re.compile(
    r"(^|_)(alpha|average|avg|count|kappa|mean|median|percent|rank|ratio|score|sum|total)(_|$)"
)


@pytest.fixture(scope="module")
def inspector():
    """The tables as a database makes them of the models."""
    engine = sa.create_engine("sqlite://")
    Base.metadata.create_all(engine)
    yield sa.inspect(engine)
    engine.dispose()


def test_every_foreign_key_says_what_becomes_of_its_row():
    silent = [str(key.parent) for table in TABLES for key in table.foreign_keys if key.ondelete is None]

    assert not silent, f'Say ondelete="RESTRICT", or what else is meant: {silent}'


def test_every_foreign_key_is_indexed():
    slow = [
        str(column)
        for table in TABLES
        for column in table.c
        if column.foreign_keys and column.name not in _first_columns(table)
    ]

    assert not slow, f"Begin an index, a unique constraint or the primary key with these: {slow}"


def _first_columns(table):
    sets = [index.columns for index in table.indexes]
    sets += [
        one.columns
        for one in table.constraints
        if isinstance(one, sa.UniqueConstraint | sa.PrimaryKeyConstraint)
    ]
    return {next(iter(columns)).name for columns in sets}


def test_every_constraint_has_a_name(inspector):
    nameless = [
        (table.name, constraint)
        for table in TABLES
        for found in (
            inspector.get_foreign_keys(table.name),
            inspector.get_unique_constraints(table.name),
            inspector.get_check_constraints(table.name),
        )
        for constraint in found
        if not constraint["name"]
    ]

    assert not nameless


def test_nothing_is_stored_that_can_be_counted():
    stored = [
        str(column)
        for table in TABLES
        for column in table.c
        if not column.foreign_keys and AGGREGATE.search(column.name)
    ]

    assert not stored, f"Count it when it is asked for; a stored sum is wrong one day: {stored}"


def test_every_row_with_an_address_is_known_by_a_random_id():
    guessable = [table.name for table in TABLES if "public_id" in table.c and not table.c.public_id.unique]

    assert not guessable


def test_rows_that_two_tabs_may_change_count_their_versions():
    kept = {mapper.local_table.name for mapper in Base.registry.mappers if mapper.version_id_col is not None}

    assert kept == {"disclosure", "employer", "job", "loop", "scenario_draft"}, (
        "A scorecard counts its own: its fields are saved one by one."
    )
