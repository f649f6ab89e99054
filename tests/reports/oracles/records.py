"""What was recorded of the other programs, and the tables they were asked about, for the tests."""

import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reports.measure import measure
from reports.ratings.files import read_csv
from reports.ratings.tables import Ratings, Scale

HERE = Path(__file__).parent
TABLES = json.loads((HERE / "tables.json").read_text("utf-8"))
RECORDS = [json.loads(file.read_text("utf-8")) for file in sorted(HERE.glob("recorded/*.json"))]


def table(name: str) -> Ratings:
    """A table that the other programs were asked about."""
    return read_csv(HERE / TABLES[name]["file"], scale=Scale(*TABLES[name]["scale"]))


@functools.cache
def measured(name: str) -> Mapping[str, Any]:
    """Every statistic of ours for a table, without the bootstrap."""
    return measure(table(name), seed="oracles", samples=0).statistics


def recorded(program: str, name: str, key: str) -> dict[str, float]:
    """What one program said."""
    (record,) = (record for record in RECORDS if record["program"] == program)
    return record["tables"][name][key]
