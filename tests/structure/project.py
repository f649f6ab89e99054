"""The project's own files, as the tests of its structure see them."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ("app", "bench", "migrations", "provision", "reports", "run.py", "scenarios", "tests", "wsgi.py")


def files(*patterns: str, under: tuple[str, ...] = ()) -> list[Path]:
    """What git tracks and what it would track, so that a mistake shows before it is committed."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", *under]
    listing = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    found = {ROOT / name for name in listing.split("\0") if name}
    return sorted(
        path for path in found if path.is_file() and (not patterns or any(path.match(p) for p in patterns))
    )


def name(path: Path) -> str:
    """A path as people say it: from the project's folder."""
    return path.relative_to(ROOT).as_posix()
