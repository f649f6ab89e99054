"""The report on a team of interviewers, as a page shows it: statements only, in the order they are read."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from reports.agreement.coefficients import adjacent, alpha_of, exact, gwet_of
from reports.agreement.unit_level import UnitLevel, sides
from reports.counting.blocks import Blocks
from reports.counting.bootstrap import SAMPLES, Resampling
from reports.counting.counts import Counts
from reports.raters.severity import severities
from reports.ratings.tables import Label, Ratings
from reports.reliability.dstudy import TARGET, DStudy, d_study
from reports.reliability.generalizability import Draws, generalizability
from reports.reliability.reml import variance_components
from reports.results import Statistic, Tally
from reports.showing import SHARED_BY_A_PAIR, Statement, state, state_of_rater


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What may be shown about the agreement on one criterion, or on all together when `criterion` is None.

    `same_side` is about the side of the bar; None when no bar was told.
    """

    criterion: Label | None
    tally: Tally
    exact: Statement
    adjacent: Statement
    same_side: Statement | None
    kappa: Statement
    alpha: Statement
    ac2: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What may be said of how high one rater scores beside those who saw the same candidates."""

    rater: Label
    shared: int
    said: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """What the mean of `raters` raters would be worth, each candidate seen by others of them."""

    raters: int
    said: Statement
    reaches_target: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamReport:
    """What a page shows. It holds statements only: a number that may not be shown is not in it.

    `consistency` is that of single raters, whatever their severity, to be read where raters are few.
    `raters_a_candidate` is the harmonic mean, None without candidates. `is_enough` says whether panels reach
    the target as they are; `larger` is None then, where nothing may be said, and where no panel would help.
    `groups_apart` says so where interviewers cannot all be compared, because they share no candidate.
    """

    overall: Agreement
    criteria: tuple[Agreement, ...]
    reliability: Statement
    consistency: Statement
    raters_a_candidate: float | None
    is_enough: bool
    larger: Panel | None
    standings: tuple[Standing, ...]
    groups_apart: str | None


def report(
    ratings: Ratings,
    *,
    seed: str,
    samples: int = SAMPLES,
    bars: Mapping[Label, float] | float | None = None,
) -> TeamReport:
    """State the agreement overall and on each criterion, its reliability, and how high each rater scores.

    The same `seed`, an identity such as the loop's public id, gives the same intervals on every call. `bars`
    is the score that each criterion, or every one, asks for; criteria that it names and nobody scored are
    reported on, too. Ratings of panel and of separate interviews are
    not to be mixed: report on each (`Ratings.by_format`).
    """
    resampling = Resampling(seed, samples)
    lines: Mapping[Label, float] = bars if isinstance(bars, Mapping) else {}
    parts = {label: Counts.of(ratings.on(label)) for label in ratings.criteria}
    nobody = Counts.of(ratings.select(np.zeros(len(ratings), dtype=np.bool_)))
    parts |= {label: nobody for label in lines if label not in parts}
    if isinstance(bars, int | float):
        lines = dict.fromkeys(parts, bars)
    on_sides = {label: part.at_line(lines[label]) for label, part in parts.items() if label in lines}
    whole = Counts.joined(list(parts.values())) if parts else Counts.of(ratings)
    side_of_all = Counts.joined(list(on_sides.values())) if on_sides else None
    if not parts and isinstance(bars, int | float):
        side_of_all = whole.at_line(bars)

    blocks = Blocks.from_ratings(ratings)
    fit = variance_components(blocks)
    draws = Draws(seed=seed)
    overall = _agreement(None, whole, side_of_all, resampling)
    reliability = generalizability(blocks, draws, fit=fit)
    statement = state(reliability["g_q_k"], overall.tally)
    placed = severities(blocks, fit=fit)
    return TeamReport(
        overall=overall,
        criteria=tuple(
            _agreement(label, part, on_sides.get(label), resampling) for label, part in parts.items()
        ),
        reliability=statement,
        consistency=state(reliability["icc_c_1_reml"], overall.tally),
        raters_a_candidate=reliability["k_harmonic"].value,
        is_enough=statement.value is not None and statement.value >= TARGET,
        larger=_larger(statement, reliability["g_q_k"], d_study(fit, draws), overall.tally),
        standings=tuple(
            Standing(
                rater=rater,
                shared=placed.shared[rater],
                said=state_of_rater(found, shared=placed.shared[rater], co_raters=placed.corated[rater]),
            )
            for rater, found in placed.statistics.items()
        ),
        groups_apart=placed.not_comparable_because,
    )


def _agreement(
    criterion: Label | None, counts: Counts, on_sides: Counts | None, resampling: Resampling
) -> Agreement:
    level = UnitLevel(counts, resampling, least_shared=SHARED_BY_A_PAIR)
    ac2 = gwet_of(level.patterns, "quadratic", level.patterns.points)
    found = level.within_things([exact(), adjacent(), alpha_of(level.patterns, "ordinal"), ac2])
    tally, same_side = level.tally, None
    if on_sides is not None:
        of_sides = UnitLevel(on_sides, resampling)
        tally = replace(tally, same_side=of_sides.tally.same)
        same_side = sides(of_sides)["percent_agreement_at_line"]

    def show(statistic: Statistic) -> Statement:
        return state(statistic, tally, of_criterion=criterion is not None)

    return Agreement(
        criterion=criterion,
        tally=tally,
        exact=show(found["percent_agreement"]),
        adjacent=show(found["percent_agreement_adjacent"]),
        same_side=show(same_side) if same_side is not None else None,
        kappa=show(level.mean_pairwise("quadratic")),
        alpha=show(found["krippendorff_alpha_ordinal"]),
        ac2=show(found[ac2.key]),
    )


def _larger(said: Statement, now: Statistic, study: DStudy, tally: Tally) -> Panel | None:
    """The smallest panel that reaches the target, or the largest looked at; None with nothing to say."""
    if said.value is None or said.value >= TARGET or not study.studies:
        return None
    different = study.studies["different_panels"]
    if different.raters_needed is None:
        return None
    raters = min(different.raters_needed, len(different.curve))
    projected = different.curve[raters - 1]
    key, method = "d_study_different_panels", "projected"
    statistic = replace(now, key=key, value=projected.value, ci=projected.ci, se=None, method=method)
    return Panel(
        raters=raters, said=state(statistic, tally), reaches_target=raters == different.raters_needed
    )
