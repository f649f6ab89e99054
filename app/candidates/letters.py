"""Letters to candidates, who have no account: each carries a page of their personal link."""

from flask import g, url_for

from app.candidates import queries, services
from app.candidates.models import AccommodationRequest, Application, CandidateLink
from app.candidates.sending import why_kept_back
from app.core.db import db
from app.identity import queries as identity
from app.identity.letters import to_person
from app.jobs import queries as jobs
from app.jobs.models import Job
from app.outbox.letters import Facts, Mail, letter, when_sent
from app.policy import NOBODY, Part
from app.web.words import day


def to_candidate(
    application_id: int, subject: str, *paragraphs: str, page: str = "disclosures.personal", link_words: str
) -> Mail | None:
    """A mail with a page of the candidate's link; None once they withdrew, or with no address or link."""
    application = db.session.get(Application, application_id)
    if application is None or application.is_withdrawn or not application.candidate.email:
        return None
    address = queries.address_of(application, page)
    if address is None:
        return None
    candidate = application.candidate
    return Mail(candidate.email, candidate.name, subject, paragraphs, address, link_words)


def to_recruiter(
    person_id: int, job: Job, subject: str, *paragraphs: str, link: str, link_words: str
) -> Mail | None:
    """A mail to a recruiter of the job; None once they are none."""
    if person_id not in {one.id for one in jobs.members_of(job, Part.RECRUITER)}:
        return None
    return to_person(person_id, subject, *paragraphs, link=link, link_words=link_words)


@letter("candidate link")
def candidate_link(facts: Facts) -> Mail | None:
    """A candidate's personal link; none once it was replaced or revoked, or handed over another way."""
    link = db.session.get(CandidateLink, facts["link"])
    if link is None or not link.is_live or link.handed_over_at is not None:
        return None
    job = link.application.job
    if why_kept_back(job):
        return None
    g.time_zone = job.site.time_zone
    employer = identity.get_employer().name
    return to_candidate(
        link.application_id,
        f"What the week is like: {job.title}",
        f"Thank you for applying to {employer} as {job.title}. Before you decide anything, read what the "
        "week is like: hours, caseload, paperwork, supervision and pay, and a bad week beside a usual one.",
        f"The link is personal and needs no account. It works until {day(link.expires_at)}. "
        "Opening it is not an answer and is never scored.",
        link_words="Read the week",
    )


@when_sent("candidate link")
def handed_over(facts: Facts) -> None:
    """A letter that the mail server took is a link handed over."""
    link = db.session.get(CandidateLink, facts["link"])
    if link is not None:
        services.note_handover(NOBODY, link, way="letter")


# About accommodations ---------------------------------------------------------------------------------------


@letter("accommodation asked", private=True)
def accommodation_asked(facts: Facts) -> Mail | None:
    """To a recruiter of the job, while they are one and nobody has answered."""
    request = db.session.get(AccommodationRequest, facts["request"])
    if request is None or request.answered_at is not None:
        return None
    job = request.application.job
    return to_recruiter(
        int(facts["person"]),
        job,
        f"A candidate asks for something to be different: {job.title}",
        "Only the job's recruiters read what it is. Say to the interviewers what they do, never why, "
        "and answer the candidate.",
        link=url_for("candidates.request", request_id=request.public_id, _external=True),
        link_words="Read it and answer",
    )


@letter("accommodation answered", private=True)
def accommodation_answered(facts: Facts) -> Mail | None:
    """To the candidate, with the page on which the answer stands."""
    request = db.session.get(AccommodationRequest, facts["request"])
    if request is None:
        return None
    return to_candidate(
        request.application_id,
        f"An answer for you from {identity.get_employer().name}",
        "You asked for something to be different in your interviews. The answer stands on your own page.",
        page="candidates.accommodation",
        link_words="Read the answer",
    )


# About withdrawing ------------------------------------------------------------------------------------------


@letter("candidate withdrew")
def candidate_withdrew(facts: Facts) -> Mail | None:
    """To whoever deals with the job's candidates."""
    application = db.session.get(Application, facts["application"])
    if application is None or facts["person"] not in {one.id for one in jobs.contacts_of(application.job)}:
        return None
    return to_person(
        int(facts["person"]),
        f"A candidate withdrew: {application.job.title}",
        "They said so on their own page. Open scorecards are closed and nobody waits for them any more. "
        "Rooms and calendars outside Evenhand are yours to clear.",
        link=url_for("scoring.application", application_id=application.public_id, _external=True),
        link_words="See the application",
    )
