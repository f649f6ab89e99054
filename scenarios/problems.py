"""How a pack says what is wrong with it: where, what, and how to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Fault:
    """Something wrong at a place inside a document, before anyone knows its line."""

    path: Path
    message: str
    remedy: str
    rule: str = ""


@dataclass(frozen=True)
class Problem:
    """Something wrong in a file, for a person to find and mend."""

    file: str
    line: int
    path: str
    message: str
    remedy: str
    rule: str = ""

    def __str__(self) -> str:
        """Write it as compilers do, so that editors can jump to the line; a gate adds its name."""
        name = f" [{self.rule}]" if self.rule else ""
        return f"{self.file}:{self.line}: {self.path}: {self.message}. {self.remedy}{name}"


class PackError(Exception):
    """A pack was refused; `problems` holds everything that was found, file by file and line by line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems in reading order."""
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.file, problem.line)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def spell(path: Path) -> str:
    """Write a path for people: items count from 1, so that `anchors.4` is the anchor of level 4."""
    return ".".join(str(part + 1) if isinstance(part, int) else _printable(part) for part in path) or "file"


def _printable(name: str) -> str:
    """Show a field name that may be anything: not too long, and with its invisible characters spelled out."""
    short = name[:60]
    return short if short.isprintable() else ascii(short)
