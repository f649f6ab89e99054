"""Install what a command needs, inside this folder. Standard library only: it runs when nothing is there yet.

Each part leaves a stamp in the folder it filled and does nothing while the stamp is right.
"""

import fcntl
import os
import time

from provision.frontend import copy_assets, find_node, install_node_packages
from provision.python import install_python_packages
from provision.steps import PYTHON, STATE, Environment, step


def set_up(*locks: str) -> Environment:
    """Install what these locks hold and the front end; answer the environment to run in."""
    started = time.monotonic()
    environment = dict(os.environ)
    # Without compiled modules every process starts seconds later; they are ignored by git.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    for_tests = "test" in locks
    STATE.mkdir(exist_ok=True)
    with (STATE / "set-up.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # a command in another window waits until this set-up is done
        install_python_packages(locks)
        node, npm = find_node()
        install_node_packages(npm, for_tests=for_tests)
        copy_assets()
        if for_tests:
            step("Browser", [PYTHON, "-m", "tests.infrastructure.chromium"])
            environment["PLAYWRIGHT_NODEJS_PATH"] = (
                node  # the one Playwright brings needs a library of its own
            )
    print(f"Set-up took {time.monotonic() - started:.1f} s.", flush=True)
    return environment
