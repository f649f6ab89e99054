"""What a disclosure may cost: a full check, a published document, a week measured from a million visits.

The check is timed as the editor's live view asks for it. The document is asked for over one connection of
gunicorn, by turns with a bare Flask view that returns the same bytes from memory. The visits are measured in
processes of their own, by turns with `pandas.read_csv` of the same file.

`python -m bench.disclosures [PART ...]` does it in a process of its own.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import indent

from bench.environment import KEPT
from bench.tables import print_table
from bench.wire import Wire
from provision.steps import PYTHON, ROOT, digest

ROUNDS = 11
CHECK_MILLISECONDS = 1.0
DOCUMENT_SHARE, REQUESTS = 0.7, 100
VISITS, TIMES_READING, MEGABYTES = 1_000_000, 3.0, 400

READING = "import pandas; pandas.read_csv(FILE)"
MEASURING = """
from datetime import time
from reports.visits import files, measuring
with open(FILE, "rb") as file:
    visits = files.read(file, today=30_000).visits
measuring.measure(visits, measuring.Options(paid_from=time(8), paid_until=time(16, 30)))
"""
TIMED = """
import resource, time
{imports}
FILE = {file!r}
def work():
{work}
work()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # of one run, which is what a command does
seconds = []
for _ in range(3):
    started = time.process_time()
    work()
    seconds.append(time.process_time() - started)
print(sorted(seconds)[1], peak)
"""


def check() -> bool:
    """Everything the editor's live view adds up and checks, for the clinic of the demo."""
    from app.demo import riverbend
    from app.disclosures import rules
    from app.disclosures.reporting import sums
    from app.jobs.rules import Profile
    from scenarios import Level, Role, Setting

    facts = rules.effective(riverbend.facts(), Profile(Setting.OUTPATIENT, Role.OT, Level.MID))
    seconds = []
    for _ in range(500):
        started = time.perf_counter()
        sums(facts)
        seconds.append(time.perf_counter() - started)
    milliseconds = statistics.median(seconds) * 1000
    fine = milliseconds < CHECK_MILLISECONDS
    print(f"\nA full check of a workload: {milliseconds:.3f} ms, under {CHECK_MILLISECONDS:g}: {_said(fine)}")
    return fine


def document() -> bool:
    """The published page and its JSON, beside a bare view."""
    good, lines = True, []
    with _published() as (world, folder, address):
        from tests.infrastructure.gunicorn import gunicorn
        from tests.promises.site import served

        with served(world, folder) as ours:
            for title, path in (("page", address), ("JSON", f"{address}.json")):
                mine = Wire(ours.port)
                body = mine.get(path).body
                file = folder / "bytes"
                file.write_bytes(body)
                with gunicorn(
                    "bench.floor.memory:app", {"FLOOR_BYTES": str(file)}, folder / "floor.log"
                ) as bare:
                    theirs = Wire(bare.port)
                    rounds = [(_rate(theirs, "/document"), _rate(mine, path)) for _ in range(ROUNDS)]
                share = statistics.median(product / floor for floor, product in rounds)
                fine = share >= DOCUMENT_SHARE
                good &= fine
                floor, product = (statistics.median(side) for side in zip(*rounds, strict=True))
                cells = [title, f"{len(body):,}", f"{floor:,.0f}", f"{product:,.0f}"]
                lines.append([*cells, f"{share:.2f}", f"{DOCUMENT_SHARE:g}", _said(fine)])
    print("\nThe published document beside a bare Flask view of the same bytes, requests a second:")
    print_table(["", "bytes", "floor", "ours", "share", "least", ""], lines)
    return good


def _rate(wire: Wire, path: str) -> float:
    request = wire.request("GET", path)
    started = time.perf_counter()
    for _ in range(REQUESTS):
        if wire.send(request).status != 200:
            raise RuntimeError(path)
    return REQUESTS / (time.perf_counter() - started)


@contextmanager
def _published() -> Iterator[tuple[str, Path, str]]:
    """A database with a published disclosure: its address, a folder, and the document's path."""
    from app.core.db import db
    from tests.factories import disclosures, jobs, people
    from tests.world import World

    with tempfile.TemporaryDirectory(prefix="evenhand-bench-") as name:
        world = World(Path(name), None)
        with world.fresh():
            hana = people.hana()
            version = disclosures.published(jobs.job(hana), hana)
            path = f"/disclosures/{version.public_id}"
            db.session.commit()
            db.session.remove()
            db.engine.dispose()
            yield world.url, Path(name), path


def visits() -> bool:
    """A week measured from a million rows, and what pandas takes to read them."""
    KEPT.mkdir(parents=True, exist_ok=True)
    file = KEPT / f"visits-{VISITS}-{digest(ROOT / 'bench' / 'visits.py')[:8]}.csv"
    if not file.exists():
        subprocess.run([PYTHON, "-m", "bench.visits", str(VISITS), file], cwd=ROOT, check=True)
    empty = _timed("", "pass", file)[1]
    rounds = [
        (_timed("import pandas", READING, file), _timed("import reports.visits.measuring", MEASURING, file))
        for _ in range(5)
    ]
    times = statistics.median(ours[0] / theirs[0] for theirs, ours in rounds)
    reading, seconds = (statistics.median(side[0] for side in sides) for sides in zip(*rounds, strict=True))
    megabytes = max(ours[1] for _, ours in rounds) - empty
    quick, lean = times <= TIMES_READING, megabytes <= MEGABYTES
    print(f"\nA week from {VISITS:,} visits: {seconds:.2f} s of CPU, pandas.read_csv alone {reading:.2f} s")
    print(f"  {times:.1f} times reading, at most {TIMES_READING:g}: {_said(quick)}")
    print(f"  {megabytes:.0f} MB over an empty process, at most {MEGABYTES}: {_said(lean)}")
    return quick and lean


def _timed(imports: str, work: str, file: Path) -> tuple[float, float]:
    """CPU seconds of a piece of work once everything is imported, and the peak memory of its process."""
    script = TIMED.format(imports=imports, work=indent(work.strip(), "    "), file=str(file))
    done = subprocess.run([PYTHON, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True)
    seconds, megabytes = done.stdout.split()
    return float(seconds), float(megabytes)


def _said(fine: bool) -> str:
    return "ok" if fine else "OVER"


PARTS: dict[str, Callable[[], bool]] = {"check": check, "visits": visits, "document": document}


def main(arguments: list[str]) -> int:
    """Each part, or those that are named; 1 when something is over its limit."""
    os.sched_setaffinity(0, range(os.cpu_count() or 1))
    fine = [PARTS[name]() for name in arguments or PARTS]
    return int(not all(fine))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
