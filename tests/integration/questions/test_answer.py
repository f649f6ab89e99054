"""What the team reads of candidates' questions, and what it answers to all of them."""

import sqlalchemy as sa

from app.candidates.models import Application, CandidateLink
from app.core.db import db
from app.identity.models import Person
from app.jobs import services as job_services
from app.jobs.models import Job, Matter
from app.outbox import letters as mail
from app.outbox.models import Letter
from app.policy import NOBODY
from app.questions import services
from app.questions.models import Answer
from tests.client import Client, words
from tests.factories.people import actor
from tests.factories.questions import answered, everything_asked


def letters(kind: str) -> list[Letter]:
    return list(db.session.scalars(sa.select(Letter).where(Letter.kind == kind)))


def composed(app, kind: str) -> list[mail.Mail | None]:
    with app.test_request_context():
        return [mail.compose(kind, one.facts) for one in letters(kind)]


def test_the_team_reads_what_is_asked_without_names(
    client: Client, link: CandidateLink, job: Job, hana: Person, rina: Person
) -> None:
    everything_asked(link)
    for person in (hana, rina):
        page = words(client.as_(person).get(f"/jobs/{job.public_id}/questions", expect=200))
        assert "Who supervises whom, how often, and in which minutes? 1 candidate" in page
        assert "How many evenings a month are mine?" in page
        assert ("Cleo" in page) == (person is rina)  # who recruits has a visit to arrange


def test_only_a_recruiter_reads_who_asked_and_answers_a_visit(
    client: Client, link: CandidateLink, cleo: Application, hana: Person, rina: Person, token: str
) -> None:
    everything_asked(link)
    address = f"/applications/{cleo.public_id}/questions"
    client.as_(hana).get(address, expect=404)
    client.as_(hana).post(address, data={"answer": "Come."}, expect=404)

    page = words(client.as_(rina).get(address, expect=200))
    assert "What Cleo Marsh asked" in page
    assert "How many evenings a month are mine?" in page
    client.as_(rina).post(address, data={"answer": "Thursday at 8 am; ask for Wren."}, expect=303)

    assert "Thursday at 8 am; ask for Wren." in words(client.as_(rina).get(address))
    [letter] = letters("visit answered")
    assert "Thursday" not in str(letter.facts)


def test_an_answer_is_read_by_every_candidate_and_tells_nothing_of_who_asked(
    client: Client, app, link: CandidateLink, token: str, noors: str, hana: Person, job: Job
) -> None:
    question, _ = everything_asked(link)
    page = client.as_(hana).get(f"/questions/{question.public_id}", expect=200)
    assert "Cleo" not in words(page)

    said = {"wording": "How many evenings are there?", "text": "One a month, until seven."}
    client.as_(hana).post(f"/questions/{question.public_id}", data=said, expect=303)

    read = words(client.get(f"/c/{noors}/questions", expect=200))
    assert "How many evenings are there? One a month, until seven." in read
    assert "Cleo" not in read
    assert [one.to for one in composed(app, "answer published") if one] == [
        "cleo@marsh.example",
        "noor@haddad.example",
    ]


def test_two_answers_on_one_day_are_one_letter_to_each(link: CandidateLink, noors: str, hana: Person) -> None:
    question, _ = everything_asked(link)
    answered(question, hana)
    answered(question, hana, "Two, until eight.")
    assert len(letters("answer published")) == 2


def test_a_later_answer_corrects_an_earlier_one_and_both_are_kept(
    client: Client, link: CandidateLink, token: str, noors: str, hana: Person
) -> None:
    question, _ = everything_asked(link)
    answered(question, hana)
    answered(question, hana, "Two, until eight.")

    read = words(client.get(f"/c/{noors}/questions"))
    assert "Two, until eight. Corrected" in read
    assert "One, until seven." not in read
    team = words(client.as_(hana).get(f"/questions/{question.public_id}"))
    assert "One, until seven." in team
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Answer)) == 2


def test_an_answer_to_a_topic_answers_everybody_who_ticked_it(
    client: Client, link: CandidateLink, noors: str, job: Job, hana: Person
) -> None:
    services.tick(NOBODY, link, topics=["overload"])
    client.post(f"/c/{noors}/questions", data={"do": "tick", "topics": ["overload"]}, expect=303)
    page = client.as_(hana).get(f"/jobs/{job.public_id}/questions")
    assert "What happens when it is too much, and who decides? 2 candidates" in words(page)
    address = page.get_data(as_text=True).split('href="/questions/')[1].split('"')[0]

    said = {"wording": "What happens when it is too much?", "text": "The lead stops adds."}
    client.as_(hana).post(f"/questions/{address}", data=said, expect=303)

    assert "Correct the answer" in words(client.as_(hana).get(f"/jobs/{job.public_id}/questions"))
    assert "The lead stops adds." in words(client.get(f"/c/{noors}/questions"))


def test_what_could_tell_who_asked_is_pointed_at(
    client: Client, link: CandidateLink, noors: str, hana: Person
) -> None:
    question, _ = everything_asked(link)
    address = f"/questions/{question.public_id}"
    said = {"wording": "Noor wants to know, by noor@haddad.example", "text": "One, until seven."}

    refused = client.as_(hana).post(address, data=said, expect=422)
    assert "“noor@haddad.example”, “Noor” could tell who asked." in words(refused)
    assert "One, until seven." in words(refused)

    client.as_(hana).post(address, data=said | {"stays": "y"}, expect=422)  # an address never stays
    fine = said | {"wording": "Is the Marsh Road site part of it?"}
    client.as_(hana).post(address, data=fine, expect=422)
    client.as_(hana).post(address, data=fine | {"stays": "y"}, expect=303)


def test_the_owner_of_questions_gets_one_letter_a_day(
    app, link: CandidateLink, job: Job, hana: Person, rina: Person
) -> None:
    everything_asked(link)
    [to] = composed(app, "questions asked")
    assert to
    assert (to.to, f"/jobs/{job.public_id}/questions" in to.link) == (rina.email, True)

    job_services.name_owners(actor(hana), job, {Matter.QUESTIONS: hana}, version=job.version)
    db.session.commit()
    [to] = composed(app, "questions asked")
    assert to
    assert to.to == hana.email
    assert "evenings" not in f"{to.subject} {to.paragraphs}"


def test_an_interviewer_finds_none_of_it(
    client: Client, link: CandidateLink, cleo: Application, job: Job, iris: Person, olga: Person
) -> None:
    question, request = everything_asked(link)
    for person in (iris, olga):
        for address in (
            f"/jobs/{job.public_id}/questions",
            f"/questions/{question.public_id}",
            f"/applications/{cleo.public_id}/questions",
            f"/accommodations/{request.public_id}",
        ):
            client.as_(person).get(address, expect=404)
