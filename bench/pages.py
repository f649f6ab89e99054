"""Evenhand's pages beside a bare floor: gunicorn as the README starts it, on SQLite and on PostgreSQL.

Floor and product have a database of the same rows each, on the same disk and with the same settings, and take
turns in short rounds, so that whatever else the machine does meets both. Judged are ratios: in each round the
median of the product's times by the median of the floor's, and of these the median over the rounds.

`python -m bench.pages [ENGINE ...]` does it in a process of its own, on every core.
"""

import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier, Event, Thread

import sqlalchemy as sa

from app.core import tokens
from app.core.db import db
from app.identity import sessions
from app.identity.models import SignInSession
from bench.asking import Ask, Made, Measure, Side
from bench.start import busy
from bench.tables import print_table
from bench.wire import Answer
from tests.factories import debrief, disclosures, people
from tests.infrastructure import postgres
from tests.infrastructure.gunicorn import gunicorn
from tests.promises.site import Seat, seats, served
from tests.world import World

CONNECTIONS = (1, 8)
ENGINES = ("SQLite", "PostgreSQL")
WRITERS, WRITING_SECONDS = 64, 8.0
SAME_BYTES = 0.05
PEOPLE, CANDIDATES = 8, 23

MEASURES = (
    Measure("scorecard", "scorecard page", 1.5, {1: 12, 8: 6}),
    Measure("debrief", "debrief grid", 1.5, {1: 10, 8: 4}),
    Measure("disclosure", "disclosure page", 1.5, {1: 12, 8: 6}),
    Measure("autosave", "autosave", 1.8, {1: 12, 8: 4}),
    Measure("submit", "submit", 3, {1: 2, 8: 1}, status=303, rounds=9),
)


