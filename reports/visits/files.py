"""Reads a file of visits: every row becomes numbers, or is listed with its number and the reason.

Plain rows are read a column at a time, each distinct text of a column once. Whatever is unusual about a row
is decided by `rows.read` alone, so that both ways read the same.
"""

import csv
from collections.abc import Collection
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np

from reports.visits import rows
from reports.visits.cells import DATE, PADDING, WORD, Cells, Dates, Known, Piece
from reports.visits.duplicates import duplicates
from reports.visits.rows import COLUMNS, NEVER, SECONDS_A_DAY, Unreadable, shown
from reports.visits.table import TYPES, Ints, Mask, Visits

SEPARATORS = (",", ";", "\t")
BYTES_AT_A_TIME = 4_000_000
LONGEST_LINE = 1_000
MOST_LISTED = 50

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


class _Reader:
    """The columns' texts met so far, the visits of each piece, and the rows that were left out."""

    def __init__(self, header: list[str], separator: str, today: int) -> None:
        self.header, self.separator, self.today = header, separator, today
        self.numbers: dict[str, int] = {}
        self.parts: list[Visits] = []
        self.unread: list[Unread] = []
        self.unread_count = 0
        self._places = [self.header.index(name) for name in COLUMNS]
        self._days = Known(rows.day_of, FAULTY)
        self._clinicians = Known(self._number, FAULTY)
        self._kinds = Known(rows.kind_of, FAULTY)
        self._minutes = Known(_thousandths, FAULTY)
        self._dates = Known(_date_of_a_time, FAULTY)
        self._clocks = Known(_clock, FAULTY)

    def _number(self, clinician: str) -> int:
        return self.numbers.setdefault(clinician, len(self.numbers)) if clinician else FAULTY

    def take(self, first: int, text: bytes) -> int:
        """Read these lines, padded, of which the first has this number; how many there are."""
        piece = Piece.of(text, self.separator, len(self.header), LONGEST_LINE)
        sure = self._at_once(first + piece.plain, [piece.columns[place] for place in self._places])
        unsure = np.ones(len(piece.line_ends), dtype=np.bool_)
        unsure[piece.plain[sure]] = False
        self._one_by_one([(first + place, piece.line(place)) for place in np.flatnonzero(unsure).tolist()])
        return len(piece.line_ends)

    def _at_once(self, numbers: Ints, columns: list[Cells]) -> Mask:
        """Read plain rows; which of them are sure to be visits."""
        date, clinician, kind, booked, arrived, minutes, opened, signed = columns
        dates = Dates.of(date)
        day = self._days.of(date, dates.words if int(date.lengths.max(initial=0)) <= 2 * WORD else None)
        person, sort = self._clinicians.of(clinician), self._kinds.of(kind)
        thousandths = self._minutes.of(minutes)
        booked_at, begun, opened_at, signed_at = (
            self._times(cells, dates, day) for cells in (booked, arrived, opened, signed)
        )
        was_booked, came = booked_at != NO, begun != NO
        still_to_come = (self.today + 1) * SECONDS_A_DAY
        sure = (
            (day >= 0)
            & (person >= 0)
            & (sort >= 0)
            & (day <= self.today)
            & (was_booked | came)
            & (np.minimum(np.minimum(booked_at, begun), np.minimum(opened_at, signed_at)) != FAULTY)
            & (opened_at != YES)
            & (signed_at != YES)
            & (np.maximum(opened_at, signed_at) < still_to_come)
            & ((signed_at >= opened_at) | (signed_at == NEVER))
            & ((begun < -_FAR) | (begun // SECONDS_A_DAY == day))
            & ((thousandths >= 0) & came | (~came & ((thousandths == NEVER) | (thousandths == 0))))
        )
        found = {
            "row": numbers,
            "clinician": person,
            "day": day,
            "kind": sort,
            "booked": was_booked,
            "arrived": came,
            "minutes": np.where(came, thousandths / 1000, 0.0),
            "booked_at": np.maximum(booked_at, NEVER),
            "begun": np.maximum(begun, NEVER),
            "opened": opened_at,
            "signed": signed_at,
        }
        places: slice | Ints = slice(None) if sure.all() else np.flatnonzero(sure)
        self.parts.append(
            Visits(*(found[name][places].astype(kind, copy=False) for name, kind in TYPES.items()))
        )
        return np.asarray(sure)

    def _times(self, cells: Cells, dates: Dates, day: Ints) -> Ints:
        """The second each cell names, of its own day or of the row's; else what the text means instead."""
        found = day * SECONDS_A_DAY + DATED
        same, rest, words = cells.after(dates)
        others = np.flatnonzero(~same)
        found[others] = self._dates.of(cells.at(others).first(DATE))
        found += self._clocks.of(rest, words)
        far = np.flatnonzero(np.abs(found) >= _FAR)
        found[far] = _meant(found[far], day[far])
        return found

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
            Unread(number, f"The same visit as row {first}.")
            for number, first in zip(*(found[:MOST_LISTED] for found in again), strict=True)
        ]
        kept = visits.at(~np.isin(visits.row, again[0])) if again[0] else visits
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
    header, separator = _header(file.readline(LONGEST_LINE))
    reader, number = _Reader(header, separator, today), 2
    while piece := file.read(BYTES_AT_A_TIME):
        rest = file.readline()
        end = b"" if (rest or piece).endswith(b"\n") else b"\n"
        number += reader.take(number, b"".join([piece, rest, end, PADDING]))
    return reader.finish(only)


def _header(first: bytes) -> tuple[list[str], str]:
    """The columns of a file and what stands between them."""
    line = first.decode("utf-8-sig", "surrogateescape")
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


def _meant(far: Ints, day: Ints) -> Ints:
    """What sums say that are no second: yes, no, a time of the row's own day, or nothing that can be read."""
    of_the_day = (far >= OF_THE_DAY) & (far < OF_THE_DAY + SECONDS_A_DAY)
    known = (far == YES) | (far == NO)
    return np.where(of_the_day, far - OF_THE_DAY + day * SECONDS_A_DAY, np.where(known, far, FAULTY))


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
