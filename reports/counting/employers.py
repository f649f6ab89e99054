"""The Parquet files of one employer as a checked table of DuckDB.

What a cell may hold is what it may hold in any other file. DuckDB finds the distinct cells of a column and
where each stands first, and the same checks as everywhere look at those.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from reports.ratings.checking import (
    OPTIONAL,
    TableError,
    Where,
    check_formats,
    check_phases,
    check_scores,
    find_columns,
)
from reports.ratings.columns import Column
from reports.ratings.tables import INDEPENDENT, Scale

LABELS = ("unit", "criterion", "stage", "rater")
THINGS = ("criterion", "stage")
MOST_SCORES = 10_000  # many more than there are on a scale, so that a faulty one is among them
WHOLE = {f"{sign}{size}INT" for sign in ("", "U") for size in ("TINY", "SMALL", "BIG", "HUGE")}
WHOLE |= {"INTEGER", "UINTEGER"}
SPACES = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())

Cells = list[tuple[Any, int, str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Partition:
    """The Parquet files of one employer, in a folder `employer=NAME`, and how they are to be counted."""

    folder: str
    files: tuple[str, ...]
    scale: Scale
    seed: str
    samples: int
    phase: str | None

    @property
    def employer(self) -> str:
        """The employer's name, as the folder has it; it cannot hold a slash."""
        return Path(self.folder).name.removeprefix("employer=")


@dataclass(frozen=True, slots=True)
class Kind:
    """What may stand in one figure: interviews of one format, rated on the same kinds of things."""

    format: str | None
    things: tuple[str, ...]

    def __str__(self) -> str:
        rated = f"with {' and '.join(self.things) or 'neither criterion nor stage'}"
        return f"{self.format or 'interviews of no known'} format, {rated}"


@dataclass(frozen=True, slots=True)
class Taken:
    """What is in the table `rating` now, and what was left aside."""

    kind: Kind
    ratings: int
    absent: int
    left_out: Counter[str]


@dataclass(frozen=True, slots=True)
class Places(Where):
    """The place of each distinct cell, which may lie in different files."""

    files: Sequence[str]

    @classmethod
    def of(cls, cells: Cells) -> "Places":
        """Where each cell stands first."""
        return cls(None, [row for _, _, _, row in cells], [file for _, _, file, _ in cells])

    def error(self, problem: str, position: int, column: str) -> TableError:
        """Make the error about the first cell like this one."""
        return TableError(problem, file=self.files[position], row=int(self.rows[position]), column=column)


def take_in(database: Any, partition: Partition) -> Taken:
    """Check the files of an employer and make the table `rating` of them.

    It has the columns candidate, rater, score, and criterion and stage where the files have them. A candidate
    and a rater bear the name of their employer.
    """
    from duckdb import Error

    try:
        names = _columns_of_files(database, partition)
        _make_cells(database, partition, names)
        return _checked(database, partition, set(names))
    except Error as error:
        reason = str(error).partition("\n")[0].rstrip(".")
        raise TableError(f"Not readable as Parquet: {reason}.", file=partition.folder) from None


def _columns_of_files(database: Any, partition: Partition) -> dict[str, str]:
    """Return the name in the files of each column we know; all files of an employer have the same ones."""
    query = """
        SELECT file_name, list(name), list(duckdb_type) FROM parquet_schema($files)
        WHERE duckdb_type IS NOT NULL GROUP BY file_name ORDER BY file_name"""
    known: dict[str, dict[str, str]] = {}
    kinds: dict[str, tuple[str, str]] = {}
    for file, inside, of_inside in database.execute(query, {"files": _literally(partition.files)}).fetchall():
        above = [part.partition("=")[0] for part in Path(file).relative_to(partition.folder).parts[:-1]]
        names, types = inside + above, of_inside + ["VARCHAR"] * len(above)
        places, _ = find_columns(names, file)
        known[file] = {name: names[place] for name, place in places.items()}
        for name, place in places.items():
            _check_type(types[place], name, file, kinds)
    first = partition.files[0]
    for file, columns in known.items():
        for name in OPTIONAL:
            if (name in columns) != (name in known[first]):
                without, having = (first, file) if name in columns else (file, first)
                problem = (
                    f"The column is missing, and {having} has it. Give all files of an employer the same."
                )
                raise TableError(problem, file=without, column=name)
    return known[first]


