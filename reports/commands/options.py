"""Options that several commands share, and reading the ratings that they name."""

import argparse
from typing import Any

from reports.commands.printing import counted
from reports.ratings.files import read
from reports.ratings.tables import INDEPENDENT, Ratings, Scale

COLUMNS = (
    "The file (CSV, Excel, Parquet, or a JSON export of scorecards) has a row for each rating with the "
    "columns unit (who was judged), rater and score, and optionally criterion, stage, format (panel or "
    "separate), day and phase; an empty score is a rating that was not given."
)


def add_ratings(parser: argparse.ArgumentParser) -> None:
    """Which file, on which scale, which of its rows."""
    parser.add_argument("file", metavar="FILE", help="a CSV, Excel or Parquet file, or scorecards in JSON")
    add_scale(parser)
    parser.add_argument(
        "--phase",
        default=INDEPENDENT,
        help=f"which phase, where there is such a column (default: {INDEPENDENT})",
    )


def add_scale(parser: argparse.ArgumentParser) -> None:
    """The scale, which is never guessed from the scores that occur."""
    parser.add_argument("--scale", default="1:5", metavar="LOW:HIGH", help="the known scale (default: 1:5)")
    parser.add_argument("--step", default="1", help="distance of two points (default: 1); any for any number")


def add_output(parser: argparse.ArgumentParser) -> None:
    """As JSON or as a table, and which draws."""
    parser.add_argument(
        "--seed", default="agreement", help="any text; the same text draws the same intervals"
    )
    add_json(parser)


def add_json(parser: argparse.ArgumentParser) -> None:
    """As JSON or as a table."""
    parser.add_argument("--json", action="store_true", help="full precision, for programs")


def scale_of(options: argparse.Namespace) -> Scale:
    """The scale that was told."""
    return Scale.parse(options.scale, options.step)


def read_ratings(options: argparse.Namespace) -> Ratings:
    """Read the ratings that the options name."""
    return read(options.file, scale=scale_of(options), phase=options.phase)


def about(ratings: Ratings, file: str) -> list[str]:
    """Say what was read, and what was not."""
    on = f" on {counted(len(ratings.criteria), 'criterion', 'criteria')}" if ratings.criteria else ""
    at = f" in {counted(len(ratings.stages), 'stage')}" if ratings.stages else ""
    lines = [
        f"{file}: {counted(len(ratings), 'rating')} of {counted(len(ratings.units), 'unit')} "
        f"by {counted(len(ratings.raters), 'rater')}{on}{at}, scale {ratings.scale}"
    ]
    if ratings.absent:
        lines.append(f"Ratings not given (empty scores): {ratings.absent}")
    if ratings.unused_columns:
        lines.append(f"Columns not used: {', '.join(ratings.unused_columns)}")
    if ratings.left_out:
        lines.append(f"Left out: {', '.join(ratings.left_out)}")
    return lines


def about_in_json(ratings: Ratings, file: str) -> dict[str, Any]:
    """The same for programs."""
    return {
        "file": file,
        "ratings": len(ratings),
        "absent": ratings.absent,
        "unused_columns": list(ratings.unused_columns),
        "left_out": list(ratings.left_out),
    }
