"""The tables as the Python programs want them. Runs in environments that hold those programs and pandas."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Table:
    """One table: a row a thing rated, a column a rater, gaps as not a number."""

    name: str
    levels: list[float]
    wide: pd.DataFrame

    @property
    def positions(self) -> pd.DataFrame:
        """The same with each score as its place on the scale, lowest 0."""
        step = self.levels[1] - self.levels[0]
        return ((self.wide - self.levels[0]) / step).round()

    @property
    def is_complete(self) -> bool:
        """Whether everybody rated everything."""
        return not self.wide.isna().any().any()


def tables() -> Iterator[Table]:
    """Read every table, things and raters in the order of their labels."""
    for name, about in json.loads((HERE / "tables.json").read_text("utf-8")).items():
        long = pd.read_csv(HERE / about["file"], dtype={"unit": str, "rater": str})
        things = [column for column in ("unit", "criterion") if column in long]
        low, high, step = about["scale"]
        levels = [float(level) for level in np.arange(low, high + step / 2, step)]
        yield Table(name, levels, long.pivot(index=things, columns="rater", values="score"))


def say(table: str, key: str, what: str, number: float) -> None:
    """One recorded number: the table, our key, what it is (value, se, low or high of the interval)."""
    print(table, key, "", what, repr(float(number)), sep="\t")
