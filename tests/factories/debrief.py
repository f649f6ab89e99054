"""Candidates whose scorecards are in, and decisions on them."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from app.candidates.models import Application
from app.core.db import db
from app.debrief import services
from app.debrief.models import DecisionOutcome, DecisionRecord
from app.identity.models import Person
from app.jobs.models import Job
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
