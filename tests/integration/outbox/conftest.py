"""A mail server, and the application set up to hand letters to it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from app.candidates.models import Application
from app.core.config import MailServer
from app.identity.models import Person
from tests.factories import jobs, people, scoring
from tests.infrastructure.smtp import Inbox, mail_server
from tests.integration.outbox.post import server_of


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    """A mail server that has got nothing yet."""
    with mail_server() as running:
        yield running


@pytest.fixture
def mail(app: Flask, inbox: Inbox) -> Iterator[MailServer]:
    """Mail is set up, to that server."""
    before = app.extensions["settings"]
    made = server_of(inbox)
    app.extensions["settings"] = replace(before, mail=made, public_url="https://hiring.riverbend.example")
    yield made
    app.extensions["settings"] = before


@pytest.fixture
def cleo(rina: Person) -> Application:
    """A candidate with an e-mail address, of a job that Rina recruits for."""
    job = jobs.job(people.hana())
    jobs.team(job, recruiter=rina)
    return scoring.application([], "Cleo Marsh", job)
