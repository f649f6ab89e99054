"""Says what changed between two texts of a scenario: field by field, words added and words removed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from itertools import zip_longest

from scenarios.editing import Texts, counts_of, lines_in, words_in
from scenarios.fields import ANCHORS, LEVELS, SECTIONS, Field, Shape, minimum_of

# Two items that share less than this are two items, not one that was reworded.
ALIKE = 0.4
# What is longer than any scenario can be is not taken apart: to compare it would take too long.
MOST_ITEMS, MOST_WORDS = 200, 2_000
_WORD = re.compile(r"\S+")


class Mark(Enum):
    """What became of some words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Piece:
    """Some words that follow each other and share their fate."""

    mark: Mark
    text: str


Item = tuple[Piece, ...]


@dataclass(frozen=True)
class Change:
    """A field that differs, by its label, with the items in it that do."""

    label: str
    items: tuple[Item, ...]


def compare(before: Texts, after: Texts) -> list[Change]:
    """Everything that differs, in the order of the later text; what is gone follows at its place."""
    old, new = dict(_outline(before)), dict(_outline(after))
    changes = []
    for label in _in_order(list(old), list(new)):
        items = tuple(_items(old.get(label, ()), new.get(label, ())))
        if items:
            changes.append(Change(label, items))
    return changes


def words(before: str, after: str) -> Item:
    """Two texts as one, with what was removed before what was added in its place."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if max(len(old), len(new)) > MOST_WORDS:
        return Piece(Mark.REMOVED, before), Piece(Mark.ADDED, after)
    pieces = []
    for _, start, stop, begin, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if old[start:stop] == new[begin:end]:
            pieces.append(Piece(Mark.SAME, " ".join(old[start:stop])))
        else:
            pieces.append(Piece(Mark.REMOVED, " ".join(old[start:stop])))
            pieces.append(Piece(Mark.ADDED, " ".join(new[begin:end])))
    return tuple(piece for piece in pieces if piece.text)


def _items(old: Sequence[str], new: Sequence[str]) -> Iterator[Item]:
    """The items that differ: reworded, removed or added."""
    if max(len(old), len(new)) > MOST_ITEMS:
        if old != new:
            yield Piece(Mark.REMOVED, "\n".join(old)), Piece(Mark.ADDED, "\n".join(new))
        return
    for tag, start, stop, begin, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from _pairs(old[start:stop], new[begin:end])


def _pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[Item]:
    """Items in place of others: a pair that is alike is one that was reworded."""
    left = list(new)
    for one in old:
        other = max(left, key=lambda text: _likeness(one, text), default="")
        if other and (_likeness(one, other) >= ALIKE or len(old) == len(new) == 1):
            left.remove(other)
            yield words(one, other)
        else:
            yield (Piece(Mark.REMOVED, one),)
    for one in left:
        yield (Piece(Mark.ADDED, one),)


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, _WORD.findall(one), _WORD.findall(other), autojunk=False).ratio()


def _in_order(old: list[str], new: list[str]) -> list[str]:
    """All labels: those of the later text in order, each gone one after the one it followed."""
    merged: list[str] = []
    for _, start, stop, begin, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        merged += [
            label
            for pair in zip_longest(old[start:stop], new[begin:end])
            for label in pair
            if label is not None
        ]
    return list(dict.fromkeys(merged))


# What is compared: labels, each with its items --------------------------------------------------------------


def _outline(texts: Texts) -> Iterator[tuple[str, tuple[str, ...]]]:
    counts = counts_of(texts)
    for section in SECTIONS:
        for field in section.fields:
            yield field.label, _said(texts.get(field.name, ""), field)
        if section.key == "bars":
            yield from _bars(texts, counts["criteria"])
        elif section.rows == "criteria":
            for number in range(1, counts["criteria"] + 1):
                yield from _criterion(texts, number)
        elif section.rows == "timed_facts":
            numbers = range(1, counts["timed_facts"] + 1)
            yield "Timed facts", tuple(_timed_fact(texts, f"timed_facts.{number}.") for number in numbers)
        elif section.rows == "probes":
            numbers = range(1, counts["probes"] + 1)
            yield "Probes", tuple(_probe(texts, f"probes.{number}.") for number in numbers)
        elif section.rows == "questions":
            numbers = range(1, counts["questions"] + 1)
            yield "Questions", tuple(_question(texts, f"questions.{number}.") for number in numbers)


def _said(text: str, field: Field) -> tuple[str, ...]:
    if field.shape is Shape.LINES:
        return tuple(lines_in(text))
    labels = {choice.value: choice.label for choice in field.choices}
    if field.shape is Shape.TICK:
        return ("Yes",) if text else ("No",)
    if field.shape in {Shape.WORDS, Shape.CHOICE}:
        return tuple(labels.get(word, word) for word in words_in(text))
    return (text.strip(),) if text.strip() else ()


def _probe(texts: Texts, row: str) -> str:
    codes, after = ", ".join(words_in(texts.get(f"{row}criteria", ""))), texts.get(f"{row}after", "").strip()
    past = ", about the past" if texts.get(f"{row}past") else ""
    follows = f", after question {after}" if after else ""
    return f"{texts.get(f'{row}text', '').strip()} ({codes}{past}{follows})"


def _timed_fact(texts: Texts, row: str) -> str:
    return f"Minute {texts.get(f'{row}minute', '').strip()}: {texts.get(f'{row}text', '').strip()}"


def _question(texts: Texts, row: str) -> str:
    parts = [texts.get(f"{row}text", "").strip()]
    codes = words_in(texts.get(f"{row}criteria", ""))
    parts += [f"(rated on {', '.join(codes)})"] if codes else []
    for word in ("pass", "hold", "fail"):
        said = texts.get(f"{row}verdict.to_{word}", "").strip()
        parts += [f"{word.capitalize()}: {said}"] if said else []
    return " ".join(parts)


def _criterion(texts: Texts, number: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    row = f"criteria.{number}."
    code = texts.get(f"{row}code", "").strip() or f"Criterion {number}"
    weight = texts.get(f"{row}weight", "").strip() or "1"
    yield code, ("Critical" if texts.get(f"{row}critical") else "Not critical", f"Weight {weight}")
    for level in ANCHORS:
        anchor = texts.get(f"{row}anchors.{level}", "").strip()
        yield f"{code}, level {level}", (anchor,) if anchor else ()


def _bars(texts: Texts, criteria: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    for level in LEVELS:
        items = []
        for number in range(1, criteria + 1):
            minimum = texts.get(minimum_of(number, level), "").strip()
            if minimum:
                items.append(f"{texts.get(f'criteria.{number}.code', '').strip()} {minimum}")
        count = {name: texts.get(f"bars.{level.value}.count.{name}", "").strip() for name in COUNTED}
        if any(count.values()):
            codes = ", ".join(words_in(count["of"]))
            where = ", anywhere in the loop" if count["over_loop"] else ""
            items.append(f"At least {count['at_least']} of {codes} reach {count['level']}{where}")
        yield f"Bar for {level.value}", tuple(items)


COUNTED = ("at_least", "of", "level", "over_loop")
