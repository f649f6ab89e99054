"""What the tests of questions share: a job with a published week, and Cleo and Noor who applied for it."""

import pytest

from app.candidates import services as candidates
from app.candidates.models import Application, CandidateLink
from app.candidates.queries import LINK
from app.core import tokens
from app.core.db import db
from app.identity.models import Person
from app.jobs.models import Job
from tests.factories import jobs
from tests.factories.disclosures import published
from tests.factories.people import actor
from tests.factories.questions import link_of


@pytest.fixture
def job(hana: Person, rina: Person, iris: Person) -> Job:
    """Outpatient, mid level, with Riverbend's week; Iris interviews for it."""
    made = jobs.team(jobs.job(hana), recruiter=rina, interviewers=[iris])
    published(made, hana)
    return made


@pytest.fixture
def cleo(job: Job, rina: Person) -> Application:
    """Cleo Marsh, who applied."""
    made = candidates.add_candidate(actor(rina), job, name="Cleo Marsh", email="cleo@marsh.example")
    db.session.commit()
    return made


@pytest.fixture
def link(cleo: Application) -> CandidateLink:
    """Cleo's link."""
    return link_of(cleo)[0]


@pytest.fixture
def token(link: CandidateLink) -> str:
    """Its token."""
    return tokens.derived(LINK, link.public_id)


@pytest.fixture
def noors(job: Job, rina: Person) -> str:
    """The token of Noor Haddad, who applied, too."""
    made = candidates.add_candidate(actor(rina), job, name="Noor Haddad", email="noor@haddad.example")
    return link_of(made)[1]
