"""The peers, in an environment of their own beside the project's: standard library only."""

import shutil
import sys
from pathlib import Path

from provision.python import UV, install_uv
from provision.steps import STATE, Command, capture, digest, index_settings, read_stamp, step, write_stamp

PINS = Path(__file__).parent / "peers.txt"
PEERS = STATE / "bench-peers"
PEERS_PYTHON = PEERS / "bin" / "python"
KEPT = STATE / "bench"


def set_up_peers() -> None:
    """Install the peers as pinned, unless they are there."""
    wanted = {"peers": digest(PINS)}
    usable = PEERS_PYTHON.exists() and capture([PEERS_PYTHON, "--version"]).returncode == 0
    if usable and read_stamp(PEERS) == wanted:
        return
    install_uv()
    command: Command = [UV, "venv", "--clear", "--python", sys.executable, PEERS]
    step("Environment of the bench's peers", command, index_settings())
    command = [UV, "pip", "install", "--python", PEERS_PYTHON, "-r", PINS]
    step("Peers to be measured against", command, index_settings())
    write_stamp(PEERS, wanted)


def r_with_lme4() -> str | None:
    """The Rscript of a machine that has R with lme4."""
    rscript = shutil.which("Rscript")
    if rscript and capture([rscript, "-e", "library(lme4)"]).returncode == 0:
        return rscript
    return None
