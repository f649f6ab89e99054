"""One measurement in a process of its own: `python -m bench.child SIDE NAME DATA` prints it as JSON.

SIDE is floor, product or peers. What a function does before it gives back its work is not timed; the work is
repeated, and the first run, in which memory is asked for and modules are imported, is given apart.
"""

import importlib
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.data import Panels

SIDES = {"floor": "bench.floor.sides", "product": "bench.product", "peers": "bench.peers"}
ENOUGH_SECONDS, MOST_RUNS = 1.0, 15


def measure(work: Callable[[int], dict[str, float]]) -> dict[str, Any]:
    """Run the work, told which run it is, until enough time went by.

    Among its values an answer may have `seconds`, those another program counted itself, and `scaled`, how
    many times as much work there would have been to do.
    """
    values: dict[str, float] = {}
    seconds: list[float] = []
    while len(seconds) < 2 or (sum(seconds) < ENOUGH_SECONDS and len(seconds) < MOST_RUNS):
        started = time.process_time()
        values = work(len(seconds))
        seconds.append(values.pop("seconds", time.process_time() - started))
        if len(seconds) == 1 and seconds[0] > 2 * ENOUGH_SECONDS:
            break
    scaled = values.pop("scaled", 1)
    middle = statistics.median(seconds[1:] or seconds)
    return {"first": seconds[0], "seconds": middle * scaled, "scaled": scaled, "values": values}


def main(side: str, name: str, file: str) -> None:
    """Measure one function; a floor is timed on both orders of the ratings, and the quicker one counts."""
    panels = Panels.load(Path(file))
    prepare = getattr(importlib.import_module(SIDES[side]), name)
    found = measure(prepare(panels))
    if side == "floor":
        found = min(found, measure(prepare(panels.ordered())), key=lambda one: one["seconds"])
    found["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
