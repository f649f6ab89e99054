"""How long a server takes from its start to its first page, and what it holds when nobody asks for one.

One worker of four threads, on SQLite, in production. `python -m bench.start` does it in a process of its own.
"""

import os
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from app.core.db import db
from bench.wire import Wire
from tests.infrastructure.gunicorn import Gunicorn
from tests.promises.site import Seat, seats, served
from tests.world import World

STARTS = 5
ONE_WORKER = ("--workers", "1", "--threads", "4", "--keep-alive", "75")
START_SECONDS, IDLE_MEGABYTES = 1.5, 155
IDLE_SECONDS = 2.0
MEGABYTE = 1024 * 1024


def held(server: Gunicorn, measure: str) -> int:
    """Bytes of the master and its worker: `Pss`, shared pages by their share, or `Rss`, in full in each."""
    total = 0
    for pid in [server.program.pid, *server.workers()]:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
        total += next(int(line.split()[1]) for line in lines if line.startswith(f"{measure}:")) * 1024
    return total


def busy(server: Gunicorn) -> float:
    """Seconds of a processor that the master and its worker took so far."""
    total = 0
    for pid in [server.program.pid, *server.workers()]:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Started:
    """One start: seconds until a page was answered, by the clock and of a processor; idle memory in MB."""

    seconds: float
    busy: float
    shares: float
    whole: float


def start(url: str, folder: Path, seat: Seat) -> Started:
    """Start once, and read the page of a scorecard."""
    began = time.perf_counter()
    with served(url, folder, options=ONE_WORKER) as server:
        wire = Wire(server.port, {"__Host-evenhand": seat.token})
        answer = wire.get(seat.address)
        seconds = time.perf_counter() - began
        wire.close()
        if answer.status != 200:
            raise RuntimeError(f"The first page was answered with {answer.status}.")
        took = busy(server)
        time.sleep(IDLE_SECONDS)
        return Started(seconds, took, held(server, "Pss") / MEGABYTE, held(server, "Rss") / MEGABYTE)


def main() -> bool:
    """Start a few times; whether the median is within the limits."""
    os.sched_setaffinity(0, range(os.cpu_count() or 1))
    folder = Path(tempfile.mkdtemp(prefix="evenhand-bench-"))
    try:
        world = World(folder, None)
        with world.fresh():
            [seat] = seats(1, filled_in=True)
            db.session.remove()
            db.engine.dispose()
            found = [start(world.url, folder, seat) for _ in range(STARTS)]
    finally:
        shutil.rmtree(folder)
    seconds, took, shares, whole = (
        statistics.median(getattr(one, name) for one in found)
        for name in ("seconds", "busy", "shares", "whole")
    )
    quick, lean = bool(seconds <= START_SECONDS), bool(shares <= IDLE_MEGABYTES)
    print(f"\nA server of one worker and four threads, started {STARTS} times, median:")
    print(
        f"  {seconds:.2f} s from its start to the first scorecard page, at most {START_SECONDS}: "
        f"{'ok' if quick else 'OVER'}; {took:.2f} s of a processor"
    )
    print(
        f"  {shares:.0f} MB idle, master and worker, shared pages by their share (PSS), at most "
        f"{IDLE_MEGABYTES}: {'ok' if lean else 'OVER'}; {whole:.0f} MB with them in each (RSS)"
    )
    return quick and lean


if __name__ == "__main__":
    sys.exit(not main())
