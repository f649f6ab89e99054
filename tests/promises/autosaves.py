"""Interviewers who type while servers die under them, and the count of what they were told is saved."""

import hashlib
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from threading import Event, Thread
from uuid import uuid4

import sqlalchemy as sa

from tests.infrastructure.gunicorn import Gunicorn
from tests.promises.browser import Answer, Browser, bases
from tests.promises.site import Seat

FIELDS = ("retelling", "note-1", "note-2", "note-3", "note-4")
PAUSE = 0.02
OK, STALE = 200, 409

Kill = Callable[[], None]


@dataclass
class Writer:
    """One interviewer at one scorecard: changes a field, and sends the same until an answer comes."""

    browser: Browser
    draw: random.Random
    acknowledged: list[str] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    _client: str = ""
    _sequence: int = 0
    _bases: dict[str, int] = field(default_factory=dict)

    def write(self, stop: Event) -> None:
        """Type until told to stop; what is on its way then may be kept or not."""
        while not self._client and not stop.is_set():
            self.open()
        while not stop.is_set():
            self.save(stop)
        self.browser.close()

    def open(self) -> None:
        """Load the page, and with it what was saved so far."""
        page = self.browser.get(self.browser.seat.address)
        if page and page.status == OK:
            self._bases, self._client = bases(page.body), uuid4().hex
        else:
            time.sleep(PAUSE)

    def save(self, stop: Event, *, times: int | None = None) -> None:
        """Change a field, and send it until it is answered, or so many times."""
        self._sequence += 1
        name = self.draw.choice(FIELDS)
        body = f"{self._client} {self._sequence} " + "I call him first. " * self.draw.randint(0, 20)
        change = {
            "client": self._client,
            "field": name,
            "body": body,
            "base": self._bases.get(name, 0),
            "sequence": self._sequence,
        }
        while not stop.is_set() and times != 0:
            times = None if times is None else times - 1
            answer = self.browser.post(f"{self.browser.seat.address}/revisions", change)
            if answer and answer.status == OK:
                self._settle(answer, body)
                return
            if answer and answer.status == STALE:
                self.outcomes["stale"] += 1
                self.open()
                return
            self.outcomes["failed" if answer else "unknown"] += 1
            time.sleep(PAUSE)

    def _settle(self, answer: Answer, body: str) -> None:
        [saved] = answer.json["saved"]
        if saved["digest"] != hashlib.sha256(body.encode()).hexdigest():
            self.outcomes["another text"] += 1
            return
        self.acknowledged.append(body)
        self._bases[saved["field"]] = saved["base"]


@dataclass(frozen=True)
class Found:
    """What became of the savings."""

    acknowledged: int
    lost: int
    duplicated: int
    kills: int
    slowest_restart: float
    outcomes: Counter[str]

    @property
    def figures(self) -> dict[str, float]:
        return {
            "savings acknowledged": self.acknowledged,
            "kills": self.kills,
            "lost": self.lost,
            "duplicated": self.duplicated,
        }


def under_fire(
    server: Gunicorn, url: str, seats: Iterable[Seat], kills: Sequence[Kill], *, least: int, seed: int = 1
) -> Found:
    """Let everybody write while one kill follows another, until enough was acknowledged; then count."""
    draw, stop = random.Random(seed), Event()
    writers = [Writer(Browser(server.port, seat), random.Random(f"{seed} {seat.card}")) for seat in seats]
    threads = [Thread(target=writer.write, args=[stop]) for writer in writers]
    for thread in threads:
        thread.start()
    restarts = []
    try:
        between = least // (len(kills) + 1)
        for number, kill in enumerate(kills, start=1):
            wait_for(writers, number * between)
            time.sleep(draw.uniform(0, 2 * PAUSE))
            kill()
            restarts.append(server.wait())
        wait_for(writers, least)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    acknowledged = [body for writer in writers for body in writer.acknowledged]
    kept = Counter(bodies(url))
    return Found(
        acknowledged=len(acknowledged),
        lost=sum(not kept[body] for body in acknowledged),
        duplicated=sum(times > 1 for times in kept.values()),
        kills=len(kills),
        slowest_restart=max(restarts, default=0),
        outcomes=sum((writer.outcomes for writer in writers), Counter()),
    )


def wait_for(writers: Sequence[Writer], acknowledged: int) -> None:
    """Wait until so many savings are acknowledged in all."""
    deadline = time.monotonic() + 60
    while sum(len(writer.acknowledged) for writer in writers) < acknowledged:
        if time.monotonic() > deadline:
            raise RuntimeError(f"Nothing is saved any more: {[writer.outcomes for writer in writers]}")
        time.sleep(PAUSE / 4)


def bodies(url: str) -> list[str]:
    """Every text that is kept, as the database itself says."""
    engine = sa.create_engine(url)
    try:
        with engine.connect() as connection:
            return list(connection.scalars(sa.text("SELECT body FROM draft_revision")))
    finally:
        engine.dispose()


def kills_of(server: Gunicorn, kinds: Iterable[str], crash: Kill, *, seed: int = 1) -> list[Kill]:
    """One kill for each kind: a worker, the master with its workers, or the database's server."""
    draw = random.Random(seed)
    known: dict[str, Kill] = {
        "worker": lambda: server.kill_a_worker(draw),
        "master": server.kill,
        "database": crash,
    }
    return [known[kind] for kind in kinds]
