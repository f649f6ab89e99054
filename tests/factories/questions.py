"""What candidates ask on their link, and what the team answers."""

from app.candidates import services as candidates
from app.candidates.models import AccommodationRequest, Application, CandidateLink
from app.core.db import db
from app.identity.models import Person
from app.policy import NOBODY
from app.questions import services
from app.questions.models import Answer, Question
from tests.factories import people
from tests.factories.people import actor

ASKED = "How many evenings a month are mine?"


def link_of(application: Application, *, days: int = 60) -> tuple[CandidateLink, str]:
    """A candidate's link with its token, made by Rina."""
    link, token = candidates.make_link(actor(people.rina()), application, days=days)
    db.session.commit()
    return link, token


def everything_asked(link: CandidateLink) -> tuple[Question, AccommodationRequest]:
    """A ticked topic, a question in their own words, a wish for a visit, and a request for more time."""
    services.tick(NOBODY, link, topics=["supervision"])
    question = services.ask(NOBODY, link, text=ASKED)
    services.ask_for_visit(NOBODY, link, wish="A morning in the hand clinic.")
    request = candidates.ask_accommodation(
        NOBODY, link, text="Twice the time to read; I use a screen reader."
    )
    db.session.commit()
    return question, request


def answered(question: Question, by: Person, text: str = "One, until seven.") -> Answer:
    """An answer that every candidate of the job reads."""
    row = services.answer(actor(by), question, wording="How many evenings are there?", text=text)
    db.session.commit()
    return row
