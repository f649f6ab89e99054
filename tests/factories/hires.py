"""People who were hired, and what they found after 30, 60 and 90 days."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from app.accuracy import queries, services
from app.accuracy.models import CheckIn, Found, Hire
from app.accuracy.services import Said
from app.candidates import queries as candidates
from app.candidates.models import Application
from app.core import clock, tokens
from app.core.db import db
from app.debrief import queries as debriefs
from app.debrief.models import DecisionOutcome
from app.jobs.models import Job
from app.policy import NOBODY
from tests.factories import debrief, people, scoring

SAME, CANNOT_SAY = "same", "cannot say"
FIRST_DAY = date(2026, 3, 16)


def offered(job: Job, name: str = "Cleo Marsh") -> Application:
    """A candidate whom Hana offers the job, whatever the rule says."""
    return offer(scoring.application([], name, job))


def offer(application: Application) -> Application:
    """The same for somebody who has applied."""
    debrief.decision(application, outcome=DecisionOutcome.OFFER, departure="She did this job for a year.")
    return application


def hired(application: Application, *, starts_on: date = FIRST_DAY) -> Hire:
    """The candidate accepts, and Rina records the first day a week before it."""
    with clock.at(on(starts_on, -7)):
        hire = services.record_hire(
            people.actor(people.rina()), application, debriefs.hiring(application), starts_on=starts_on
        )
        db.session.commit()
    return hire


def on(starts_on: date, day: int) -> datetime:
    """Noon, about, of a day counted from the first one."""
    return datetime.combine(starts_on + timedelta(days=day), time(18), UTC)


def page_of(hire: Hire) -> str:
    """The address of the hire's own page, by their link."""
    [link, *_] = candidates.links_of(hire.application)
    return f"/c/{tokens.derived(candidates.LINK, link.public_id)}/start"


def answered(
    hire: Hire,
    day: int,
    found: Mapping[str, float | str],
    *,
    surprise: str = "",
    is_shared: bool = False,
) -> CheckIn:
    """What the hire says on a day: by number the same, another one, or that they cannot say."""
    said = {
        key: Said(Found(value)) if isinstance(value, str) else Said(Found.DIFFERENT, Decimal(str(value)))
        for key, value in found.items()
    }
    with clock.at(on(hire.starts_on, day)):
        link = candidates.now_live(candidates.links_of(hire.application))[0]
        check_in = services.answer_check_in(
            NOBODY,
            link,
            queries.get_hire_of(hire.application),
            day=day,
            said=said,
            surprise=surprise,
            is_shared=is_shared,
        )
        db.session.commit()
    return check_in
