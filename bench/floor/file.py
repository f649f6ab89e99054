"""A CSV file to the floor's numbers as JSON, in a process of its own: `python -m bench.floor.file FILE`."""

import json
import sys

import numpy as np
import pandas as pd
import scipy.linalg  # noqa: F401 - what REML imports on use is part of what starting costs

from bench.data import Ints, Panels
from bench.floor import sides

ROWS = ("coefficients", "unit_bootstrap", "candidate_bootstrap", "pairs", "reml")


def codes(cells: "pd.Series[str]") -> tuple[Ints, int]:
    """The number of each cell in the order of first appearance, and how many differ."""
    numbers, distinct = pd.factorize(cells)
    return np.asarray(numbers), len(distinct)


def read(file: str) -> Panels:
    """The ratings as codes, as cheaply as they can be had: nothing is checked, nothing put in order."""
    frame = pd.read_csv(file)
    unit, _ = codes(frame["unit"])
    rater, raters = codes(frame["rater"])
    criterion, _ = codes(frame["criterion"])
    return Panels(raters, unit=unit, criterion=criterion, rater=rater, code=frame["score"].to_numpy() - 1)


def main(file: str) -> None:
    """Read, compute and print."""
    panels = read(file)
    print(json.dumps({name: getattr(sides, name)(panels)(0) for name in ROWS}))


if __name__ == "__main__":
    main(*sys.argv[1:])
