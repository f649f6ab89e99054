"""The site as a process of its own, which can hang, die, come back, and answer that it is broken.

`python -m tests.browser.far DATABASE_URL PORT TROUBLE` serves it; while there is a file named TROUBLE, every
second save is answered 500 before anything was done, and the others after it was.
"""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

ROOT = Path(__file__).parents[2]
READY = "ready"


class Troubled:
    """WSGI middleware that answers saves with 500 while the file is there."""

    def __init__(self, wrapped: WSGIApplication, file: Path) -> None:
        self._wrapped, self._file, self._times = wrapped, file, count()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "POST" or not self._file.exists():
            return self._wrapped(environ, start_response)
        if next(self._times) % 2:
            for _ in self._wrapped(environ, lambda *_: lambda _: None):
                pass
        start_response("500 Internal Server Error", [("Content-Type", "text/plain")])
        return [b"broken"]


class Far:
    """The process, and what can happen to it."""

    def __init__(self, database_url: str, trouble: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self._url, self._trouble = database_url, trouble
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start it and wait until it listens."""
        command = [sys.executable, "-m", "tests.browser.far", self._url, str(self.port), str(self._trouble)]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline().strip() == READY

    def _send(self, number: int) -> None:
        assert self._process is not None
        os.kill(self._process.pid, number)

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """It takes connections and answers nothing."""
        self._send(signal.SIGSTOP)
        try:
            yield
        finally:
            self._send(signal.SIGCONT)

    @contextmanager
    def dead(self) -> Iterator[None]:
        """It is killed, and started again at the end."""
        self.kill()
        yield
        self.start()

    @contextmanager
    def broken(self) -> Iterator[None]:
        """It answers saves with 500."""
        self._trouble.touch()
        try:
            yield
        finally:
            self._trouble.unlink()

    def kill(self) -> None:
        """End it at once, whatever it was doing."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()


@contextmanager
def far(database_url: str, folder: Path) -> Iterator[Far]:
    """A site that runs until the end of the block."""
    site = Far(database_url, folder / "trouble")
    site.start()
    try:
        yield site
    finally:
        site.kill()


def serve(database_url: str, port: int, trouble: Path) -> None:
    """Serve the application until the process is ended."""
    from werkzeug.serving import make_server

    from app import create_app
    from app.core.config import Settings
    from tests.browser.site import Quiet

    app = create_app(Settings(mode="development", database_url=database_url))
    wrapped: Any = Troubled(app, trouble)
    server = make_server("127.0.0.1", port, wrapped, threaded=True, request_handler=Quiet)
    sys.stdout.write(f"{READY}\n")
    sys.stdout.flush()
    sys.stdout = sys.stderr
    server.serve_forever()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
