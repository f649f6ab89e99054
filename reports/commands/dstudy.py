"""`python -m reports dstudy`: how reliable panels would be with more or fewer raters or stages."""

import argparse
from dataclasses import replace
from typing import Any

from reports.agreement.unit_level import tally_of
from reports.commands.options import (
    COLUMNS,
    about,
    about_in_json,
    add_output,
    add_ratings,
    read_ratings,
)
from reports.commands.printing import Row, as_json, counted, footnotes, of_formats, plain, table
from reports.commands.progress import Progress
from reports.counting.blocks import Blocks
from reports.ratings.tables import Ratings
from reports.reliability.dstudy import Design, DStudy, PanelStudy, d_study, plan
from reports.reliability.generalizability import Draws, generalizability
from reports.reliability.reml import variance_components
from reports.reliability.stages import Stages, stage_components
from reports.results import Statistic, Tally
from reports.showing import ENOUGH_FOR_TWO_DECIMALS, Statement, state

WORDS = {"crossed": "the same panel for everyone", "different_panels": "a fresh panel for each candidate"}
WIDTH = max(map(len, WORDS.values()))


def add_to(commands: Any) -> None:
    """Add this command to the others."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "dstudy",
        help="how many raters or stages are enough",
        description="How reliable the mean score would be with other numbers of raters, what is enough for a "
        "target, and what that takes in staff hours. With a stage column, stages are weighed against raters. "
        f"{COLUMNS}",
    )
    add_ratings(parser)
    parser.add_argument("--target", type=float, default=0.80, help="reliability to reach (default: 0.80)")
    parser.add_argument("--largest", type=int, default=10, metavar="N", help="largest panel (default: 10)")
    parser.add_argument(
        "--minutes", type=float, default=45.0, help="staff minutes of one rater in one stage (default: 45)"
    )
    add_output(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> str:
    """Project, and put into words or JSON."""
    with Progress() as progress:
        progress.step("Reading")
        ratings = read_ratings(options)
        progress.step("Projecting")
        parts = [(name, _Part(some, options)) for name, some in ratings.by_format()]
    if options.json:
        found = of_formats({name: part.in_json() for name, part in parts})
        return as_json({**about_in_json(ratings, options.file), **found})
    lines = about(ratings, options.file)
    for name, part in parts:
        lines += ["", f"{name.capitalize()} interviews"] if name else [""]
        lines += part.in_words()
    return "\n".join(lines).rstrip()


class _Part:
    """The study of interviews of one format."""

    def __init__(self, ratings: Ratings, options: argparse.Namespace) -> None:
        blocks, draws = Blocks.from_ratings(ratings), Draws(seed=options.seed)
        fit = variance_components(blocks)
        self.options = options
        self.tally: Tally = tally_of(ratings)
        self.now: Statistic = generalizability(blocks, draws, fit=fit)["g_q_k"]
        self.study: DStudy = d_study(fit, draws, target=options.target, largest=options.largest)
        self.stages: Stages | str = stage_components(ratings)

    def in_json(self) -> dict[str, Any]:
        """Everything at full precision, and whether a page may show it."""
        found: dict[str, Any] = {
            "undefined_because": self.study.undefined_because,
            "target": self.options.target,
        }
        found["display"] = "show" if state(self.now, self.tally).value is not None else "withhold"
        found["statement"] = state(self.now, self.tally).sentence
        found["d_study"] = plain(self.study.studies)
        found["stages"] = self.stages if isinstance(self.stages, str) else plain(self.stages)
        found["plan"] = [] if isinstance(self.stages, str) else plain(self._designs(self.stages))
        return found

    def in_words(self) -> list[str]:
        """What may be shown, in a table."""
        if self.study.undefined_because:
            return [self.study.undefined_because]
        now = state(self.now, self.tally)
        said, lines = [now], table("", [("as the panels were", now)], narrowest=WIDTH)
        for study in self.study.studies.values():
            rows: list[Row] = [
                (counted(one.raters, "rater"), self._said(study, one.raters)) for one in study.curve
            ]
            lines += ["", *table(WORDS[study.panels], rows, narrowest=WIDTH)]
            if self._may_show:
                lines.append(_enough(study))
            said += [statement for _, statement in rows]
        return [*lines, "", *self._stages_in_words(), "", *footnotes(said)]

    @property
    def _may_show(self) -> bool:
        return state(self.now, self.tally).value is not None

    def _said(self, study: PanelStudy, raters: int) -> Statement:
        projected = study.curve[raters - 1]
        now = replace(self.now, key=f"d_study_{study.panels}", method="projected", se=None)
        return state(replace(now, value=projected.value, ci=projected.ci), self.tally)

    def _designs(self, stages: Stages) -> tuple[Design, ...]:
        return plan(
            stages.components, minutes_per_stage=self.options.minutes, target=self.options.target
        ).reaching

    def _stages_in_words(self) -> list[str]:
        if isinstance(self.stages, str):
            return [self.stages]
        if not self._may_show:
            return ["Stages are weighed against raters once there are candidates enough for a number."]
        designs: dict[int, Design] = {}
        for one in self._designs(self.stages):  # cheapest first
            designs.setdefault(one.stages, one)
        if not designs:
            return [f"No design of up to five stages with five raters each reaches {self.options.target:g}."]
        decimals = 2 if self.now.n_candidates >= ENOUGH_FOR_TWO_DECIMALS else 1
        lines = [
            f"Cheapest way to reach {self.options.target:g} with each number of stages, for each candidate"
        ]
        for one in designs.values():
            seats = f"{counted(one.stages, 'stage')}, {counted(one.raters_per_stage, 'rater')} each"
            worth = f"{one.reliability:.{decimals}f}"
            lines.append(f"{seats:<{WIDTH}}  {one.staff_hours:>5.1f} staff hours, reliability {worth}")
        return [*lines, *self.stages.notes]


def _enough(study: PanelStudy) -> str:
    if study.raters_needed is None:
        return str(study.out_of_reach_because)
    within = "" if study.raters_ci is None else _within(*study.raters_ci)
    return f"Enough for {study.target:g}: {counted(study.raters_needed, 'rater')}{within}"


def _within(fewest: int, most: int | None) -> str:
    """The interval of the number of raters, whose upper end may be that no panel would do."""
    return f" ({fewest} to {most})" if most is not None else f" ({fewest} or more, perhaps no panel)"
