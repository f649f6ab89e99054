"""The input contract: long format, one row a rating, checked before anything is computed."""

import math
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Label: TypeAlias = str | int
Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]

OFF_STEP = 1e-9
MOST_POINTS = 10_001


class TableError(ValueError):
    """A table that cannot be used: says in which file, row and column, and what to do."""

    def __init__(
        self, problem: str, *, file: str | None = None, row: int | None = None, column: str | None = None
    ) -> None:
        self.problem, self.file, self.row, self.column = problem, file, row, column
        place = [file, f"row {row}" if row is not None else None, f"column '{column}'" if column else None]
        super().__init__(": ".join(filter(None, [", ".join(filter(None, place)), problem])))


@dataclass(frozen=True, slots=True)
class Scale:
    """The levels a rating can have: those of the scorecard's definition, never those that happen to occur."""

    low: float = 1.0
    high: float = 5.0
    step: float = 1.0

    def __post_init__(self) -> None:
        if not all(map(math.isfinite, (self.low, self.high, self.step))):
            raise ValueError("A scale needs finite ends and a finite step.")
        if self.step <= 0 or self.high <= self.low:
            raise ValueError(
                f"A scale runs upward in positive steps, not from {self.low} to {self.high} by {self.step}."
            )
        steps = (self.high - self.low) / self.step
        if abs(steps - round(steps)) > OFF_STEP * max(1.0, steps):
            raise ValueError(f"Steps of {self.step:g} from {self.low:g} do not arrive at {self.high:g}.")
        if self.points > MOST_POINTS:
            raise ValueError(f"A scale has at most {MOST_POINTS} points; this one has {self.points}.")

    @classmethod
    def parse(cls, text: str, step: float = 1.0) -> "Scale":
        """Read `low:high`, as in `1:5`."""
        low, colon, high = text.partition(":")
        try:
            return cls(float(low), float(high), step)
        except ValueError as error:
            if colon and "could not convert" not in str(error):
                raise
            raise ValueError(f"Write a scale as low:high, for example 1:5, not '{text}'.") from None

    @property
    def points(self) -> int:
        """How many levels there are."""
        return round((self.high - self.low) / self.step) + 1

    @property
    def values(self) -> Floats:
        """The levels, lowest first."""
        return self.low + self.step * np.arange(self.points, dtype=np.float64)

    def __str__(self) -> str:
        by = "" if self.step == 1 else f" in steps of {self.step:g}"
        return f"{self.low:g} to {self.high:g}{by}"


@dataclass(frozen=True, slots=True, eq=False)
class Ratings:
    """Checked ratings as integer codes, in one canonical order whatever order the rows came in.

    `unit` is who was judged, usually a candidate. With criteria, each (unit, criterion) is one thing rated.
    A missing rating is an absent row or an empty score; `absent` says how many cells were empty.
    """

    scale: Scale
    units: tuple[Label, ...]
    raters: tuple[Label, ...]
    criteria: tuple[Label, ...]
    unit: Ints = field(repr=False)
    rater: Ints = field(repr=False)
    criterion: Ints = field(repr=False)
    code: Ints = field(repr=False)
    absent: int = 0
    unused_columns: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for array in (self.unit, self.rater, self.criterion, self.code):
            array.flags.writeable = False

    def __len__(self) -> int:
        return len(self.code)

    @classmethod
    def from_rows(cls, rows: Iterable[Sequence[object]], *, scale: Scale) -> "Ratings":
        """Ratings from (unit, rater, score) or (unit, rater, score, criterion) records; rows count from 1."""
        table = [tuple(row) for row in rows]
        width = len(table[0]) if table else 3
        for number, row in enumerate(table, start=1):
            if len(row) not in (3, 4) or len(row) != width:
                raise TableError(
                    "A row is unit, rater, score and, in all rows or in none, criterion.", row=number
                )
        columns: list[list[object]] = [[row[place] for row in table] for place in range(width)]
        unit, rater, score, *criterion = columns
        return cls.from_columns(unit, rater, score, criterion[0] if criterion else None, scale=scale)

    @classmethod
    def from_columns(
        cls,
        unit: Iterable[object],
        rater: Iterable[object],
        score: Iterable[object],
        criterion: Iterable[object] | None = None,
        *,
        scale: Scale,
        rows: Sequence[int] | None = None,
        file: str | None = None,
        unused_columns: tuple[str, ...] = (),
    ) -> "Ratings":
        """Ratings from columns of equal length; errors name rows as 1, 2, ... unless `rows` numbers them."""
        columns = [_plain(unit), _plain(rater), _plain(score)] + (
            [_plain(criterion)] if criterion is not None else []
        )
        if len({len(column) for column in columns}) != 1:
            raise TableError("The columns differ in length.", file=file)
        where = _Where(file, rows if rows is not None else range(1, len(columns[0]) + 1))
        units, unit_codes = _labels(columns[0], "unit", where)
        raters, rater_codes = _labels(columns[1], "rater", where)
        codes = _score_codes(columns[2], scale, where)
        if criterion is None:
            criteria: tuple[Label, ...] = ()
            criterion_codes = np.zeros_like(unit_codes)
        else:
            criteria, criterion_codes = _labels(columns[3], "criterion", where)

        given = np.flatnonzero(codes >= 0)
        thing = unit_codes * max(len(criteria), 1) + criterion_codes
        order = given[np.lexsort((given, rater_codes[given], thing[given]))]
        _refuse_duplicates(thing, rater_codes, order, where, columns)
        return cls(
            scale,
            units,
            raters,
            criteria,
            unit=unit_codes[order],
            rater=rater_codes[order],
            criterion=criterion_codes[order],
            code=codes[order],
            absent=len(codes) - len(given),
            unused_columns=unused_columns,
        )

    def on(self, criterion: Label) -> "Ratings":
        """Return the ratings on one criterion; units and raters keep their numbers."""
        rows = self.criterion == self.criteria.index(criterion)
        return replace(
            self,
            criteria=(criterion,),
            unit=self.unit[rows],
            rater=self.rater[rows],
            criterion=np.zeros(int(rows.sum()), dtype=np.int64),
            code=self.code[rows],
        )


