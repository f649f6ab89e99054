"""`python -m reports agreement`: how far raters agree, and how much of their scores is about candidates."""

import argparse
from pathlib import Path
from typing import Any, TypeAlias

from reports.agreement.alpha import LEVELS
from reports.commands.options import (
    COLUMNS,
    about,
    about_in_json,
    add_output,
    add_ratings,
    read_ratings,
    scale_of,
)
from reports.commands.printing import Row, as_json, counted, entry, footnotes, plain, table, table_of_numbers
from reports.commands.progress import Progress
from reports.counting.bootstrap import SAMPLES
from reports.measure import Measured, measure
from reports.ratings.tables import Label, Ratings, Scale
from reports.reliability.dstudy import DStudy
from reports.results import Statistic, Tally
from reports.showing import Statement, state, state_of_rater

_Scope: TypeAlias = tuple[str | None, Label | None, Ratings]
_Part: TypeAlias = tuple[str | None, Label | None, Measured]

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
        _check_line(options, ratings.scale)
        if options.by and not ratings.criteria:
            raise ValueError(f"{options.file}: there is no column 'criterion' to go by.")
        scopes: list[_Scope] = []
        for name, some in ratings.by_format():
            scopes.append((name, None, some))
            scopes += [(name, label, some.on(label)) for label in (some.criteria if options.by else ())]
        parts: list[_Part] = []
        for name, criterion, some in scopes:
            progress.step("Measuring", len(parts), len(scopes))
            parts.append((name, criterion, _measured(some, options)))
    if options.json:
        return as_json(about_in_json(ratings, options.file) | _in_json(parts))
    lines, said = about(ratings, options.file), list[Statement]()
    for name, criterion, measured in parts:
        title = "All ratings" if criterion is None else f"Criterion {criterion}"
        lines += ["", f"{title}, {name} interviews" if name else title]
        rows = _rows(measured, options.level, of_criterion=criterion is not None)
        said += [statement for _, statement in rows]
        lines += _in_words(measured, rows, every=options.all)
    notes = [] if options.all else footnotes(said)
    return "\n".join([*lines, *([""] if notes else []), *notes])


def _of_a_folder(options: argparse.Namespace) -> str:
    from reports.counting.partitions import measure_folder

    _check_line(options, scale_of(options))
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
            least_shared=options.least_shared,
            workers=options.workers,
            on_progress=progress.step,
        )
    if options.json:
        return as_json(
            {"file": options.file, "ratings": found.ratings, "partitions": found.partitions}
            | {"absent": found.absent, "left_out": list(found.left_out)}
            | _entries(found.measured, of_criterion=False)
        )
    read = [
        f"{options.file}: {counted(found.ratings, 'rating')} in {counted(found.partitions, 'partition')}, "
        f"scale {scale_of(options)}"
    ]
    read += [f"Ratings not given (empty scores): {found.absent}"] if found.absent else []
    read += [f"Left out: {', '.join(found.left_out)}"] if found.left_out else []
    rows = _rows(found.measured, options.level, of_criterion=False)
    lines = [*read, "", *_in_words(found.measured, rows, every=options.all)]
    notes = [] if options.all else footnotes(statement for _, statement in rows)
    return "\n".join([*lines, *([""] if notes else []), *notes])


def _check_line(options: argparse.Namespace, scale: Scale) -> None:
    """Refuse a line that everybody is above, or nobody."""
    if options.at_line is not None and not scale.low < options.at_line <= scale.high:
        raise ValueError(
            f"--at-line {options.at_line:g}: no line on a scale of {scale}. "
            f"Give a score above {scale.low:g}, up to {scale.high:g}."
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


def _in_json(parts: list[_Part]) -> dict[str, Any]:
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


def _rows(measured: Measured, level: str, *, of_criterion: bool) -> list[Row]:
    """The statistics that are told first, and what may be said of them."""
    wanted = [measured.statistics.get(template.format(level=level)) for template in HEADLINES]
    found = [one for one in wanted if isinstance(one, Statistic)]
    return [(one.key, state(one, measured.tally, of_criterion=of_criterion)) for one in found]


def _in_words(measured: Measured, rows: list[Row], *, every: bool) -> list[str]:
    return [_counts(measured.tally), "", *(_every_number(measured) if every else table("statistic", rows))]


def _every_number(measured: Measured) -> list[str]:
    rows: list[tuple[str, Statistic]] = []
    for key, found in measured.statistics.items():
        if isinstance(found, Statistic):
            rows.append((key, found))
        else:
            rows += [(f"{key} {rater}", one) for rater, one in found.items()]
    return [
        "Every number, also those too early or too unsteady to be shown to anybody",
        *table_of_numbers(rows),
    ]


def _counts(tally: Tally) -> str:
    if not tally.pairs:
        return "Nothing has two ratings"
    return (
        f"{counted(tally.candidates_rated_twice, 'unit')} with two ratings or more; "
        f"of {counted(tally.pairs, 'pair')} of ratings {tally.same} the same, "
        f"{tally.within_one} within one point"
    )
