"""The pages about the statistics, taken apart: sections with their keys, examples, commands, names and links.

`python -m tests.reports.pages` writes what the commands on them print now in place of what they printed.
"""

import contextlib
import io
import os
import re
import shlex
from dataclasses import dataclass
from pathlib import Path

from reports.commands import main

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [DOCS / "reports.md", *sorted((DOCS / "reports").glob("*.md"))]
PROMPT = "$ python -m "
LEFT_OUT = "..."
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_KEYS = re.compile(r"^\*\*Keys\.\*\* (.*?)\n\n", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Section:
    """One section about statistics: the keys it is about, and its text."""

    title: str
    keys: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Command:
    """A command on a page with what it is said to print; three points stand for what is left out."""

    page: Path
    line: str
    output: str

    def printed(self) -> str:
        """What it prints now, run from the root of the project."""
        _, *arguments = shlex.split(self.line.removeprefix(PROMPT))
        out = io.StringIO()
        with contextlib.chdir(ROOT), contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            main(arguments)
        return out.getvalue()


def text_of(page: Path) -> str:
    return page.read_text("utf-8")


def spoken(page: Path) -> str:
    """The text in one line, without blocks of code."""
    return " ".join(_BLOCK.sub("", text_of(page)).split())


def sections() -> list[Section]:
    """Every section with keys, on any page."""
    found = []
    for page in PAGES:
        for part in re.split(r"^## ", text_of(page), flags=re.MULTILINE)[1:]:
            if keys := _KEYS.search(part):
                names = tuple(re.findall(r"`([^`]+)`", keys.group(1)))
                found.append(Section(part.partition("\n")[0], names, part))
    return found


def blocks(page: Path) -> list[tuple[str, str]]:
    """Each block of code with its language."""
    return _BLOCK.findall(text_of(page))


def examples(page: Path) -> str:
    """The Python session of a page, all of it one after another."""
    return "\n".join(code for language, code in blocks(page) if language == "pycon")


def commands() -> list[Command]:
    """Every command whose output is on a page."""
    found = []
    for page in PAGES:
        for language, code in blocks(page):
            if language == "console":
                line, _, output = code.partition("\n")
                found.append(Command(page, line, output))
    return found


def write_what_commands_print() -> None:
    """Put what commands print now in place of what they printed, but where something is left out."""
    for command in commands():
        if f"\n{LEFT_OUT}\n" not in command.output:
            old = f"```console\n{command.line}\n{command.output}```"
            new = f"```console\n{command.line}\n{command.printed()}```"
            command.page.write_text(text_of(command.page).replace(old, new), "utf-8")


if __name__ == "__main__":
    os.environ["COLUMNS"] = "80"
    write_what_commands_print()
