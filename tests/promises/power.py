"""A server of which every write is seen, and what a power loss would have left of its database."""

import json
import re
import shutil
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from threading import Event, Thread
from typing import Any

from app.core.db import db
from tests.infrastructure import powerloss, scratch
from tests.infrastructure.powerloss import Disk, Seen
from tests.promises.autosaves import Writer, wait_for
from tests.promises.browser import Browser
from tests.promises.site import seats, served

ONE_WORKER = ("--workers", "1", "--threads", "4")
SAVED = re.compile(rb'"saved": ?\[.*?\]', re.DOTALL)
NAMES = ("work.sqlite3", "work.sqlite3-wal")


@dataclass(frozen=True)
class Trace:
    """The database as it was, and what was seen of the server from then on."""

    before: bytes
    seen: tuple[Seen, ...]


def watched(world: Any, folder: Path, *, least: int, writers: int = 4, **how: Any) -> Trace:
    """Let interviewers save until so much is acknowledged, and see all that the server does."""
    log = folder / "strace.log"
    with world.fresh():
        sitting = seats(writers)
        db.session.remove()
        db.engine.dispose()
        before = world.file.read_bytes()
        under = powerloss.command(log)
        with served(world.url, folder, options=ONE_WORKER, under=under, **how) as server:
            stop = Event()
            typing = [Writer(Browser(server.port, seat), Random(seat.card)) for seat in sitting]
            threads = [Thread(target=one.write, args=[stop]) for one in typing]
            for thread in threads:
                thread.start()
            try:
                wait_for(typing, least)
            finally:
                stop.set()
                for thread in threads:
                    thread.join()
                server.program.kill()
        files = frozenset(str(world.file.with_name(name)) for name in NAMES)
        return Trace(before, tuple(map(in_short, powerloss.read(log, files))))


def in_short(one: Seen) -> Seen:
    """The same, but of what was said only the digests of the texts that it says are saved."""
    if one.kind != "say":
        return one
    found = SAVED.search(one.data)
    saved = json.loads(b"{" + found[0] + b"}")["saved"] if found else []
    return replace(one, data=" ".join(each["digest"] for each in saved).encode())


@dataclass
class Found:
    """What power losses left."""

    points: int = 0
    images: int = 0
    acknowledged: int = 0
    lost: int = 0  # Images in which something acknowledged is not there.
    broken: int = 0  # Images that are no sound database.
    examples: list[str] = field(default_factory=list)

    @property
    def figures(self) -> dict[str, int]:
        return {
            "power losses": self.points,
            "images of the disk": self.images,
            "savings acknowledged": self.acknowledged,
            "images that lack one": self.lost,
            "broken": self.broken,
        }


def lose_power(trace: Trace, *, every: int = 1, seed: int = 1) -> Found:
    """Lose the power after each thing that was seen, or after every so many, and look at what is left."""
    folder = scratch.new_folder("image")
    try:
        return _lose_power(trace, folder, every, seed)
    finally:
        shutil.rmtree(folder)


def _lose_power(trace: Trace, folder: Path, every: int, seed: int) -> Found:
    disk, draw, found = Disk({NAMES[0]: bytearray(trace.before)}), Random(seed), Found()
    told: set[str] = set()
    for place, one in enumerate(trace.seen):
        disk.happen(place, one)
        if one.kind == "say":
            told |= set(one.data.decode().split())
        if place % every == 0 or place == len(trace.seen) - 1:
            found.points += 1
            for image in (disk.after_power_loss(), disk.after_power_loss(draw)):
                found.images += 1
                judge(found, image, told, folder, place)
    found.acknowledged = len(told)
    return found


def judge(found: Found, image: Mapping[str, bytes], told: Iterable[str], folder: Path, place: int) -> None:
    """Open what is left, as the next start would."""
    for old in folder.iterdir():
        old.unlink()
    for name, data in image.items():
        (folder / name).write_bytes(data)
    connection = sqlite3.connect(folder / NAMES[0])
    try:
        kept = {digest for (digest,) in connection.execute("SELECT digest FROM draft_revision")}
        sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    except sqlite3.DatabaseError as error:
        kept, sound = set(), False
        found.examples.append(f"{place}: {error}")
    finally:
        connection.close()
    found.broken += not sound
    if missing := set(told) - kept:
        found.lost += 1
        found.examples.append(f"{place}: {len(missing)} of {len(set(told))} are lost")
