"""`python -m reports severity`: how high each rater scores beside those who saw the same candidates."""

import argparse
from collections.abc import Mapping
from typing import Any

from reports.commands.change import (
    chart_in_json,
    chart_in_words,
    debrief_in_json,
    debrief_in_words,
)
from reports.commands.options import (
    COLUMNS,
    about,
    about_in_json,
    add_output,
    add_ratings,
    read_ratings,
    scale_of,
)
from reports.commands.printing import as_json, counted, entry, of_formats, plain, table, table_of_numbers
from reports.commands.progress import Progress
from reports.raters.habits import Flag, Habits, habits
from reports.raters.mfrm import fit_jmle, fit_marginal
from reports.raters.mfrm_results import RatingScaleModel
from reports.raters.severity import Severities, severities
from reports.ratings.files import read
from reports.ratings.tables import Label, Ratings
from reports.results import Statistic
from reports.showing import Statement, state_of_rater

MODELS = ("linear", "mfrm")


def add_to(commands: Any) -> None:
    """Add this command to the others."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "severity",
        help="who scores higher or lower, and other habits",
        description="How high each rater scores beside those who saw the same candidates, in score points, "
        f"and habits such as halo or drift. A habit is a question to ask, not a fault. {COLUMNS}",
    )
    add_ratings(parser)
    parser.add_argument(
        "--model", choices=MODELS, default="linear", help="mfrm: the many-facet rating-scale model, in logits"
    )
    parser.add_argument("--after", metavar="PHASE", help="how this phase differs from --phase")
    parser.add_argument("--chart", metavar="RATER", help="one rater's distance from the others over time")
    add_output(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> str:
    """Measure, and put into words or JSON."""
    with Progress() as progress:
        progress.step("Reading")
        ratings = read_ratings(options)
        progress.step("Comparing raters")
        parts = list(ratings.by_format())
        if options.after:
            return _of_the_debrief(options, ratings, parts)
        if options.chart:
            return _of_time(options, ratings, parts)
        if options.json:
            found = of_formats({name: _in_json(some, options.model) for name, some in parts})
            return as_json({**about_in_json(ratings, options.file), **found})
        lines = about(ratings, options.file)
        for name, some in parts:
            lines += ["", f"{name.capitalize()} interviews"] if name else [""]
            lines += _of_the_model(some) if options.model == "mfrm" else _in_words(some)
        return "\n".join(lines)


def _of_the_debrief(
    options: argparse.Namespace, ratings: Ratings, parts: list[tuple[str | None, Ratings]]
) -> str:
    later = read(options.file, scale=scale_of(options), phase=options.after)
    pairs = [(name, some, later if name is None else later.in_format(name)) for name, some in parts]
    if options.json:
        found = of_formats({name: debrief_in_json(before, after) for name, before, after in pairs})
        return as_json({**about_in_json(ratings, options.file), **found})
    lines = about(ratings, options.file)
    for name, before, after in pairs:
        lines += ["", f"{name.capitalize()} interviews"] if name else [""]
        lines += debrief_in_words(before, after)
    return "\n".join(lines)


def _of_time(options: argparse.Namespace, ratings: Ratings, parts: list[tuple[str | None, Ratings]]) -> str:
    charts = [(name, some, _called(options.chart, some)) for name, some in parts]
    if options.json:
        found = of_formats({name: chart_in_json(some, rater) for name, some, rater in charts})
        return as_json({**about_in_json(ratings, options.file), **found})
    lines: list[str] = []
    for name, some, rater in charts:
        lines += [*([f"{name.capitalize()} interviews"] if name else []), *chart_in_words(some, rater), ""]
    return "\n".join(lines[:-1])


def _called(text: str, ratings: Ratings) -> Label:
    """The rater that a text names, be they named by words or numbers."""
    for rater in ratings.raters:
        if str(rater) == text:
            return rater
    raise ValueError(f"There is no rater {text}. There are {', '.join(map(str, ratings.raters))}.")


def _in_json(ratings: Ratings, model: str) -> dict[str, Any]:
    placed = severities(ratings)
    found: dict[str, Any] = {"statistics": {}, "groups": plain(placed.components)}
    for key, of_raters in _statistics(ratings, model, placed).items():
        found["statistics"][key] = {
            str(rater): entry(one, _said(placed, rater, one)) for rater, one in of_raters.items()
        }
    if model == "linear":
        habit = habits(ratings)
        found["flags"] = {str(rater): [flag.habit for flag in flags] for rater, flags in habit.flags.items()}
        found["not_judged_because"] = plain(habit.not_judged_because)
    return found


def _statistics(ratings: Ratings, model: str, placed: Severities) -> Mapping[str, Mapping[Label, Statistic]]:
    if model == "linear":
        return {"rater_blup": placed.statistics, **habits(ratings).statistics}
    joint, marginal = fit_jmle(ratings), fit_marginal(ratings)
    return {
        "mfrm_jmle_severity": joint.severity,
        "mfrm_jmle_infit": joint.infit,
        "mfrm_jmle_outfit": joint.outfit,
        "mfrm_mml_severity": marginal.severity,
    }


def _said(placed: Severities, rater: Label, statistic: Statistic) -> Statement:
    return state_of_rater(statistic, shared=placed.shared[rater], co_raters=placed.corated[rater])


def _in_words(ratings: Ratings) -> list[str]:
    placed, habit = severities(ratings), habits(ratings)
    lines = [placed.not_comparable_because] if placed.not_comparable_because else []
    reach = (ratings.scale.high - ratings.scale.low) / 4
    rows = [
        (f"{rater}, {placed.shared[rater]}", _said(placed, rater, one))
        for rater, one in placed.statistics.items()
    ]
    lines += table("rater, shared candidates", rows, ends=(-reach, reach), marks=f"−{reach:g} 0 +{reach:g}")
    return [*lines, "", *_habits_in_words(placed, habit)]


def _habits_in_words(placed: Severities, habit: Habits) -> list[str]:
    judged = [rater for rater in habit.flags if rater not in habit.not_judged_because]
    if not judged:
        return ["No habits are named: nobody shares enough candidates with enough others."]
    named = [
        f"{rater}: {flag.habit}. {_about(flag, placed, rater)}"
        for rater in judged
        for flag in habit.flags[rater]
    ]
    of = f"{len(judged)} of {counted(len(habit.flags), 'rater')} share enough candidates to be judged. "
    if not named:
        return [f"{of}No habit stands out beyond chance."]
    return [f"{of}What stands out beyond chance is a question to ask, not a fault.", *named]


def _about(flag: Flag, placed: Severities, rater: Label) -> str:
    said = _said(placed, rater, flag.statistic)
    return flag.statistic.method if said.value is None else f"{flag.statistic.method}: {said.sentence}"


def _of_the_model(ratings: Ratings) -> list[str]:
    """Logits are for experts, who are given every number."""
    joint, marginal = fit_jmle(ratings), fit_marginal(ratings)
    lines: list[str] = []
    for title, model in (("Joint maximum likelihood", joint), ("Marginal maximum likelihood", marginal)):
        lines += [f"{title}, in logits; above 0 is severe", *_of_one(model), ""]
    return lines[:-1]


def _of_one(model: RatingScaleModel) -> list[str]:
    if model.undefined_because:
        return [model.undefined_because]
    severity = table_of_numbers([(str(rater), one) for rater, one in model.severity.items()])
    if not model.infit:
        return severity
    fit = [
        "".join(f"  {_digits(of[rater]):>6}" for of in (model.infit, model.outfit))
        for rater in model.severity
    ]
    width = max(map(len, severity))
    return [
        f"{line:<{width}}{beside}" for line, beside in zip(severity, ["   infit  outfit", *fit], strict=True)
    ]


def _digits(statistic: Statistic) -> str:
    return "" if statistic.value is None else f"{statistic.value:.2f}"
