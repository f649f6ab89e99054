"""`python -m scenarios`: check packs, put their files into the canonical layout, print what there is."""

import argparse
import sys
from pathlib import Path

from scenarios import grid, templates
from scenarios.checking import check_folder, files_of, formatted, problems_of_all
from scenarios.loader import load_pack, shipped_packs
from scenarios.problems import PackError


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 means that a pack has a problem."""
    parser = argparse.ArgumentParser(prog="python -m scenarios", description="Look after scenario packs.")
    commands = parser.add_subparsers(required=True, dest="command", metavar="check | format | grid")
    checking = commands.add_parser("check", help="read packs, ask every gate, and print every problem")
    formatting = commands.add_parser("format", help="write packs in the canonical layout")
    formatting.add_argument("--check", action="store_true", help="only name the files that differ")
    for command in (checking, formatting):
        command.add_argument(
            "paths", nargs="*", type=Path, metavar="PATH", help="a pack folder; else all shipped"
        )
    printing = commands.add_parser("grid", help="print which kinds there are for which settings")
    printing.add_argument("--write", action="store_true", help="renew the table in the README")
    chosen = parser.parse_args(arguments)
    if chosen.command == "check":
        return check(chosen.paths)
    if chosen.command == "format":
        return format_files(chosen.paths, only_check=chosen.check)
    return print_grid(write=chosen.write)


def check(paths: list[Path]) -> int:
    """Print every problem of the packs in these folders, or how many are sound; of all shipped if none."""
    checked = [check_folder(path) for path in paths or shipped_packs()]
    readings = [reading for reading, _ in checked]
    problems = [problem for _, found in checked for problem in found]
    if not paths:
        problems += problems_of_all(readings)
        problems += templates.problems_of_shipped(readings)
    for problem in problems:
        print(problem)
    if not problems:
        scenarios = sum(len(reading.scenarios) for reading in readings)
        vignettes = sum(len(reading.vignettes) for reading in readings)
        counts = [_count(len(readings), "pack"), _count(scenarios, "scenario")]
        if vignettes:
            counts.append(_count(vignettes, "vignette"))
        print(f"{', '.join(counts)}: no problem")
        if not paths:
            print(f"{_count(len(templates.shipped_templates()), 'loop template')}: no problem")
    return int(bool(problems))


def format_files(paths: list[Path], *, only_check: bool) -> int:
    """Put the files of these packs into the canonical layout, or only name those that differ."""
    failed, differ = False, 0
    for file in files_of(paths or shipped_packs()):
        try:
            before = file.read_bytes()
            after = formatted(before, str(file))
        except OSError as error:
            failed = True
            print(
                f"{file}:1: file: This cannot be read: {error.strerror}. Name a folder or one of its files."
            )
        except PackError as error:
            failed = True
            print(error)
        else:
            if before != after:
                differ += 1
                print(f"{file}: {'not in the canonical layout' if only_check else 'formatted'}")
                if not only_check:
                    file.write_bytes(after)
    if not failed and not differ:
        print("Every file is in the canonical layout.")
    return int(failed or (only_check and differ > 0))


def print_grid(*, write: bool) -> int:
    """Print the coverage grid of the shipped packs, or write it into the README."""
    scenarios = [scenario for path in shipped_packs() for scenario in load_pack(path).scenarios]
    table = grid.table(scenarios)
    if write:
        grid.README.write_text(grid.with_table(grid.README.read_text(), table))
    else:
        print(table, end="")
    return 0


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


if __name__ == "__main__":
    sys.exit(main())
