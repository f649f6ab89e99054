"""Reads about applications and candidates' links."""

import uuid
from collections.abc import Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from flask import url_for
from sqlalchemy.orm import joinedload

from app import policy
from app.candidates.models import AccommodationRequest, Application, Candidate, CandidateLink
from app.core import clock, tokens
from app.core.db import db
from app.core.errors import Gone, NotFound
from app.identity import queries as identity
from app.jobs.models import Job
from app.policy import Act, Actor, Part

LINK = "candidate link"  # The use of the tokens that candidates' links are made of.


def visible_to(actor: Actor) -> sa.ColumnElement[bool]:
    """The applications of the jobs whose manager or recruiter the actor is."""
    return Application.job_id.in_(seen_jobs(actor))


def seen_jobs(actor: Actor) -> list[int]:
    """The jobs whose manager or recruiter the actor is, and whose candidates they therefore see."""
    return [job_id for job_id, parts in actor.teams.items() if parts & {Part.MANAGER, Part.RECRUITER}]


def get_application(actor: Actor, public_id: uuid.UUID, to: Act = Act.SEE_APPLICATION) -> Application:
    """An application with its candidate and job, for who may see it, or do this to it; 404 for others."""
    application = _one(public_id)
    if not policy.decide(actor, to, application):
        raise NotFound
    return application


def get_team_application(actor: Actor, public_id: uuid.UUID) -> Application:
    """An application for anybody on the job's hiring team, as those who sit on its panels are."""
    application = _one(public_id, of_job=(Job.public_id, Job.title, Job.level, Job.level_lock))
    if application.job_id not in actor.teams:
        raise NotFound
    return application


def _one(public_id: uuid.UUID, *, of_job: tuple[Any, ...] = ()) -> Application:
    found = db.session.scalar(_by_address(of_job), {"public_id": public_id})
    if found is None:
        raise NotFound
    return found


@cache
def _by_address(of_job: tuple[Any, ...]) -> sa.Select[Application]:
    """With the whole job and its site, or only these columns of it."""
    job = joinedload(Application.job)
    return (
        sa.select(Application)
        .options(
            joinedload(Application.candidate),
            job.load_only(*of_job) if of_job else job.joinedload(Job.site),
        )
        .where(Application.public_id == sa.bindparam("public_id", type_=sa.Uuid()))
    )


def find_candidate(email: str) -> Candidate | None:
    """The candidate of an e-mail address, who may have applied before."""
    return db.session.scalar(sa.select(Candidate).where(Candidate.email == email)) if email else None


def find_application(candidate: Candidate, job: Job) -> Application | None:
    """A candidate's application for a job, or None."""
    return db.session.scalar(
        sa.select(Application).where(Application.candidate_id == candidate.id, Application.job_id == job.id)
    )


def links_of(application: Application) -> Sequence[CandidateLink]:
    """An application's links, the newest first."""
    return db.session.scalars(
        sa.select(CandidateLink)
        .where(CandidateLink.application_id == application.id)
        .order_by(CandidateLink.id.desc())
    ).all()


def get_link(actor: Actor, token: str, to: Act) -> CandidateLink:
    """The link of a token, for what its holder may do with it; one that is over says whom to ask."""
    link = db.session.scalar(
        sa.select(CandidateLink)
        .options(
            joinedload(CandidateLink.made_by),
            joinedload(CandidateLink.application).joinedload(Application.candidate),
            joinedload(CandidateLink.application).joinedload(Application.job).joinedload(Job.site),
        )
        .where(CandidateLink.token_digest == tokens.digest(token))
    )
    if link is None:
        raise NotFound
    if not policy.decide(actor, to, link):
        employer = identity.get_employer()
        contact = employer.contact_name or link.made_by.name
        ways = " or ".join(way for way in (employer.contact_phone, employer.contact_email) if way)
        why = "was withdrawn" if link.revoked_at else "has expired"
        raise Gone(f"This link {why}. Ask {contact}{f', {ways},' if ways else ''} for a new one.")
    return link


def get_own_link(actor: Actor, public_id: uuid.UUID, to: Act = Act.SEE_APPLICATION) -> CandidateLink:
    """A link of an application the actor may see, or do this to; 404 for anybody else."""
    link = db.session.scalar(
        sa.select(CandidateLink)
        .options(joinedload(CandidateLink.application))
        .where(CandidateLink.public_id == public_id)
    )
    if link is None or not policy.decide(actor, to, link):
        raise NotFound
    return link


def requests_by(application: Application) -> Sequence[AccommodationRequest]:
    """What a candidate asked to be different, the latest first: for the candidate's own page."""
    return db.session.scalars(
        sa.select(AccommodationRequest)
        .options(joinedload(AccommodationRequest.answered_by))
        .where(AccommodationRequest.application_id == application.id)
        .order_by(AccommodationRequest.id.desc())
    ).all()


def requests_of(actor: Actor, application: Application) -> Sequence[AccommodationRequest]:
    """The same for whoever may read it, and nothing for anybody else."""
    return requests_by(application) if policy.decide(actor, Act.READ_ACCOMMODATION, application) else []


def get_request(actor: Actor, public_id: uuid.UUID, to: Act) -> AccommodationRequest:
    """A request for an accommodation, for who may do this to it; 404 for anybody else."""
    request = db.session.scalar(
        sa.select(AccommodationRequest)
        .options(
            joinedload(AccommodationRequest.application).joinedload(Application.candidate),
            joinedload(AccommodationRequest.application).joinedload(Application.job).joinedload(Job.site),
            joinedload(AccommodationRequest.answered_by),
        )
        .where(AccommodationRequest.public_id == public_id)
    )
    if request is None or not policy.decide(actor, to, request):
        raise NotFound
    return request


def address_of(application: Application, page: str = "disclosures.personal") -> str | None:
    """The address of a page by the link of an application that works now; None without one.

    A link whose token was made otherwise, or under another secret, has an address that nobody knows any more.
    """
    for link in now_live(links_of(application)):
        token = tokens.derived(LINK, link.public_id)
        if tokens.digest(token) == link.token_digest:
            return url_for(page, token=token, _external=True)
    return None


def now_live(links: Sequence[CandidateLink]) -> list[CandidateLink]:
    """The links that work at this moment."""
    now = clock.now()
    return [link for link in links if link.revoked_at is None and now < link.expires_at]
