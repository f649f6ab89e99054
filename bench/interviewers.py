"""Sixty-four interviewers at once, as they type on a day full of interviews: errors, waiting, memory.

Each sends on the clock and not after the answer, so that a slow server cannot hide by being asked less. The
server is gunicorn as the README starts it; who asks runs on the same machine.

`python -m bench.interviewers MINUTES` does it in a process of its own, on every core.
"""

import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import TypeAlias

from tests.infrastructure import postgres
from tests.infrastructure.gunicorn import Gunicorn
from tests.promises.autosaves import Writer, bodies
from tests.promises.browser import Browser, hidden
from tests.promises.site import Seat, seats, served
from tests.world import World

INTERVIEWERS = 64
SAVE_EVERY, READ_EVERY = 2.0, 20.0
HAND_IN = 0.1
WARM_MINUTES = 5
Memory: TypeAlias = list[tuple[float, int]]  # Bytes, by the seconds since everybody began.
SAVE_P95, SAVE_P99, PAGE_P95, GROWTH = 0.150, 0.500, 0.400, 0.05


@dataclass
class Measured:
    """What one interviewer met with; times count from when the request was due."""

    saves: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    handed_in: int = 0


class Interviewer:
    """Types, reads, and at the end perhaps hands in."""

    def __init__(self, port: int, seat: Seat, number: int) -> None:
        self.draw = random.Random(number)  # noqa: S311 (when somebody types is no secret)
        self.writer = Writer(Browser(port, seat), self.draw)
        self.found = Measured()
        self.hands_in = self.draw.random() < HAND_IN

    def work(self, seconds: float, stop: Event) -> None:
        """Go on for so long."""
        started = time.monotonic()
        save_at = started + self.draw.uniform(0, SAVE_EVERY)
        read_at = started + self.draw.uniform(0, READ_EVERY)
        self.writer.open()
        while not stop.is_set() and min(save_at, read_at) < started + seconds:
            due = min(save_at, read_at)
            time.sleep(max(0.0, due - time.monotonic()))
            if due == save_at:
                self._save(due)
                save_at += SAVE_EVERY
            else:
                self._read(due)
                read_at += READ_EVERY
        if self.hands_in:
            self._hand_in()
        self.writer.browser.close()

    def _save(self, due: float) -> None:
        told = len(self.writer.acknowledged)
        self.writer.save(Event(), times=1)
        if len(self.writer.acknowledged) == told:
            self.found.errors.append(f"save: {dict(self.writer.outcomes)}")
        self.found.saves.append(time.monotonic() - due)

    def _read(self, due: float) -> None:
        page = self.writer.browser.get(self.writer.browser.seat.address)
        if page is None or page.status != 200:
            self.found.errors.append(f"page: {page and page.status}")
        self.found.pages.append(time.monotonic() - due)

    def _hand_in(self) -> None:
        address = f"{self.writer.browser.seat.address}/submission"
        page = self.writer.browser.get(address)
        form = {name: hidden(page.body, name) for name in ("version", "key")} if page else {}
        answer = self.writer.browser.post(address, form)
        if answer is None or answer.status != 303:
            self.found.errors.append(f"submit: {answer and answer.status}")
        else:
            self.found.handed_in += 1


def main(minutes: float) -> bool:
    """On SQLite and on PostgreSQL; whether everything is within its limits."""
    os.sched_setaffinity(0, range(os.cpu_count() or 1))
    good = True
    for engine in ("SQLite", "PostgreSQL"):
        with world(engine) as (made, folder):
            print(
                f"\n{INTERVIEWERS} interviewers for {minutes:g} minutes, gunicorn and {engine}:", flush=True
            )
            good &= told(*measure(made, folder, minutes * 60), minutes)
    return good


@contextmanager
def world(engine: str) -> Iterator[tuple[World, Path]]:
    """A database with the packs in it, and a folder, on a disk."""
    folder = Path(tempfile.mkdtemp(prefix="evenhand-bench-"))
    try:
        if engine == "SQLite":
            yield World(folder, None), folder
        else:
            with postgres.server(postgres.DURABLE) as server:
                yield World(folder, server), folder
    finally:
        shutil.rmtree(folder)


def measure(made: World, folder: Path, seconds: float) -> tuple[list[Interviewer], int, Memory]:
    """Let them work; the interviewers, how many acknowledged savings are not kept, and memory by time."""
    with made.fresh():
        sitting = seats(8, candidates=INTERVIEWERS // 8, filled_in=True)
        with served(made.url, folder) as server:
            people = [Interviewer(server.port, seat, number) for number, seat in enumerate(sitting)]
            memory = at_work(server, people, seconds)
        kept = set(bodies(made.url))
    lost = sum(body not in kept for one in people for body in one.writer.acknowledged)
    return people, lost, memory


def at_work(server: Gunicorn, people: list[Interviewer], seconds: float) -> Memory:
    """Start everybody, and look at the server's memory every five seconds."""
    stop, memory = Event(), Memory()
    threads = [Thread(target=one.work, args=[seconds, stop]) for one in people]
    started = time.monotonic()
    try:
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            memory.append((time.monotonic() - started, resident(server)))
            time.sleep(min(5.0, seconds / 10))
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    return memory


def resident(server: Gunicorn) -> int:
    """Bytes that the server's processes hold of their own, shared pages counted by their share."""
    total = 0
    for pid in [server.program.pid, *server.workers()]:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
        total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024
    return total


def told(people: list[Interviewer], lost: int, memory: Memory, minutes: float) -> bool:
    """Print what was met with, each with its limit."""
    saves = sorted(second for one in people for second in one.found.saves)
    pages = sorted(second for one in people for second in one.found.pages)
    errors = [error for one in people for error in one.found.errors]
    handed_in = sum(one.found.handed_in for one in people)
    print(f"  {len(saves):,} savings, {len(pages):,} pages, {handed_in} submits")
    good = [
        line("errors", len(errors), 0, str(next(iter(errors), ""))),
        line("acknowledged savings lost", lost, 0),
        line("savings p95, ms", 1000 * share(saves, 0.95), 1000 * SAVE_P95),
        line("savings p99, ms", 1000 * share(saves, 0.99), 1000 * SAVE_P99),
        line("pages p95, ms", 1000 * share(pages, 0.95), 1000 * PAGE_P95),
    ]
    warm = [held for at, held in memory if at >= 60 * WARM_MINUTES]
    if minutes > WARM_MINUTES and warm:
        grown = 100 * (warm[-1] / warm[0] - 1)
        good.append(line(f"memory grown after minute {WARM_MINUTES}, %", grown, 100 * GROWTH))
    print(f"  {memory[-1][1] / 1024**2:.0f} MB at the end, {len(memory)} times looked at")
    return all(good)


def line(what: str, found: float, most: float, example: str = "") -> bool:
    """One figure beside its limit."""
    fine = found <= most
    print(f"  {what}: {found:.3g}, at most {most:g}: {'ok' if fine else f'OVER {example}'}")
    return fine


def share(ordered: list[float], part: float) -> float:
    """The value that this part of them does not pass."""
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


if __name__ == "__main__":
    sys.exit(not main(float(sys.argv[1])))
