"""What a power loss leaves of files: rebuilt from what a program was seen to write and to flush.

A flushed write is there. One that was not flushed is there, or not, or is torn at 512 bytes. Not modelled:
disks that lie about flushing, and names in folders.
"""

import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Literal

SECTOR = 512
CALLS = "pwrite64,fsync,fdatasync,ftruncate,sendto"
LINE = re.compile(r"(?P<thread>\d+) +(?P<call>\w+)\((?P<rest>.*)", re.DOTALL)
RESUMED = re.compile(r"(?P<thread>\d+) +<\.\.\. (?P<call>\w+) resumed>(?P<rest>.*)", re.DOTALL)
TARGET = re.compile(r"\d+<(?P<path>[^>]*)>")
TEXT = re.compile(r'"(?P<text>(?:\\x[0-9a-f]{2})*)"')
RESULT = re.compile(r"\) += (\d+)[^)]*$")  # a call that failed answers a negative number
UNFINISHED = " <unfinished ...>"


@dataclass(frozen=True)
class Seen:
    """One thing that a program did: wrote to a file, cut it, flushed it, or said something to a browser.

    A flush holds what was written before it began, `began` being its place among what was seen.
    """

    kind: Literal["write", "cut", "flush", "say"]
    file: str
    offset: int = 0
    data: bytes = b""
    began: int = 0


def command(log: Path) -> list[str | Path]:
    """How strace is started so that `read` understands it; FileNotFoundError where there is none."""
    strace = shutil.which("strace")
    if strace is None:
        raise FileNotFoundError("There is no strace on this machine: power loss cannot be tried without it.")
    return [
        strace,
        "-f",
        "-y",
        "-xx",
        "-s",
        "1000000",
        "-e",
        f"trace={CALLS}",
        "-e",
        "signal=none",
        "-o",
        log,
    ]


def read(log: Path, files: frozenset[str]) -> list[Seen]:
    """What was done to these files and all that was said, in the order in which it was completed or begun."""
    found: list[Seen] = []
    begun: dict[str, tuple[str, int]] = {}
    with log.open(encoding="ascii") as lines:
        for line in lines:
            if resumed := RESUMED.match(line):
                start, began = begun.pop(resumed["thread"], ("", 0))
                found += seen(resumed["call"], start + resumed["rest"], files, began)
            elif match := LINE.match(line):
                rest = match["rest"].rstrip("\n")
                if match["call"] == "sendto":
                    found += seen("sendto", rest, files, len(found))  # It may arrive as soon as it is begun.
                elif rest.endswith(UNFINISHED):
                    begun[match["thread"]] = rest.removesuffix(UNFINISHED), len(found)
                else:
                    found += seen(match["call"], rest, files, len(found))
    return found


def seen(call: str, rest: str, files: frozenset[str], began: int) -> Iterator[Seen]:
    """What a system call did, if it worked and was about one of the files or a connection."""
    target = TARGET.match(rest)
    if target is None:
        return
    path = plain(target["path"]).decode()
    text = TEXT.search(rest)
    if call == "sendto":
        if text:
            yield Seen("say", "", data=plain(text["text"]))
        return
    result = RESULT.search(rest)
    if path not in files or result is None:
        return
    name = Path(path).name
    if call == "pwrite64" and text:
        numbers = rest[text.end() :].removeprefix(", ").partition(")")[0].split(", ")
        yield Seen("write", name, int(numbers[1]), plain(text["text"])[: int(result[1])])
    elif call == "ftruncate":
        yield Seen("cut", name, int(rest.partition(", ")[2].partition(")")[0]))
    elif call in {"fsync", "fdatasync"}:
        yield Seen("flush", name, began=began)


def plain(text: str) -> bytes:
    """What strace writes as \\x41\\x42; a path may be written as it is."""
    return bytes.fromhex(text.replace("\\x", "")) if text.startswith("\\x") else text.encode()


@dataclass
class Disk:
    """Files, as far as they are flushed, and what was written to them since."""

    flushed: dict[str, bytearray]
    pending: dict[str, list[tuple[int, Seen]]] = field(default_factory=lambda: defaultdict(list))

    def happen(self, place: int, one: Seen) -> None:
        """Let one thing happen to the files."""
        if one.kind in {"write", "cut"}:
            self.pending[one.file].append((place, one))
        elif one.kind == "flush":
            waiting = self.pending.pop(one.file, [])
            for began, change in waiting:
                if began < one.began:
                    apply(self.flushed.setdefault(one.file, bytearray()), change)
                else:
                    self.pending[one.file].append((began, change))

    def after_power_loss(self, draw: Random | None = None) -> dict[str, bytes]:
        """What the disk holds; of what was not flushed nothing, or a random part."""
        left = {name: bytearray(data) for name, data in self.flushed.items()}
        if draw:
            for name, changes in self.pending.items():
                for _, change in changes:
                    if draw.random() < 0.5:
                        apply(left.setdefault(name, bytearray()), torn(change, draw))
        return {name: bytes(data) for name, data in left.items()}


def apply(file: bytearray, change: Seen) -> None:
    """Write to a file, or cut it."""
    if change.kind == "cut":
        del file[change.offset :]
        return
    end = change.offset + len(change.data)
    file.extend(b"\0" * (end - len(file)))
    file[change.offset : end] = change.data


def torn(change: Seen, draw: Random) -> Seen:
    """The same, or three times in ten only its first sectors."""
    if change.kind == "cut" or draw.random() >= 0.3:
        return change
    kept = SECTOR * draw.randint(0, len(change.data) // SECTOR)
    return Seen("write", change.file, change.offset, change.data[:kept])
