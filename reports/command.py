"""The command line: ratings from a CSV file, statistics as a readable table or as JSON."""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from reports.agreement import measure
from reports.counts import tally
from reports.files import read_csv
from reports.results import Statistic, Tally
from reports.showing import Display, state
from reports.tables import Ratings, Scale

REFUSED = 2


def main(arguments: Sequence[str]) -> int:
    """Run a command; a table that cannot be used is one line on the error stream and exit code 2."""
    options = _parser().parse_args(arguments)
    try:
        ratings = read_csv(options.file, scale=Scale.parse(options.scale, options.step))
        if options.by and not ratings.criteria:
            raise ValueError(f"{options.file}: there is no column 'criterion' to go by.")
    except ValueError as problem:
        print(problem, file=sys.stderr)
        return REFUSED
    print(_as_json(ratings, options) if options.json else _as_text(ratings, options))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m reports", description="Statistics about ratings in a file."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    agreement = commands.add_parser(
        "agreement",
        help="how far raters agree",
        description="How far raters agree. The file has a row for each rating with the columns unit (who was "
        "judged), rater, score and, optionally, criterion; an empty score is a rating that was not given.",
    )
    agreement.add_argument("file", metavar="FILE", help="a CSV file in UTF-8")
    agreement.add_argument(
        "--scale", default="1:5", metavar="LOW:HIGH", help="the known scale (default: 1:5)"
    )
    agreement.add_argument("--step", default=1.0, type=float, help="distance of two levels (default: 1)")
    agreement.add_argument("--by", choices=["criterion"], help="also for each criterion alone")
    agreement.add_argument(
        "--seed", default="agreement", help="any text; the same text draws the same intervals"
    )
    agreement.add_argument("--json", action="store_true", help="full precision, for programs")
    return parser


def _scopes(ratings: Ratings, options: argparse.Namespace) -> list[tuple[str | None, Ratings]]:
    """All ratings together and, if asked, those on each criterion."""
    by_criterion = ratings.criteria if options.by else ()
    return [(None, ratings), *((str(label), ratings.on(label)) for label in by_criterion)]


def _as_json(ratings: Ratings, options: argparse.Namespace) -> str:
    found: dict[str, Any] = {
        "file": options.file,
        "ratings": len(ratings),
        "absent": ratings.absent,
        "unused_columns": list(ratings.unused_columns),
    }
    for criterion, some in _scopes(ratings, options):
        statistics = measure(some, seed=options.seed)
        entry = {"statistics": _entries(statistics, tally(some), of_criterion=criterion is not None)}
        if criterion is None:
            found |= entry
        else:
            found.setdefault("criteria", {})[criterion] = entry
    return json.dumps(found, indent=2, allow_nan=False, ensure_ascii=False)


def _entries(statistics: Mapping[str, Statistic], counted: Tally, *, of_criterion: bool) -> dict[str, Any]:
    entries = {}
    for key, statistic in statistics.items():
        statement = state(statistic, counted, of_criterion=of_criterion)
        shown = statement.display in (Display.NUMBER, Display.BAND)
        entries[key] = {
            "value": statistic.value,
            "se": statistic.se,
            "ci": statistic.ci,
            "ci_level": statistic.ci_level,
            "n_units": statistic.n_units,
            "n_candidates": statistic.n_candidates,
            "n_raters": statistic.n_raters,
            "method": statistic.method,
            "undefined_because": statistic.undefined_because,
            "display": "show" if shown else "withhold",
            "statement": statement.sentence,
        }
    return entries


def _as_text(ratings: Ratings, options: argparse.Namespace) -> str:
    lines = [
        f"{options.file}: {len(ratings)} ratings of {len(ratings.units)} units by {len(ratings.raters)} "
        f"raters, scale {ratings.scale}"
    ]
    if ratings.absent:
        lines.append(f"Ratings not given (empty scores): {ratings.absent}")
    if ratings.unused_columns:
        lines.append(f"Columns not used: {', '.join(ratings.unused_columns)}")
    for criterion, some in _scopes(ratings, options):
        counted = tally(some)
        lines += ["", f"Criterion {criterion}" if criterion is not None else "All ratings"]
        lines.append(
            f"{counted.candidates_rated_twice} units with two ratings or more; of {counted.pairs} pairs of "
            f"ratings {counted.same} are the same, {counted.within_one} within one point"
        )
        lines.append(f"{'statistic':<32}{'value':>7}  {'95% interval':<18}  what a page may say")
        for statistic in measure(some, seed=options.seed).values():
            said = state(statistic, counted, of_criterion=criterion is not None).sentence
            if statistic.undefined_because and statistic.undefined_because not in said:
                said = f"{statistic.undefined_because} {said}"
            lines.append(f"{statistic.key:<32}{_value(statistic):>7}  {_interval(statistic):<18}  {said}")
    return "\n".join(lines)


def _value(statistic: Statistic) -> str:
    return "" if statistic.value is None else f"{statistic.value:.3f}"


def _interval(statistic: Statistic) -> str:
    return "" if statistic.ci is None else f"{statistic.ci[0]:.3f} to {statistic.ci[1]:.3f}"
