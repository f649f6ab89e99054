"""`python -m reports gold`: how near raters come to agreed scores, without a verdict."""

import argparse
from typing import Any

from reports.commands.options import add_json, add_scale, scale_of
from reports.commands.printing import as_json, counted, entry, plain
from reports.raters.gold import Accuracy, accuracy
from reports.ratings.checking import Where
from reports.ratings.frames import column_of, read_frame
from reports.showing import state_of_accuracy

MEASURES = ("exact", "adjacent", "bias", "mean_absolute_error", "halo", "centrality")


def add_to(commands: Any) -> None:
    """Add this command to the others."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "gold",
        help="how near raters come to gold scores",
        description="Accuracy against gold scores: exact, adjacent, bias, mean absolute error, halo index, "
        "centrality and coverage errors. The file has the columns unit (the vignette), rater, criterion and "
        "score; the gold scores come from a second file with unit, criterion and score. An empty score is "
        '"not observed". Measures only: whether somebody is good enough is not decided here.',
    )
    parser.add_argument("file", metavar="FILE", help="the ratings: a CSV, Excel or Parquet file")
    parser.add_argument(
        "--gold", required=True, metavar="FILE", help="the gold scores: unit, criterion, score"
    )
    add_scale(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> str:
    """Compare, and put into words or JSON."""
    rows, where = _rows(options.file, ("rater", "unit", "criterion", "score"))
    gold, gold_where = _rows(options.gold, ("unit", "criterion", "score"))
    scale = scale_of(options)
    found = accuracy(rows, gold, scale=scale, where=where, gold_where=gold_where)
    if options.json:
        raters = {str(rater): _in_json(of) for rater, of in found.items()}
        return as_json({"file": options.file, "gold": options.gold, "raters": raters})
    lines = [
        f"{options.file}: {counted(len(rows), 'rating')} of {counted(len(found), 'rater')} beside "
        f"{counted(len(gold), 'gold score')} of {options.gold}, scale {scale}"
    ]
    for rater, of in found.items():
        lines += ["", str(rater), *_in_words(of)]
    return "\n".join(lines)


def _rows(file: str, names: tuple[str, ...]) -> tuple[list[tuple[object, ...]], Where]:
    frame, numbers = read_frame(file)
    return list(zip(*(column_of(frame, name, file) for name in names), strict=True)), Where(file, numbers)


def _in_json(of: Accuracy) -> dict[str, Any]:
    measures = {name: getattr(of, name) for name in MEASURES}
    entries = {name: entry(one, state_of_accuracy(one)) for name, one in measures.items()}
    return entries | {"coverage": plain(of.coverage) | {"errors": of.coverage.errors}}


def _in_words(of: Accuracy) -> list[str]:
    lines = [
        f"  {name.replace('_', ' '):<22} {state_of_accuracy(getattr(of, name)).sentence}" for name in MEASURES
    ]
    coverage = of.coverage
    lines.append(
        f"  {'coverage errors':<22} {coverage.errors}: scored though not observed "
        f"{coverage.scored_though_not_observed}, "
        f"not observed though scored {coverage.not_observed_though_scored}"
    )
    return lines
