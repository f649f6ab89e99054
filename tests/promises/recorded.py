"""Two short traces of real servers, kept for machines without strace and for the quick suite.

`python -m tests.promises.recorded` watches anew and keeps them: one server as it is, one that flushes its log
only now and then.
"""

import json
import lzma
import tempfile
from dataclasses import asdict
from pathlib import Path

from tests.infrastructure.powerloss import Seen
from tests.promises.power import Trace, watched
from tests.promises.site import DEVELOPMENT
from tests.world import World

DATA = Path(__file__).parent / "data"
FLUSHES_NOW_AND_THEN = {
    "application": "tests.promises.defects:flushes_now_and_then()",
    "mode": DEVELOPMENT,
}
TRACES = {  # What is recorded: how many savings, by what server. The first are enough for one checkpoint.
    "sound": (270, {}),
    "careless": (20, FLUSHES_NOW_AND_THEN),
}


def keep(trace: Trace, file: Path) -> None:
    """One line that says what was seen, then all the bytes that were written, compressed."""
    told = [{**asdict(one), "data": len(one.data)} for one in trace.seen]
    line = json.dumps({"before": len(trace.before), "seen": told}, separators=(",", ":")).encode()
    rest = trace.before + b"".join(one.data for one in trace.seen)
    file.write_bytes(lzma.compress(line + b"\n" + rest, preset=9 | lzma.PRESET_EXTREME))


def recorded(name: str) -> Trace:
    """A trace that was kept."""
    line, _, rest = lzma.decompress((DATA / f"{name}.trace.xz").read_bytes()).partition(b"\n")
    told, seen = json.loads(line), []
    place = told["before"]
    for one in told["seen"]:
        seen.append(Seen(**{**one, "data": rest[place : place + one["data"]]}))
        place += one["data"]
    return Trace(rest[: told["before"]], tuple(seen))


def main() -> None:
    """Watch two servers and keep what was seen."""
    DATA.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), None)
        for name, (least, how) in TRACES.items():
            trace = watched(world, Path(folder), least=least, writers=2, **how)
            file = DATA / f"{name}.trace.xz"
            keep(trace, file)
            print(f"{file.name}: {len(trace.seen):,} events, {file.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
