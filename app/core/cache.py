"""What never changes once it is committed, kept by a worker so that it is read once."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, ClassVar, Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy.engine import Engine

from app.core.db import db, only_reads

K = TypeVar("K")
V = TypeVar("V")


class Cache(Generic[K, V]):
    """Values by key for each database, at most so many. Who may see them is asked each time, not here."""

    everything: ClassVar[list["Cache[Any, Any]"]] = []

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: WeakKeyDictionary[Engine, dict[K, V]] = WeakKeyDictionary()
        self.everything.append(self)

    def get(self, keys: Collection[K], read: Callable[[Collection[K]], Mapping[K, V]]) -> Mapping[K, V]:
        """The values of these keys; those that are not known are read, and from then on kept."""
        known = self._known.setdefault(db.engine, {})
        found = {key: known[key] for key in keys if key in known}
        missing = [key for key in keys if key not in found]
        if not missing:
            return found
        read_now = read(missing)
        if only_reads():  # Else it may have been written just now, and not be committed after all.
            if len(known) + len(read_now) > self._most:
                known = self._known[db.engine] = {}
            known.update(read_now)
        return found | dict(read_now)

    def forget(self) -> None:
        """Let go of these values."""
        self._known.clear()


def forget() -> None:
    """Let go of everything, as a new worker begins."""
    for one in Cache.everything:
        one.forget()
