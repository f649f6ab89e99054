"""Workers that send letters, each a process to be killed; and workers with a defect.

They are forked from a process that has read the application and opened no database: each begins at once.
"""

import logging
import multiprocessing
import time
from collections.abc import Callable
from datetime import timedelta
from email.headerregistry import Address
from multiprocessing.process import BaseProcess
from typing import Any

import structlog

from app import create_app
from app.candidates import queries as candidates
from app.candidates.models import Application, CandidateLink
from app.core.config import MailServer, Settings
from app.outbox import delivery, mailing

LEASE = timedelta(seconds=2)  # Short, so that a test need not wait for the letters of those it killed.
SENDER = Address("Riverbend Hiring", addr_spec="hiring@riverbend.example")

Work = Callable[[str, int], None]
_processes = multiprocessing.get_context("forkserver")


def work(database: str, port: int, *, lease: timedelta = LEASE) -> None:
    """Send letters until killed, as `flask outbox deliver --watch` does."""
    server = MailServer("127.0.0.1", SENDER, port=port, tls="none")
    app = create_app(Settings(mode="test", database_url=database, mail=server))
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with app.app_context():
        while True:
            if delivery.deliver(server, lease=lease).is_empty:
                time.sleep(0.05)


def marks_before_sending(database: str, port: int) -> None:
    """A letter counts as sent before it is."""

    def send(claim: Any, office: mailing.PostOffice, server: MailServer, _done: Any) -> None:
        made = delivery._written(claim, server)
        delivery._keep_sent(claim)
        if made is not None:
            office.hand_in(made)

    delivery._send = send
    work(database, port)


def claims_without_a_lease(database: str, port: int) -> None:
    """A claimed letter is anybody's at once."""
    work(database, port, lease=timedelta(0))


def asks_no_rights(database: str, port: int) -> None:
    """Whoever had a right when a letter was posted keeps it."""
    CandidateLink.is_live = property(lambda _: True)  # type: ignore[assignment,method-assign]  # the defect
    Application.is_withdrawn = property(lambda _: False)  # type: ignore[assignment,method-assign]  # the defect
    candidates.now_live = list  # type: ignore[assignment]  # the defect
    work(database, port)


class Postmen:
    """Some workers over a database; whoever is killed is followed by another."""

    def __init__(self, how_many: int, database: str, port: int, work: Work) -> None:
        _processes.set_forkserver_preload(["tests.promises.postmen"])
        self._begin: Callable[[], BaseProcess] = lambda: _processes.Process(
            target=work, args=(database, port), daemon=True
        )
        self.running = [self._started() for _ in range(how_many)]

    def _started(self) -> BaseProcess:
        process = self._begin()
        process.start()
        return process

    def follow(self) -> None:
        """Begin a worker for each that is gone."""
        self.running = [one if one.is_alive() else self._started() for one in self.running]

    def kill_all(self) -> None:
        """Kill every worker and wait until all of them are gone."""
        for one in self.running:
            one.kill()
        for one in self.running:
            one.join()
