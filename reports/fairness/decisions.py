"""The input of the adverse-impact figures: long format, one row a decision, checked before it is counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from reports.ratings.checking import Where, check_labels, is_blank
from reports.ratings.columns import Column, Label, encode, only_used
from reports.ratings.tables import TableError

if TYPE_CHECKING:
    import pandas as pd

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

REQUIRED = ("unit", "group", "outcome")
OPTIONAL = ("stage", "criterion", "job")
PASSED = {"passed", "pass", "yes", "true", "1", "1.0"}
NOT_PASSED = {"not passed", "not_passed", "failed", "fail", "no", "false", "0", "0.0"}


@dataclass(frozen=True, slots=True, eq=False)
class Decisions:
    """Checked decisions as integer codes: who passed what.

    `unit` is a candidate, `group` the one that candidates named themselves, -1 where none. A `criterion` of
    -1 is the decision on the stage itself; on a criterion, passed means at or above the bar. A column that is
    not there has no labels, and codes of 0, but -1 for the criterion.
    """

    groups: tuple[Label, ...]
    stages: tuple[Label, ...]
    criteria: tuple[Label, ...]
    jobs: tuple[Label, ...]
    unit: Ints = field(repr=False)
    group: Ints = field(repr=False)
    passed: Mask = field(repr=False)
    stage: Ints = field(repr=False)
    criterion: Ints = field(repr=False)
    job: Ints = field(repr=False)

    def __len__(self) -> int:
        return len(self.unit)

    @classmethod
    def from_columns(
        cls,
        unit: Iterable[object],
        group: Iterable[object],
        outcome: Iterable[object],
        *,
        stage: Iterable[object] | None = None,
        criterion: Iterable[object] | None = None,
        job: Iterable[object] | None = None,
        rows: Sequence[int] | None = None,
        file: str | None = None,
    ) -> "Decisions":
        """Decisions from columns of equal length; errors name rows as 1, 2, ... unless `rows` numbers them.

        An outcome is yes or no, 1 or 0, true or false, passed or not passed. An empty group is a candidate
        who stated none, an empty criterion the decision on the stage. With jobs, a candidate counts in each.
        """
        given = {
            "unit": unit,
            "group": group,
            "outcome": outcome,
            "stage": stage,
            "criterion": criterion,
            "job": job,
        }
        columns = {name: encode(cells) for name, cells in given.items() if cells is not None}
        lengths = {len(column) for column in columns.values()}
        if len(lengths) != 1:
            raise TableError("The columns differ in length.", file=file)
        (length,) = lengths
        if not length:
            raise TableError("There is no decision.", file=file)
        where = Where(file, rows if rows is not None else range(1, length + 1))

        def always(name: str) -> tuple[tuple[Label, ...], Ints]:
            if name not in columns:
                return (), np.zeros(length, dtype=np.int64)
            labels, codes = check_labels(columns[name], name, where)
            return labels, codes.astype(np.int64)

        def where_stated(name: str) -> tuple[tuple[Label, ...], Ints]:
            codes = np.full(length, -1, dtype=np.int64)
            if name not in columns:
                return (), codes
            column = columns[name]
            stated = np.flatnonzero(~np.array([is_blank(cell) for cell in column.distinct])[column.codes])
            if not len(stated):
                return (), codes
            numbers = np.asarray(where.rows)[stated]
            labels, codes[stated] = check_labels(
                only_used(column.distinct, column.codes[stated]), name, Where(file, numbers)
            )
            return labels, codes

        units, unit_codes = always("unit")
        groups, group_codes = where_stated("group")
        passed = _outcomes(columns["outcome"], where)
        stages, stage_codes = always("stage")
        criteria, criterion_codes = where_stated("criterion")
        jobs, job_codes = always("job")
        _refuse_two_groups(units, unit_codes, groups, group_codes, where)
        _refuse_twice(units, [unit_codes, job_codes, stage_codes, criterion_codes], where)
        return cls(
            groups,
            stages,
            criteria,
            jobs,
            unit=unit_codes,
            group=group_codes,
            passed=passed,
            stage=stage_codes,
            criterion=criterion_codes,
            job=job_codes,
        )


def from_frame(
    frame: "pd.DataFrame", *, file: str | None = None, rows: Sequence[int] | None = None
) -> Decisions:
    """Decisions from a DataFrame with unit, group, outcome, and maybe stage, criterion and job."""
    names = [str(name) for name in frame.columns]
    for name in (*REQUIRED, *OPTIONAL):
        if names.count(name) > 1:
            raise TableError("The column appears twice. Keep one of the two.", file=file, column=name)
        if name in REQUIRED and name not in names:
            found = ", ".join(names) or "none"
            raise TableError(f"The column is missing. Columns found: {found}.", file=file, column=name)

    def column(name: str) -> list[object]:
        series = frame.iloc[:, names.index(name)].astype(object)
        return list(series.where(series.notna(), None))

    optional = {name: column(name) for name in OPTIONAL if name in names}
    return Decisions.from_columns(*map(column, REQUIRED), **optional, rows=rows, file=file)


def _outcomes(column: Column, where: Where) -> Mask:
    """Read whether passed from each distinct cell; refuse what says neither."""
    words = ["" if is_blank(cell) else str(cell).strip().casefold() for cell in column.distinct]
    unread = [word not in PASSED | NOT_PASSED for word in words]
    if any(unread):
        position = column.first(unread)
        cell = column.distinct[column.codes[position]]
        is_empty = is_blank(cell)
        problem = (
            "The outcome is empty. Fill it in, or take the row out."
            if is_empty
            else f"{cell!r} is no outcome. Write yes or no, 1 or 0, passed or not passed."
        )
        raise where.error(problem, position, "outcome")
    return np.array([word in PASSED for word in words])[column.codes]


def _refuse_two_groups(
    units: tuple[Label, ...], unit: Ints, groups: tuple[Label, ...], group: Ints, where: Where
) -> None:
    """A candidate belongs to one group throughout; with two, nobody could say in which to count."""
    first = np.full(len(units), len(unit), dtype=np.int64)
    np.minimum.at(first, unit, np.arange(len(unit)))
    other = group != group[first[unit]]
    if other.any():
        position = int(np.argmax(other))
        before = int(first[unit[position]])
        named = ["no group" if code < 0 else repr(groups[code]) for code in (group[before], group[position])]
        raise where.error(
            f"{units[unit[position]]!r} has {named[0]} in row {where.rows[before]} and {named[1]} here. "
            "Write one throughout.",
            position,
            "group",
        )


def _refuse_twice(units: tuple[Label, ...], keys: list[Ints], where: Where) -> None:
    order = np.lexsort(keys[::-1])
    same = np.all([key[order][1:] == key[order][:-1] for key in keys], axis=0)
    if same.any():
        second, first = min((int(order[place + 1]), int(order[place])) for place in np.flatnonzero(same))
        raise where.error(
            f"{units[keys[0][second]]!r} has an outcome for the same in row {where.rows[first]}. "
            "Keep one of the two.",
            second,
            "unit",
        )
