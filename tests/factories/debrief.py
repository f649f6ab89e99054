"""Candidates whose scorecards are in, and decisions on them."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import timedelta

import sqlalchemy as sa

from app.candidates.models import Application, Candidate
from app.core.db import db
from app.debrief import services
from app.debrief.models import DecisionOutcome, DecisionRecord
from app.identity.models import Person
from app.jobs.models import Job
from app.scoring.models import Assignment, Interview, Rating, Scorecard
from tests.factories import people, scoring
from tests.factories.scoring import NOON

REASONS = "She said when she would stop adding patients, and whom she would tell."
Levels = Mapping[str, tuple[int | None, ...]]


def met(
    panel: Sequence[Person], *stages: Levels, name: str = "Cleo Marsh", job: Job | None = None
) -> Application:
    """A candidate who met these stages of the outpatient loop, with every scorecard in.

    A stage says, by criterion, which level each of the panel gave; what is not said is a 3.
    """
    application = scoring.application(panel, name, job)
    for number, given in enumerate(stages, start=1):
        interview = scoring.interview_with(
            panel, of=application, stage=number, starts_at=NOON + timedelta(hours=number)
        )
        for seat, person in enumerate(panel):
            levels = {code: row[seat] for code, row in given.items()}
            scoring.submit(scoring.card_of(interview, person), levels, at=NOON + timedelta(hours=number + 1))
    return application


def decision(application: Application, **said: object) -> DecisionRecord:
    """The first decision on an application, by Hana; not to make an offer unless said otherwise."""
    words = {"number": 1, "outcome": DecisionOutcome.NO_OFFER, "reasons": REASONS} | said
    made = services.decide(people.actor(people.hana()), application, **words)  # type: ignore[arg-type]
    db.session.commit()
    return made


def multiplied(application: Application, times: int) -> None:
    """So many more with the same interviews and ratings, written at once: services would take minutes."""
    numbers: dict[object, dict[tuple[int, int], int]] = {}
    for model, column, parent in (
        (Candidate, "id", None),
        (Application, "candidate_id", Candidate),
        (Interview, "application_id", Application),
        (Assignment, "interview_id", Interview),
        (Scorecard, "assignment_id", Assignment),
        (Rating, "scorecard_id", Scorecard),
    ):
        table = model.__table__
        parents = numbers.get(parent) or {(0, application.candidate_id): application.candidate_id}
        wanted = table.c[column].in_({number for _, number in parents})
        rows = [dict(row._mapping) for row in db.session.execute(sa.select(table).where(wanted))]
        last = db.session.scalar(sa.select(sa.func.max(table.c.id)))
        fresh = {"public_id": uuid.uuid4, "submission_key": lambda: uuid.uuid4().hex}
        made, numbers[model] = [], {}
        for copy in range(times):
            for row in rows:
                last += 1
                numbers[model][copy, row["id"]] = last
                made.append(
                    row
                    | {name: value() for name, value in fresh.items() if name in row}
                    | ({column: parents[copy, row[column]]} if parent else {})
                    | {"id": last}
                )
        db.session.execute(sa.insert(table), made)
    db.session.commit()
