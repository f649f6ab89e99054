"""`python -m reports agreement`: how far raters agree, and how much of their scores is about candidates."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reports.agreement.alpha import LEVELS
from reports.commands.options import (
    COLUMNS,
    about,
    add_output,
    add_ratings,
    by_format,
    read_ratings,
    scale_of,
)
from reports.commands.printing import as_json, entry, line, line_of_number, plain
from reports.commands.progress import Progress
from reports.measure import SAMPLES, Measured, measure
from reports.ratings.tables import Label, Ratings
from reports.reliability.dstudy import DStudy
from reports.results import Statistic, Tally
from reports.showing import Statement, state, state_of_rater

HEADLINES = (
    "percent_agreement",
    "percent_agreement_adjacent",
    "percent_agreement_at_line",
    "gwet_ac1_at_line",
    "krippendorff_alpha_{level}",
    "gwet_ac2_quadratic",
    "mean_pairwise_kappa_quadratic",
    "cohen_kappa_quadratic",
    "g_q_k",
    "icc_c_1_reml",
)


def add_to(commands: Any) -> None:
    """Add this command to the others."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "agreement",
        help="how far raters agree",
        description=f"How far raters agree, and how reliable their scores are. {COLUMNS} A folder of Parquet "
        "files partitioned by employer is counted where it lies.",
    )
    add_ratings(parser)
    parser.add_argument(
        "--level", choices=LEVELS, default="ordinal", help="level of measurement of alpha in the table"
    )
    parser.add_argument("--by", choices=["criterion"], help="also for each criterion alone")
    parser.add_argument("--at-line", type=float, metavar="SCORE", help="agreement on being at or above SCORE")
    parser.add_argument(
        "--bootstrap", type=int, default=SAMPLES, metavar="N", help=f"samples (default: {SAMPLES}; 0: none)"
    )
    parser.add_argument(
        "--least-shared",
        type=int,
        default=1,
        metavar="N",
        help="things a pair must share for its kappa",
    )
    parser.add_argument(
        "--all", action="store_true", help="every statistic and the many-facet model, whatever may be shown"
    )
    parser.add_argument(
        "--workers", metavar="ADDRESS", help="a scheduler such as tcp://host:8786, for a folder"
    )
    add_output(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> str:
    """Measure, and put into words or JSON."""
    if Path(options.file).is_dir():
        return _of_a_folder(options)
    if options.workers:
        raise ValueError("--workers counts a folder of Parquet files; a single file needs no other machines.")
    with Progress() as progress:
        progress.step("Reading")
        ratings = read_ratings(options)
        if options.by and not ratings.criteria:
            raise ValueError(f"{options.file}: there is no column 'criterion' to go by.")
        parts = []
        for name, some in by_format(ratings):
            scopes = [
                (None, some),
                *((label, some.on(label)) for label in (some.criteria if options.by else ())),
            ]
            for criterion, of_scope in scopes:
                progress.step(f"Measuring{f' {criterion}' if criterion is not None else ''}")
                parts.append((name, criterion, _measured(of_scope, options)))
    if options.json:
        return as_json(_about_in_json(ratings, options) | _in_json(parts))
    lines = about(ratings, options.file)
    for name, criterion, measured in parts:
        title = "All ratings" if criterion is None else f"Criterion {criterion}"
        lines += ["", f"{title}, {name} interviews" if name else title]
        lines += _in_words(measured, options, of_criterion=criterion is not None)
    return "\n".join(lines)


def _of_a_folder(options: argparse.Namespace) -> str:
    from reports.counting.partitions import measure_folder

    if options.by:
        raise ValueError("A folder is measured as a whole; --by criterion is for a single file.")
    with Progress() as progress:
        found = measure_folder(
            Path(options.file),
            scale=scale_of(options),
            seed=options.seed,
            samples=options.bootstrap,
            phase=options.phase,
            at_line=options.at_line,
            workers=options.workers,
            on_progress=progress.step,
        )
    if options.json:
        return as_json(
            {"file": options.file, "ratings": found.ratings, "partitions": found.partitions}
            | _entries(found.measured, of_criterion=False)
        )
    counted = (
        f"{options.file}: {found.ratings} ratings in {found.partitions} partitions, scale {scale_of(options)}"
    )
    return "\n".join(
        [f"{options.file}: {counted}", "", *_in_words(found.measured, options, of_criterion=False)]
    )


def _measured(ratings: Ratings, options: argparse.Namespace) -> Measured:
    return measure(
        ratings,
        seed=options.seed,
        samples=options.bootstrap,
        at_line=options.at_line,
        least_shared=options.least_shared,
        every=options.all,
    )


def _about_in_json(ratings: Ratings, options: argparse.Namespace) -> dict[str, Any]:
    return {
        "file": options.file,
        "ratings": len(ratings),
        "absent": ratings.absent,
        "unused_columns": list(ratings.unused_columns),
        "left_out": list(ratings.left_out),
    }


def _in_json(parts: list[tuple[str | None, Any, Measured]]) -> dict[str, Any]:
    """Statistics of the whole, of each criterion and, where interviews were of both kinds, of each format."""
    found: dict[str, Any] = {}
    for name, criterion, measured in parts:
        place = found if name is None else found.setdefault("formats", {}).setdefault(name, {})
        entries = _entries(measured, of_criterion=criterion is not None)
        if criterion is None:
            place.update(entries)
        else:
            place.setdefault("criteria", {})[str(criterion)] = entries
    return found


def _entries(measured: Measured, *, of_criterion: bool) -> dict[str, Any]:
    entries: dict[str, Any] = {}
    for key, found in measured.statistics.items():
        if isinstance(found, Statistic):
            entries[key] = entry(found, state(found, measured.tally, of_criterion=of_criterion))
        else:
            entries[key] = {
                str(rater): entry(one, _said_of(rater, one, measured)) for rater, one in found.items()
            }
    entries["d_study"] = _study_in_json(measured.study)
    return {"statistics": entries, "groups": plain(measured.severities.components)}


def _study_in_json(study: DStudy) -> dict[str, Any]:
    found: dict[str, Any] = {"undefined_because": study.undefined_because}
    for panels, one in study.studies.items():
        found[panels] = {str(place.raters): {"value": place.value, "ci": place.ci} for place in one.curve}
        found[f"smallest_{panels}"] = {
            "target": one.target,
            "raters": one.raters_needed,
            "ci": one.raters_ci,
            "out_of_reach_because": one.out_of_reach_because,
        }
    return found


def _said_of(rater: Any, statistic: Statistic, measured: Measured) -> Statement:
    shared, co_raters = measured.severities.shared[rater], measured.severities.corated[rater]
    return state_of_rater(statistic, shared=shared, co_raters=co_raters)


def _in_words(measured: Measured, options: argparse.Namespace, *, of_criterion: bool) -> list[str]:
    lines = [_counts(measured.tally)]
    if options.all:
        lines.append("Every number follows, also those too early or too unsteady to be shown to anybody.")
        for key, found in measured.statistics.items():
            of_raters: Mapping[Label, Statistic] = {} if isinstance(found, Statistic) else found
            lines += [line_of_number(f"{key} {rater}", one) for rater, one in of_raters.items()]
            if isinstance(found, Statistic):
                lines.append(line_of_number(key, found))
        return lines
    for template in HEADLINES:
        key = template.format(level=options.level)
        statistic = measured.statistics.get(key)
        if isinstance(statistic, Statistic):
            lines.append(line(key, state(statistic, measured.tally, of_criterion=of_criterion)))
    return lines


def _counts(tally: Tally) -> str:
    return (
        f"{tally.candidates_rated_twice} units with two ratings or more; of {tally.pairs} pairs of ratings "
        f"{tally.same} are the same, {tally.within_one} within one point"
    )
