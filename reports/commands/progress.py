"""A line on the error stream that says what long work is at; nothing where nobody watches."""

import sys
from types import TracebackType

WIDTH = 24
CLEAR = "\r\033[K"


class Progress:
    """Shows what is being done, with a bar where it is known how many of how many parts are done.

    The line is taken away at the end, so that short work leaves no trace.
    """

    def __init__(self) -> None:
        self._shown = False
        self._watched = sys.stderr.isatty()

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            print(CLEAR, end="", file=sys.stderr, flush=True)

    def step(self, what: str, done: int = 0, of: int = 0) -> None:
        """Say what is being done now, and how many of how many parts are done."""
        if not self._watched:
            return
        self._shown = True
        filled = round(WIDTH * done / of) if of else 0
        drawn = f"  [{'█' * filled}{'░' * (WIDTH - filled)}] {done} of {of}" if of else ""
        print(f"{CLEAR}{what}{drawn}", end="", file=sys.stderr, flush=True)
