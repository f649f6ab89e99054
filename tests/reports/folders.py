"""Folders of Parquet files, as exports partitioned by employer are."""

from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import parquet

NAMES = ("unit", "rater", "score", "criterion", "stage", "format", "phase")


def write(folder: Path, employer: str, *files: dict[str, list]) -> Path:
    """Write files of columns into the folder of an employer."""
    place = folder / f"employer={employer}"
    place.mkdir(parents=True, exist_ok=True)
    for columns in files:
        parquet.write_table(pa.table(columns), place / f"part-{len(list(place.iterdir()))}.parquet")
    return place


def columns_of(rows: list[tuple]) -> dict[str, list]:
    """Rows of unit, rater, score and as many more columns as they have."""
    return dict(zip(NAMES, map(list, zip(*rows, strict=True)), strict=False))


def interviews(seed: int, *, candidates: int = 12, raters: int = 5, criteria: int = 2) -> list[tuple]:
    """Rows of an employer whose candidates and raters bear the same labels as another's."""
    random = np.random.default_rng(seed)
    return [
        (f"candidate {candidate}", f"rater {rater}", score, f"criterion {criterion}")
        for candidate in range(candidates)
        for quality in [random.normal(3, 1)]
        for rater in random.permutation(raters)[: 1 + candidate % 3].tolist()
        for criterion in range(criteria)
        for score in [float(np.clip(np.rint(quality + random.normal(0, 0.7)), 1, 5))]
        if random.random() > 0.05
    ]
