"""What a cell may hold. Whoever finds a faulty one says in which row, in which column, and what to do."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt

from reports.ratings.columns import Codes, Column, Label, small
from reports.ratings.scale import OFF_STEP, Floats, Scale

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECONDS = 86_400
MOST_DAYS = 10_000_000  # a date written as 20260331 is beyond this, and is no number of days
FORMATS = ("panel", "separate")
REQUIRED = ("unit", "rater", "score")
OPTIONAL = ("criterion", "stage", "format", "day", "phase")


class TableError(ValueError):
    """A table that cannot be used: says in which file, row and column, and what to do."""

    def __init__(
        self, problem: str, *, file: str | None = None, row: int | None = None, column: str | None = None
    ) -> None:
        self.problem, self.file, self.row, self.column = problem, file, row, column
        place = [file, f"row {row}" if row is not None else None, f"column '{column}'" if column else None]
        super().__init__(": ".join(filter(None, [", ".join(filter(None, place)), problem])))


@dataclass(frozen=True, slots=True)
class Where:
    """Turns a position in a column into the row number a person can look up."""

    file: str | None
    rows: Sequence[int] | npt.NDArray[np.int64]

    def error(self, problem: str, position: int, column: str) -> TableError:
        """Make the error about the cell of this column in the row at this position."""
        return TableError(problem, file=self.file, row=int(self.rows[position]), column=column)


def find_columns(names: Sequence[str], file: str | None) -> tuple[dict[str, int], tuple[str, ...]]:
    """Find the place of each column we know, whatever its capitals, and list the names of the others."""
    plain = [name.strip().lower() for name in names]
    for name in (*REQUIRED, *OPTIONAL):
        if plain.count(name) > 1:
            raise TableError("The column appears twice. Keep one of the two.", file=file, column=name)
    for name in REQUIRED:
        if name not in plain:
            found = ", ".join(names) or "none"
            raise TableError(f"The column is missing. Columns found: {found}.", file=file, column=name)
    known = {name: plain.index(name) for name in (*REQUIRED, *OPTIONAL) if name in plain}
    return known, tuple(name for place, name in enumerate(names) if place not in known.values())


def check_labels(column: Column, name: str, where: Where) -> tuple[tuple[Label, ...], Codes]:
    """Sort the labels and number each row; refuse empty ones and a mixture of text and numbers."""
    cells: list[Any] = list(column.distinct)
    kinds = set(map(type, cells))
    if not kinds <= {str, int}:
        cells = [cell.item() if isinstance(cell, np.generic) else cell for cell in cells]
        kinds = set(map(type, cells))
    if kinds not in (set(), {int}) and not (kinds == {str} and all(map(str.strip, cells))):
        _refuse_labels(Column(cells, column.codes), name, where)
    ordered = sorted(cells)
    if ordered == cells:
        return tuple(ordered), column.codes
    rank = dict(zip(ordered, range(len(ordered)), strict=True))
    ranks = np.fromiter(map(rank.__getitem__, cells), dtype=np.int64, count=len(cells))
    return tuple(ordered), small(ranks, len(ordered))[column.codes]


def _refuse_labels(column: Column, name: str, where: Where) -> None:
    expected = column.distinct[column.codes[0]]
    problems = []
    for label in column.distinct:
        if is_blank(label):
            problems.append(f"The {name} is empty. Fill it in, or take the row out.")
        elif type(label) is not str and type(label) is not int:
            problems.append(f"{label!r} is neither text nor a whole number.")
        elif type(label) is not type(expected):
            problems.append(f"{label!r} beside {expected!r}: write all as text or all as whole numbers.")
        else:
            problems.append("")
    _refuse_first(column, problems, name, where)


def check_scores(column: Column, scale: Scale, where: Where) -> Floats:
    """Read the number in each distinct cell, nan where none was given; refuse what is not on the scale."""
    scores = np.full(len(column.distinct), np.nan)
    problems = [""] * len(scores)
    for place, cell in enumerate(column.distinct):
        if is_blank(cell):
            continue
        score = number_in(cell)
        if score is None:
            problems[place] = f"{cell!r} is not a number. Write a score of {scale}, or leave the cell empty."
        elif not scale.low - OFF_STEP <= score <= scale.high + OFF_STEP:
            problems[place] = f"{score:g} is off the scale. Scores run from {scale}."
        else:
            scores[place] = score
    if not scale.is_continuous:
        for place in np.flatnonzero(~np.isnan(scores) & np.isnan(scale.levels_of(scores))).tolist():
            problems[place] = (
                f"{scores[place]:g} lies between two levels. "
                f"Scores run from {scale.low:g} to {scale.high:g} in steps of {scale.step:g}."
            )
    _refuse_first(column, problems, "score", where)
    return scores


def check_days(column: Column, where: Where) -> Floats:
    """Read the day in each distinct cell, nan where there is none; refuse what is neither date nor number.

    Dates become days since 1970 in UTC, with the time of day as their fraction; numbers are taken as days.
    """
    days = np.full(len(column.distinct), np.nan)
    problems = [""] * len(days)
    dates = np.zeros(len(days), dtype=np.bool_)
    for place, cell in enumerate(column.distinct):
        if is_blank(cell):
            continue
        day = number_in(cell)
        if day is None:
            day = _days_of(cell)
            dates[place] = True
        if day is None or not abs(day) <= MOST_DAYS:
            problems[place] = f"{cell!r} is no day. Write a date as 2026-03-31, or a number of days."
        else:
            days[place] = day
    read = ~np.isnan(days)
    if dates[read].any() and not dates[read].all():
        first = int(np.argmax(read[column.codes]))
        expected = dates[column.codes[first]]
        for place in np.flatnonzero(read & (dates != expected)).tolist():
            problems[place] = (
                f"{column.distinct[place]!r} beside {column.distinct[column.codes[first]]!r}: "
                "write all days as dates or all as numbers."
            )
    _refuse_first(column, problems, "day", where)
    return days


def _days_of(cell: object) -> float | None:
    """Days since 1970 of a date or a date and time, as text or not; without a zone it is taken as UTC."""
    if isinstance(cell, str):
        try:
            cell = datetime.fromisoformat(cell.strip())
        except ValueError:
            return None
    if not isinstance(cell, date):
        return None
    if not isinstance(cell, datetime):
        cell = datetime(cell.year, cell.month, cell.day, tzinfo=UTC)
    aware = cell if cell.tzinfo else cell.replace(tzinfo=UTC)
    return (aware - EPOCH).total_seconds() / SECONDS


def check_formats(column: Column, where: Where) -> tuple[tuple[str, ...], Codes]:
    """Read panel or separate in each row; nothing else is a format."""
    words = [_word(cell) for cell in column.distinct]
    problems = [
        "" if word in FORMATS else f"{cell!r} is no format of an interview. Write panel or separate."
        for word, cell in zip(words, column.distinct, strict=True)
    ]
    _refuse_first(column, problems, "format", where)
    occurring = tuple(word for word in FORMATS if word in words)
    codes = np.array([occurring.index(word) for word in words], dtype=np.int8)
    return occurring, codes[column.codes]


def check_phases(column: Column, where: Where) -> list[str]:
    """Read each distinct phase in lower case; an empty one is refused, because it may be any."""
    words = [_word(cell) for cell in column.distinct]
    problem = "The phase is empty. Write independent, or what it was, for example post_debrief."
    _refuse_first(column, ["" if word else problem for word in words], "phase", where)
    return words


def is_blank(cell: object) -> bool:
    """Whether a cell holds nothing: no value, text without a character, or not a number."""
    return (
        cell is None
        or (isinstance(cell, str) and not cell.strip())
        or (isinstance(cell, float) and math.isnan(cell))
    )


def number_in(cell: object) -> float | None:
    """Read the number a cell holds, None when it is text; the word nan is text too."""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float | np.number | Decimal):
        return None
    try:
        number = float(cell)
    except (ValueError, OverflowError):
        return None
    return None if math.isnan(number) else number


def _word(cell: object) -> str:
    return "" if is_blank(cell) else str(cell).strip().casefold()


def _refuse_first(column: Column, problems: Sequence[str], name: str, where: Where) -> None:
    """Raise the problem of the first row that has one."""
    if any(problems):
        position = column.first([bool(problem) for problem in problems])
        raise where.error(problems[column.codes[position]], position, name)
