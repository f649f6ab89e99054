"""Starts the measurements, each in a process of its own: standard library only."""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.environment import KEPT, PEERS_PYTHON, r_with_lme4
from bench.rows import Peer, Row
from provision.steps import PYTHON, ROOT, Command, digest

POOL = 200
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Measured:
    """CPU seconds of a run and of the first one, the process' peak memory, and what came out."""

    seconds: float = 0.0
    first: float = 0.0
    megabytes: float = 0.0
    scaled: float = 1
    values: dict[str, float] = field(default_factory=dict)
    failed: str | None = None


class Runner:
    """Makes the ratings once and has functions measured on them."""

    def __init__(self) -> None:
        KEPT.mkdir(parents=True, exist_ok=True)

    def say(self, what: str) -> None:
        """Tell somebody who is watching what goes on."""
        if sys.stderr.isatty():
            print(f"{what}\033[K", end="", file=sys.stderr, flush=True)

    def data(self, ratings: int, raters: int = POOL, kind: str = "npz") -> Path:
        """The file with so many invented ratings, made when it is not there."""
        recipe = digest(ROOT / "bench" / "data.py")[:8]
        file = KEPT / f"{ratings}-by-{raters}-{recipe}.{kind}"
        if not file.exists():
            command: Command = [PYTHON, "-m", "bench.data", str(ratings), str(raters), file]
            subprocess.run(command, cwd=ROOT, check=True)
        return file

    def ask(self, side: str, name: str, ratings: int, raters: int = POOL, python: Path = PYTHON) -> Measured:
        """Measure one function once, in a fresh process."""
        command: Command = [python, "-m", "bench.child", side, name, self.data(ratings, raters)]
        self.say(f"\r  {side} {name} {ratings:,} ...")
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        self.say("\r")
        if done.returncode:
            return Measured(failed=(done.stderr.strip().splitlines() or ["it ended without a word"])[-1])
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return Measured(**found)

    def beside_floor(self, row: Row, ratings: int) -> tuple[Measured, Measured]:
        """The floor and ours by turns, so that what else the machine does meets both."""
        rounds = [
            (self.ask("floor", row.name, ratings), self.ask("product", row.name, ratings))
            for _ in range(ROUNDS)
        ]
        return middle([one for one, _ in rounds]), middle([one for _, one in rounds])

    def ask_peer(self, peer: Peer, ratings: int) -> Measured:
        """Measure another program, where it is."""
        if peer.name.startswith("lme4") and r_with_lme4() is None:
            return Measured(failed="R with lme4 is not on this machine")
        return self.ask("peers", peer.name, ratings, python=PEERS_PYTHON)


def middle(rounds: list[Measured]) -> Measured:
    """The round whose time is the median one; a round that failed is the answer."""
    if broken := [one for one in rounds if one.failed]:
        return broken[0]
    return sorted(rounds, key=lambda one: one.seconds)[len(rounds) // 2]


def differ(ours: Measured, theirs: Measured) -> float | None:
    """The largest relative difference of the numbers that both have; small ones are compared as they are."""
    both = ours.values.keys() & theirs.values.keys()
    return max(
        (abs(ours.values[key] - theirs.values[key]) / max(1, abs(theirs.values[key])) for key in both),
        default=None,
    )
