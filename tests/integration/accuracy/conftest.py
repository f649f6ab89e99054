"""What the tests of accuracy share: a job of Hana's and Rina's with a published disclosure and a loop."""

import pytest

from app.core import clock
from app.core.db import db
from app.disclosures.models import DisclosureVersion
from app.identity.models import Person
from app.jobs.models import Job
from tests.factories import disclosures, jobs, loops
from tests.factories.scoring import NOON


@pytest.fixture
def job(hana: Person, rina: Person, iris: Person, ivo: Person) -> Job:
    """Outpatient, mid level, with an open loop."""
    with clock.at(NOON):
        made = jobs.team(jobs.job(hana), recruiter=rina, interviewers=[iris, ivo])
        loops.open_loop(made, [iris, ivo])
        db.session.commit()
    return made


@pytest.fixture
def version(job: Job, hana: Person) -> DisclosureVersion:
    """Riverbend's numbers: 44 visits completed a week, 35 minutes of writing after hours."""
    with clock.at(NOON):
        return disclosures.published(job, hana)
