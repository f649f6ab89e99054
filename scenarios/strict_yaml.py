"""Reads the small, safe part of YAML that a pack needs, and remembers the line of everything.

Every scalar stays the text that was written: `no` is not False and `12:30` is not 750. What lets a small
file grow or hide something (anchors, aliases, tags, merge keys, repeated keys) is refused with its line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml

from scenarios.problems import PackError, Path, Problem, spell

MAX_BYTES = 256 * 1024
MAX_DEPTH = 20
MAX_NODES = 5_000

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree]"

# Escapes can smuggle in what a reviewer does not see: control characters, marks that turn the direction.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass
class Parsed:
    """A document as text, lists and mappings, with the line of each path and what was refused on the way."""

    file: str
    tree: Tree = ""
    lines: dict[Path, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line_of(self, path: Path) -> int:
        """Return the line of a path, or of the nearest thing around it that the file has."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def parse(data: bytes, file: str) -> Parsed:
    """Read one document; a file that cannot be read to its end raises `PackError` at once."""
    if len(data) > MAX_BYTES:
        raise _stop(file, 1, f"The file has more than {MAX_BYTES // 1024} KiB", "Split it or shorten it.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = _line_at(data, error.start)
        raise _stop(file, line, "This is not UTF-8 text", "Save it as UTF-8.") from error
    reader = _Reader(file, yaml.parse(text, Loader=yaml.CSafeLoader))
    try:
        reader.read()
    except yaml.reader.ReaderError as error:
        line = _line_at(data, error.position)
        raise reader.refusal(line, (), "A control character is in the text", "Delete it.") from error
    except yaml.MarkedYAMLError as error:
        what = f"This is not YAML: {error.problem}"
        raise reader.refusal(_line_of(error), (), what, "Look at indent, colons and quotes.") from error
    return reader.parsed


def _line_at(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1


def _line_of(error: yaml.MarkedYAMLError) -> int:
    """Return the line to look at: of a quote that never ends, where it begins and not where the file ends."""
    ended = "end of stream" in (error.problem or "")
    mark = (error.context_mark if ended else None) or error.problem_mark
    return mark.line + 1 if mark else 1


def _stop(file: str, line: int, message: str, remedy: str) -> PackError:
    return PackError([Problem(file, line, spell(()), message, remedy)])


class _Reader:
    """Builds the tree from parser events: nothing is expanded, and depth is known before it is entered."""

    def __init__(self, file: str, events: Iterator[yaml.Event]) -> None:
        self.parsed = Parsed(file)
        self._events = events
        self._nodes = 0

    def read(self) -> None:
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                break
        else:
            raise self.refusal(1, (), "The file is empty", "Write the fields that the README lists.")
        self.parsed.tree = self._value(next(self._events), ())
        next(self._events)
        after = next(self._events)
        if isinstance(after, yaml.DocumentStartEvent):
            raise self.refusal(_line(after), (), "A second document begins here", "Keep one.")

    def _value(self, event: yaml.Event, path: Path) -> Tree:
        self._admit(event, path)
        self.parsed.lines.setdefault(path, _line(event))
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return event.value if isinstance(event, yaml.ScalarEvent) else ""

    def _mapping(self, path: Path) -> Tree:
        mapping: dict[str, Tree] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            line = _line(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise self.refusal(line, path, "A key is not plain text", "Write a field name.")
            key = event.value
            self._admit(event, (*path, key))
            self.parsed.lines.setdefault((*path, key), line)
            value = self._value(next(self._events), (*path, key))
            if key == "<<":
                self._note(line, (*path, key), "Merge keys are not allowed", "Write the fields out.")
            elif key in mapping:
                self._note(line, (*path, key), "This key is given twice", "Keep one of the two.")
            else:
                mapping[key] = value
        return mapping

    def _sequence(self, path: Path) -> Tree:
        sequence: list[Tree] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            sequence.append(self._value(event, (*path, len(sequence))))
        return sequence

    def _admit(self, event: yaml.Event, path: Path) -> None:
        """Let a node in, or say why not; what could go on growing stops the reading."""
        line = _line(event)
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise self.refusal(line, path, f"The file has more than {MAX_NODES:,} values", "Split the file.")
        if len(path) >= MAX_DEPTH and isinstance(event, yaml.CollectionStartEvent):
            raise self.refusal(line, path[:3], f"Nested deeper than {MAX_DEPTH} levels", "Flatten it.")
        if isinstance(event, yaml.AliasEvent):
            self._note(line, path, "Aliases are not allowed", "Write the text out.")
        elif getattr(event, "anchor", None) is not None:
            self._note(line, path, "Anchors are not allowed", "Delete the word that begins with &.")
        if getattr(event, "tag", None) is not None:
            self._note(line, path, "Tags are not allowed", "Delete the word that begins with !.")
        if isinstance(event, yaml.ScalarEvent) and _UNSEEN.search(event.value):
            self._note(line, path, "An invisible control character is in the text", "Delete it.")

    def _note(self, line: int, path: Path, message: str, remedy: str) -> None:
        self.parsed.problems.append(Problem(self.parsed.file, line, spell(path), message, remedy))

    def refusal(self, line: int, path: Path, message: str, remedy: str) -> PackError:
        """Note what stops the reading, and bring it together with all that was noted before."""
        self._note(line, path, message, remedy)
        return PackError(self.parsed.problems)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