def _check_type(kind: str, name: str, file: str, kinds: dict[str, tuple[str, str]]) -> None:
    """Refuse labels that are neither text nor whole numbers everywhere, and scores of yes and no."""
    if name == "score" and kind == "BOOLEAN":
        problem = "Yes and no are not numbers. Write scores."
        raise TableError(problem, file=file, column=name)
    if name not in LABELS:
        return
    word = "text" if kind == "VARCHAR" else "whole numbers" if kind in WHOLE else ""
    if not word:
        problem = f"{kind} is neither text nor a whole number."
        raise TableError(problem, file=file, column=name)
    expected, where = kinds.setdefault(name, (word, file))
    if word != expected:
        problem = f"There are {word}, and {expected} in {where}: write all as text or all as whole numbers."
        raise TableError(problem, file=file, column=name)


def _make_cells(database: Any, partition: Partition, names: Mapping[str, str]) -> None:
    """Make the view `cell`: the columns we know, labels without spaces around, and where each row stands."""
    files = ", ".join("'" + file.replace("'", "''") + "'" for file in _literally(partition.files))

    def plain(name: str) -> str:
        quoted = names[name].replace('"', '""')
        return f'"{quoted}"'

    labels = [
        f"NULLIF(TRIM(CAST({plain(name)} AS VARCHAR), '{SPACES}'), '') AS {name}"
        for name in LABELS
        if name in names
    ]
    others = [f"{plain(name)} AS {name}" for name in ("score", "format", "phase") if name in names]
    columns = ", ".join([*labels, *others])
    database.execute(f"""
        CREATE VIEW cell AS SELECT {columns}, filename AS file, file_row_number + 1 AS row
        FROM read_parquet([{files}], file_row_number = true, filename = true, union_by_name = true,
                          hive_partitioning = true, hive_types_autocast = false)""")


def _checked(database: Any, partition: Partition, names: set[str]) -> Taken:
    for name in LABELS:
        if name in names:
            query = f"SELECT file, row FROM cell WHERE {name} IS NULL ORDER BY ALL LIMIT 1"
            for file, row in database.execute(query).fetchall():
                problem = f"The {name} is empty. Fill it in, or take the row out."
                raise TableError(problem, file=file, row=row, column=name)
    kind = Kind(_format(database, names), tuple(name for name in THINGS if name in names))
    cells = _distinct(database, "score", limit=MOST_SCORES)
    check_scores(_column(cells), partition.scale, Places.of(cells))
    chosen, left_out = _phases(database, partition, names)
    _make_ratings(database, partition, kind.things, chosen)
    [[ratings, rows]] = database.execute("SELECT COUNT(score), COUNT(*) FROM rating").fetchall()
    _refuse_doubles(database, kind.things)
    return Taken(kind, int(ratings), int(rows) - int(ratings), left_out)


def _format(database: Any, names: set[str]) -> str | None:
    """Return the format of all interviews; two of them are never measured in one figure."""
    if "format" not in names:
        return None
    cells = _distinct(database, "format")
    places = Places.of(cells)
    occurring, codes = check_formats(_column(cells), places)
    if len(occurring) > 1:
        problem = "Panel and separate interviews are never measured in one figure. Keep them in two folders."
        raise places.error(problem, int(np.argmax(codes != codes[0])), "format")
    return occurring[0]


