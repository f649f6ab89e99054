"""`python -m scenarios check [PATH...]`: read packs and say everything that is wrong with them."""

import argparse
import sys
from pathlib import Path

from scenarios.loader import load_pack, shipped_packs
from scenarios.problems import PackError


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 means that a pack has a problem."""
    parser = argparse.ArgumentParser(prog="python -m scenarios", description="Look after scenario packs.")
    commands = parser.add_subparsers(required=True, metavar="check")
    command = commands.add_parser("check", help="read packs and print every problem")
    command.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="a pack folder; else all shipped"
    )
    return check(parser.parse_args(arguments).paths or shipped_packs())


def check(paths: list[Path]) -> int:
    """Print every problem of the packs in these folders, or how many are sound."""
    packs = []
    failed = False
    for path in paths:
        try:
            packs.append(load_pack(path))
        except PackError as error:
            failed = True
            print(error)
    if not failed:
        scenarios = sum(len(pack.scenarios) for pack in packs)
        print(f"{_count(len(packs), 'pack')}, {_count(scenarios, 'scenario')}: no problem")
    return int(failed)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


if __name__ == "__main__":
    sys.exit(main())
