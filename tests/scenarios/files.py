"""The outpatient pack as bytes, to be spoilt in one place at a time."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from scenarios import PackError, read_pack, shipped_packs
from scenarios.loader import files_in

HEADER = "pack.yaml"
NEAR_MISS = "snm-outpatient-ot-entry.yaml"


def folder(name: str) -> Path:
    """The folder of a shipped pack."""
    return next(path for path in shipped_packs() if path.name == name)


def files_of(path: Path) -> dict[str, bytes]:
    """The files of the pack in a folder, by name."""
    return {file.relative_to(path).as_posix(): file.read_bytes() for file in files_in(path)}


def write(files: Mapping[str, bytes], directory: Path) -> Path:
    """Write the files of a pack into a folder."""
    for name, data in files.items():
        (directory / name).parent.mkdir(parents=True, exist_ok=True)
        (directory / name).write_bytes(data)
    return directory


def outpatient() -> dict[str, bytes]:
    """The files of the outpatient pack by name."""
    return files_of(folder("outpatient-ot"))


def changed(*changes: tuple[str, str], file: str = NEAR_MISS) -> dict[str, bytes]:
    """The outpatient pack with texts of one file replaced, each where it first stands."""
    files = outpatient()
    text = files[file].decode()
    for old, new in changes:
        assert old in text, f"the pack no longer says {old!r}"
        text = text.replace(old, new, 1)
    return replaced(text.encode(), file)


def replaced(data: bytes, file: str = NEAR_MISS) -> dict[str, bytes]:
    """The outpatient pack with other bytes in place of a file."""
    return {**outpatient(), file: data}


def line_of(files: Mapping[str, bytes], text: str, file: str = NEAR_MISS) -> int:
    """The line on which a text begins, counted from 1."""
    before, found, _ = files[file].decode().partition(text)
    assert found, f"the file does not say {text!r}"
    return before.count("\n") + 1


def refusal_of(files: Mapping[str, bytes]) -> list[str]:
    """The problems of a pack that is refused, as people read them."""
    with pytest.raises(PackError) as refusal:
        read_pack(files)
    assert str(refusal.value) == "\n".join(str(problem) for problem in refusal.value.problems)
    return str(refusal.value).splitlines()
