"""Reads about hires: what each was asked and said, and what of it a reader may know."""

import json
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app import policy
from app.accuracy import rules
from app.accuracy.asked import Asked, asked, load_on, measured_on, numbers, words_on
from app.accuracy.models import CheckAnswer, CheckIn, Found, Hire
from app.accuracy.rules import Answered, Correction, Tally
from app.candidates.models import Application
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound
from app.disclosures import queries as disclosures
from app.disclosures.document import Document
from app.disclosures.models import Disclosure, DisclosureVersion
from app.disclosures.pinned import joins
from app.disclosures.upkeep.queries import doubts
from app.identity.models import Site
from app.jobs.models import Job
from app.policy import Act, Actor
from reports.workload.accuracy import Closeness, Comparison


def hire_of(application: Application) -> Hire | None:
    """The hire that an application became, with its version and check-ins; None while it has not."""
    return db.session.scalar(
        sa.select(Hire)
        .options(joinedload(Hire.version), selectinload(Hire.check_ins))
        .where(Hire.application_id == application.id)
        .execution_options(populate_existing=True)
    )


def get_hire_of(application: Application) -> Hire:
    """The same; 404 for a candidate who was not hired."""
    hire = hire_of(application)
    if hire is None:
        raise NotFound
    return hire


def get_day(day: int | None) -> int:
    """One of the days on which there is a check-in."""
    if day not in rules.DAYS:
        raise NotFound
    return day


def accepted_by(application: Application) -> tuple[DisclosureVersion | None, bool]:
    """The version a candidate took the job on, and whether they acknowledged it.

    Without an acknowledgement it is the one that was published when the decision was recorded.
    """
    acknowledged = disclosures.acknowledgement_of(application)
    if acknowledged is not None:
        return acknowledged.version, True
    then = db.session.scalar(
        sa.select(DisclosureVersion)
        .join(DisclosureVersion.disclosure)
        .where(
            Disclosure.job_id == application.job_id,
            DisclosureVersion.published_at <= (application.decided_at or clock.now()),
        )
        .order_by(DisclosureVersion.number.desc())
        .limit(1)
    )
    return then or disclosures.latest(application.job_id), False


def hires_of(job: Job) -> Sequence[Hire]:
    """Everybody hired for a job, with their check-ins, in the order in which they began."""
    return db.session.scalars(
        sa.select(Hire)
        .join(Hire.application)
        .options(
            contains_eager(Hire.application).joinedload(Application.candidate),
            joinedload(Hire.version),
            selectinload(Hire.check_ins),
        )
        .where(Application.job_id == job.id)
        .order_by(Hire.starts_on, Hire.id)
    ).all()


def get_check_in(actor: Actor, public_id: uuid.UUID) -> CheckIn:
    """What one hire answered on one day; 404 for whoever may not read a single person's answers."""
    found = db.session.scalar(
        sa.select(CheckIn)
        .options(
            selectinload(CheckIn.answers),
            joinedload(CheckIn.hire).joinedload(Hire.version),
            joinedload(CheckIn.hire).joinedload(Hire.application).joinedload(Application.candidate),
            joinedload(CheckIn.hire)
            .joinedload(Hire.application)
            .joinedload(Application.job)
            .joinedload(Job.site),
        )
        .where(CheckIn.public_id == public_id)
    )
    if found is None or not policy.decide(actor, Act.READ_CHECK_IN, found):
        raise NotFound
    return found


def to_remind() -> Sequence[Hire]:
    """Hires who may have something to answer, with what they have answered."""
    return db.session.scalars(
        sa.select(Hire)
        .options(
            selectinload(Hire.check_ins),
            joinedload(Hire.application).joinedload(Application.job).joinedload(Job.site),
        )
        .order_by(Hire.id)
    ).all()


@dataclass(frozen=True)
class Standing:
    """Where a hire stands today: the day that is asked about, if one is, and when the next one is."""

    day: int | None
    questions: Sequence[Asked]
    words: Sequence[tuple[str, str]]
    until: date | None
    next_on: date | None
    answered: Mapping[int, datetime]
    share: Fraction  # Of a full load, as the version's ramp plans it for the day.


def standing(hire: Hire, today: date) -> Standing:
    """What a hire is asked today."""
    document = json.loads(hire.version.document)
    answered = {one.day: one.created_at for one in hire.check_ins}
    day = rules.day_to_answer(hire.starts_on, today)
    to_come = [opens for one in rules.DAYS if (opens := rules.opens_on(hire.starts_on, one)) > today]
    is_open = day is not None and day not in answered
    return Standing(
        day=day if is_open else None,
        questions=asked(document, day) if day and is_open else (),
        words=words_on(document, day) if day and is_open else (),
        until=rules.open_until(hire.starts_on, day) if day and is_open else None,
        next_on=to_come[0] if to_come else None,
        answered=answered,
        share=load_on(document, day or 1),
    )


