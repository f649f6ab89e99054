"""What the project stands on: declared, locked, used."""

import ast
import itertools
import json
import re
import tomllib
from importlib.metadata import packages_distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.structure.project import CODE, ROOT, files

LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
DECLARED = {
    "base": PROJECT["project"]["dependencies"],
    "test": PROJECT["dependency-groups"]["test"],
    "lint": PROJECT["dependency-groups"]["lint"],
    "scale": PROJECT["dependency-groups"]["scale"],
}
PIN = re.compile(r"^([\w.-]+)==([\w.]+)", re.MULTILINE)

# Used without being imported, and how.
USED_OTHERWISE = {
    "email-validator": "WTForms asks it",
    "gunicorn": "serves in production",
    "openpyxl": "pandas reads Excel files with it",
    "tzdata": "zoneinfo reads it where the machine has no zones",
    "pytest-playwright": "a plugin of pytest",
    "pytest-randomly": "a plugin of pytest",
    "pytest-timeout": "a plugin of pytest",
    "pytest-xdist": "a plugin of pytest",
}


def pins(lock: str) -> dict[str, str]:
    """Which version of what a lock holds."""
    text = (ROOT / "requirements" / f"{lock}.lock").read_text("utf-8")
    return {canonicalize_name(name): version for name, version in PIN.findall(text)}


def imported_modules() -> set[str]:
    """Every top-level module that our code imports, wherever in a file."""
    found = set()
    for path in files("*.py", under=CODE):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.partition(".")[0])
    return found


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_holds_every_package_by_its_hash_and_names_no_address(lock):
    text = lock.read_text("utf-8")
    entries = [entry for entry in re.split(r"\n(?=\S)", text.strip()) if not entry.startswith("#")]

    assert "://" not in text
    assert not [entry for entry in entries if not PIN.match(entry) or "--hash=sha256:" not in entry]


def test_the_lock_of_the_front_end_holds_every_package_by_its_hash_and_names_no_address():
    lock = json.loads((ROOT / "requirements" / "package-lock.json").read_text("utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}

    assert not [name for name, package in packages.items() if "integrity" not in package]
    assert not [name for name, package in packages.items() if "resolved" in package]


@pytest.mark.parametrize("group", DECLARED)
def test_the_lock_agrees_with_what_is_declared(group):
    locked = pins(group)
    wrong = [
        str(requirement)
        for requirement in map(Requirement, DECLARED[group])
        if not requirement.specifier.contains(locked.get(canonicalize_name(requirement.name), "0"))
    ]

    assert not wrong, f"Compile requirements/{group}.lock anew: {wrong}"


def test_the_locks_agree_with_each_other():
    base = pins("base")

    for group in ("test", "lint", "scale"):
        assert base.items() <= pins(group).items(), f"Compile requirements/{group}.lock together with base."
    for one, other in itertools.combinations(DECLARED, 2):
        shared = pins(one).keys() & pins(other).keys()
        differing = {name for name in shared if pins(one)[name] != pins(other)[name]}
        assert not differing, f"Compile requirements/{one}.lock and {other}.lock together: {differing}"


def test_what_users_install_as_an_extra_is_what_the_lock_holds():
    assert PROJECT["project"]["optional-dependencies"]["scale"] == DECLARED["scale"]


def test_every_package_we_ask_for_is_used():
    distributions = packages_distributions()
    used = {
        canonicalize_name(distribution)
        for module in imported_modules()
        for distribution in distributions.get(module, ())
    }
    declared = {
        canonicalize_name(Requirement(line).name) for group in ("base", "test") for line in DECLARED[group]
    }

    unused = declared - used - set(USED_OTHERWISE)
    stale = set(USED_OTHERWISE) - (declared - used)

    assert not unused, f"Remove from pyproject.toml, or say in USED_OTHERWISE how they are used: {unused}"
    assert not stale, f"Remove from USED_OTHERWISE what is imported or not asked for: {stale}"
