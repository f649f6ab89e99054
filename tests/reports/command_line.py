"""Files of ratings for the tests of the command line, and running it as a person or a program would."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from reports.commands import main


@dataclass(frozen=True)
class Said:
    """What a command said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict:
        return json.loads(self.out)

    def line(self, start: str) -> str:
        """The one line that begins so."""
        [found] = [line for line in self.out.splitlines() if line.startswith(start)]
        return found


def say(capsys, *arguments: object) -> Said:
    code = main([str(argument) for argument in arguments])
    printed = capsys.readouterr()
    return Said(code, printed.out, printed.err)


def say_json(capsys, *arguments: object) -> dict:
    return say(capsys, *arguments, "--json").json


def write(path: Path, names: str, rows: Iterable[Iterable[object]]) -> Path:
    """Write a CSV file, None as an empty cell."""
    lines = [",".join("" if cell is None else str(cell) for cell in row) for row in rows]
    path.write_text("\n".join([names, *lines]) + "\n", encoding="utf-8")
    return path


def interviews(
    candidates: int, *, raters: int = 8, panel: int = 3, criteria: int = 0, stages: int = 0, seed: int = 1
) -> list[tuple]:
    """Rows of (unit, rater, score), with criteria and with stages as further cells: a candidate has a level,
    and less of it is peculiar to a stage, a criterion and an interviewer."""
    random = np.random.default_rng(seed)
    severity = random.normal(0, 0.3, raters)
    rows = []
    for unit in range(candidates):
        level = random.normal(3, 0.9)
        for stage in range(max(stages, 1)):
            at_stage = random.normal(0, 0.4) if stages else 0.0
            seats = random.permutation(raters)[:panel]
            for criterion in range(max(criteria, 1)):
                on_criterion = random.normal(0, 0.3)
                for rater in sorted(seats):
                    seen = level + at_stage + on_criterion + severity[rater] + random.normal(0, 0.5)
                    cells = [f"C{unit:03d}", f"r{rater}", int(np.clip(np.rint(seen), 1, 5))]
                    cells += [f"k{criterion}"] if criteria else []
                    cells += [f"s{stage}"] if stages else []
                    rows.append(tuple(cells))
    return rows
