"""What all parts of the set-up share: places, stamps, and a visible step."""

import ast
import functools
import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "requirements"
STATE = ROOT / ".state"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"

Environment = dict[str, str]
Command = Sequence[str | Path]


def digest(file: Path) -> str:
    """The SHA-256 of a file, to see whether it changed."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def read_stamp(folder: Path) -> dict[str, str]:
    """What was put into a folder, by name; nothing if its filling never ended."""
    stamp = folder / ".installed.json"
    return json.loads(stamp.read_text("utf-8")) if stamp.exists() else {}


def write_stamp(folder: Path, content: dict[str, str]) -> None:
    """Say that a folder is filled, and with what."""
    (folder / ".installed.json").write_text(json.dumps(content, indent=2) + "\n", "utf-8")


def capture(
    command: Command, environment: Environment | None = None, folder: Path = ROOT
) -> subprocess.CompletedProcess[str]:
    """Run to the end and keep what was said, both streams in one."""
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def step(what: str, command: Command, extra: Environment | None = None, folder: Path = ROOT) -> None:
    """One line with its time for a part of the set-up; what the command said is shown only if it failed."""
    print(f"  {what} ...", end=" ", flush=True)
    started = time.monotonic()
    done = capture(command, os.environ | (extra or {}), folder)
    if done.returncode:
        sys.exit(f"failed\n\n{done.stdout}\nThis failed: {' '.join(map(str, command))}")
    print(f"{time.monotonic() - started:.1f} s", flush=True)


@functools.cache
def index_settings() -> Environment:
    """What pip is told of its index and certificates, in the words of uv and node, which read no pip.conf."""
    found: Environment = {"UV_PYTHON_DOWNLOADS": "never"}
    words = {"index-url": "UV_DEFAULT_INDEX", "cert": "SSL_CERT_FILE"}
    for line in capture([sys.executable, "-m", "pip", "config", "list"]).stdout.splitlines():
        name, _, value = line.partition("=")
        variable = words.get(name.rpartition(".")[2])
        if variable and variable not in os.environ:
            found.setdefault(variable, ast.literal_eval(value))  # variables are listed before files, and win
    if certificates := found.get("SSL_CERT_FILE", os.environ.get("SSL_CERT_FILE")):
        found["NODE_EXTRA_CA_CERTS"] = os.environ.get("NODE_EXTRA_CA_CERTS", certificates)
    return found