@dataclass(frozen=True, slots=True)
class _Where:
    """Turns a position in a column into the row number a person can look up."""

    file: str | None
    rows: Sequence[int]

    def error(self, problem: str, position: int, column: str) -> TableError:
        return TableError(problem, file=self.file, row=self.rows[position], column=column)


def _plain(column: Iterable[object]) -> list[object]:
    """Python objects, also from an array, whose own number types would make labels of two kinds."""
    return column.tolist() if isinstance(column, np.ndarray) else list(column)


def _distinct(column: list[object]) -> tuple[list[object], Ints]:
    """List the distinct values in order of appearance, and for each row which of them it holds."""
    index: dict[Hashable, int] = {}
    codes = np.fromiter((index.setdefault(value, len(index)) for value in column), np.int64, len(column))
    return list(index), codes


def _labels(column: list[object], name: str, where: _Where) -> tuple[tuple[Label, ...], Ints]:
    """Sort the labels and code each row; refuse empty ones and a mixture of text and numbers."""
    distinct, codes = _distinct(column)
    labels: list[Label] = []
    for code, cell in enumerate(distinct):
        label = cell.item() if isinstance(cell, np.generic) else cell
        if _is_blank(label):
            problem = f"The {name} is empty. Fill it in, or take the row out."
        elif type(label) is not str and type(label) is not int:
            problem = f"{label!r} is neither text nor a whole number."
        elif labels and type(label) is not type(labels[0]):
            problem = f"{label!r} beside {labels[0]!r}: write all as text or all as whole numbers."
        else:
            labels.append(label)
            continue
        raise where.error(problem, int(np.argmax(codes == code)), name)
    order = sorted(range(len(labels)), key=labels.__getitem__)
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return tuple(labels[place] for place in order), rank[codes]


def _score_codes(column: list[object], scale: Scale, where: _Where) -> Ints:
    """Code the level of each row from 0 at the low end; -1 where no score was given."""
    distinct, codes = _distinct(column)
    levels = np.full(len(distinct), -1, dtype=np.int64)
    for code, cell in enumerate(distinct):
        if _is_blank(cell):
            continue
        problem = None
        number = _number(cell)
        if number is None:
            problem = f"{cell!r} is not a number. Write a score of {scale}, or leave the cell empty."
        elif not scale.low - OFF_STEP <= number <= scale.high + OFF_STEP:
            problem = f"{number:g} is off the scale. Scores run from {scale}."
        else:
            steps = (number - scale.low) / scale.step
            if abs(steps - round(steps)) > OFF_STEP * max(1.0, steps):
                problem = (
                    f"{number:g} lies between two levels. Scores run from {scale} in steps of {scale.step:g}."
                )
            levels[code] = round(steps)
        if problem:
            raise where.error(problem, int(np.argmax(codes == code)), "score")
    return levels[codes]


def _is_blank(cell: object) -> bool:
    """Whether a cell holds nothing: no value, text without a character, or not a number."""
    return (
        cell is None
        or (isinstance(cell, str) and not cell.strip())
        or (isinstance(cell, float) and math.isnan(cell))
    )


def _number(cell: object) -> float | None:
    """Read the number a cell holds, None when it is text; the word nan is text too."""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float | np.number):
        return None
    try:
        number = float(cell)
    except ValueError:
        return None
    return None if math.isnan(number) else number


def _refuse_duplicates(
    thing: Ints, rater: Ints, order: Ints, where: _Where, columns: list[list[object]]
) -> None:
    same = (thing[order][1:] == thing[order][:-1]) & (rater[order][1:] == rater[order][:-1])
    if not same.any():
        return
    pairs = [(int(order[i + 1]), int(order[i])) for i in np.flatnonzero(same)]
    second, first = min(pairs)
    about = f"{columns[0][second]!r}" + (f" on {columns[3][second]!r}" if len(columns) == 4 else "")
    raise where.error(
        f"{columns[1][second]!r} already rated {about} in row {where.rows[first]}. Keep one of the two.",
        second,
        "rater",
    )
