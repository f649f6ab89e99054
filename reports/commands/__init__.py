"""The command line: statistics on a file of ratings, as a readable table or as JSON."""

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import Any

from reports.commands.agreement import add_to as add_agreement
from reports.commands.dstudy import add_to as add_dstudy
from reports.commands.fairness import add_to as add_fairness
from reports.commands.gold import add_to as add_gold
from reports.commands.severity import add_to as add_severity

REFUSED = 2
COMMANDS: tuple[Callable[[Any], None], ...] = (
    add_agreement,
    add_severity,
    add_dstudy,
    add_fairness,
    add_gold,
)


def main(arguments: Sequence[str]) -> int:
    """Run a command; a table that cannot be used is one line on the error stream and exit code 2."""
    parser = argparse.ArgumentParser(
        prog="python -m reports", description="Statistics about ratings in a file."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for add in COMMANDS:
        add(commands)
    options = parser.parse_args(arguments)
    try:
        print(options.run(options))
    except ValueError as problem:
        print(problem, file=sys.stderr)
        return REFUSED
    return 0
