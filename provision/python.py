"""Python packages: uv in a folder of its own, a virtual environment, and the hashed locks."""

import shutil
import sys
from collections.abc import Sequence

from provision.steps import (
    LOCKS,
    PYTHON,
    ROOT,
    VENV,
    Command,
    capture,
    digest,
    index_settings,
    read_stamp,
    step,
    write_stamp,
)

BOOT = ROOT / ".boot"
UV = BOOT / "bin" / "uv"


def install_python_packages(locks: Sequence[str]) -> None:
    """Bring .venv to what these locks hold and those of earlier commands: no command undoes another."""
    is_recent = "import sys; sys.exit(sys.version_info < (3, 11))"
    usable = PYTHON.exists() and capture([PYTHON, "-c", is_recent]).returncode == 0
    installed = read_stamp(VENV) if usable else {}
    files = {name: LOCKS / f"{name}.lock" for name in sorted({*installed, *locks})}
    wanted = {name: digest(file) for name, file in files.items() if file.exists()}
    if wanted == installed:
        return
    install_uv()
    if not usable:
        command: Command = [UV, "venv", "--clear", "--python", sys.executable, VENV]
        step("Python environment", command, index_settings())
    command = [UV, "pip", "sync", "--python", PYTHON, "--require-hashes", *(files[name] for name in wanted)]
    step(f"Python packages: {', '.join(wanted)}", command, index_settings())
    write_stamp(VENV, wanted)


def install_uv() -> None:
    """Install the installer; beside pip it needs no rights and no virtual environment."""
    lock = LOCKS / "boot.lock"
    wanted = {"boot": digest(lock)}
    if read_stamp(BOOT) == wanted:
        return
    pip = [sys.executable, "-m", "pip"]
    if capture([*pip, "--version"]).returncode:
        sys.exit(
            f"{sys.executable} has no pip. Install it (Debian: apt-get install python3-pip), then try again."
        )
    shutil.rmtree(BOOT, ignore_errors=True)
    calm = ["--quiet", "--disable-pip-version-check", "--root-user-action=ignore"]
    command: Command = [*pip, "install", *calm, "--target", BOOT, "--require-hashes", "-r", lock]
    step("Installer", command, {"PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0"})
    write_stamp(BOOT, wanted)
