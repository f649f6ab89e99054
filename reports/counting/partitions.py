"""Ratings in a folder of Parquet files partitioned by employer, counted where they lie, on as many machines.

Each partition is counted by DuckDB with the queries of `reports.counting.sql`, so that only counts travel;
the counts of different employers add up. Needs the packages of the `scale` extra, and so do workers.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reports.counting import sql
from reports.counting.blocks import Blocks
from reports.counting.counts import Counts
from reports.measure import SAMPLES, Accumulator, Measured
from reports.ratings.checking import TableError
from reports.ratings.tables import INDEPENDENT, Scale

REQUIRED = ("unit", "rater", "score")
THINGS = ("criterion", "stage")
MERGED_AT_ONCE = 8
INSTALL = "Install the packages of the `scale` extra: pip install 'evenhand[scale]'."

OnProgress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Partition:
    """The Parquet files of one employer, and how they are to be counted."""

    employer: str
    files: tuple[str, ...]
    scale: Scale
    seed: str
    samples: int
    phase: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """What was measured in a folder, and on how many ratings."""

    measured: Measured
    ratings: int
    partitions: int


@dataclass(frozen=True, slots=True)
class Counted:
    """The counts of some partitions, and the number of ratings in them."""

    accumulator: Accumulator
    ratings: int


def measure_folder(
    folder: Path,
    *,
    scale: Scale,
    seed: str = "agreement",
    samples: int = SAMPLES,
    phase: str | None = INDEPENDENT,
    at_line: float | None = None,
    least_shared: int = 1,
    workers: str | None = None,
    on_progress: OnProgress | None = None,
) -> Folder:
    """Measure all employers of a folder together; `workers` is the address of a Dask scheduler.

    A candidate and a rater of one employer are nobody else's, whatever their labels. The files must be
    reachable from every worker under the same path.
    """
    partitions = [
        Partition(employer=employer, files=files, scale=scale, seed=seed, samples=samples, phase=phase)
        for employer, files in find_partitions(folder)
    ]
    if workers:
        counted = _counted_by(workers, partitions, on_progress)
    else:
        counted = _counted_here(partitions, on_progress)
    if not counted.ratings:
        raise TableError("Every score is empty.", file=str(folder), column="score")
    measured = counted.accumulator.finish(at_line=at_line, least_shared=least_shared)
    return Folder(measured=measured, ratings=counted.ratings, partitions=len(partitions))


def find_partitions(folder: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each employer with its files, from folders named `employer=NAME`."""
    found = sorted(place for place in folder.glob("employer=*") if place.is_dir())
    if not found:
        raise TableError(
            "There are no folders employer=NAME in it. Write Parquet partitioned by employer.",
            file=str(folder),
        )
    for place in found:
        files = tuple(str(file) for file in sorted(place.rglob("*.parquet")))
        if not files:
            raise TableError("There is no Parquet file in it.", file=str(place))
        yield place.name.removeprefix("employer="), files


def count_partition(partition: Partition) -> Counted:
    """Count one employer's ratings: checked and grouped by the database, so that few rows come out."""
    accumulator = Accumulator(seed=partition.seed, samples=partition.samples)
    with _database() as database:
        things = _take_in(database, partition)
        source, scale = sql.Source("rating", things), partition.scale
        [[ratings]] = database.execute("SELECT COUNT(score) FROM rating").fetchall()
        counts = Counts.from_rows(
            database.execute(sql.pattern_query(source, scale)).fetchall(),
            database.execute(sql.pair_query(source)).fetchall(),
            database.execute(sql.level_query(source)).fetchall(),
            scale=scale,
        )
        blocks = Blocks.from_rows(
            *(database.execute(query).fetchall() for query in sql.block_queries(source))
        )
    accumulator.add(counts, blocks)
    return Counted(accumulator, int(ratings))


def merged(parts: list[Counted]) -> Counted:
    """The counts of several groups of partitions as one."""
    first, *others = parts
    for other in others:
        first.accumulator.merge(other.accumulator)
    first.accumulator.counted()
    return Counted(first.accumulator, sum(part.ratings for part in parts))


def _counted_here(partitions: list[Partition], on_progress: OnProgress | None) -> Counted:
    parts = []
    for done, partition in enumerate(partitions):
        if on_progress:
            on_progress("Counting", done, len(partitions))
        parts.append(count_partition(partition))
    return merged(parts)


