"""A scenario as texts by field, which an author changes, and the way there and back.

Any texts are kept, whatever is wrong with them; they become the tree that a file of the same words would
hold, so that the schema, the rules and the gates read both alike.
"""

import re
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from scenarios import layout, strict_yaml
from scenarios.fields import (
    LEVELS,
    MOST_ROWS,
    OPTIONAL_ROWS,
    ROWS,
    Field,
    Shape,
    all_fields,
    minimum_of,
    of_rows,
    row_of,
)
from scenarios.schema import Scenario
from scenarios.strict_yaml import Tree

Texts: TypeAlias = Mapping[str, str]
Found: TypeAlias = "Tree | None"

_BETWEEN_WORDS = re.compile(r"[\s,]+")


# Rows -------------------------------------------------------------------------------------------------------


def counts_of(names: Iterable[str]) -> dict[str, int]:
    """How many rows of each list these fields are of."""
    counts = dict.fromkeys(ROWS, 0)
    for name in names:
        row = row_of(name)
        if row:
            counts[row[0]] = max(counts[row[0]], min(row[1], MOST_ROWS))
    return counts


def with_row(texts: Texts, group: str) -> dict[str, str]:
    """The texts with one more row of a list, still blank."""
    counts = counts_of(texts)
    counts[group] = min(counts[group] + 1, MOST_ROWS)
    return {**dict.fromkeys((name for name, _ in of_rows(counts)), ""), **texts}


def without_row(texts: Texts, group: str, number: int) -> dict[str, str]:
    """The texts without one row of a list; the rows after it move up."""
    left = {}
    for name, text in texts.items():
        row = row_of(name)
        if row is None or row[0] != group or row[1] < number:
            left[name] = text
        elif row[1] > number:
            left[f"{group}.{row[1] - 1}.{row[2]}"] = text
    return left


# From a scenario to texts and back --------------------------------------------------------------------------


def texts_of(scenario: Scenario) -> dict[str, str]:
    """Every field of a scenario as an author would have filled it in."""
    tree = strict_yaml.parse(layout.write_scenario(scenario), "").tree
    counts = {group: _length(_get(tree, [group])) for group in ROWS}
    texts = {name: _text(_get(tree, _path(name)), field) for name, field in all_fields(counts)}
    for number, code in enumerate(scenario.codes, start=1):
        for level in LEVELS:
            value = _get(tree, ["bars", level.value, "minimum", code])
            texts[minimum_of(number, level)] = value if isinstance(value, str) else ""
    return texts


def tree_of(texts: Texts, **more: str) -> dict[str, Tree]:
    """The tree that a file of these texts would hold; blank fields that may be left out are left out."""
    tree: dict[str, Tree] = dict(more)
    counts = counts_of(texts)
    for group, count in counts.items():
        if count or group not in OPTIONAL_ROWS:
            tree[group] = [{} for _ in range(count)]
    for name, field in all_fields(counts):
        value = _value(texts.get(name, ""), field)
        is_minimum = name.startswith("criteria.") and ".minimum." in name
        if not is_minimum and (value or not field.optional):
            _put(tree, _path(name), value)
    tree["bars"] = _bars(texts, counts["criteria"], tree.get("bars"))
    return tree


def _bars(texts: Texts, criteria: int, counted: Found) -> dict[str, Tree]:
    """The bars: of each level it may be used at, and of each for which something was filled in."""
    chosen = words_in(texts.get("levels", ""))
    bars: dict[str, Tree] = {}
    for level in LEVELS:
        minimum: dict[str, Tree] = {}
        for number in range(1, criteria + 1):
            code = texts.get(f"criteria.{number}.code", "").strip()
            given = texts.get(minimum_of(number, level), "").strip()
            if given:
                minimum.setdefault(code, given)
        count = counted.get(level.value, {}) if isinstance(counted, dict) else {}
        if minimum or count or level.value in chosen:
            bars[level.value] = {"minimum": minimum, **(count if isinstance(count, dict) else {})}
    return bars


def words_in(text: str) -> list[str]:
    """The words of a text with blanks or commas between them."""
    return [word for word in _BETWEEN_WORDS.split(text) if word]


def lines_in(text: str) -> list[str]:
    """The items of a text with one a line; blank lines are none."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _value(text: str, field: Field) -> Tree:
    if field.shape is Shape.LINES:
        return [*lines_in(text)]
    if field.shape is Shape.WORDS:
        return [*words_in(text)]
    return " ".join(text.split("\n")).strip() if field.shape is Shape.LINE else text.strip()


def _text(value: Found, field: Field) -> str:
    if isinstance(value, list):
        items = [item for item in value if isinstance(item, str)]
        between = "\n" if field.shape is Shape.LINES else " "
        return between.join(" ".join(item.splitlines()) for item in items)
    if field.shape is Shape.TICK and value == "false":
        return ""
    return value if isinstance(value, str) else ""


def _path(name: str) -> list[str]:
    return name.split(".")


def _length(value: Found) -> int:
    return len(value) if isinstance(value, list) else 0


def _get(tree: Tree, path: list[str]) -> Found:
    """What stands at a path; numbers in it count from 1."""
    found: Found = tree
    for part in path:
        if isinstance(found, dict):
            found = found.get(part)
        elif isinstance(found, list) and part.isdigit() and 0 < int(part) <= len(found):
            found = found[int(part) - 1]
        else:
            return None
    return found


def _put(tree: dict[str, Tree], path: list[str], value: Tree) -> None:
    """Set what stands at a path, making what leads there; a number after the last item adds one."""
    here: Tree = tree
    for part, following in zip(path, [*path[1:], ""], strict=True):
        there: Tree = value if not following else ([] if following.isdigit() else {})
        if isinstance(here, dict):
            if following:
                here = here.setdefault(part, there)
            else:
                here[part] = there
        elif isinstance(here, list):
            if int(part) > len(here):
                here.append(there)
            here = here[int(part) - 1]
