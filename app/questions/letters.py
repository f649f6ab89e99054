"""Letters about questions and visits: to whoever answers them, and to the candidates of the job."""

from flask import url_for

from app.candidates.letters import to_candidate, to_recruiter
from app.core.db import db
from app.identity import queries as identity
from app.identity.letters import to_person
from app.jobs import queries as jobs
from app.jobs.models import Job, Matter
from app.outbox.letters import Facts, Mail, letter
from app.policy import Part
from app.questions.models import ShadowVisit


@letter("questions asked", private=True)
def questions_asked(facts: Facts) -> Mail | None:
    """To the owner of candidates' questions, or whoever deals with the job's candidates; once a day a job."""
    job = db.session.get(Job, facts["job"])
    if job is None or job.closed_at is not None:
        return None
    owners = [one.person for one in job.owners if one.matter is Matter.QUESTIONS]
    team = {one.person_id for one in job.team if one.part is not Part.INTERVIEWER}
    readers = [one for one in owners if one.id in team] or jobs.contacts_of(job)
    if not readers:
        return None
    return to_person(
        readers[0].id,
        f"Candidates ask about {job.title}",
        "Questions wait for an answer. What you publish goes to every candidate of the job, "
        "and says nothing of who asked.",
        link=url_for("questions.job", job_id=job.public_id, _external=True),
        link_words="Read the questions",
    )


@letter("answer published")
def answer_published(facts: Facts) -> Mail | None:
    """To a candidate of the job; once a day however much was answered."""
    return to_candidate(
        int(facts["application"]),
        f"A question about the job was answered: {identity.get_employer().name}",
        "What one candidate asks, every candidate is answered. Reading it is never scored.",
        page="questions.personal",
        link_words="Read questions and answers",
    )


@letter("visit asked", private=True)
def visit_asked(facts: Facts) -> Mail | None:
    """To a recruiter of the job, while they are one and nobody has answered."""
    visit = db.session.get(ShadowVisit, facts["visit"])
    if visit is None or visit.answered_at is not None:
        return None
    application = visit.application
    return to_recruiter(
        int(facts["person"]),
        application.job,
        f"A candidate wants to see the place at work: {application.job.title}",
        "Say when they may come, or why not. It is no part of the interviews and is never scored.",
        link=url_for("questions.candidate", application_id=application.public_id, _external=True),
        link_words="Answer the wish",
    )


@letter("visit answered", private=True)
def visit_answered(facts: Facts) -> Mail | None:
    """To the candidate, with the page on which the answer stands."""
    visit = db.session.get(ShadowVisit, facts["visit"])
    if visit is None:
        return None
    return to_candidate(
        visit.application_id,
        f"About your visit to {identity.get_employer().name}",
        "You asked to see the place at work. The answer stands on your own page.",
        page="questions.personal",
        link_words="Read the answer",
    )
