"""One row of a file of visits, read plainly: what each cell may hold, and what two cells cannot both say.

This is the definition. `files` reads a million rows faster, and hands every row it is not sure of to `read`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeVar

At = TypeVar("At", datetime, time)

KINDS = ("evaluation", "follow-up", "other")
COLUMNS = (
    "date",
    "clinician",
    "kind",
    "booked",
    "arrived",
    "patient minutes",
    "note opened",
    "note signed",
)
MOST_MINUTES = 24 * 60
SECONDS_A_DAY = 86_400
NEVER = -(2**60)  # the time of what has none
LONGEST_SHOWN = 40

_EPOCH = date(1970, 1, 1).toordinal()
_MINUTES = re.compile(r"\d{1,6}(\.\d{1,6})?")


class Unreadable(ValueError):
    """Why a row cannot be read, as a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A row that could be read: days since 1970, and times in seconds since then on the local clock."""

    clinician: str
    day: int
    kind: int
    booked: bool
    arrived: bool
    minutes: float
    booked_at: int = NEVER
    begun: int = NEVER
    opened: int = NEVER
    signed: int = NEVER


def read(cells: Mapping[str, str], *, today: int) -> Visit:
    """The visit that a row tells of; `today` is the last day there can have been one."""
    text = {name: cells[name].strip() for name in COLUMNS}
    day = day_of(text["date"])
    if day > today:
        raise Unreadable(f"The date {shown(text['date'])} is still to come.")
    if not text["clinician"]:
        raise Unreadable("The clinician is empty.")
    kind = kind_of(text["kind"])
    booked, booked_at = _happened("booked", text["booked"], day)
    arrived, begun = _happened("arrived", text["arrived"], day)
    if not booked and not arrived:
        raise Unreadable("Neither booked nor arrived, so there was no visit.")
    if begun != NEVER and begun // SECONDS_A_DAY != day:
        raise Unreadable("The person arrived on another day than the date says.")
    minutes = minutes_of(text["patient minutes"]) if text["patient minutes"] else None
    if arrived and minutes is None:
        raise Unreadable("The person arrived, and the patient minutes are empty.")
    if minutes and not arrived:
        raise Unreadable("There are patient minutes, and nobody arrived.")
    opened = time_of("note opened", text["note opened"], day) if text["note opened"] else NEVER
    signed = time_of("note signed", text["note signed"], day) if text["note signed"] else NEVER
    if max(opened, signed) >= (today + 1) * SECONDS_A_DAY:
        raise Unreadable("The note is opened or signed on a day that is still to come.")
    if NEVER not in {opened, signed} and signed < opened:
        raise Unreadable("The note is signed before it is opened.")
    return Visit(
        clinician=text["clinician"],
        day=day,
        kind=kind,
        booked=booked,
        arrived=arrived,
        minutes=minutes or 0.0,
        booked_at=booked_at,
        begun=begun,
        opened=opened,
        signed=signed,
    )


def day_of(text: str) -> int:
    """The day an ISO date names, with or without a time: 2026-03-02, 20260302, 2026-W10-1.

    >>> day_of("1970-01-02"), day_of("19700102"), day_of("1970-W01-5"), day_of("1970-01-02T08:00")
    (1, 1, 1, 1)
    """
    try:
        return date.fromisoformat(text).toordinal() - _EPOCH
    except ValueError:
        try:
            return _local(datetime.fromisoformat(text)).date().toordinal() - _EPOCH
        except ValueError:
            raise Unreadable(f"{shown(text)} is no date; write it as 2026-03-02.") from None


def is_day(text: str) -> bool:
    """Whether a text is a date alone, without a time."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def kind_of(text: str) -> int:
    """The place of a kind among `KINDS`, whatever its capitals."""
    try:
        return KINDS.index(text.lower())
    except ValueError:
        raise Unreadable(
            f"{shown(text)} is no kind of visit; write evaluation, follow-up or other."
        ) from None


def minutes_of(text: str) -> float:
    """Minutes with the patient: a number without a sign, at most a day."""
    if not _MINUTES.fullmatch(text):
        raise Unreadable(f"{shown(text)} is no number of patient minutes; write it as 45 or 45.5.")
    if float(text) > MOST_MINUTES:
        raise Unreadable(f"{shown(text)} patient minutes are more than a day has.")
    return float(text)


def seconds_of(text: str) -> int:
    """The seconds since midnight of a time of day: 09:05 or 09:05:30.

    >>> seconds_of("09:05")
    32700
    """
    if ":" not in text:
        raise ValueError(text)  # 12 could be a number of anything
    at = _local(time.fromisoformat(text))
    return at.hour * 3600 + at.minute * 60 + at.second


def time_of(name: str, text: str, day: int) -> int:
    """The second a time names: with its date, or of the row's own day. Fractions of seconds are dropped."""
    try:
        return day * SECONDS_A_DAY + seconds_of(text)
    except ValueError:
        try:
            at = datetime.fromisoformat("" if is_day(text) else text)
        except ValueError:
            raise Unreadable(
                f"{name.capitalize()}: {shown(text)} is no time; write it as 2026-03-02T09:05 or 09:05."
            ) from None
        if at.tzinfo:
            raise Unreadable(
                f"{name.capitalize()}: {shown(text)} has a time zone; write the time of the local clock."
            ) from None
        day = at.date().toordinal() - _EPOCH
        return day * SECONDS_A_DAY + at.hour * 3600 + at.minute * 60 + at.second


def _happened(name: str, text: str, day: int) -> tuple[bool, int]:
    """Whether something was, and when if that is told: yes, no, a time, or nothing for no."""
    word = text.lower()
    if word in {"yes", "no", ""}:
        return word == "yes", NEVER
    try:
        return True, time_of(name, text, day)
    except Unreadable:
        if ":" in text:
            raise
        raise Unreadable(f"{name.capitalize()}: {shown(text)} is neither yes, no nor a time.") from None


def _local(at: At) -> At:
    if at.tzinfo:
        raise ValueError(at)
    return at


def shown(text: str) -> str:
    """A cell as a sentence quotes it: on one line, not too long, whatever bytes it has."""
    plain = text.encode("utf-8", "replace").decode()
    plain = plain if len(plain) <= LONGEST_SHOWN else f"{plain[:LONGEST_SHOWN]}…"
    return repr(plain)
