"""Ratings in a folder of Parquet files partitioned by employer, counted where they lie, on as many machines.

Each partition is counted by DuckDB with the queries of `reports.counting.sql`, so that only counts travel;
the counts of different employers add up. Needs the packages of the `scale` extra, and so do workers.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from reports.counting import sql
from reports.counting.blocks import Blocks
from reports.counting.bootstrap import SAMPLES
from reports.counting.counts import Counts
from reports.counting.employers import Kind, Partition, Taken, take_in
from reports.measure import Accumulator, Measured
from reports.ratings.checking import TableError
from reports.ratings.tables import INDEPENDENT, Scale

MERGED_AT_ONCE = 8
SECONDS_TO_ANSWER = 10
ADDRESS = re.compile(r"\w+://[^\s/]+:\d+")
INSTALL = "Install the packages of the `scale` extra: pip install 'evenhand[scale]'."

OnProgress = Callable[[str, int, int], None]
Part = TypeVar("Part")


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """What was measured in a folder, on how many ratings, and what was left aside."""

    measured: Measured
    ratings: int
    partitions: int
    absent: int
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """The counts of some partitions, and the first folder of each kind of partition among them."""

    accumulator: Accumulator
    ratings: int
    absent: int
    left_out: Counter[str]
    kinds: dict[Kind, str]


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
    on_progress: OnProgress = lambda *_: None,
) -> Folder:
    """Measure all employers of a folder together; `workers` is the address of a Dask scheduler.

    A candidate and a rater of one employer are nobody else's, whatever their labels. The files must be
    reachable from every worker under the same path.
    """
    sql.pattern_query(sql.Source("rating"), scale)  # says at once when the scale has too many points
    partitions = [
        Partition(folder=str(place), files=files, scale=scale, seed=seed, samples=samples, phase=phase)
        for place, files in find_partitions(folder)
    ]
    if workers:
        counted = _counted_by(workers, partitions, on_progress)
    else:
        counted = _counted_here(partitions, on_progress)
    _refuse_two_kinds(counted.kinds, folder)
    left_out = tuple(
        f"{rows} {'row' if rows == 1 else 'rows'} of phase '{word}'"
        for word, rows in sorted(counted.left_out.items())
    )
    if not counted.ratings:
        if left_out and not counted.absent:
            problem = f"No row is of phase '{phase}'. There are {', '.join(left_out)}."
            raise TableError(problem, file=str(folder), column="phase")
        raise TableError("Every score is empty.", file=str(folder), column="score")
    return Folder(
        measured=counted.accumulator.finish(at_line=at_line, least_shared=least_shared),
        ratings=counted.ratings,
        partitions=len(partitions),
        absent=counted.absent,
        left_out=left_out,
    )


def find_partitions(folder: Path) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Each folder named `employer=NAME` with the files in it."""
    found = sorted(place for place in folder.glob("employer=*") if place.is_dir())
    if not found:
        raise TableError(
            "There are no folders employer=NAME in it. Write Parquet partitioned by employer.",
            file=str(folder),
        )
    for place in found:
        files = tuple(sorted(str(file) for file in place.rglob("*.parquet")))
        if not files:
            raise TableError("There is no Parquet file in it.", file=str(place))
        yield place, files


def count_partition(partition: Partition) -> Counted:
    """Count one employer's ratings: checked and grouped by the database, so that few rows come out."""
    accumulator = Accumulator(seed=partition.seed, samples=partition.samples)
    with _database() as database:
        taken: Taken = take_in(database, partition)
        source, scale = sql.Source("rating", taken.kind.things), partition.scale
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
    kinds = {taken.kind: Path(partition.folder).name}
    return Counted(accumulator, taken.ratings, taken.absent, taken.left_out, kinds)


def merged(*parts: Counted) -> Counted:
    """The counts of several groups of partitions as one. The parts stay as they are."""
    resampling = parts[0].accumulator.resampling
    whole = Accumulator(seed=resampling.seed, samples=resampling.samples)
    left_out: Counter[str] = Counter()
    kinds: dict[Kind, str] = {}
    for part in parts:
        whole.merge(part.accumulator)
        left_out += part.left_out
        kinds |= {kind: first for kind, first in part.kinds.items() if kind not in kinds}
    whole.counted()
    ratings, absent = sum(part.ratings for part in parts), sum(part.absent for part in parts)
    return Counted(whole, ratings, absent, left_out, kinds)


def _in_groups(parts: list[Part], merge: Callable[..., Part]) -> Part:
    """Put parts together, a few at a time: in the same order wherever it happens, for the same digits."""
    while len(parts) > 1:
        parts = [merge(*parts[at : at + MERGED_AT_ONCE]) for at in range(0, len(parts), MERGED_AT_ONCE)]
    return parts[0]


def _counted_here(partitions: list[Partition], on_progress: OnProgress) -> Counted:
    parts = []
    for done, partition in enumerate(partitions):
        on_progress("Counting", done, len(partitions))
        parts.append(count_partition(partition))
    return _in_groups(parts, merged)


def _counted_by(workers: str, partitions: list[Partition], on_progress: OnProgress) -> Counted:
    """Count every partition on some worker, and put the counts together there; only the whole comes here."""
    try:
        from distributed import Client, as_completed
    except ImportError:
        raise ValueError(f"Counting on other machines needs the package distributed. {INSTALL}") from None
    if not ADDRESS.fullmatch(workers):
        raise ValueError(f"Write the address of the scheduler as tcp://host:8786, not '{workers}'.")
    try:
        client = Client(workers, set_as_default=False, timeout=SECONDS_TO_ANSWER)
    except (OSError, ValueError) as error:
        raise ValueError(f"No scheduler answers at {workers}: {error}.") from None
    with client:
        futures = client.map(count_partition, partitions, pure=False)
        for done, future in enumerate(as_completed(futures, loop=client.loop), start=1):
            if problem := future.exception():
                raise _in_words(problem, workers) from None
            on_progress("Counting", done, len(partitions))
        whole = _in_groups(futures, lambda *group: client.submit(merged, *group, pure=False))
        if problem := whole.exception():
            raise _in_words(problem, workers) from None
        counted: Counted = whole.result()
        return counted


def _in_words(problem: BaseException, workers: str) -> ValueError:
    """What went wrong on a worker: what it says of the files, or why it could not count them at all."""
    if isinstance(problem, ValueError):
        return problem
    return ValueError(f"The workers of {workers} could not count: {type(problem).__name__}: {problem}")


def _refuse_two_kinds(kinds: dict[Kind, str], folder: Path) -> None:
    """Refuse what must not stand in one figure."""
    if len(kinds) > 1:
        (one, first), (other, second) = list(kinds.items())[:2]
        problem = (
            f"Not everything in it may stand in one figure: {first} has {one}; {second} has {other}. "
            "Keep them in two folders."
        )
        raise TableError(problem, file=str(folder))


@contextmanager
def _database() -> Iterator[Any]:
    try:
        import duckdb
    except ImportError:
        raise ValueError(f"Counting a folder needs the package duckdb. {INSTALL}") from None
    # One thread adds numbers up in one order: the same folder gives the same digits everywhere.
    with duckdb.connect(config={"threads": 1}) as database:
        yield database