def questions_of(hire: Hire, day: int) -> list[Asked]:
    """The numbers that a hire is asked about on a day."""
    return asked(json.loads(hire.version.document), day)


def findings(check_in: CheckIn) -> list[tuple[Asked, CheckAnswer, Comparison | None]]:
    """What was said on one day, in the order of the version; nothing of what was left out."""
    said = {answer.key: answer for answer in check_in.answers}
    published = numbers(json.loads(check_in.hire.version.document), check_in.day)
    return [
        (one, said[key], None if said[key].answer is Found.CANNOT_SAY else one.compare(said[key].number))
        for key, one in published.items()
        if key in said
    ]


# What readers may know --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Truth:
    """What the people hired for a job found, as far as one reader may know it."""

    people: int  # Who answered anything, whether it is counted for this reader or not.
    counted: tuple[Answered, ...]
    corrections: tuple[Correction, ...]

    @property
    def tally(self) -> Tally | None:
        return rules.tally(self.counted)

    @property
    def fields(self) -> dict[str, Tally]:
        return rules.by_field(self.counted)


def truth(job_id: int, *, newest: DisclosureVersion | None = None, readable: Collection[int] = ()) -> Truth:
    """What a job's hires found, for whoever may read these check-ins; without any, for everybody.

    `newest` is the version that stands, where it was read already.
    """
    rows = _rows(job_id)
    version = (newest or disclosures.latest(job_id)) if rows else None
    documents = _documents({row.version_id for row in rows}, version)
    answers = _answers(rows, documents, version)
    open_to_all = {one.number for one in rules.whole_groups(answers)}
    stated = measured_on(documents[version.id]) if version else {}
    return Truth(
        people=len({one.hire_id for one in answers}),
        counted=tuple(one for one in answers if one.number in open_to_all or one.check_in_id in readable),
        corrections=tuple(rules.corrections(answers, stated)),
    )


@doubts
def missed_since(version: DisclosureVersion) -> date | None:
    """Since when two people have found a number of a version wrong that nobody has measured again."""
    return min((one.since for one in truth(version.job_id, newest=version).corrections), default=None)


@joins
def not_started(job_id: int) -> dict[int, DisclosureVersion]:
    """By application, the version that each hire of a job accepted whose first day is still to come."""
    hires = db.session.scalars(
        sa.select(Hire)
        .join(Hire.application)
        .join(Application.job)
        .options(joinedload(Hire.version), contains_eager(Hire.application).contains_eager(Application.job))
        .where(Application.job_id == job_id, Application.withdrawn_at.is_(None))
    ).all()
    return {
        hire.application_id: hire.version
        for hire in hires
        if hire.starts_on > clock.today(hire.application.job.site.time_zone)
    }


def _rows(job_id: int) -> Sequence[sa.Row[CheckAnswer, CheckIn, int, str]]:
    """Every number that was said of a job, in the order in which they came."""
    return db.session.execute(
        sa.select(CheckAnswer, CheckIn, Hire.version_id, Site.time_zone)
        .join(CheckAnswer.check_in)
        .join(CheckIn.hire)
        .join(Hire.application)
        .join(Application.job)
        .join(Job.site)
        .where(Application.job_id == job_id, CheckAnswer.answer != Found.CANNOT_SAY)
        .order_by(CheckAnswer.id)
    ).all()


def _answers(
    rows: Sequence[sa.Row[CheckAnswer, CheckIn, int, str]],
    documents: Mapping[int, Document],
    newest: DisclosureVersion | None,
) -> list[Answered]:
    """Each number held against the version its hire accepted, and against the newest one."""
    answered = {answer.key for answer, *_ in rows}
    published = cache(lambda version_id, day: numbers(documents[version_id], day, only=answered))
    found = []
    for answer, check_in, version_id, zone in rows:
        about = published(version_id, check_in.day)[answer.key]
        comparison = about.compare(answer.number)
        now = published(newest.id, check_in.day).get(answer.key) if newest else None
        found.append(
            Answered(
                number=answer.id,
                check_in_id=check_in.id,
                hire_id=check_in.hire_id,
                day=check_in.day,
                key=answer.key,
                label=about.label,
                is_shared=check_in.is_shared,
                on=answer.created_at.astimezone(ZoneInfo(zone)).date(),
                comparison=comparison,
                misses_newest=now is not None and now.compare(comparison.found).closeness is Closeness.MISS,
            )
        )
    return found


def _documents(version_ids: Collection[int], newest: DisclosureVersion | None) -> dict[int, Document]:
    """What these versions say, and the newest."""
    texts = {newest.id: newest.document} if newest else {}
    others = set(version_ids) - texts.keys()
    if others:
        rows = sa.select(DisclosureVersion.id, DisclosureVersion.document)
        found = db.session.execute(rows.where(DisclosureVersion.id.in_(others)))
        texts |= {row.id: row.document for row in found}
    return {version_id: json.loads(text) for version_id, text in texts.items()}
