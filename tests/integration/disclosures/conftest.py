"""What the disclosure's tests share: a job of Hana's with Rina on its team, and Cleo who applied for it."""

import pytest

from app.candidates import services as candidates
from app.candidates.models import Application
from app.core.db import db
from app.identity.models import Person
from app.jobs.models import Job
from tests.factories import jobs
from tests.factories.people import actor


@pytest.fixture
def job(hana: Person, rina: Person) -> Job:
    """Outpatient, mid level, $84,000 to $101,000."""
    made = jobs.team(jobs.job(hana), recruiter=rina)
    db.session.commit()
    return made


@pytest.fixture
def cleo(job: Job, rina: Person) -> Application:
    """Cleo Marsh, who applied."""
    made = candidates.add_candidate(actor(rina), job, name="Cleo Marsh", email="cleo@marsh.example")
    db.session.commit()
    return made


@pytest.fixture
def token(cleo: Application, rina: Person) -> str:
    """The token of Cleo's link."""
    _, made = candidates.make_link(actor(rina), cleo, days=60)
    db.session.commit()
    return made
