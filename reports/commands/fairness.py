"""`python -m reports fairness`: whether groups pass at different rates, and whether that can be told."""

import argparse
from collections.abc import Sequence
from typing import Any

from reports.commands.options import add_output
from reports.commands.printing import as_json, counted, plain
from reports.fairness.adverse_impact import AdverseImpact, Comparison, GroupFigures, adverse_impact
from reports.fairness.decisions import from_frame
from reports.ratings.frames import read_frame
from reports.results import Statistic


def add_to(commands: Any) -> None:
    """Add this command to the others."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "fairness",
        help="whether groups pass at different rates",
        description="Selection rates by group, their ratio to the highest (the four-fifths rule of 29 CFR "
        "1607.4(D)), an exact test, and whether there are people enough to say. The file has a row for each "
        "decision with the columns unit, group (may be empty) and outcome (yes or no), and optionally stage, "
        "criterion and job. Groups under five people are not shown.",
    )
    parser.add_argument("file", metavar="FILE", help="a CSV, Excel or Parquet file")
    add_output(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> str:
    """Compare, and put into words or JSON."""
    frame, rows = read_frame(options.file)
    decisions = from_frame(frame, file=options.file, rows=rows)
    found = adverse_impact(decisions, seed=options.seed)
    if options.json:
        return as_json({"file": options.file, "decisions": len(decisions)} | plain(found))
    return "\n".join([f"{options.file}: {counted(len(decisions), 'decision')}", *_in_words(found)])


def _in_words(found: AdverseImpact) -> list[str]:
    lines: list[str] = []
    for one in (found.overall, *found.comparisons):
        lines += ["", _title(one), *_groups(one.groups)]
        if one.not_stated:
            lines.append(f"Group not stated: {one.not_stated}")
        lines.append(f"{str(one.finding).capitalize()}. {one.because}")
    return lines


def _title(one: Comparison) -> str:
    if one.stage is None and one.criterion is None:
        return "All decisions on a candidate together"
    stage = f"Stage {one.stage}" if one.stage is not None else None
    criterion = f"criterion {one.criterion}" if one.criterion is not None else None
    title = ", ".join(filter(None, (stage, criterion)))
    return title[0].upper() + title[1:]


def _groups(groups: Sequence[GroupFigures]) -> list[str]:
    """A row for each group, the columns as wide as what is in them."""
    within_jobs = any(group.impact_ratio_within_jobs for group in groups)
    heading = [
        "group",
        "passed",
        "rate",
        "ratio to the highest",
        *(["within jobs"] if within_jobs else []),
        "",
    ]
    rows = [heading] + [
        _cells(group, within_jobs=within_jobs) for group in groups if group.people is not None
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    hidden = [
        f"{group.group!s:<{widths[0]}}  {group.selection_rate.undefined_because}"
        for group in groups
        if group.people is None
    ]
    shown = ["  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)) for row in rows]
    return [line.rstrip() for line in shown if len(shown) > 1] + hidden


def _cells(group: GroupFigures, *, within_jobs: bool) -> list[str]:
    """A group that others are compared with has no ratio and no finding of its own."""
    ratios = [group.impact_ratio, *([group.impact_ratio_within_jobs] if within_jobs else [])]
    compared = [_written(one, ".2f") if group.finding else "" for one in ratios]
    passed = f"{group.passed} of {group.people}"
    return [str(group.group), passed, _written(group.selection_rate, ".0%"), *compared, group.finding or ""]


def _written(one: Statistic | None, form: str) -> str:
    if one is None or one.value is None:
        return "undefined"
    interval = f" ({one.ci[0]:{form}} to {one.ci[1]:{form}})" if one.ci else ""
    return f"{one.value:{form}}{interval}"
