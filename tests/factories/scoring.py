"""Applications, interviews and scorecards in each of their states, made as the people of the stories do."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from app.candidates import services as candidates
from app.candidates.models import Application
from app.core import clock
from app.core.db import db
from app.identity.models import Person
from app.jobs.models import Job
from app.scoring import queries, services
from app.scoring.drafts import NOT_OBSERVED, Change
from app.scoring.models import Assignment, Interview, Scorecard
from tests.factories import jobs, loops, people

NOON = datetime(2026, 3, 10, 17, 0, tzinfo=UTC)  # A Tuesday; noon in Chicago, where the site is.


def application(panel: Sequence[Person], name: str = "Cleo Marsh", job: Job | None = None) -> Application:
    """A candidate for a job of Hana's and Rina's, whose open loop has this panel in each of three stages."""
    if job is None:
        job = jobs.job(people.hana())
        jobs.team(job, recruiter=people.rina(), interviewers=panel)
        loops.open_loop(job, panel)
    made = candidates.add_candidate(people.actor(people.rina()), job, name=name)
    db.session.commit()
    return made


def interview_with(
    panel: Sequence[Person],
    submitted: Sequence[Person] = (),
    *,
    of: Application | None = None,
    stage: int = 1,
    starts_at: datetime = NOON,
    levels: Mapping[str, int | None] | None = None,
    declared: bool = True,
) -> Interview:
    """An interview with this panel, of which these have handed in their scorecards an hour after it.

    Everybody has declared that nothing ties them to the candidate, unless said otherwise.
    """
    found = of or application(panel)
    loop = queries.loop_of(found)
    assert loop is not None
    interview = services.schedule_interview(
        people.actor(people.rina()),
        found,
        loop.stages[stage - 1],
        starts_at=starts_at,
        minutes=20,
        place="Room 2",
        panel=panel,
    )
    for seat in interview.assignments if declared else ():
        services.declare(people.actor(seat.person), seat.scorecard, None)
    for person in submitted:
        submit(card_of(interview, person), levels, at=starts_at + timedelta(hours=1))
    db.session.commit()
    return interview


def seat_of(interview: Interview, person: Person) -> Assignment:
    """The person's assignment."""
    db.session.refresh(interview, ["assignments"])
    return next(one for one in interview.assignments if one.person_id == person.id)


def card_of(interview: Interview, person: Person) -> Scorecard:
    """The person's scorecard."""
    return seat_of(interview, person).scorecard


def codes_of(card: Scorecard) -> tuple[str, ...]:
    """The criteria of a scorecard, in their order."""
    return queries.shape_of(card).codes


def complete_fields(card: Scorecard, levels: Mapping[str, int | None] | None = None) -> dict[str, str]:
    """Fields with nothing left: each criterion has its level, 3 unless said, and a note of its own."""
    given = dict.fromkeys(codes_of(card), 3) | dict(levels or {})
    fields: dict[str, str] = {"retelling": "Called first, then planned the day."}
    for number, (code, level) in enumerate(given.items(), start=1):
        if level is None:
            fields |= {f"level-{code}": NOT_OBSERVED, f"reason-{code}": "ran out of time"}
            continue
        fields |= {
            f"level-{code}": str(level),
            f"note-{number}": f"“I call him first.” Said about {code}.",
            f"ties-{number}": code,
            f"because-{code}": f"That is what {level} describes." if level in {1, 4, 5} else "",
        }
    return {name: body for name, body in fields.items() if body}


def save(card: Scorecard, **fields: str) -> None:
    """Save fields of an open scorecard, as its author's page does; `level_SAF` stands for `level-SAF`."""
    saved = queries.saved_fields(card)
    changes = [
        Change(name, body, saved[name].count if name in saved else 0, number)
        for number, (name, body) in enumerate(
            ((name.replace("_", "-"), body) for name, body in fields.items()), start=1
        )
    ]
    services.save_fields(people.actor(card.assignment.person), card, changes, client=uuid4().hex)
    db.session.commit()


def submit(
    card: Scorecard,
    levels: Mapping[str, int | None] | None = None,
    *,
    at: datetime = NOON + timedelta(hours=1),
) -> Scorecard:
    """Fill in a scorecard and hand it in."""
    author = people.actor(card.assignment.person)
    with clock.at(at):
        services.declare(author, card, None)
        save(card, **complete_fields(card, levels))
        services.submit_scorecard(author, card, version=card.version, key=uuid4().hex)
    db.session.commit()
    return card