def timed(asks: Sequence[Sequence[Ask]], status: int) -> list[float]:
    """Send the requests of each connection one after the other, all connections at once; seconds of each."""
    seconds: list[float] = []
    wrong: list[str] = []
    ready = Barrier(len(asks))

    def work(mine: Sequence[Ask]) -> None:
        ready.wait()
        for ask in mine:
            started = time.perf_counter()
            try:
                answer = ask()
            except OSError as error:
                wrong.append(repr(error))
                return
            seconds.append(time.perf_counter() - started)
            if answer.status != status:
                wrong.append(f"{answer.status} {answer.body[:300]!r}")

    threads = [Thread(target=work, args=[mine]) for mine in asks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise RuntimeError(f"Not answered with {status}: {wrong[0]}")
    return seconds


@dataclass(frozen=True)
class Beside:
    """The medians of each round, in seconds, and how many requests there were on each side."""

    floor: list[float]
    product: list[float]
    n: int
    busy: float  # How many times the processor's time of the floor's server the product's took.

    @property
    def ratios(self) -> list[float]:
        return sorted(ours / theirs for ours, theirs in zip(self.product, self.floor, strict=True))

    @property
    def ratio(self) -> float:
        return statistics.median(self.ratios)

    @property
    def spread(self) -> str:
        """The middle half of the rounds."""
        quarter = len(self.ratios) // 4
        return f"{self.ratios[quarter]:.2f} to {self.ratios[-1 - quarter]:.2f}"


def beside(floor: Side, product: Side, measure: Measure, connections: int) -> Beside:
    """The floor and the product by turns, each going first in every other round."""
    found: dict[bool, list[float]] = {True: [], False: []}
    took, n = {True: 0.0, False: 0.0}, 0
    for number in range(measure.rounds):
        for side in (floor, product) if number % 2 else (product, floor):
            asks = side.prepared(measure, connections)
            before = busy(side.server)
            seconds = timed(asks, measure.status)
            took[side.is_floor] += busy(side.server) - before
            found[side.is_floor].append(statistics.median(seconds))
            n += len(seconds)
    return Beside(found[True], found[False], n // 2, took[False] / took[True])


# Everything around it ---------------------------------------------------------------------------------------


@contextmanager
def worlds(engine: str) -> Iterator[tuple[World, Path, Callable[[], str]]]:
    """A database with the packs in it, a folder on a disk, and what copies the database for the floor."""
    folder = Path(tempfile.mkdtemp(prefix="evenhand-bench-"))
    try:
        if engine == "SQLite":
            world = World(folder, None)
            copy = folder / "floor.sqlite3"
            yield world, folder, lambda: f"sqlite:///{shutil.copy(world.file, copy)}"
        else:
            with postgres.server(postgres.DURABLE) as server:
                world = World(folder, server)
                yield world, folder, lambda: server.create_database("floor", template="work")
    finally:
        shutil.rmtree(folder)


def build() -> Made:
    """Interviewers with filled-in scorecards, a candidate whom everybody scored, a published disclosure."""
    sitting = seats(PEOPLE, candidates=CANDIDATES, filled_in=True)
    hana, panel = people.hana(), [people.iris(), people.ivo()]
    done = debrief.met(panel, {"SAF": (2, 4)}, {}, {}, name="Noor Haddad")
    version = disclosures.published(done.job, hana)
    made = Made(
        seats=sitting,
        authors=_authors(sitting),
        debrief=f"/applications/{done.public_id}/debrief",
        disclosure=f"/disclosures/{version.public_id}",
        manager=Seat(sessions.begin(hana.id), ""),
        manager_id=hana.id,
    )
    db.session.commit()
    db.session.remove()
    db.engine.dispose()
    return made


def _authors(sitting: Sequence[Seat]) -> list[int]:
    ids = {one.token_digest: one.person_id for one in db.session.scalars(sa.select(SignInSession))}
    return [ids[tokens.digest(seat.token)] for seat in sitting]


@contextmanager
def both(engine: str) -> Iterator[tuple[Side, Side, list[str]]]:
    """The floor and the product, each over its own copy; and the pages whose sizes differ, if any."""
    with worlds(engine) as (world, folder, copied), world.fresh():
        made = build()
        floors = copied()
        with served(world.url, folder) as ours:
            product = Side(ours, made, is_floor=False)
            names = [measure.name for measure in MEASURES if measure.name not in {"autosave", "submit"}]
            pages = {name: asked(product, name).body.decode() for name in names}
            file = folder / "pages.json"
            file.write_text(json.dumps(pages), "utf-8")
            settings = {"DATABASE_URL": floors, "FLOOR_PAGES": str(file)}
            with gunicorn("bench.floor.site:app", settings, folder / "floor.log") as theirs:
                floor = Side(theirs, made, is_floor=True)
                yield (
                    floor,
                    product,
                    [name for name in (*names, "autosave") if not alike(floor, product, name)],
                )


def asked(side: Side, name: str) -> Answer:
    """One answer, outside of the clock."""
    return side.ask(name, 0)()


def alike(floor: Side, product: Side, name: str) -> bool:
    """Whether floor and product send as many bytes, all but a twentieth."""
    one, other = (len(asked(side, name).body) for side in (floor, product))
    return abs(one - other) <= SAME_BYTES * other


def without_pauses(product: Side) -> tuple[int, list[str]]:
    """How many savings so many writers make without a pause, and what went wrong."""
    stop, made, wrong = Event(), list[int](), list[str]()

    def write(number: int) -> None:
        while not stop.is_set():
            answer = product.saving(number)()
            if answer.status == 200:
                made.append(number)
            else:
                wrong.append(f"{answer.status} {answer.body[:200]!r}")
                return

    def safely(number: int) -> None:
        try:
            write(number)
        except OSError as error:
            wrong.append(repr(error))

    numbers = range(len(product.made.seats) - WRITERS, len(product.made.seats))
    for number in numbers:
        product.token(number)
    threads = [Thread(target=safely, args=[number]) for number in numbers]
    for thread in threads:
        thread.start()
    time.sleep(WRITING_SECONDS)
    stop.set()
    for thread in threads:
        thread.join()
    return len(made), wrong


def main(engines: Sequence[str]) -> bool:
    """On each of these engines; whether everything is within its limits."""
    os.sched_setaffinity(0, range(os.cpu_count() or 1))
    good = True
    for engine in engines:
        with both(engine) as (floor, product, unlike):
            lines = []
            for measure in MEASURES:
                for connections in CONNECTIONS:
                    found = beside(floor, product, measure, connections)
                    fine = found.ratio <= measure.limit and measure.name not in unlike
                    good &= fine
                    lines.append(told(measure, connections, found, fine=fine))
            made, wrong = without_pauses(product)
            good &= not wrong
        print(f"\nBeside a bare floor of Flask, Flask-Login and Flask-SQLAlchemy, {engine}: median ms.")
        print("The ratio is the median of rounds by turns; the middle half of them beside it.")
        print(
            "CPU is the ratio of the processor's time both servers took, which a busy machine changes least."
        )
        print_table(["", "connections", "n", "floor", "ours", "ratio", "spread", "limit", "", "CPU"], lines)
        if unlike:
            print(f"{', '.join(unlike)}: not the same bytes within {SAME_BYTES:.0%}, so no ratio counts.")
        print(
            f"{WRITERS} writers without pauses: {made:,} savings in {WRITING_SECONDS:g} s, "
            f"{len(wrong)} errors: {'ok' if not wrong else f'OVER {wrong[0]}'}",
            flush=True,
        )
    return good


def told(measure: Measure, connections: int, found: Beside, *, fine: bool) -> list[str]:
    """One line of the table."""
    floor, ours = (1000 * statistics.median(side) for side in (found.floor, found.product))
    return [
        measure.title,
        str(connections),
        f"{found.n:,}",
        f"{floor:.1f}",
        f"{ours:.1f}",
        f"{found.ratio:.2f}",
        found.spread,
        f"{measure.limit:g}",
        "ok" if fine else "OVER",
        f"{found.busy:.2f}",
    ]


if __name__ == "__main__":
    sys.exit(not main(sys.argv[1:] or ENGINES))
