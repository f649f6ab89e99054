"""Reads a file of visits: every row becomes numbers, or is listed with its number and the reason.

Plain rows are read a column at a time, each distinct text of a column once. Whatever is unusual about a row
is decided by `rows.read` alone, so that both ways read the same.
"""

import csv
import io
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np

from reports.visits import rows
from reports.visits.duplicates import duplicates
from reports.visits.rows import COLUMNS, NEVER, SECONDS_A_DAY, Unreadable, shown
from reports.visits.table import TYPES, Ints, Mask, Visits

SEPARATORS = (",", ";", "\t")
CHARACTERS_AT_A_TIME = 4_000_000
LONGEST_LINE = 1_000
MOST_LISTED = 50
MOST_KEPT = 100_000  # distinct texts of one column that are remembered

# What the two parts of a cell with a time mean; added up they are a second since 1970, or something far off.
# A date asks for a clock (`DATED`) and a clock after it has none, so that a date alone is no time.
FAULTY, YES, NO, OF_THE_DAY, DATED = -(2**62), -(2**61), NEVER, -(2**58), 2**57
_FAR = 2**50


class VisitsError(ValueError):
    """A file that cannot be measured at all, and what to do about it."""


@dataclass(frozen=True, slots=True, order=True)
class Unread:
    """A row that was left out: its number as a spreadsheet shows it, the header being row 1, and why."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds. Clinicians are numbers here; their names end with the reading."""

    visits: Visits
    unread: tuple[Unread, ...]  # The first of them.
    unread_count: int

    @property
    def rows(self) -> int:
        """How many rows there were."""
        return len(self.visits) + self.unread_count


class _Known(dict[str, int]):
    """What each distinct text of a column means, worked out when it is met first."""

    def __init__(self, meaning: Callable[[str], int]) -> None:
        self._meaning = meaning

    def __missing__(self, text: str) -> int:
        if len(self) >= MOST_KEPT:
            self.clear()
        try:
            found = self._meaning(text.strip())
        except ValueError:
            found = FAULTY
        self[text] = found
        return found

    def of(self, cells: list[str]) -> Ints:
        return np.fromiter(map(self.__getitem__, cells), dtype=np.int64, count=len(cells))


