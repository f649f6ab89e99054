"""The one door, as somebody meets it who has just cloned the project."""

import ast
import subprocess
import sys

import pytest

import run
from tests.structure.project import ROOT


def ask(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "run.py", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("arguments", [[], ["help"], ["--help"]], ids=["nothing", "help", "--help"])
def test_asked_for_nothing_or_for_help_it_lists_every_command(arguments):
    answer = ask(*arguments)

    assert answer.returncode == 0
    assert all(f"\n  {command} " in answer.stdout for command in run.COMMANDS)


def test_an_unknown_command_is_refused_with_those_there_are():
    answer = ask("tset")

    assert answer.returncode == 2
    assert (
        answer.stderr
        == "There is no command tset. There are: demo, test, check, oracles, soak, bench, pictures, help.\n"
    )


def test_an_unknown_check_is_refused_before_anything_is_installed():
    answer = ask("check", "typos")

    assert answer.returncode == 2
    assert answer.stderr.startswith("There is no check typos. There are: ")


def test_a_python_too_old_to_run_it_can_still_read_it_and_say_so():
    ast.parse((ROOT / "run.py").read_text("utf-8"), feature_version=(3, 6))
