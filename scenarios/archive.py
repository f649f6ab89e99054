"""A pack as one zip: written the same way every time, and read without trusting what it says of itself."""

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from scenarios.loader import HEADER, MAX_FILES, SUFFIXES, is_vignette
from scenarios.problems import PackError, Problem, spell
from scenarios.strict_yaml import MAX_BYTES

MAX_ARCHIVE = 4 * 1024 * 1024
MAX_UNPACKED = 8 * 1024 * 1024

_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED = 0x1
_MODE = 0o644
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
# What `zipfile` raises on an archive that is damaged or uses what it does not know.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    IndexError,
    OSError,
    OverflowError,
    RuntimeError,
    UnicodeError,
    ValueError,
)


def pack_up(files: Mapping[str, bytes]) -> bytes:
    """Write a zip of these files: the same files are the same bytes, on every machine and at any time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files, key=lambda name: (name != HEADER, name)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = _UNIX
            entry.external_attr = (stat.S_IFREG | _MODE) << 16
            archive.writestr(entry, files[name])
    return buffer.getvalue()


def unpack(data: bytes, file: str) -> dict[str, bytes]:
    """Read the files of a zip by name; `PackError` says what is refused. Nothing touches the disk."""
    if len(data) > MAX_ARCHIVE:
        raise _refusal(file, "", f"The zip has more than {MAX_ARCHIVE // 1024} KiB", "Export one pack a zip.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _files(archive, file)
    except _DAMAGE as error:
        raise _refusal(file, "", "This is not a sound zip", "Export the pack again.") from error


def _files(archive: zipfile.ZipFile, file: str) -> dict[str, bytes]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(archive.infolist()) > MAX_FILES:
        raise _refusal(file, "", f"The zip has more than {MAX_FILES} files", "Export one pack a zip.")
    problems = [problem for entry in archive.infolist() for problem in _refused(entry, file)]
    problems += _clashes(entries, file)
    if problems:
        raise PackError(problems)
    files: dict[str, bytes] = {}
    left = MAX_UNPACKED
    for entry in entries:
        with archive.open(entry) as stream:
            content = stream.read(MAX_BYTES + 1)
        left -= len(content)
        if len(content) > MAX_BYTES or left < 0:
            raise _refusal(file, entry.filename, "The file is larger than it says", "Export the pack again.")
        path = PurePosixPath(entry.filename)
        files[path.relative_to(_folder(path)).as_posix()] = content
    return files


def _refused(entry: zipfile.ZipInfo, file: str) -> Iterator[Problem]:
    """Say what is wrong with one entry by what it declares."""
    name, path = entry.filename, PurePosixPath(entry.filename)
    inside = not path.is_absolute() and ".." not in path.parts and "\\" not in name and ":" not in name
    if not inside or len(path.parts) > 2 + is_vignette(name.rstrip("/")):
        message, remedy = (
            "This path leads out of the pack",
            "Keep all files beside each other, in one folder.",
        )
        yield _problem(file, name, message, remedy)
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        yield _problem(file, name, "This is no ordinary file", "Replace links and devices by files.")
    if entry.flag_bits & _ENCRYPTED:
        yield _problem(file, name, "The file is encrypted", "Export the pack without a password.")
    if entry.compress_type not in _METHODS:
        yield _problem(file, name, "The file is compressed in a way that is not read", "Use the usual way.")
    if entry.file_size > MAX_BYTES:
        message, remedy = f"The file has more than {MAX_BYTES // 1024} KiB", "Split it or shorten it."
        yield _problem(file, name, message, remedy)
    if not entry.is_dir() and path.suffix not in SUFFIXES:
        yield _problem(file, name, "This is no file of a pack", "Remove it; a pack has only .yaml files.")


def _clashes(entries: list[zipfile.ZipInfo], file: str) -> Iterator[Problem]:
    """Say what is wrong between entries: one name twice, or files of more than one folder."""
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename.casefold()
        if name in seen:
            yield _problem(file, entry.filename, "This file is there twice", "Keep one of the two.")
        seen.add(name)
    folders = {_folder(PurePosixPath(entry.filename)) for entry in entries}
    if len(folders) > 1:
        yield _problem(file, "", "The files lie in more than one folder", "Export one pack a zip.")


def _folder(path: PurePosixPath) -> PurePosixPath:
    """The folder of the pack that a file belongs to."""
    return path.parent.parent if is_vignette(str(path)) else path.parent


def _problem(file: str, name: str, message: str, remedy: str) -> Problem:
    return Problem(file, 1, spell((name,)) if name else spell(()), message, remedy)


def _refusal(file: str, name: str, message: str, remedy: str) -> PackError:
    return PackError([_problem(file, name, message, remedy)])