def _phases(database: Any, partition: Partition, names: set[str]) -> tuple[list[Any] | None, Counter[str]]:
    """Return the cells that mean the phase asked for, None for all, and the rows of each other phase."""
    left_out: Counter[str] = Counter()
    if "phase" not in names:
        if partition.phase not in (None, INDEPENDENT):
            problem = f"The column is missing, so no rating is known to be of phase '{partition.phase}'."
            raise TableError(problem, file=partition.files[0], column="phase")
        return None, left_out
    cells = _distinct(database, "phase")
    words = check_phases(_column(cells), Places.of(cells))
    if partition.phase is None:
        return None, left_out
    wanted = partition.phase.casefold()
    for word, (_, rows, _, _) in zip(words, cells, strict=True):
        if word != wanted:
            left_out[word] += rows
    return [cell for word, (cell, _, _, _) in zip(words, cells, strict=True) if word == wanted], left_out


def _make_ratings(
    database: Any, partition: Partition, things: Sequence[str], chosen: list[Any] | None
) -> None:
    """Make the table of ratings, each score exactly on the point of the scale that it stands for."""
    low, step = partition.scale.low, partition.scale.step or 1.0
    number = "TRY_CAST(score AS DOUBLE)"
    point = f"{low!r} + {step!r} * ROUND(({number} - {low!r}) / {step!r})"
    given: dict[str, Any] = {"employer": partition.employer}
    where = ""
    if chosen is not None:
        where, given["phases"] = "WHERE list_contains($phases, phase)", chosen
    database.execute(
        f"""
        CREATE TEMP TABLE rating AS
        SELECT $employer || '/' || unit AS candidate, $employer || '/' || rater AS rater,
               CASE WHEN NOT isnan({number}) THEN {point} END AS score,
               {"".join(f"{name}, " for name in things)}file, row
        FROM cell {where}""",
        given,
    )


def _refuse_doubles(database: Any, things: Sequence[str]) -> None:
    keys = ", ".join(("candidate", *things, "rater"))
    some = f"SELECT 1 FROM rating WHERE score IS NOT NULL GROUP BY {keys} HAVING COUNT(*) > 1 LIMIT 1"
    if not database.execute(some).fetchall():
        return
    query = f"""
        SELECT file, row, earlier_file, earlier, {keys} FROM (
          SELECT *, LAG(file) OVER same AS earlier_file, LAG(row) OVER same AS earlier
          FROM rating WHERE score IS NOT NULL WINDOW same AS (PARTITION BY {keys} ORDER BY file, row)
        ) WHERE earlier IS NOT NULL ORDER BY file, row LIMIT 1"""
    [[file, row, earlier_file, earlier, candidate, *labels, rater]] = database.execute(query).fetchall()
    words = {"criterion": "on", "stage": "at"}
    about = [repr(_own(candidate))]
    about += [f"{words[name]} {label!r}" for name, label in zip(things, labels, strict=True)]
    of_file = "" if earlier_file == file else f" of {earlier_file}"
    problem = (
        f"{_own(rater)!r} already rated {' '.join(about)} in row {earlier}{of_file}. Keep one of the two."
    )
    raise TableError(problem, file=file, row=row, column="rater")


def _distinct(database: Any, name: str, limit: int | None = None) -> Cells:
    """Return each distinct cell of a column, how many rows hold it, and the file and row of the first."""
    query = f"""
        SELECT {name}, COUNT(*) AS rows, MIN(struct_pack(file := file, row := row)) AS first
        FROM cell GROUP BY {name} ORDER BY first {f"LIMIT {limit}" if limit else ""}"""
    found = database.execute(query).fetchall()
    return [(cell, rows, first["file"], first["row"]) for cell, rows, first in found]


def _column(cells: Cells) -> Column:
    return Column([cell for cell, _, _, _ in cells], np.arange(len(cells)))


def _literally(files: Sequence[str]) -> list[str]:
    """Return names in which no character stands for others."""
    return ["".join(f"[{sign}]" if sign in "*?[" else sign for sign in file) for file in files]


def _own(label: str) -> str:
    """Return a label without its employer."""
    return label.partition("/")[2]
