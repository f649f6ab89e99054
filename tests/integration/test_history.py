"""Tables that only grow: no statement changes or deletes their rows, whoever sends it."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from app.audit.models import AuditEvent, TamperingRefused
from app.core import clock, history
from app.core.db import Base, db
from app.core.history import APPEND_ONLY, REFUSAL, REMOVABLE
from app.disclosures import services as disclosures
from app.disclosures.models import Trigger
from app.disclosures.upkeep import services as upkeep
from app.policy import NOBODY
from app.scoring import queries
from app.scoring import services as scoring
from app.scoring.models import Answer, Verdict
from tests.factories import practice, questions
from tests.factories.people import actor
from tests.matrix.states import NOW, tell


@pytest.fixture
def grown(app):
    """A decided application of which every table that only grows has rows."""
    story = tell("decided")
    with clock.at(NOW):
        disclosures.acknowledge(NOBODY, story.link, story.version, typed_name="Cleo Marsh")
        hana = actor(story.people["hana"])
        upkeep.record_change(hana, story.version, trigger=Trigger.PAYER, happened_on=NOW.date())
        upkeep.attest(hana, story.version)
    practice.handed_in(story.people["ivo"])
    questions.answered(story.question, story.people["hana"])
    scoring.amend(
        actor(story.people["iris"]),
        story.card,
        body="The ward was second.",
        reason="I mixed them up.",
    )
    ivo = actor(story.people["ivo"])
    scoring.answer_flag(ivo, *queries.get_flag(ivo, story.flag.public_id), is_confirmed=True)
    db.session.add(
        Verdict(scorecard_id=story.card.id, question=1, answer=Answer.HOLD, reason="Expected in May.")
    )
    db.session.commit()
    return story


def columns_of(table):
    return Base.metadata.tables[table].c.keys()


def refusal(statement):
    """What the database says to a statement; it is tried and taken back."""
    attempt = db.session.begin_nested()
    try:
        return f"{db.session.execute(sa.text(statement)).rowcount} rows"
    except DBAPIError as error:
        return str(error.orig)
    finally:
        attempt.rollback()


def test_no_row_of_history_can_be_changed_or_deleted(grown):
    statements = [
        statement
        for table, columns in APPEND_ONLY.items()
        for statement in (
            *([] if table in REMOVABLE else [f"DELETE FROM {table}"]),
            *(f"UPDATE {table} SET {column} = {column}" for column in columns or columns_of(table)),
        )
    ]

    possible = {statement: said for statement in statements if REFUSAL not in (said := refusal(statement))}

    assert not possible


def test_a_scenario_version_goes_only_while_nothing_refers_to_it(grown):
    said = refusal("DELETE FROM scenario_version WHERE id IN (SELECT scenario_version_id FROM stage)")

    assert "foreign key" in said.lower()


def test_a_published_version_can_still_be_retracted(grown):
    assert refusal("UPDATE disclosure_version SET retraction_reason = 'The target was old.'") == "1 rows"


def test_the_database_has_every_trigger_and_no_other(app):
    assert history.installed(db.session.connection()) == history.expected()


def test_a_trigger_that_was_lost_is_laid_again(app):
    connection = db.session.connection()
    on = "" if connection.dialect.name == "sqlite" else " ON note"
    connection.execute(sa.text(f"DROP TRIGGER note_keeps_rows{on}"))
    assert history.installed(connection) != history.expected()

    history.restore(connection)

    assert history.installed(connection) == history.expected()


def test_an_audit_event_cannot_be_changed_or_deleted_by_our_own_code(grown):
    event = db.session.scalars(sa.select(AuditEvent).limit(1)).one()

    event.event = "person:disabled"
    with pytest.raises(TamperingRefused, match="is history and stays as it is"):
        db.session.flush()
    db.session.rollback()

    db.session.delete(event)
    with pytest.raises(TamperingRefused):
        db.session.flush()
    db.session.rollback()
