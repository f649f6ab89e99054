"""What is done after a decision: a first day is recorded, and the hire says what the work has been like."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from app import policy
from app.accuracy import queries, rules
from app.accuracy.models import CheckAnswer, CheckIn, Found, Hire
from app.accuracy.rules import Hiring
from app.audit import services as audit
from app.audit.events import Event
from app.candidates import services as candidates
from app.candidates.models import Application, CandidateLink
from app.core import clock
from app.core.db import db, one_at_a_time
from app.core.errors import Conflict
from app.outbox import services as outbox
from app.policy import Act, Actor


def record_hire(actor: Actor, application: Application, hiring: Hiring, *, starts_on: date) -> Hire:
    """Keep the first day and the version that was accepted; the day can change until something is answered.

    The candidate's link works until ten days after the last check-in.
    """
    policy.check(actor, Act.RECORD_HIRE, hiring)
    one_at_a_time(application.job)
    zone = application.job.site.time_zone
    rules.check_first_day(starts_on, clock.today(zone))
    hire = queries.hire_of(application)
    if hire is None:
        version, acknowledged = queries.accepted_by(application)
        if version is None:
            raise Conflict("Nothing is published of this job: there is nothing to hold a first day against.")
        hire = Hire(
            application=application,
            version=version,
            starts_on=starts_on,
            recorded_by_id=actor.id,
            check_ins=[],
        )
        db.session.add(hire)
        db.session.flush()
        audit.record(
            actor,
            Event.HIRE_RECORDED,
            hire,
            job_id=application.job_id,
            number=version.number,
            acknowledged=acknowledged,
        )
    elif hire.starts_on != starts_on:
        if hire.check_ins:
            raise Conflict("They have answered a check-in already: the first day stays as it is.")
        hire.starts_on = starts_on
        db.session.flush()
        audit.record(actor, Event.HIRE_CHANGED, hire, job_id=application.job_id, fields=["starts_on"])
    last = datetime.combine(starts_on + timedelta(days=rules.LAST_DAY + 1), time(), ZoneInfo(zone))
    candidates.keep_link(actor, application, until=last)
    return hire


@dataclass(frozen=True)
class Said:
    """What a hire says of one number; `number` only where it is another one."""

    answer: Found
    number: Decimal | None = None


def answer_check_in(
    actor: Actor,
    link: CandidateLink,
    hire: Hire,
    *,
    day: int,
    said: Mapping[str, Said],
    surprise: str,
    is_shared: bool,
) -> CheckIn:
    """Keep what a hire found, and that they read before who reads it; what is kept stays as it is.

    Sending a day again is the same check-in, so that a second click adds nothing.
    """
    policy.check(actor, Act.ANSWER_CHECK_IN, link)
    surprise = rules.check_surprise(surprise)
    # Answers join what is counted in their order; two at once would make it another order afterwards.
    one_at_a_time(link.application.job)
    db.session.refresh(hire, ["check_ins"])
    known = next((one for one in hire.check_ins if one.day == day), None)
    if known is not None:
        return known
    if rules.day_to_answer(hire.starts_on, clock.today(link.application.job.site.time_zone)) != day:
        raise Conflict("This check-in is over. What is asked now stands below.")
    asked = {one.key for one in queries.questions_of(hire, day)}
    audit.record(actor, Event.NOTICE_ACCEPTED, hire, job_id=hire.job_id, day=day, digest=rules.NOTICE_DIGEST)
    check_in = CheckIn(
        hire=hire,
        day=day,
        surprise=surprise,
        is_shared=is_shared,
        answers=[
            CheckAnswer(key=key, answer=one.answer, number=one.number)
            for key, one in said.items()
            if key in asked
        ],
    )
    db.session.add(check_in)
    db.session.flush()
    audit.record(
        actor,
        Event.CHECK_IN_ANSWERED,
        check_in,
        job_id=hire.job_id,
        day=day,
        number=hire.version.number,
        shared=is_shared,
    )
    return check_in


def remind() -> int:
    """Post a letter to everybody who has a check-in to answer; one a check-in, however often this runs."""
    due = [
        (hire, day)
        for hire in queries.to_remind()
        if (day := rules.day_to_answer(hire.starts_on, clock.today(hire.application.job.site.time_zone)))
        and day not in {one.day for one in hire.check_ins}
    ]
    for hire, day in due:
        outbox.post("check-in due", key=f"check-in {hire.public_id} {day}", hire=hire.id, day=day)
    return len(due)
