"""What is judged by itself: a team's whole report, a file to JSON, and what importing brings along."""

import json
import os
import subprocess
from pathlib import Path

from bench.environment import KEPT
from bench.rows import FILE_MEGABYTES, FILE_RATINGS, FILE_TIMES_FLOOR, TEAM, TEAM_MILLISECONDS, TEAM_RATERS
from bench.running import ROUNDS, Measured, Runner, middle
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
    """A CSV file through the command line, beside the floor's numbers from the same file.

    Both are whole processes, from starting Python to the last byte of the answer, and take turns.
    """
    file, answer = runner.data(FILE_RATINGS, kind="csv"), KEPT / "answer.json"
    print(f"\nA CSV file of {FILE_RATINGS:,} ratings to JSON, python -m reports agreement FILE --json:")
    rounds = [
        (
            process(["-m", "bench.floor.file", str(file)], KEPT / "floor.json"),
            process(["-m", "reports", "agreement", str(file), "--json"], answer),
        )
        for _ in range(ROUNDS)
    ]
    floor, ours = middle([one for one, _ in rounds]), middle([one for _, one in rounds])
    if failed := floor.failed or ours.failed:
        print(f"  not measured: {failed}")
        return False
    many = len(json.loads(answer.read_text("utf-8"))["statistics"])
    ratio = ours.seconds / floor.seconds
    quick, lean = ratio <= FILE_TIMES_FLOOR, ours.megabytes <= FILE_MEGABYTES
    print(
        f"  {ours.seconds:.2f} s of CPU for {many} statistics, {ratio:.2f} times the floor's "
        f"{floor.seconds:.2f}, at most {FILE_TIMES_FLOOR}: {'ok' if quick else 'OVER'}"
    )
    print(
        f"  {ours.megabytes:.0f} MB at the most, the floor {floor.megabytes:.0f}, at most {FILE_MEGABYTES}: "
        f"{'ok' if lean else 'OVER'}"
    )
    reading = runner.ask("product", "read_csv", FILE_RATINGS)
    if not reading.failed:
        print(f"  pandas.read_csv alone takes {reading.seconds:.2f} s of CPU once pandas is imported")
    return quick and lean


def process(arguments: list[str], answer: Path) -> Measured:
    """Run Python with these arguments and keep what it prints; its CPU time and its peak memory."""
    with answer.open("w") as out:
        child = subprocess.Popen([PYTHON, *arguments], cwd=ROOT, stdout=out)
        _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    failed = f"{' '.join(arguments[:2])} ended with {child.returncode}" if child.returncode else None
    return Measured(used.ru_utime + used.ru_stime, megabytes=used.ru_maxrss / 1024, failed=failed)


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


def served_row(name: str, *arguments: str) -> bool:
    """What is measured at a real server, by a module of this name in a process that may use every core."""
    command: list[str | Path] = [PYTHON, "-m", f"bench.{name}", *arguments]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0
