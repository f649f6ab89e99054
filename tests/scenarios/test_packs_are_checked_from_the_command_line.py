"""`python -m scenarios check`: what an author runs, and what it prints."""

import subprocess
import sys
from pathlib import Path

import scenarios
from scenarios import load_pack, shipped_packs
from scenarios.__main__ import main
from tests.scenarios.files import NEAR_MISS, changed, folder, line_of, write

README = Path(scenarios.__file__).with_name("README.md")
SHIPPED = [load_pack(path) for path in shipped_packs()]
SCENARIOS = [scenario for pack in SHIPPED for scenario in pack.scenarios]
VIGNETTES = [vignette for pack in SHIPPED for vignette in pack.vignettes]


def test_the_shipped_packs_have_no_problem(capsys):
    assert main(["check"]) == 0
    said = capsys.readouterr().out
    assert said == (
        f"{len(SHIPPED)} packs, {len(SCENARIOS)} scenarios, {len(VIGNETTES)} vignettes: no problem\n"
        "10 loop templates: no problem\n"
    )
    assert f"`{said.splitlines()[0]}`" in README.read_text()


def test_one_pack_can_be_checked_alone(capsys):
    assert main(["check", str(folder("pediatrics"))]) == 0
    assert capsys.readouterr().out == "1 pack, 3 scenarios, 1 vignette: no problem\n"


def test_problems_of_every_pack_are_printed_and_fail_the_command(capsys, tmp_path):
    files = changed(("status: pilot", "status: ready"))
    spoilt = write(files, tmp_path / "spoilt")
    missing = tmp_path / "missing"

    assert main(["check", str(spoilt), str(folder("pediatrics")), str(missing)]) == 1

    assert capsys.readouterr().out.splitlines() == [
        f"{spoilt / NEAR_MISS}:{line_of(files, 'status:')}: status: This word is not on the list. "
        "Write 'draft', 'pilot', 'published' or 'retired'.",
        f"{missing}:1: file: This cannot be read: No such file or directory. Name the folder of a pack.",
    ]


def test_it_runs_as_a_module_without_the_application():
    code = (
        "import runpy, sys; sys.argv[1:] = ['check']\n"
        "try: runpy.run_module('scenarios', run_name='__main__')\n"
        "except SystemExit as done: status = done.code\n"
        "loaded = {name.partition('.')[0] for name in sys.modules}\n"
        "sys.exit(status or sorted(loaded & {'app', 'flask', 'sqlalchemy', 'pandas'}) or 0)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("no problem\n")
