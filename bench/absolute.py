"""What is judged by itself: a team's whole report, a file to JSON, and what importing brings along."""

import json
import os
import subprocess
import time

from bench.environment import KEPT
from bench.rows import FILE_MEGABYTES, FILE_RATINGS, FILE_TIMES_READING, TEAM, TEAM_MILLISECONDS, TEAM_RATERS
from bench.running import Runner
from provision.steps import PYTHON, ROOT

NOT_ALONE = ("pandas", "scipy")


def team_row(runner: Runner) -> bool:
    """Everything with intervals about ten thousand ratings, but the many-facet model."""
    found = runner.ask("product", "team", TEAM, TEAM_RATERS)
    print(f"\nA team's whole report, {TEAM:,} ratings by {TEAM_RATERS} people, with all intervals:")
    if found.failed:
        print(f"  not measured: {found.failed}")
        return False
    milliseconds = found.seconds * 1000
    verdict = "ok" if milliseconds <= TEAM_MILLISECONDS else "OVER"
    first = f"the first time, with what is imported on use, {found.first * 1000:.0f} ms"
    print(
        f"  {milliseconds:.0f} ms, at most {TEAM_MILLISECONDS}: {verdict} ({first}; {found.megabytes:.0f} MB)"
    )
    return verdict == "ok"


def file_row(runner: Runner) -> bool:
    """A CSV file through the command line, from starting Python to the last byte of the answer."""
    file, answer = runner.data(FILE_RATINGS, kind="csv"), KEPT / "answer.json"
    floors = [
        runner.floor(name, FILE_RATINGS) for name in ("coefficients", "candidate_bootstrap", "pairs", "reml")
    ]
    reading = runner.ask("product", "read_csv", FILE_RATINGS)
    print(f"\nA CSV file of {FILE_RATINGS:,} ratings to JSON, python -m reports agreement FILE --json:")
    started = time.monotonic()
    with answer.open("w") as out:
        child = subprocess.Popen([PYTHON, "-m", "reports", "agreement", file, "--json"], cwd=ROOT, stdout=out)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - started
    if child.returncode or reading.failed or any(one.failed for one in floors):
        print(f"  not measured: the command ended with {child.returncode}, reading with {reading.failed}")
        return False
    many = len(json.loads(answer.read_text("utf-8"))["statistics"])
    floor = sum(one.seconds for one in floors)
    limit = FILE_TIMES_READING * reading.seconds + floor
    seconds, megabytes = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    quick, lean = seconds <= limit, megabytes <= FILE_MEGABYTES
    print(
        f"  {seconds:.2f} s of CPU, {wall:.2f} by the clock, at most {limit:.2f}: {'ok' if quick else 'OVER'}"
        f" ({FILE_TIMES_READING} x read_csv {reading.seconds:.2f} + floors {floor:.2f}; {many} statistics)"
    )
    print(f"  {megabytes:.0f} MB at the most, at most {FILE_MEGABYTES}: {'ok' if lean else 'OVER'}")
    return quick and lean


def imports_row(_runner: Runner) -> bool:
    """Importing the library brings neither pandas nor SciPy."""
    script = "import sys, reports, reports.measure; print(*sys.modules)"
    said = subprocess.run([PYTHON, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    loaded = set(said.stdout.split())
    brought = sorted(loaded.intersection(NOT_ALONE))
    print("\nImporting reports and reports.measure:")
    if said.returncode:
        print(f"  not measured: {said.stderr.strip().splitlines()[-1]}")
        return False
    print(f"  {', '.join(brought) or 'neither pandas nor SciPy'}: {'OVER' if brought else 'ok'}")
    return not brought
