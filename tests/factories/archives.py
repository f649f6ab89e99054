"""Zips of packs, as people give them."""

from base64 import b64encode
from io import BytesIO

from werkzeug.datastructures import FileStorage

from app.packs import queries
from app.packs.models import ScenarioVersion
from scenarios.archive import pack_up
from tests.scenarios import files as shipped

OUTPATIENT = "outpatient-ot"
USED = "snm-outpatient-ot-entry"  # In the loops that the other factories make.
UNUSED = "snm-peds-ota-entry"


class Upload(BytesIO):
    """A file that can be sent again, because it is at its beginning after it was closed."""

    def close(self) -> None:
        self.seek(0)


def files_of(name: str) -> dict[str, bytes]:
    """The files of a shipped pack by name."""
    return shipped.files_of(shipped.folder(name))


def changed(*changes: tuple[str, str], pack: str = OUTPATIENT) -> dict[str, bytes]:
    """The files of a shipped pack with texts replaced in every file that has them."""
    files = {name: data.decode() for name, data in files_of(pack).items()}
    for old, new in changes:
        assert any(old in text for text in files.values()), f"the pack no longer says {old!r}"
        files = {name: text.replace(old, new) for name, text in files.items()}
    return {name: text.encode() for name, text in files.items()}


def zipped(*changes: tuple[str, str], pack: str = OUTPATIENT) -> bytes:
    """The same as one zip."""
    return pack_up(changed(*changes, pack=pack))


def newer() -> bytes:
    """The outpatient pack with a second version of each scenario."""
    return zipped(("version: 1\nstatus", "version: 2\nstatus"))


def other() -> bytes:
    """The outpatient pack with something else in a version that is here."""
    return zipped(("title: Ten on the book", "title: Eleven on the book"))


def spoilt() -> bytes:
    """The outpatient pack with a word that no list has, and an anchor that says no behavior."""
    return zipped(
        ("version: 1\nstatus", "version: 2\nstatus"),
        ("kind: safety-near-miss", "kind: riddle"),
        ("as 3, plus", "as 3, plus adequately"),
    )


def as_upload(data: bytes, name: str = "given.zip") -> FileStorage:
    """A file as a form sends it."""
    return FileStorage(Upload(data), name)


def as_text(data: bytes) -> str:
    """The zip as the page of the dry run carries it."""
    return b64encode(data).decode()


def version(key: str) -> ScenarioVersion:
    """The newest version of a scenario."""
    return next(one for one in queries.latest_versions() if one.key == key)
