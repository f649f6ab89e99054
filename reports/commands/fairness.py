"""`python -m reports fairness`: whether groups pass at different rates, and whether that can be told."""

import argparse
from typing import Any

from reports.commands.options import add_output
from reports.commands.printing import as_json, plain
from reports.fairness.adverse_impact import AdverseImpact, Comparison, GroupFigures, adverse_impact
from reports.fairness.decisions import from_frame
from reports.ratings.frames import read_frame


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
    return "\n".join([f"{options.file}: {len(decisions)} decisions", *_in_words(found)])


def _in_words(found: AdverseImpact) -> list[str]:
    lines: list[str] = []
    for one in (found.overall, *found.comparisons):
        lines += ["", _title(one)]
        lines += [_of_group(group) for group in one.groups]
        if one.not_stated:
            lines.append(f"Group not stated: {one.not_stated}")
        lines.append(f"{str(one.finding).capitalize()}. {one.because}")
    return lines


def _title(one: Comparison) -> str:
    if one.stage is None and one.criterion is None:
        return "All decisions on a candidate together"
    parts = [f"Stage {one.stage}" if one.stage is not None else "", f"criterion {one.criterion}"]
    return ", ".join(part for part in (parts[0], parts[1] if one.criterion is not None else "") if part)


def _of_group(group: GroupFigures) -> str:
    rate, ratio = group.selection_rate, group.impact_ratio
    if group.people is None or rate.value is None:
        return f"{group.group!s:<24} {rate.undefined_because}"
    said = f"{group.passed} of {group.people} passed, {_share(rate.value, rate.ci)}"
    if group.finding is None or ratio.value is None:
        return f"{group.group!s:<24} {said}"
    return (
        f"{group.group!s:<24} {said}; ratio to the highest {_number(ratio.value, ratio.ci)}: {group.finding}"
    )


def _share(value: float, ci: tuple[float, float] | None) -> str:
    return f"{value:.0%}" + (f" ({ci[0]:.0%} to {ci[1]:.0%})" if ci else "")


def _number(value: float, ci: tuple[float, float] | None) -> str:
    return f"{value:.2f}" + (f" ({ci[0]:.2f} to {ci[1]:.2f})" if ci else "")
