"""The application as it runs in production: gunicorn on a port of this machine, to be killed at will."""

import http.client
import os
import random
import socket
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from provision.steps import PYTHON, ROOT
from tests.infrastructure.kept import Kept, descendants, kill

SECONDS_TO_START = 60
AS_THE_README_SAYS = ("--workers", "2", "--threads", "4", "--keep-alive", "75")


def _held_by(pid: int) -> set[str]:
    """What a process has open."""
    return {str(one.readlink()) for one in Path(f"/proc/{pid}/fd").iterdir()}


@dataclass(frozen=True)
class Gunicorn:
    """A running server and where it listens."""

    port: int
    log: Path
    program: Kept

    def workers(self) -> list[int]:
        """The processes that answer."""
        return descendants(self.program.pid)

    def holder_of(self, port: int) -> int:
        """The process that holds its end of a connection from this port of this machine."""
        ours, theirs = f":{self.port:04X}", f":{port:04X}"
        lines = [line.split() for line in Path("/proc/net/tcp").read_text("ascii").splitlines()[1:]]
        number = next(line[9] for line in lines if line[1].endswith(ours) and line[2].endswith(theirs))
        return next(pid for pid in self.workers() if f"socket:[{number}]" in _held_by(pid))

    def kill_a_worker(self, draw: random.Random) -> None:
        """Kill one of the processes that answer; the master begins another."""
        if found := self.workers():
            kill(draw.choice(found))

    def kill(self) -> None:
        """Kill the master and all its workers, then start anew."""
        self.program.kill()
        self.program.start_again()

    def wait(self, *, until: Callable[[], bool] | None = None) -> float:
        """Wait until it answers; the seconds that took."""
        started = time.monotonic()
        while not (until or self.answers)():
            if time.monotonic() - started > SECONDS_TO_START:
                raise RuntimeError(f"gunicorn does not answer:\n{self.log.read_text()[-4000:]}")
            time.sleep(0.02)
        return time.monotonic() - started

    def answers(self) -> bool:
        """Whether it says that it and its database are well."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == http.client.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


@contextmanager
def gunicorn(
    application: str,
    environment: Mapping[str, str],
    log: Path,
    *,
    options: Sequence[str] = AS_THE_README_SAYS,
    under: Sequence[str | Path] = (),
) -> Iterator[Gunicorn]:
    """Serve an application with these settings; `under` is a program that watches it, such as strace."""
    port = free_port()
    command = [*under, PYTHON, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", *options, application]
    settings = {name: value for name, value in os.environ.items() if not name.startswith("EVENHAND_")}
    running = Gunicorn(port, log, Kept([*command], log, environment={**settings, **environment}, cwd=ROOT))
    try:
        running.wait()
        yield running
    finally:
        running.program.stop()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
