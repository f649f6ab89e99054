"""Programs that the tests start, kill and start again, and that never outlive the tests."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

# The program lives while the tests hold the other end of the pipe: however they end, it ends and tidies up.
# A line through the pipe says that the program was killed, and starts it again; its number comes back.
KEEPER = (
    'folder=$1; shift; while "$@" >&2 & echo $!; read -r _; do wait $!; done; '
    'kill -INT $!; wait $!; [ -z "$folder" ] || rm -rf "$folder"'
)
SECONDS_TO_STOP = 15


class Kept:
    """A running program, by the number of its process."""

    def __init__(
        self,
        command: Sequence[str | Path],
        log: Path,
        *,
        tidy: Path | str = "",
        environment: Mapping[str, str] | None = None,
        **options: Any,
    ) -> None:
        with log.open("ab") as output:
            self._keeper = subprocess.Popen(
                ["sh", "-c", KEEPER, "keeper", tidy, *command],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=output,
                env=environment,
                start_new_session=True,  # Ctrl-C is for the tests, which then let go of the pipe
                **options,
            )
        self.pid = self._started()

    def _started(self) -> int:
        assert self._keeper.stdout is not None
        return int(self._keeper.stdout.readline())

    def kill(self) -> None:
        """Kill the program and every process it began, all at once; they get no chance to say goodbye."""
        os.kill(self.pid, signal.SIGSTOP)  # or it would begin new ones meanwhile
        kill(*descendants(self.pid), self.pid)

    def start_again(self) -> None:
        """After `kill`."""
        assert self._keeper.stdin is not None
        self._keeper.stdin.write(b"again\n")
        self._keeper.stdin.flush()
        self.pid = self._started()

    def stop(self) -> None:
        """End the program in peace, and wait until it is gone; one that has only begun may not have heard."""
        try:
            self._keeper.communicate(timeout=SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            kill(*descendants(self.pid), self.pid)
            self._keeper.communicate()


def descendants(pid: int) -> list[int]:
    """The processes that a process began, and those that they began."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (parent := parent_of(int(entry.name))) is not None:
            parents.setdefault(parent, []).append(int(entry.name))
    found = list(parents.get(pid, ()))
    for one in found:
        found += parents.get(one, ())
    return found


def parent_of(pid: int) -> int | None:
    """The process that began this one; None when it is gone or only waits to be reaped."""
    try:
        state, parent, *_ = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(") ")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if state == "Z" else int(parent)


def kill(*pids: int) -> None:
    """Kill processes that may be gone already, and wait until all of them are."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    while any(parent_of(pid) is not None for pid in pids):
        time.sleep(0.001)
