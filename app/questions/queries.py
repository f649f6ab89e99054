"""Reads about what candidates ask: by the holder of a link, by the job's team, and who asked."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app import policy
from app.candidates.models import Application, Candidate, CandidateLink
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound
from app.jobs.models import Job
from app.policy import Act, Actor
from app.questions.models import Answer, Question, ShadowVisit
from app.questions.topics import BY_KEY
from app.web.paging import SIZE, Page


@dataclass(frozen=True)
class Published:
    """A question with the answer that stands, as every candidate of the job reads it."""

    wording: str
    text: str
    at: datetime
    is_corrected: bool


@dataclass(frozen=True)
class Tally:
    """A topic that candidates of a job ticked: how many, and since when it is answered."""

    question_id: uuid.UUID  # Of the first who ticked it; an answer to it is an answer to all.
    topic: str
    candidates: int
    answered_at: datetime | None

    @property
    def text(self) -> str:
        return BY_KEY[self.topic].question if self.topic in BY_KEY else self.topic


def published_in(job: Job) -> list[Published]:
    """What was asked and answered about a job, the latest first; the last answer to each stands."""
    rows = db.session.execute(
        sa.select(Answer, Question.topic)
        .join(Answer.question)
        .join(Question.application)
        .where(Application.job_id == job.id)
        .order_by(Answer.id)
    )
    stands: dict[str | int, Published] = {}
    for answer, topic in rows:
        about = topic or answer.question_id
        corrects = stands.pop(about, None) is not None
        stands[about] = Published(answer.wording, answer.text, answer.created_at, corrects)
    return list(reversed(stands.values()))


def asked_by(application: Application) -> Sequence[Question]:
    """What a candidate asked, in their order."""
    return db.session.scalars(
        sa.select(Question)
        .options(selectinload(Question.answers))
        .where(Question.application_id == application.id)
        .order_by(Question.id)
    ).all()


def visit_of(application: Application) -> ShadowVisit | None:
    """A candidate's wish for a visit, or None."""
    return db.session.scalar(
        sa.select(ShadowVisit)
        .options(joinedload(ShadowVisit.answered_by))
        .where(ShadowVisit.application_id == application.id)
    )


def tallies(job: Job) -> list[Tally]:
    """The topics that candidates of a job ticked, the most wanted first; those answered come last."""
    rows = db.session.execute(
        sa.select(
            Question.topic,
            sa.func.count(Question.application_id.distinct()),
            sa.func.min(Question.id),
            sa.func.max(Answer.created_at),
        )
        .join(Question.application)
        .outerjoin(Answer, Answer.question_id == Question.id)
        .where(Application.job_id == job.id, Question.topic != "")
        .group_by(Question.topic)
    ).all()
    ids = dict(
        db.session.execute(
            sa.select(Question.id, Question.public_id).where(Question.id.in_([row[2] for row in rows]))
        ).all()
    )
    found = [Tally(ids[least], topic, many, at) for topic, many, least, at in rows]
    return sorted(found, key=lambda one: (one.answered_at is not None, -one.candidates, one.text))


def in_own_words(job: Job, number: int) -> tuple[Sequence[Question], Page]:
    """One page of what candidates of a job asked in their own words; what waits comes first."""
    wanted = (Application.job_id == job.id, Question.topic == "")
    total = db.session.scalar(
        sa.select(sa.func.count()).select_from(Question).join(Question.application).where(*wanted)
    )
    page = Page(number, total or 0)
    found = db.session.scalars(
        sa.select(Question)
        .join(Question.application)
        .options(selectinload(Question.answers))
        .where(*wanted)
        .order_by(Question.answers.any(), Question.id.desc())
        .offset(page.offset)
        .limit(SIZE)
    ).all()
    return found, page


def waiting_visits(actor: Actor, job: Job) -> Sequence[ShadowVisit]:
    """The wishes for a visit that nobody has answered, for who may know whose they are; else none."""
    if not policy.decide(actor, Act.SEE_WHO_ASKED, job):
        return []
    return db.session.scalars(
        sa.select(ShadowVisit)
        .join(ShadowVisit.application)
        .join(Application.candidate)
        .options(contains_eager(ShadowVisit.application).contains_eager(Application.candidate))
        .where(Application.job_id == job.id, ShadowVisit.answered_at.is_(None))
        .order_by(ShadowVisit.id)
    ).all()


def get_question(actor: Actor, public_id: uuid.UUID, to: Act) -> Question:
    """A question with its answers, for who may do this to it; 404 for anybody else."""
    question = db.session.scalar(
        sa.select(Question)
        .options(
            joinedload(Question.application).joinedload(Application.job).joinedload(Job.site),
            selectinload(Question.answers).joinedload(Answer.person),
        )
        .where(Question.public_id == public_id)
    )
    if question is None or not policy.decide(actor, to, question):
        raise NotFound
    return question


def answers_to(question: Question) -> Sequence[Answer]:
    """Every answer to a question, or to its topic whoever ticked it, the earliest first."""
    same = (
        sa.and_(Question.topic == question.topic, Application.job_id == question.job_id)
        if question.topic
        else Question.id == question.id
    )
    return db.session.scalars(
        sa.select(Answer)
        .join(Answer.question)
        .join(Question.application)
        .options(joinedload(Answer.person))
        .where(same)
        .order_by(Answer.id)
    ).all()


def names_in(job: Job) -> Sequence[str]:
    """The names of everybody who applied for a job."""
    return db.session.scalars(
        sa.select(Candidate.name)
        .join(Application, Application.candidate_id == Candidate.id)
        .where(Application.job_id == job.id)
    ).all()


def readers_of(job: Job) -> Sequence[int]:
    """The ids of the applications whose candidates can be told by mail that an answer is there."""
    return db.session.scalars(
        sa.select(Application.id)
        .join(Application.candidate)
        .where(
            Application.job_id == job.id,
            Application.withdrawn_at.is_(None),
            Candidate.email != "",
            sa.exists().where(
                CandidateLink.application_id == Application.id,
                CandidateLink.revoked_at.is_(None),
                CandidateLink.expires_at > clock.now(),
            ),
        )
        .order_by(Application.id)
    ).all()
