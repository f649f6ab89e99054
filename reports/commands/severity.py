"""`python -m reports severity`: how high each rater scores beside those who saw the same candidates."""

import argparse
from collections.abc import Mapping
from typing import Any

from reports.commands.options import COLUMNS, about, add_output, add_ratings, by_format, read_ratings
from reports.commands.printing import as_json, entry, line, line_of_number, of_formats, plain
from reports.raters.habits import Habits, habits
from reports.raters.mfrm import fit_jmle, fit_marginal
from reports.raters.mfrm_results import RatingScaleModel
from reports.raters.severity import Severities, severities
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
    add_output(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> str:
    """Measure, and put into words or JSON."""
    ratings = read_ratings(options)
    parts = list(by_format(ratings))
    if options.json:
        return as_json(of_formats({name: _in_json(some, options.model) for name, some in parts}))
    lines = about(ratings, options.file)
    for name, some in parts:
        lines += ["", f"{name.capitalize()} interviews"] if name else [""]
        lines += _of_the_model(some) if options.model == "mfrm" else _in_words(some)
    return "\n".join(lines)


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
    lines.append(f"{'rater, shared candidates':<36} {'1 level lower':<12} {'1 level higher':>12}")
    for rater, found in placed.statistics.items():
        said = _said(placed, rater, found)
        lines.append(line(f"{rater}, {placed.shared[rater]}", said, ends=(-1.0, 1.0)))
    return lines + _habits_in_words(habit)


def _habits_in_words(habit: Habits) -> list[str]:
    named = {rater: flags for rater, flags in habit.flags.items() if flags}
    if not named:
        return ["", "No habit stands out beyond chance."]
    lines = ["", "Habits that stand out beyond chance; each a question to ask, not a fault"]
    for rater, flags in named.items():
        words = [f"{flag.habit} ({flag.statistic.method})" for flag in flags]
        lines.append(f"{rater}: {', '.join(words)}")
    return lines


def _of_the_model(ratings: Ratings) -> list[str]:
    """Logits are for experts, who are given every number."""
    joint, marginal = fit_jmle(ratings), fit_marginal(ratings)
    lines: list[str] = []
    for title, model in (("Joint maximum likelihood", joint), ("Marginal maximum likelihood", marginal)):
        lines += [title, *_of_one(model), ""]
    return lines[:-1]


def _of_one(model: RatingScaleModel) -> list[str]:
    if model.undefined_because:
        return [model.undefined_because]
    lines = []
    for rater, severity in model.severity.items():
        fit = [f"{name} {of[rater].value:.2f}" for name, of in _fits(model) if of[rater].value is not None]
        lines.append("  ".join([line_of_number(str(rater), severity), *fit]))
    return lines


def _fits(model: RatingScaleModel) -> list[tuple[str, Mapping[Label, Statistic]]]:
    return [(name, of) for name, of in (("infit", model.infit), ("outfit", model.outfit)) if of]