class _Reader:
    """The columns' texts met so far, the visits of each piece, and the rows that were left out."""

    def __init__(self, header: list[str], separator: str, today: int) -> None:
        self.header, self.separator, self.today = header, separator, today
        self.numbers: dict[str, int] = {}
        self.parts: list[Visits] = []
        self.unread: list[Unread] = []
        self.unread_count = 0
        self._places = [self.header.index(name) for name in COLUMNS]
        self._days = _Known(rows.day_of)
        self._clinicians = _Known(self._number)
        self._kinds = _Known(rows.kind_of)
        self._minutes = _Known(_thousandths)
        self._dates = _Known(_date_of_a_time)
        self._clocks = _Known(_clock)

    def _number(self, clinician: str) -> int:
        return self.numbers.setdefault(clinician, len(self.numbers)) if clinician else FAULTY

    def take(self, first: int, lines: list[str]) -> None:
        """Read these lines, of which the first has this number."""
        width = len(self.header)
        is_plain = [
            line.count(self.separator) == width - 1 and '"' not in line and len(line) <= LONGEST_LINE
            for line in lines
        ]
        plain = lines if all(is_plain) else [line for line, fine in zip(lines, is_plain, strict=True) if fine]
        numbers = first + np.flatnonzero(is_plain)
        unsure = [(first + place, lines[place]) for place, fine in enumerate(is_plain) if not fine]
        if plain:
            cells = self.separator.join(plain).split(self.separator)
            sure = self._at_once(numbers, [cells[place::width] for place in self._places])
            unsure += [(int(numbers[place]), plain[place]) for place in np.flatnonzero(~sure)]
        self._one_by_one(sorted(unsure))

    def _at_once(self, numbers: Ints, columns: list[list[str]]) -> Mask:
        """Read plain rows; which of them are sure to be visits."""
        date, clinician, kind, booked, arrived, minutes, opened, signed = columns
        day, person, sort = self._days.of(date), self._clinicians.of(clinician), self._kinds.of(kind)
        thousandths = self._minutes.of(minutes)
        times = [self._times(cells, day) for cells in (booked, arrived, opened, signed)]
        was_booked, came = times[0] != NEVER, times[1] != NEVER
        begun, signed_at = times[1], times[3]
        still_to_come = (self.today + 1) * SECONDS_A_DAY
        sure = (
            (np.minimum.reduce([day, person, sort]) >= 0)
            & (day <= self.today)
            & (was_booked | came)
            & np.logical_and.reduce([one != FAULTY for one in times])
            & (times[2] != YES)
            & (signed_at != YES)
            & (np.maximum(times[2], signed_at) < still_to_come)
            & ((times[2] == NEVER) | (signed_at == NEVER) | (signed_at >= times[2]))
            & ((begun < -_FAR) | (begun // SECONDS_A_DAY == day))
            & np.where(came, thousandths >= 0, (thousandths == NEVER) | (thousandths == 0))
        )
        found = {
            "row": numbers,
            "clinician": person,
            "day": day,
            "kind": sort,
            "booked": was_booked,
            "arrived": came,
            "minutes": np.where(came, thousandths / 1000, 0.0),
            "booked_at": np.where(times[0] < -_FAR, NEVER, times[0]),
            "begun": np.where(begun < -_FAR, NEVER, begun),
            "opened": times[2],
            "signed": signed_at,
        }
        self.parts.append(Visits(*(found[name][sure].astype(kind) for name, kind in TYPES.items())))
        return sure

    def _times(self, cells: list[str], day: Ints) -> Ints:
        """The second each cell names, of its own day or of the row's; else what the text means instead."""
        dates, clocks = self._dates, self._clocks
        found = np.fromiter(
            [dates[cell[:10]] + clocks[cell[10:]] for cell in cells], dtype=np.int64, count=len(cells)
        )
        of_the_day = (found >= OF_THE_DAY) & (found < OF_THE_DAY + SECONDS_A_DAY)
        found[of_the_day] += day[of_the_day] * SECONDS_A_DAY - OF_THE_DAY
        known = (np.abs(found) < _FAR) | (found == YES) | (found == NO)
        return np.where(known, found, FAULTY)

    def _one_by_one(self, lines: list[tuple[int, str]]) -> None:
        found = []
        for number, line in lines:
            try:
                visit = self._one(line)
            except Unreadable as problem:
                self._leave_out(number, str(problem))
                continue
            if visit is not None:
                found.append((number, self._number(visit.clinician), visit))
        if found:
            columns = [[row[0] for row in found], [row[1] for row in found]]
            columns += [[getattr(row[2], name) for row in found] for name in list(TYPES)[2:]]
            self.parts.append(Visits.of(columns))

    def _one(self, line: str) -> rows.Visit | None:
        """The visit of one line; None for a line without anything in it."""
        if len(line) > LONGEST_LINE:
            raise Unreadable(f"The row is longer than {LONGEST_LINE:,} characters.")
        try:
            cells = next(csv.reader([line], delimiter=self.separator, strict=True), [])
        except csv.Error:
            raise Unreadable("A quotation mark is not closed in this row.") from None
        if not any(cell.strip() for cell in cells):
            return None
        if len(cells) != len(self.header):
            raise Unreadable(f"The row has {len(cells)} cells; the header has {len(self.header)}.")
        return rows.read(dict(zip(self.header, cells, strict=True)), today=self.today)

    def _leave_out(self, number: int, reason: str) -> None:
        self.unread_count += 1
        if len(self.unread) < MOST_LISTED:
            self.unread.append(Unread(number, reason))

    def finish(self, only: Collection[str]) -> Reading:
        """Everything that was read, of these clinicians only if any are named, each row once."""
        visits = Visits.joined(self.parts) if self.parts else Visits.of([[] for _ in TYPES])
        if only:
            visits = visits.at(np.isin(visits.clinician, self._numbers_of(only)))
        again = duplicates(visits)
        listed = [
            Unread(int(number), f"The same visit as row {int(first)}.")
            for number, first in zip(*(found[:MOST_LISTED] for found in again), strict=True)
        ]
        kept = visits.at(~np.isin(visits.row, again[0])) if len(again[0]) else visits
        unread = sorted([*self.unread, *listed])[:MOST_LISTED]
        return Reading(kept, tuple(unread), self.unread_count + len(again[0]))

    def _numbers_of(self, only: Collection[str]) -> list[int]:
        if unknown := sorted(set(only) - self.numbers.keys()):
            raise VisitsError(f"There is no row of {', '.join(map(shown, unknown))}.")
        return [self.numbers[name] for name in only]


def read(file: BinaryIO, *, today: int, only: Collection[str] = ()) -> Reading:
    """Read a CSV file in UTF-8; `today` is the last day there can have been a visit, counted from 1970.

    The header names exactly the columns of `rows.COLUMNS`, in any order and any capitals, separated by a
    comma, a semicolon or a tab. Anything else in the header refuses the whole file: columns that the
    measurement does not need may tell of patients, and have no business here.
    """
    text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="surrogateescape")
    header, separator = _header(text.readline(LONGEST_LINE))
    reader = _Reader(header, separator, today)
    for first, lines in _pieces(text):
        reader.take(first, lines)
    text.detach()
    return reader.finish(only)


def _header(line: str) -> tuple[list[str], str]:
    """The columns of a file and what stands between them."""
    if not line.strip():
        raise VisitsError(f"The file is empty. Its first row names the columns {', '.join(COLUMNS)}.")
    if "\0" in line:
        raise VisitsError("The file is no text. Save it as CSV in UTF-8.")
    separator = max(SEPARATORS, key=line.count)
    names = [name.strip().strip('"').strip().lower() for name in line.split(separator)]
    if missing := [name for name in COLUMNS if name not in names]:
        raise VisitsError(f"These columns are missing: {', '.join(missing)}. The first row names them.")
    if extra := [name for name in names if name not in COLUMNS]:
        raise VisitsError(
            f"These columns are not used: {', '.join(map(shown, extra))}. Take them out; "
            "what tells of patients has no business here."
        )
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise VisitsError(f"These columns appear twice: {', '.join(twice)}. Keep one of each.")
    return names, separator


def _pieces(text: io.TextIOWrapper) -> Iterator[tuple[int, list[str]]]:
    """The lines below the header, many at a time, with the number of the first."""
    first = 2
    while piece := text.read(CHARACTERS_AT_A_TIME):
        lines = (piece + text.readline()).split("\n")
        if not lines[-1]:
            lines.pop()
        yield first, lines
        first += len(lines)


def _thousandths(text: str) -> int:
    """Minutes as a whole number of thousandths, so that a column of them is one of numbers."""
    if not text:
        return NEVER
    found = rows.minutes_of(text) * 1000
    if found != int(found):
        raise ValueError(text)  # finer than that; `rows` reads it exactly
    return int(found)


def _date_of_a_time(text: str) -> int:
    """What the first ten characters of a cell with a time mean: midnight of a date, or a word."""
    words = {"": NO, "no": NO, "yes": YES}
    if text.lower() in words:
        return words[text.lower()]
    if len(text) == 10 and rows.is_day(text):
        return rows.day_of(text) * SECONDS_A_DAY + DATED
    return OF_THE_DAY + rows.seconds_of(text)


def _clock(text: str) -> int:
    """What follows them: nothing, or the time of day after a T or a blank."""
    return rows.seconds_of(text.removeprefix("T")) - DATED if text else 0
