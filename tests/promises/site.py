"""People with open scorecards, and a server that serves them as in production."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.core.db import db
from app.identity import sessions
from app.policy import Role
from tests.factories import jobs, loops, people, scoring
from tests.infrastructure.gunicorn import AS_THE_README_SAYS, Gunicorn, gunicorn

PRODUCTION = {
    "EVENHAND_MODE": "production",
    "EVENHAND_SECRET_KEY": "a-key-of-the-tests-of-at-least-32-characters",
}
DEVELOPMENT = {"EVENHAND_MODE": "development"}


@dataclass(frozen=True)
class Seat:
    """A signed-in interviewer and one of their open scorecards."""

    token: str
    card: str

    @property
    def address(self) -> str:
        return f"/scorecards/{self.card}"


def seats(interviewers: int, *, candidates: int = 1, filled_in: bool = False) -> list[Seat]:
    """So many interviewers who each have to score these candidates; by candidate, then by person.

    Filled in, nothing is left to do but to hand in.
    """
    panel = [people.person(f"Interviewer{number} Lund", Role.INTERVIEWER) for number in range(interviewers)]
    job = jobs.job(people.hana())
    jobs.team(job, recruiter=people.rina(), interviewers=panel)
    loops.open_loop(job, panel[:2])
    tokens = [sessions.begin(person.id) for person in panel]
    found = []
    for number in range(candidates):
        application = scoring.application([], f"Candidate {number}", job)
        interview = scoring.interview_with(panel, of=application)
        for token, person in zip(tokens, panel, strict=True):
            card = scoring.card_of(interview, person)
            if filled_in:
                scoring.save(card, **scoring.complete_fields(card))
            found.append(Seat(token, str(card.public_id)))
    db.session.commit()
    return found


@contextmanager
def served(
    url: str,
    folder: Path,
    *,
    application: str = "wsgi:app",
    mode: Mapping[str, str] = PRODUCTION,
    options: Sequence[str] = AS_THE_README_SAYS,
    under: Sequence[str | Path] = (),
) -> Iterator[Gunicorn]:
    """The application over a database, in processes of its own; a defective one is named by its function."""
    environment = {**mode, "DATABASE_URL": url}
    with gunicorn(application, environment, folder / "gunicorn.log", options=options, under=under) as running:
        yield running
