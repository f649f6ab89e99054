"""The input contract: long format, one row a rating, checked before anything is computed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from reports.ratings.checking import (
    OPTIONAL,
    REQUIRED,
    TableError,
    Where,
    check_days,
    check_formats,
    check_labels,
    check_phases,
    check_scores,
)
from reports.ratings.columns import Codes, Column, Ints, Label, Mask, encode
from reports.ratings.ordering import canonical_order
from reports.ratings.scale import Floats, Scale

__all__ = ["INDEPENDENT", "Floats", "Ints", "Label", "Ratings", "Scale", "TableError"]

INDEPENDENT = "independent"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ratings:
    """Checked ratings as integer codes, in one canonical order whatever order the rows came in.

    `unit` is who was judged, usually a candidate. One thing rated is one (unit, criterion, stage), as far as
    there are such columns, and `thing` numbers them; rows are ordered by thing and, within it, by rater.
    `code` is a position in `values`: the levels of the scale or, on a scale without steps, the distinct
    scores. A missing rating is an absent row or an empty score; `absent` says how many cells were empty,
    `left_out` which rows were left aside and why.

    >>> rows = [("Ben", "Iris", 4), ("Ann", "Ivo", 2), ("Ann", "Iris", 1)]
    >>> ratings = Ratings.from_rows(rows, scale=Scale(1, 5))
    >>> ratings.units, ratings.unit.tolist(), ratings.rater.tolist(), ratings.score.tolist()
    (('Ann', 'Ben'), [0, 0, 1], [0, 1, 0], [1.0, 2.0, 4.0])
    """

    scale: Scale
    units: tuple[Label, ...]
    raters: tuple[Label, ...]
    criteria: tuple[Label, ...] = ()
    stages: tuple[Label, ...] = ()
    formats: tuple[str, ...] = ()
    values: Floats = field(repr=False)
    unit: Ints = field(repr=False)
    rater: Ints = field(repr=False)
    criterion: Ints = field(repr=False)
    stage: Ints = field(repr=False)
    format: Ints = field(repr=False)
    code: Ints = field(repr=False)
    day: Floats | None = field(repr=False, default=None)
    absent: int = 0
    unused_columns: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    thing: Ints = field(init=False, repr=False)

    def __post_init__(self) -> None:
        begins = np.zeros(len(self.unit), dtype=np.bool_)
        for column, occurs in ((self.unit, True), (self.criterion, self.criteria), (self.stage, self.stages)):
            if occurs:
                begins[1:] |= column[1:] != column[:-1]
        object.__setattr__(self, "thing", np.cumsum(begins, dtype=np.int64))
        for name in ("values", "unit", "rater", "criterion", "stage", "format", "code", "thing", "day"):
            array = getattr(self, name)
            if array is not None:
                array.flags.writeable = False

    def __len__(self) -> int:
        return len(self.code)

    @property
    def score(self) -> Floats:
        """The scores, in points of the scale."""
        return self.values[self.code]

    @property
    def things(self) -> int:
        """How many things were rated."""
        return int(self.thing[-1]) + 1 if len(self) else 0

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
        stage: Iterable[object] | None = None,
        *,
        formats: Iterable[object] | None = None,
        days: Iterable[object] | None = None,
        phases: Iterable[object] | None = None,
        scale: Scale,
        phase: str | None = INDEPENDENT,
        rows: Sequence[int] | None = None,
        file: str | None = None,
        unused_columns: tuple[str, ...] = (),
    ) -> "Ratings":
        """Ratings from columns of equal length; errors name rows as 1, 2, ... unless `rows` numbers them.

        With `phases`, only the ratings of that `phase` are taken, and `left_out` counts the others; None
        takes all of them.
        """
        cells = dict(
            zip(
                REQUIRED + OPTIONAL,
                (unit, rater, score, criterion, stage, formats, days, phases),
                strict=True,
            )
        )
        columns = {name: encode(column) for name, column in cells.items() if column is not None}
        return cls.from_coded(
            columns, scale=scale, phase=phase, rows=rows, file=file, unused_columns=unused_columns
        )

    @classmethod
    def from_coded(
        cls,
        columns: Mapping[str, Column],
        *,
        scale: Scale,
        phase: str | None = INDEPENDENT,
        rows: Sequence[int] | npt.NDArray[np.int64] | None = None,
        file: str | None = None,
        unused_columns: tuple[str, ...] = (),
    ) -> "Ratings":
        """Ratings from columns by name whose distinct cells are numbered already, as a reader has them."""
        if len({len(column) for column in columns.values()}) != 1:
            raise TableError("The columns differ in length.", file=file)
        where = Where(file, rows if rows is not None else range(1, len(columns["score"]) + 1))
        labels: dict[str, tuple[Label, ...]] = {}
        codes: dict[str, Codes] = {"score": columns["score"].codes}
        for name in ("unit", "criterion", "stage", "rater"):
            if name in columns:
                labels[name], codes[name] = check_labels(columns[name], name, where)
        identity = list(labels)
        formats: tuple[str, ...] = ()
        if "format" in columns:
            formats, codes["format"] = check_formats(columns["format"], where)
        numbers = check_scores(columns["score"], scale, where)
        given = ~np.isnan(numbers)[codes["score"]]
        kept, left_out = _of_phase(columns.get("phase"), phase, where)
        absent = int(np.count_nonzero(kept & ~given))
        given &= kept
        day = _days(columns.get("day"), given, where)

        places = np.flatnonzero(given)
        if len(places) < len(given):
            codes = {name: column[places] for name, column in codes.items()}
            day = None if day is None else day[places]
        values, levels = _levels(numbers, codes["score"], scale)
        codes["score"] = levels[codes["score"]]
        order, repeats = canonical_order([(codes[name], len(labels[name])) for name in identity])
        if len(repeats):
            raise _duplicate(places if order is None else places[order], repeats, columns, where)

        nothing = np.zeros(len(places), dtype=np.int64)

        def ordered(name: str) -> Ints:
            if name not in codes:
                return nothing
            return (codes[name] if order is None else codes[name][order]).astype(np.int64)

        return cls(
            scale=scale,
            units=labels["unit"],
            raters=labels["rater"],
            criteria=labels.get("criterion", ()),
            stages=labels.get("stage", ()),
            formats=formats,
            values=values,
            unit=ordered("unit"),
            rater=ordered("rater"),
            criterion=ordered("criterion"),
            stage=ordered("stage"),
            format=ordered("format"),
            code=ordered("score"),
            day=day if day is None or order is None else day[order],
            absent=absent,
            unused_columns=unused_columns,
            left_out=left_out,
        )

    def select(self, rows: Mask | Ints) -> "Ratings":
        """Return some of the ratings, in the order they have; units, raters and levels keep their numbers."""
        return replace(
            self,
            unit=self.unit[rows],
            rater=self.rater[rows],
            criterion=self.criterion[rows],
            stage=self.stage[rows],
            format=self.format[rows],
            code=self.code[rows],
            day=None if self.day is None else self.day[rows],
        )

    def on(self, criterion: Label) -> "Ratings":
        """Return the ratings on one criterion; units and raters keep their numbers."""
        some = self.select(self.criterion == self.criteria.index(criterion))
        return replace(some, criteria=(criterion,), criterion=np.zeros(len(some), dtype=np.int64))

    def in_format(self, name: str) -> "Ratings":
        """Return the ratings given in panel interviews, or those given in separate ones."""
        some = self.select(self.format == self.formats.index(name))
        return replace(some, formats=(name,), format=np.zeros(len(some), dtype=np.int64))

    def by_format(self) -> Iterator[tuple[str | None, "Ratings"]]:
        """Yield what may stand in one figure: panel and separate interviews are never mixed in one.

        Without a column that tells them apart it is all one, of no known format.
        """
        if not self.formats:
            yield None, self
        for name in self.formats:
            yield name, self.in_format(name)


def _of_phase(
    column: Column | None, phase: str | None, where: Where
) -> tuple[Mask | np.bool_, tuple[str, ...]]:
    """Which rows are of the phase asked for, and how many of each other one are left out."""
    everything = np.bool_(True)
    if column is None:
        if phase in (None, INDEPENDENT):
            return everything, ()
        problem = f"The column is missing, so no rating is known to be of phase '{phase}'."
        raise TableError(problem, file=where.file, column="phase")
    words = check_phases(column, where)
    if phase is None:
        return everything, ()
    wanted = np.array([word == phase.casefold() for word in words], dtype=np.bool_)
    counts: Counter[str] = Counter()
    for word, count in zip(words, np.bincount(column.codes, minlength=len(words)).tolist(), strict=True):
        counts[word] += count
    del counts[phase.casefold()]
    left_out = (
        f"{count} {'row' if count == 1 else 'rows'} of phase '{word}'"
        for word, count in sorted(counts.items())
    )
    return wanted[column.codes], tuple(left_out)


def _days(column: Column | None, given: Mask, where: Where) -> Floats | None:
    """Read the day of each row; one that holds a rating has to have one."""
    if column is None:
        return None
    days = check_days(column, where)[column.codes]
    missing = np.isnan(days) & given
    if missing.any():
        problem = "The day is empty. Write a date as 2026-03-31, or take the column out."
        raise where.error(problem, int(np.argmax(missing)), "day")
    return days


def _levels(numbers: Floats, cells: Codes, scale: Scale) -> tuple[Floats, Codes]:
    """List the levels and, for each distinct score, which of them it is."""
    if scale.is_continuous:
        occurs = np.bincount(cells, minlength=len(numbers)) > 0
        values = np.unique(numbers[occurs])
        return values, np.searchsorted(values, numbers)
    return scale.values, np.nan_to_num(scale.levels_of(numbers)).astype(np.int16)


def _duplicate(places: Ints, repeats: Ints, columns: Mapping[str, Column], where: Where) -> TableError:
    """Name the first row that rates again what the same rater has rated, and the row before it."""
    earliest = repeats[np.argmin(places[repeats])]
    second, first = int(places[earliest]), int(places[earliest - 1])
    unit, rater, criterion, stage = (
        repr(columns[name].distinct[columns[name].codes[second]]) if name in columns else ""
        for name in ("unit", "rater", "criterion", "stage")
    )
    about = unit + (f" on {criterion}" if criterion else "") + (f" at {stage}" if stage else "")
    return where.error(
        f"{rater} already rated {about} in row {where.rows[first]}. Keep one of the two.", second, "rater"
    )
