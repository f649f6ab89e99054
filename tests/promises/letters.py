"""Letters that are sent while their workers are killed and people lose their rights, and what came of them.

What arrived is known from the mail server, which is no part of the application; what a letter is said to have
become, from its row.
"""

import random
import time
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from app.candidates import services as candidates
from app.candidates.models import CandidateLink
from app.core.db import db, reading
from app.outbox.models import Letter, State
from app.policy import Actor
from tests.factories import jobs, people
from tests.infrastructure.smtp import Inbox, mail_server
from tests.promises.postmen import SENDER, Postmen, Work, work

WORKERS = 2
PAUSES = 4  # How often everybody is killed and some people lose the right to their letter.
STEPS = ("mail", "reader", "letter", "taken")  # In which a conversation about a letter may be cut.
SECONDS_FOR_A_LETTER = 0.5  # Far more than it takes; what is not sent by then is lost.


@dataclass(frozen=True)
class Found:
    """What became of the letters."""

    letters: int
    kills: int
    doubled: int  # Arrived more often than once, each time under the same number.
    rights_lost: int
    lost: tuple[str, ...]  # Said to be sent, or due to somebody who kept the right, and never arrived.
    to_strangers: tuple[str, ...]  # Arrived after the right was lost.
    unknown: tuple[str, ...]  # Arrived under a number that no letter has, or to two readers.
    unnoted: int  # Sent, and the link is not marked as handed over.

    @property
    def figures(self) -> dict[str, float]:
        return {
            "letters": self.letters,
            "kills": self.kills,
            "lost": len(self.lost),
            "sent twice, under the same Message-ID": self.doubled,
            "rights lost meanwhile": self.rights_lost,
            "sent to one who lost it": len(self.to_strangers),
        }


def post(how_many: int) -> None:
    """So many candidates, each with a link that waits to be mailed."""
    job = jobs.team(jobs.job(people.hana()), recruiter=people.rina())
    rina = people.actor(people.rina())
    for number in range(how_many):
        email = f"candidate-{number}@marsh.example"
        applied = candidates.add_candidate(rina, job, name=f"Candidate {number}", email=email)
        candidates.make_link(rina, applied, days=60)
    db.session.commit()
    db.session.remove()


def under_fire(database: str, letters: int, *, kills: int, how: Work = work, seed: int = 1) -> Found:
    """Let workers send every letter while they are killed at any step of a conversation; then count."""
    post(letters)
    draw, ready = random.Random(seed), 0
    losing = letters // 50
    moments = set(draw.sample(range((letters - losing * PAUSES) * len(STEPS)), kills))
    pauses = [letters * number // (PAUSES + 1) for number in range(1, PAUSES + 1)] if losing else []
    forbidden: dict[str, int] = {}  # The number of a letter, and how many had arrived when its right ended.
    made = Counter[str]()
    with mail_server() as inbox:
        men = Postmen(WORKERS, database, inbox.port, how)

        def kill(_step: str) -> None:
            made["steps"] += 1
            if made["steps"] in moments:
                made["kills"] += 1
                draw.choice(men.running).kill()

        inbox.at_step = kill
        deadline = time.monotonic() + 30 + letters * SECONDS_FOR_A_LETTER
        try:
            while _waiting() and time.monotonic() < deadline:
                men.follow()
                if ready < len(pauses) and len(inbox.arrived) >= pauses[ready]:
                    ready += 1
                    made["kills"] += len(men.running)
                    men.kill_all()
                    _settle(inbox)
                    forbidden |= dict.fromkeys(
                        _take_rights(losing, draw, besides=forbidden), len(inbox.arrived)
                    )
                time.sleep(0.05)
        finally:
            men.kill_all()
    return _counted(inbox, forbidden, kills=made["kills"])


def _waiting() -> int:
    waiting = sa.select(sa.func.count()).select_from(Letter).where(Letter.state == State.WAITING)
    with reading(), db.engine.connect() as connection:
        return connection.scalar(waiting) or 0


def _settle(inbox: Inbox) -> None:
    """Let the mail server read what those who are dead had still sent."""
    before = -1
    while before < (before := len(inbox.arrived)):
        time.sleep(0.2)


def _take_rights(how_many: int, draw: random.Random, *, besides: Collection[str]) -> list[str]:
    """Revoke, withdraw or replace: the numbers of letters that nobody may get any more."""
    found = db.session.scalars(
        sa.select(Letter).where(Letter.state == State.WAITING, Letter.kind == "candidate link")
    )
    rina = people.actor(people.rina())
    waiting = [letter for letter in found if _number(letter) not in besides]
    taken = draw.sample(waiting, min(how_many, len(waiting)))
    for turn, letter in enumerate(taken):
        link = db.session.get_one(CandidateLink, letter.facts["link"])
        _TAKINGS[turn % len(_TAKINGS)](rina, link)
    db.session.commit()
    numbers = [_number(letter) for letter in taken]
    db.session.remove()
    return numbers


def _replace(actor: Actor, link: CandidateLink) -> None:
    candidates.make_link(actor, link.application, days=60)


def _withdraw(actor: Actor, link: CandidateLink) -> None:
    candidates.withdraw(actor, link.application, reason="Another offer came first.")


_TAKINGS = (candidates.revoke_link, _withdraw, _replace)


def _number(letter: Letter) -> str:
    return f"<{letter.public_id}@{SENDER.domain}>"


def _counted(inbox: Inbox, forbidden: dict[str, int], *, kills: int) -> Found:
    letters = {_number(letter): letter for letter in db.session.scalars(sa.select(Letter))}
    arrived = Counter(one.number for one in inbox.arrived)
    readers = {(one.number, one.to) for one in inbox.arrived}
    links = {link.id: link for link in db.session.scalars(sa.select(CandidateLink))}
    return Found(
        letters=len(letters),
        kills=kills,
        doubled=arrived.total() - len(arrived),
        rights_lost=len(forbidden),
        lost=tuple(
            number
            for number, letter in letters.items()
            if not arrived[number] and (number not in forbidden or letter.state == State.SENT)
        ),
        to_strangers=tuple(number for number, since in forbidden.items() if number in _numbers(inbox, since)),
        unknown=tuple(arrived.keys() - letters.keys()) + (("two readers",) * (len(readers) - len(arrived))),
        unnoted=sum(
            links[int(letter.facts["link"])].handed_over_at is None
            for letter in letters.values()
            if letter.kind == "candidate link" and letter.state == State.SENT
        ),
    )


def _numbers(inbox: Inbox, since: int) -> set[str]:
    return {one.number for one in inbox.arrived[since:]}