def _counted_by(workers: str, partitions: list[Partition], on_progress: OnProgress | None) -> Counted:
    """Count every partition on some worker, and put the counts together there, a few at a time."""
    try:
        from distributed import Client, as_completed
    except ImportError:
        raise ValueError(f"Counting on other machines needs the package distributed. {INSTALL}") from None
    try:
        client = Client(workers, set_as_default=False, timeout=10)
    except OSError as error:
        raise ValueError(f"No scheduler answers at {workers}: {error}") from None
    with client:
        futures = client.map(count_partition, partitions, pure=False)
        for done, future in enumerate(as_completed(futures), start=1):
            if on_progress:
                on_progress("Counting", done, len(partitions))
            future.result()
        while len(futures) > 1:
            groups = [futures[at : at + MERGED_AT_ONCE] for at in range(0, len(futures), MERGED_AT_ONCE)]
            futures = [client.submit(merged, group, pure=False) for group in groups]
        counted: Counted = futures[0].result()
        return counted


@contextmanager
def _database() -> Iterator[Any]:
    try:
        import duckdb
    except ImportError:
        raise ValueError(f"Counting a folder needs the package duckdb. {INSTALL}") from None
    with duckdb.connect() as database:
        yield database


def _take_in(database: Any, partition: Partition) -> tuple[str, ...]:
    """Make the checked table `rating` of one employer, and say which columns beside the unit make a thing."""
    files = database.read_parquet(
        list(partition.files), file_row_number=True, filename=True, union_by_name=True
    )
    columns = {name.lower() for name in files.columns}
    for name in REQUIRED:
        if name not in columns:
            found = ", ".join(sorted(columns - {"filename", "file_row_number"}))
            raise TableError(
                f"The column is missing. Columns found: {found}.", file=partition.files[0], column=name
            )
    files.create_view("files")
    things = tuple(name for name in THINGS if name in columns)
    _refuse_what_cannot_be_used(database, partition, columns)
    chosen, given = "", {"employer": partition.employer}
    if "phase" in columns and partition.phase is not None:
        chosen, given = (
            "WHERE LOWER(TRIM(phase)) = $phase",
            given | {"phase": partition.phase.strip().lower()},
        )
    database.execute(
        f"""
        CREATE TEMP TABLE rating AS
        SELECT $employer || '/' || CAST(unit AS VARCHAR) AS candidate,
               $employer || '/' || CAST(rater AS VARCHAR) AS rater,
               CASE WHEN isnan(CAST(score AS DOUBLE)) THEN NULL ELSE CAST(score AS DOUBLE) END AS score,
               filename, file_row_number{"".join(f", {name}" for name in things)}
        FROM files {chosen}""",
        given,
    )
    _refuse_doubles(database, things)
    return things


def _refuse_what_cannot_be_used(database: Any, partition: Partition, columns: set[str]) -> None:
    scale = partition.scale
    steps = f"(CAST(score AS DOUBLE) - {scale.low!r}) / {scale.step or 1.0!r}"
    checks = [
        ("unit", "unit IS NULL OR TRIM(CAST(unit AS VARCHAR)) = ''", "The unit is empty."),
        ("rater", "rater IS NULL OR TRIM(CAST(rater AS VARCHAR)) = ''", "The rater is empty."),
        ("score", "score IS NOT NULL AND TRY_CAST(score AS DOUBLE) IS NULL", "The score is not a number."),
        (
            "score",
            f"NOT isnan(CAST(score AS DOUBLE)) AND (CAST(score AS DOUBLE) NOT BETWEEN {scale.low - 1e-9!r} "
            f"AND {scale.high + 1e-9!r} OR ABS({steps} - ROUND({steps})) > 1e-6)",
            f"The score is not on the scale. Scores run from {scale}.",
        ),
    ]
    for column, condition, problem in checks:
        query = f"SELECT filename, file_row_number FROM files WHERE {condition} ORDER BY ALL LIMIT 1"
        for file, row in database.execute(query).fetchall():
            raise TableError(problem, file=file, row=row + 1, column=column)
    if "format" in columns:
        [[formats]] = database.execute("SELECT COUNT(DISTINCT LOWER(format)) FROM files").fetchall()
        if formats > 1:
            problem = (
                "Panel and separate interviews are never measured in one figure. Keep them in two folders."
            )
            raise TableError(problem, file=partition.files[0], column="format")


def _refuse_doubles(database: Any, things: tuple[str, ...]) -> None:
    keys = ", ".join(("candidate", *things, "rater"))
    query = f"""
        SELECT MAX(filename), MAX(file_row_number) FROM rating WHERE score IS NOT NULL
        GROUP BY {keys} HAVING COUNT(*) > 1 ORDER BY ALL LIMIT 1"""
    for file, row in database.execute(query).fetchall():
        problem = "The same rater already rated this. Keep one of the two."
        raise TableError(problem, file=file, row=row + 1, column="rater")
