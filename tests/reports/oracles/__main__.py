"""Asks the other programs again, each in an environment of its own, and records what they say.

Their pins clash with each other and with ours, so none of them is ever installed beside the project. Programs
in R are asked where the machine has R with the package, and stay as recorded where not.
"""

import json
import math
import os
import re
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from provision.python import UV, install_uv
from provision.steps import PYTHON, STATE, capture, digest, index_settings, read_stamp, step, write_stamp

HERE = Path(__file__).parent
RECORDED = HERE / "recorded"
DIGITS = 12

Found = dict[str, dict[str, dict[str, float]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """One other program: how it is asked, and in which environment; None is the machine's R.

    A number that differs by less than `precision` from the one recorded, relative to it, stays as it is: it
    differs between processors, and where a program searches for it, from run to run.
    """

    name: str
    script: str
    environment: str | None = None
    arguments: tuple[str, ...] = field(default=())
    precision: float = 1e-10

    @property
    def command(self) -> str:
        """How the values were made, to be run in this folder."""
        interpreter = "python" if self.environment else "Rscript"
        return " ".join([interpreter, self.script, *self.arguments])

    @property
    def file(self) -> Path:
        return RECORDED / f"{self.name}.json"


PROGRAMS = [
    *(
        Program(name=name, script="make_python.py", environment="peers", arguments=(name,))
        for name in ("krippendorff", "statsmodels", "scikit-learn", "pingouin")
    ),
    Program(name="irrCAC", script="make_irrcac.py", environment="irrcac"),
    Program(name="lme4", script="make.R", arguments=("lme4",), precision=1e-6),
    *(Program(name=name, script="make.R", arguments=(name,)) for name in ("psych", "vcd")),
]


def environment(name: str) -> Path:
    """The interpreter of an environment that holds exactly what its list names."""
    wanted = {name: digest(HERE / f"{name}.txt")}
    folder = STATE / "oracles" / name
    if read_stamp(folder) != wanted:
        install_uv()
        folder.parent.mkdir(parents=True, exist_ok=True)
        step(f"Environment: {name}", [UV, "venv", "--clear", "--python", PYTHON, folder], index_settings())
        install = [UV, "pip", "install", "--python", folder / "bin" / "python", "-r", HERE / f"{name}.txt"]
        step(f"Packages: {name}", install, index_settings())
        write_stamp(folder, wanted)
    return folder / "bin" / "python"


def ask(program: Program) -> str | None:
    """Record what a program says; answer why not, where the machine cannot run it."""
    if program.environment:
        interpreter = str(environment(program.environment))
        which = f"import importlib.metadata as m; print(m.version('{program.name}'))"
        asked = capture([interpreter, "-c", which])
    else:
        found = shutil.which("Rscript")
        if found is None:
            return "there is no R on this machine"
        interpreter = found
        asked = capture([interpreter, "-e", f"cat(as.character(packageVersion('{program.name}')))"])
        if asked.returncode:
            return f"R has no package {program.name} on this machine"
    version = asked.stdout.split()[-1]
    before = program.file.read_text("utf-8") if program.file.exists() else ""
    # What a program says beside the numbers goes to the same stream; only lines of five fields are numbers.
    said = capture([interpreter, program.script, *program.arguments], dict(os.environ), HERE)
    if said.returncode:
        sys.exit(f"{program.command} failed:\n{said.stdout}")
    lines = [line.split("\t") for line in said.stdout.splitlines()]
    known: Found = json.loads(before)["tables"] if before else {}
    tables = gather((line for line in lines if len(line) == 5), known, program.precision)
    program.file.write_text(write(program, version, tables), "utf-8")
    values = sum(len(keys) for keys in tables.values())
    changed = "as before" if program.file.read_text("utf-8") == before else "changed: see git diff"
    print(f"  {program.name} {version}: {values} statistics on {len(tables)} tables, {changed}", flush=True)
    return None


def gather(lines: Iterable[list[str]], known: Found, precision: float) -> Found:
    """Tables, keys (of a rater: `key/label`), and value, se, low and high by name."""
    tables: Found = {}
    for table, statistic, label, what, text in lines:
        key = f"{statistic}/{label}" if label else statistic
        number = float(f"{float(text):.{DIGITS}g}")
        before = known.get(table, {}).get(key, {}).get(what, math.nan)
        stays = math.isclose(number, before, rel_tol=precision, abs_tol=precision)
        tables.setdefault(table, {}).setdefault(key, {})[what] = before if stays else number
    return tables


def write(program: Program, version: str, tables: Found) -> str:
    """JSON with a line a statistic, so that a change can be read."""
    head = {"program": program.name, "version": version, "command": program.command, "tables": tables}
    text = json.dumps(head, indent=1)
    return re.sub(r"\{\s+(\"(?:value|se|low|high)\":[^{}]*?)\s+\}", one_line, text) + "\n"


def one_line(numbers: re.Match[str]) -> str:
    """Join the lines of the innermost braces."""
    return "{" + " ".join(numbers.group(1).split()) + "}"


def main(names: list[str]) -> int:
    """Ask the programs named, or all."""
    unknown = set(names) - {program.name for program in PROGRAMS}
    if unknown:
        print(f"There is no {', '.join(unknown)}. There are: {', '.join(p.name for p in PROGRAMS)}.")
        return 2
    step("Tables", [sys.executable, HERE / "make_tables.py"])
    RECORDED.mkdir(exist_ok=True)
    for program in PROGRAMS:
        if names and program.name not in names:
            continue
        if because := ask(program):
            print(f"  {program.name}: stays as recorded, because {because}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
