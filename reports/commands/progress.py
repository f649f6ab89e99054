"""A line on the error stream that says what long work is at; nothing where nobody watches."""

import sys
import time
from types import TracebackType

PATIENCE = 0.5
WIDTH = 24


class Progress:
    """Shows steps once the work has taken half a second, and takes its line away at the end.

    A step may say how many of how many parts are done; then there is a bar.
    """

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._shown = False
        self._watched = sys.stderr.isatty()

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)

    def step(self, what: str, done: int | None = None, of: int | None = None) -> None:
        """Say what is being done now."""
        if not self._watched or time.monotonic() - self._started < PATIENCE:
            return
        self._shown = True
        filled = round(WIDTH * done / of) if done is not None and of else 0
        drawn = f"  [{'█' * filled}{'░' * (WIDTH - filled)}] {done} of {of}" if of else ""
        print(f"\r\033[K{what}{drawn}", end="", file=sys.stderr, flush=True)
