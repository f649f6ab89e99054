"""Options that several commands share, and reading the ratings that they name."""

import argparse
from collections.abc import Iterator

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
    parser.add_argument("--scale", default="1:5", metavar="LOW:HIGH", help="the known scale (default: 1:5)")
    parser.add_argument(
        "--step", default=1.0, type=float, help="distance of two points (default: 1); 0 for any number"
    )
    parser.add_argument(
        "--phase",
        default=INDEPENDENT,
        help=f"which phase, where there is such a column (default: {INDEPENDENT})",
    )


def add_output(parser: argparse.ArgumentParser) -> None:
    """As JSON or as a table, and which draws."""
    parser.add_argument(
        "--seed", default="agreement", help="any text; the same text draws the same intervals"
    )
    parser.add_argument("--json", action="store_true", help="full precision, for programs")


def scale_of(options: argparse.Namespace) -> Scale:
    """The scale that was told; a step of 0 means any number."""
    return Scale.parse(options.scale, options.step or None)


def read_ratings(options: argparse.Namespace) -> Ratings:
    """Read the ratings that the options name."""
    return read(options.file, scale=scale_of(options), phase=options.phase)


def by_format(ratings: Ratings) -> Iterator[tuple[str | None, Ratings]]:
    """All ratings, or those of panel and of separate interviews apart: the two are never mixed."""
    return ratings.by_format()


def about(ratings: Ratings, file: str) -> list[str]:
    """Say what was read, and what was not."""
    lines = [
        f"{file}: {len(ratings)} ratings of {len(ratings.units)} units by {len(ratings.raters)} raters, "
        f"scale {ratings.scale}"
    ]
    if ratings.absent:
        lines.append(f"Ratings not given (empty scores): {ratings.absent}")
    if ratings.unused_columns:
        lines.append(f"Columns not used: {', '.join(ratings.unused_columns)}")
    return [*lines, *ratings.left_out]
