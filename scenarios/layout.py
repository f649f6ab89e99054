"""Writes a scenario, a vignette or the head of a pack as YAML, always in the same way.

The text depends on the content alone: whatever a file looked like, or a database made of it, the same
scenario is the same bytes. `strict_yaml` reads back exactly what was written.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import TypeAlias

import yaml

from scenarios.schema import PackHeader, Scenario, Vignette
from scenarios.vocabulary import Level

Value: TypeAlias = "str | int | bool | list[Value] | dict[str, Value] | None"

INDENT = 2
# A text up to this length stands beside its field; a longer one is folded below it.
LONGEST_BESIDE = 80
# A folded line ends at the first space after this column.
FOLD_AFTER = 96
# Short words and numbers, easier to compare in one line.
IN_ONE_LINE = frozenset({"levels", "time_box", "minimum", "count", "of", "accept"})

# What a plain text must not begin with, hold or end with; it is stricter than YAML itself.
_NOT_PLAIN = re.compile(r"""^[-?:,\[\]{}#&*!|>'"%@`=<~.]|: |:$| #|^\s|\s$|^$""")
_SPACE_TO_BREAK_AT = re.compile(r"(?<=\S) (?=\S)")
_RESOLVER = yaml.resolver.Resolver()
_ESCAPES = {"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


def write_scenario(scenario: Scenario) -> bytes:
    """Write one scenario; fields that hold their default are left out."""
    fields = scenario.model_dump(mode="json", exclude_defaults=True)
    bars = fields["bars"]
    codes = list(dict.fromkeys(scenario.codes))
    fields["bars"] = {level.value: bars[level.value] for level in Level if level.value in bars}
    for bar in fields["bars"].values():
        bar["minimum"] = _in_order(bar["minimum"], codes)
    return _write(fields)


def write_vignette(vignette: Vignette) -> bytes:
    """Write one vignette; fields that hold their default are left out."""
    return _write(vignette.model_dump(mode="json", exclude_defaults=True))


def write_header(header: PackHeader) -> bytes:
    """Write `pack.yaml`: what a pack says about itself, without its scenarios."""
    return _write(header.model_dump(mode="json", include=set(PackHeader.model_fields)))


def _in_order(minimum: dict[str, int], codes: Collection[str]) -> dict[str, int]:
    """Put the minimums in the order of the rubric; a draft may name others, which follow."""
    rest = sorted(minimum.keys() - set(codes))
    return {code: minimum[code] for code in [*codes, *rest] if code in minimum}


def _write(fields: Mapping[str, Value]) -> bytes:
    return "".join(f"{line}\n" for line in _fields(fields, 0)).encode()


def _fields(fields: Mapping[str, Value], indent: int) -> Iterator[str]:
    margin = " " * indent
    for name, value in fields.items():
        if isinstance(value, dict | list) and not _fits_one_line(name, value):
            yield f"{margin}{name}:"
            yield from _inside(value, indent + INDENT)
        else:
            yield from _beside(f"{margin}{name}: ", value, indent)


def _inside(value: Value, indent: int) -> Iterator[str]:
    if isinstance(value, dict):
        yield from _fields(value, indent)
    elif isinstance(value, list):
        for item in value:
            yield from _item(item, indent)


def _item(item: Value, indent: int) -> Iterator[str]:
    dash = f"{' ' * indent}- "
    if isinstance(item, dict | list):
        first, *rest = _inside(item, indent + INDENT)
        yield dash + first.lstrip()
        yield from rest
    else:
        yield from _beside(dash, item, indent)


def _fits_one_line(name: str, value: dict[str, Value] | list[Value]) -> bool:
    """Levels, minutes and minimums; and codes, where `criteria` are not written out."""
    names_codes = name == "criteria" and all(isinstance(item, str) for item in value)
    return not value or name in IN_ONE_LINE or names_codes


def _beside(start: str, value: Value, indent: int) -> Iterator[str]:
    """Write a value behind its name or dash; a long text folded below, one of several lines as they are."""
    margin = " " * (indent + INDENT)
    if isinstance(value, str) and len(value) > LONGEST_BESIDE and _can_be_a_block([value]):
        yield f"{start}>-"
        yield from (margin + line for line in _fold(value, FOLD_AFTER - len(margin)))
    elif isinstance(value, str) and "\n" in value and _can_be_a_block(value.split("\n")):
        yield f"{start}|-"
        yield from ((margin + line).rstrip() for line in value.split("\n"))
    else:
        yield start + _one_line(value)


def _one_line(value: Value) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_one_line(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_one_line, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return _quoted(value) if isinstance(value, str) else str(value)


def _quoted(text: str) -> str:
    """Write the text plain if it reads the same everywhere, else in the mildest quotes that hold it."""
    if not text.isprintable():
        return '"' + "".join(map(_escaped, text)) + '"'
    if _NOT_PLAIN.search(text) or _means_something_else(text):
        return "'" + text.replace("'", "''") + "'"
    return text


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    return character if character.isprintable() else f"\\U{ord(character):08X}"


def _means_something_else(text: str) -> bool:
    """Tell whether other readers of YAML would take the text for a number, a date, or yes or no."""
    kind: str = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))
    return kind != "tag:yaml.org,2002:str"


def _can_be_a_block(lines: list[str]) -> bool:
    """Tell whether a block shows all there is: no space at an end, nothing that prints no mark."""
    first, last = lines[0], lines[-1]
    ends_are_seen = first == first.lstrip() and bool(first) and bool(last)
    return ends_are_seen and all(line.isprintable() and line == line.rstrip() for line in lines)


def _fold(text: str, after: int) -> Iterator[str]:
    start = 0
    for space in _SPACE_TO_BREAK_AT.finditer(text):
        if space.start() - start > after:
            yield text[start : space.start()]
            start = space.end()
    yield text[start:]
