"""The letter that tells a hire that they are asked what the work has been like."""

from flask import g

from app.accuracy import rules
from app.accuracy.models import Hire
from app.candidates.letters import to_candidate
from app.core import clock
from app.core.db import db
from app.outbox.letters import Facts, Mail, letter
from app.web.words import day


@letter("check-in due")
def check_in_due(facts: Facts) -> Mail | None:
    """One check-in; none once it was answered, or another one is asked for."""
    hire = db.session.get(Hire, facts["hire"])
    if hire is None:
        return None
    job = hire.application.job
    g.time_zone = job.site.time_zone
    asked = rules.day_to_answer(hire.starts_on, clock.today(job.site.time_zone))
    if asked != facts["day"] or asked in {one.day for one in hire.check_ins}:
        return None
    until = rules.open_until(hire.starts_on, asked)
    return to_candidate(
        hire.application_id,
        f"Day {asked}: is the week as it was described?",
        f"You started as {job.title} on {day(hire.starts_on)}, and read numbers about the week before. "
        "Say which of them are right: the same, another number, or that you cannot say.",
        f"Who reads your answers is said on the page before you write any. It is open until {day(until)}, "
        "and answering is up to you.",
        page="accuracy.personal",
        link_words=f"Answer day {asked}",
    )
