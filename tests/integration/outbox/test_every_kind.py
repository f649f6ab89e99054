"""Every kind of letter: it reaches its reader, says one thing to do, and holds nothing that people typed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from app.accuracy import services as accuracy
from app.candidates import services as candidates
from app.candidates.models import Application, CandidateLink
from app.core import clock
from app.core.db import db
from app.demo import riverbend
from app.disclosures import queries as disclosure_queries
from app.disclosures import services as disclosure
from app.disclosures.reviewing import services as reviewing
from app.disclosures.upkeep import services as upkeep
from app.jobs.models import Job
from app.outbox import letters
from app.outbox.letters import Mail
from app.outbox.mailing import message
from app.outbox.models import Letter
from app.policy import NOBODY
from app.questions import services as questioning
from app.questions.queries import visit_of
from app.web.addresses import outside
from tests.factories import disclosures, hires, jobs, loops, people, questions, scoring
from tests.factories.people import actor
from tests.integration.outbox.post import SENDER

CLEO, TYPED = "cleo@marsh.example", ("evenings", "hand clinic", "screen reader", "Thursday", "half as much")


@dataclass
class Scene:
    """Cleo, who has an address and a link, and Hana's job with a fresh disclosure."""

    job: Job
    cleo: Application
    link: CandidateLink


def invitation(_: Scene) -> str:
    people.iris()
    return "iris@riverbend.example"


def candidate_link(_: Scene) -> str:
    return CLEO


def asked(scene: Scene) -> str:
    questions.everything_asked(scene.link)
    return "rina@riverbend.example"


def withdrew(scene: Scene) -> str:
    candidates.withdraw_by_link(NOBODY, scene.link)
    return "rina@riverbend.example"


def question_answered(scene: Scene) -> str:
    question, _ = questions.everything_asked(scene.link)
    questions.answered(question, people.rina())
    return CLEO


def accommodation_answered(scene: Scene) -> str:
    _, request = questions.everything_asked(scene.link)
    candidates.answer_accommodation(actor(people.rina()), request, text="You get half as much time again.")
    return CLEO


def visit_answered(scene: Scene) -> str:
    questions.everything_asked(scene.link)
    visit = visit_of(scene.cleo)
    assert visit is not None
    questioning.answer_visit(actor(people.rina()), visit, text="Thursday at 8 am; ask for Wren.")
    return CLEO


def to_review(scene: Scene) -> str:
    maren = disclosures.colleague(scene.job)
    facts = riverbend.facts()
    key = next(key for key, fact in facts.items() if fact.typical is not None)
    disclosures.saved(scene.job, people.hana(), {**facts, key: replace(facts[key], note="Counted anew.")})
    reviewing.ask(actor(people.hana()), scene.job, [maren])
    return "maren@riverbend.example"


def to_keep(_: Scene) -> str:
    upkeep.remind()
    return "hana@riverbend.example"


def check_in_due(_: Scene) -> str:
    accuracy.remind()
    return CLEO


def got_heavier(scene: Scene) -> str:
    version = disclosure_queries.latest(scene.job.id)
    assert version is not None
    disclosure.acknowledge(NOBODY, scene.link, version, typed_name="Cleo Marsh")
    facts = riverbend.facts()
    caseload = replace(facts["caseload"], typical=Decimal(52))
    disclosures.published(scene.job, people.hana(), {**facts, "caseload": caseload})
    return CLEO


# What makes a letter of each kind, and the day on which it is sent.
STORIES: dict[str, tuple[Callable[[Scene], str], int]] = {
    "invitation": (invitation, 0),
    "candidate link": (candidate_link, 0),
    "candidate withdrew": (withdrew, 0),
    "questions asked": (asked, 0),
    "visit asked": (asked, 0),
    "accommodation asked": (asked, 0),
    "answer published": (question_answered, 0),
    "accommodation answered": (accommodation_answered, 0),
    "visit answered": (visit_answered, 0),
    "disclosure to review": (to_review, 0),
    "disclosure to keep": (to_keep, 100),
    "disclosure got heavier": (got_heavier, 0),
    "check-in due": (check_in_due, 40),
}


@pytest.fixture
def scene(worlds) -> Iterator[Scene]:
    """The words are the same on both engines, so one will do."""
    with worlds("sqlite").fresh(), clock.at(scoring.NOON):
        job = jobs.team(jobs.job(people.hana()), recruiter=people.rina())
        disclosures.published(job, people.hana())
        cleo = scoring.application([], "Cleo Marsh", job)
        cleo.candidate.email = CLEO
        link, _ = questions.link_of(cleo, days=300)
        yield Scene(job, cleo, link)


def mail_of(kind: str) -> Mail | None:
    """The newest letter of a kind, as it is written now."""
    newest = sa.select(Letter).where(Letter.kind == kind).order_by(Letter.id.desc()).limit(1)
    letter = db.session.scalars(newest).one()
    return letters.compose(kind, letter.facts)


@pytest.mark.parametrize("kind", STORIES)
def test_a_letter_of_each_kind_reaches_its_reader_with_one_thing_to_do(kind: str, scene: Scene) -> None:
    happens, days = STORIES[kind]
    if kind == "check-in due":
        loops.open_loop(scene.job, [people.hana()])
        hires.hired(hires.offer(scene.cleo))
    with clock.at(scoring.NOON + timedelta(days=days)):
        reader = happens(scene)
        with outside():
            mail = mail_of(kind)
            assert mail is not None
            made = message(mail, number="1", sender=SENDER, at=clock.now())

    assert mail.to == reader
    assert mail.link.startswith("http://127.0.0.1:8000/")
    assert mail.link_words
    assert mail.paragraphs
    said = " ".join([mail.subject, *mail.paragraphs])
    assert not [word for word in ("!", "lease ", "uccessful", *TYPED) if word in said], said
    assert mail.link in made.get_body(("plain",)).get_content()


def test_every_kind_has_its_story() -> None:
    assert set(STORIES) == letters.kinds()
