"""Mixes and ramps as people type them, one part a line: "Hand 55", "week 1: 30"."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

WHOLE = Decimal(100)
LONGEST_NAME, MOST_PARTS, LAST_WEEK = 80, 12, 52

_SHARE = r"(?P<share>\d{1,6}(?:\.\d{1,3})?)\s*%?"
_PART = re.compile(rf"(?P<name>\S(?:.*\S)?)[\s:,]+{_SHARE}")
_STEP = re.compile(rf"(?:week|wk|w)?\s*(?P<week>\d{{1,3}})\s*[:\s,]\s*{_SHARE}", re.I)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a mix, in percent."""

    name: str
    share: Decimal


@dataclass(frozen=True, slots=True)
class Rise:
    """From which week on how much of a full load is carried, in percent."""

    week: int
    share: Decimal


def parts_of(lines: Iterable[str]) -> list[Part]:
    """The parts of a mix; lines that name none are left out."""
    found = [_PART.fullmatch(line) for line in lines]
    return [Part(part["name"].rstrip(" :,"), Decimal(part["share"])) for part in found if part]


def rises_of(lines: Iterable[str]) -> list[Rise]:
    """The steps of a ramp; lines that name none are left out."""
    found = [_STEP.fullmatch(line) for line in lines]
    return [Rise(int(step["week"]), Decimal(step["share"])) for step in found if step]


def wrong_in_mix(lines: Sequence[str]) -> str:
    """Why these lines are not a mix; empty when they are, or when there are none."""
    if not lines:
        return ""
    if len(lines) > MOST_PARTS:
        return f"At most {MOST_PARTS} lines; this has {len(lines)}."
    parts = parts_of(lines)
    if len(parts) < len(lines):
        return _unread(lines, _PART, "a name and its share", "Hand 55")
    if any(len(part.name) > LONGEST_NAME for part in parts):
        return f"At most {LONGEST_NAME} characters a name."
    total = sum(part.share for part in parts)
    return "" if total == WHOLE else f"The shares make {_plain(total)}; together they are 100."


def wrong_in_ramp(lines: Sequence[str]) -> str:
    """Why these lines are not a ramp; empty when they are, or when there are none."""
    if not lines:
        return ""
    if len(lines) > MOST_PARTS:
        return f"At most {MOST_PARTS} lines; this has {len(lines)}."
    rises = rises_of(lines)
    if len(rises) < len(lines):
        return _unread(lines, _STEP, "a week and the percent of a full load", "week 1: 30")
    for rise in rises:
        if not 1 <= rise.week <= LAST_WEEK:
            return f"Weeks from 1 to {LAST_WEEK}; not week {rise.week}."
        if rise.share > WHOLE:
            return f"At most 100% of a full load; week {rise.week} says {_plain(rise.share)}%."
    for before, after in pairwise(rises):
        if after.week <= before.week:
            return f"Week {after.week} stands after week {before.week}; put them in their order."
        if after.share < before.share:
            fall = f"from {_plain(before.share)}% in week {before.week} to {_plain(after.share)}%"
            return f"A ramp never falls; this goes {fall} in week {after.week}."
    return ""


def _unread(lines: Sequence[str], pattern: re.Pattern[str], what: str, example: str) -> str:
    number = next(n for n, line in enumerate(lines, start=1) if not pattern.fullmatch(line))
    return f"Line {number} is not {what}, such as “{example}”."


def _plain(share: Decimal | int) -> str:
    return f"{share:f}".rstrip("0").rstrip(".") if "." in f"{share:f}" else f"{share:f}"
