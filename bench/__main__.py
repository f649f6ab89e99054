"""Speed and memory beside a floor and beside other programs: `python3 run.py bench [--size full] [ROW ...]`.

This process only starts others and prints what they say. It imports no NumPy, because a process counts the
memory of the one that started it as its own.
"""

import argparse
import os
import sys

from bench.absolute import file_row, imports_row, served_row, team_row
from bench.rows import ABSOLUTE, PEERS, ROWS, SIZES
from bench.running import Measured, Runner
from bench.tables import floor_table, peer_table

ONE_THREAD = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "POLARS_MAX_THREADS",
)


def main(arguments: list[str]) -> int:
    """Measure what is asked for; the answer is 1 when something is over its limit or cannot be measured."""
    names = [row.name for row in ROWS] + [peer.name for peer in PEERS] + list(ABSOLUTE)
    parser = argparse.ArgumentParser(
        prog="run.py bench", description=(__doc__ or "").split("\n", maxsplit=1)[0]
    )
    parser.add_argument(
        "rows", nargs="*", metavar="ROW", help=f"one of {', '.join(names)}; all of them if none is named"
    )
    parser.add_argument("--minutes", type=float, default=10, help="how long interviewers work (default: 10)")
    parser.add_argument("--size", choices=SIZES, default="small", help="10,000 ratings, or up to a million")
    options = parser.parse_args(arguments)
    if unknown := set(options.rows) - set(names):
        parser.error(f"There is no row {', '.join(sorted(unknown))}. There are: {', '.join(names)}.")
    on_one_core()
    runner, wanted = Runner(), options.rows or names
    sizes = SIZES[options.size]

    found = [
        (row, size, runner.beside_floor(row, size)) for row in ROWS if row.name in wanted for size in sizes
    ]
    good = floor_table(found)
    if "team" in wanted:
        good &= team_row(runner)
    if "file" in wanted and (options.size == "full" or "file" in options.rows):
        good &= file_row(runner)
    if "imports" in wanted:
        good &= imports_row(runner)

    for name in ("pages", "start", "disclosures"):
        if name in wanted:
            good &= served_row(name)
    if "interviewers" in wanted and (options.size == "full" or "interviewers" in options.rows):
        good &= served_row("interviewers", str(options.minutes))

    ours: dict[tuple[str, int], Measured] = {(row.name, size): pair[1] for row, size, pair in found}
    beside = []
    for peer in PEERS:
        for size in sizes:
            asked = peer.name in options.rows
            if peer.name in wanted and size <= peer.most and (peer.small or asked or options.size == "full"):
                if (peer.ours, size) not in ours:
                    ours[peer.ours, size] = runner.ask("product", peer.ours, size)
                beside.append((peer, size, ours[peer.ours, size], runner.ask_peer(peer, size)))
    return 0 if peer_table(beside) and good else 1


def on_one_core() -> None:
    """Keep this process, and with it all that it starts, to one core and one thread."""
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
