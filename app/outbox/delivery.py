"""The worker that sends letters: claim one, write it as it has to be now, hand it in, keep what came of it.

Each of these is a transaction of its own, and none is open while the mail server is spoken to. A worker that
dies loses nothing: its claim ends, and another sends the letter again with the same Message-ID.
"""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import sqlalchemy as sa
from flask import current_app

from app.core import clock
from app.core.config import MailServer
from app.core.db import db, reading
from app.outbox import letters, rules
from app.outbox.mailing import NoService, PostOffice, Unsendable, message
from app.outbox.models import Letter, State
from app.web.addresses import outside
from app.web.logs import log

TOO_LATE = "It waited longer than seven days and is no news any more."


@dataclass
class Round:
    """What came of the letters that were due."""

    sent: int = 0
    dropped: int = 0
    put_off: int = 0
    dead: int = 0
    fault: str = ""  # Why the round ended before its time.

    @property
    def is_empty(self) -> bool:
        return not (self.sent or self.dropped or self.put_off or self.dead or self.fault)

    @property
    def words(self) -> str:
        """ "3 sent, 1 dropped, 0 put off, 0 dead."."""
        said = f"{self.sent} sent, {self.dropped} dropped, {self.put_off} put off, {self.dead} dead."
        return f"{said} {self.fault}".rstrip()


@dataclass(frozen=True)
class Claim:
    """A letter that is this worker's until its lease ends."""

    worker: uuid.UUID
    id: int
    public_id: uuid.UUID
    kind: str
    facts: letters.Facts
    tries: int
    due_at: datetime


def deliver(
    server: MailServer, *, lease: timedelta = rules.LEASE, is_over: Callable[[], bool] = lambda: False
) -> Round:
    """Send every letter that is due, one after the other, until none is left or the mail server is away."""
    worker, done = uuid.uuid4(), Round()
    with PostOffice(server) as office:
        while not is_over() and (claim := claimed(worker, lease)):
            try:
                _send(claim, office, server, done)
            except NoService as error:
                _keep(claim, tries=claim.tries - 1, fault=error.fault)
                done.fault = error.fault
                break
    return done


def claimed(worker: uuid.UUID, lease: timedelta) -> Claim | None:
    """Claim the letter that is due longest; one statement, so that no two workers ever get the same."""
    now = clock.now()
    due = (
        sa.select(Letter.id)
        .where(Letter.state == State.WAITING, Letter.due_at <= now)
        .where(sa.or_(Letter.claimed_until.is_(None), Letter.claimed_until <= now))
        .order_by(Letter.due_at, Letter.id)
        .limit(1)
        .with_for_update(skip_locked=True)  # SQLite has one writer, and leaves it out.
    )
    claim = (
        sa.update(Letter)
        .where(Letter.id == due.scalar_subquery())
        .values(claimed_by=worker, claimed_until=now + lease, tries=Letter.tries + 1)
        .returning(Letter.id, Letter.public_id, Letter.kind, Letter.facts, Letter.tries, Letter.due_at)
    )
    with db.engine.begin() as connection:
        row = connection.execute(claim).one_or_none()
    return Claim(worker, *row) if row else None


def _send(claim: Claim, office: PostOffice, server: MailServer, done: Round) -> None:
    try:
        if rules.is_given_up(claim.tries - 1):
            raise Unsendable("Whoever sent it ended each time before it was known to arrive.", for_good=True)
        if clock.now() - claim.due_at > rules.LONGEST_WAIT:
            done.dropped += _keep(claim, state=State.DROPPED, ended_at=clock.now(), fault=TOO_LATE)
            return
        made = _written(claim, server)
        if made is not None:
            office.hand_in(made)
    except Unsendable as error:
        if error.for_good or rules.is_given_up(claim.tries):
            done.dead += _keep(claim, state=State.DEAD, ended_at=clock.now(), fault=error.fault)
        else:
            due = clock.now() + rules.pause(claim.tries)
            done.put_off += _keep(claim, due_at=due, fault=error.fault)
    else:
        if made is None:
            done.dropped += _keep(claim, state=State.DROPPED, ended_at=clock.now(), fault="")
        else:
            done.sent += _keep_sent(claim)


def _written(claim: Claim, server: MailServer) -> EmailMessage | None:
    """The message as it has to be now; None when nobody is left to reach."""
    try:
        with _apart(), outside(), reading():
            mail = letters.compose(claim.kind, claim.facts)
            if mail is None:
                return None
            return message(mail, number=str(claim.public_id), sender=server.sender, at=clock.now())
    except Unsendable:
        raise
    except Exception as error:
        log.error("letter.not_written", letter=str(claim.public_id), kind=claim.kind, exc_info=error)
        raise Unsendable("Evenhand could not write it; the log says why.") from error


def _keep_sent(claim: Claim) -> int:
    """Mark a letter as sent, with what follows from it; what follows never makes it be sent again."""
    sent: dict[str, Any] = {"state": State.SENT, "ended_at": clock.now(), "fault": ""}
    try:
        return _keep(claim, lambda: letters.note_sent(claim.kind, claim.facts), **sent)
    except Exception as error:
        log.error("letter.not_noted", letter=str(claim.public_id), kind=claim.kind, exc_info=error)
        return _keep(claim, **sent)


def _keep(claim: Claim, follow: Callable[[], None] = lambda: None, **values: Any) -> int:
    """Give a claim back with what came of it, unless its lease ended and another has it: 1, or else 0."""
    with _apart():
        kept = db.session.scalar(
            sa.update(Letter)
            .where(Letter.id == claim.id, Letter.claimed_by == claim.worker, Letter.state == State.WAITING)
            .values(claimed_by=None, claimed_until=None, **values)
            .returning(Letter.id)
        )
        if kept is not None:
            follow()
        db.session.commit()
    log.info("letter.tried", letter=str(claim.public_id), kind=claim.kind, state=str(values.get("state", "")))
    return int(kept is not None)


@contextmanager
def _apart() -> Iterator[None]:
    """A database session of its own, so that nothing is remembered from one letter to the next."""
    with current_app.app_context():
        yield
