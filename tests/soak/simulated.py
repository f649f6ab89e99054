"""Simulated interviews whose truth is known. Each run is a function of its seed, for any process to call."""

from collections import Counter
from functools import cache

import numpy as np

from reports.counting.blocks import Blocks
from reports.fairness.adverse_impact import adverse_impact
from reports.fairness.decisions import Decisions
from reports.raters.habits import flags
from reports.raters.severity import severities
from reports.ratings.tables import Ratings, Scale
from reports.reliability.generalizability import Draws, generalizability, k_harmonic, q, reliability
from tests.reports.planted import PLANTED, season
from tests.reports.score_tables import drawn
from tests.reports.simulation import alpha_alone

POOL, PANEL, CRITERIA = 40, 3, 5
FIVE_POINTS = Scale(1, 5)
VARIANCES = (0.5, 0.1, 0.4)  # of candidates, interviewers and the rest, for one score
OF_MEANS = (0.54, 0.04, 0.055)  # for means over five criteria with the noise of `tests.reports.planted`
EXTREME = 0.7

Interval = tuple[float, float]


@cache
def severity_of_the_pool() -> np.ndarray:
    """The same forty interviewers in every run: an interval is about those there are."""
    return np.random.default_rng(POOL).normal(0, 0.25, POOL)


def interviews(candidates: int, seed: int, halo: float) -> Ratings:
    """Three interviewers of forty for each candidate, five criteria of five points.

    Agreement within a criterion comes from the candidate and what is the criterion's own; `halo` is the
    impression that an interviewer carries from one criterion to the next.
    """
    random = np.random.default_rng(seed)
    shape = (candidates, PANEL, CRITERIA)
    rota = random.permuted(np.tile(np.arange(POOL), (candidates, 1)), axis=1)
    who = np.sort(rota[:, :PANEL], axis=1)[:, :, np.newaxis]
    quality = random.normal(0, 0.7, (candidates, 1, 1)) + random.normal(0, 0.5, (candidates, 1, CRITERIA))
    impression = random.normal(0, halo, (candidates, PANEL, 1))
    score = 3.1 + quality + severity_of_the_pool()[who] + impression + random.normal(0, 0.5, shape)
    unit, _, criterion = np.indices(shape)
    columns = (unit, np.broadcast_to(who, shape), np.clip(np.rint(score), 1, 5).astype(np.int64), criterion)
    return Ratings.from_columns(*(column.ravel() for column in columns), scale=FIVE_POINTS)


def alpha_interval(candidates: int, halo: float, seed: int) -> Interval:
    """The interval of ordinal alpha, as a page shows it."""
    found = alpha_alone(interviews(candidates, seed, halo), f"run {seed}", samples=1000)
    assert found.ci is not None
    return found.ci


def g_interval(candidates: int, raters: int, seed: int) -> tuple[float, Interval]:
    """The true G(q,k) of a design, and its interval."""
    unit, rater, score, _ = drawn(seed, units=candidates, raters=raters, variances=VARIANCES)
    blocks = Blocks.of(unit, rater, score, raters=range(raters))
    share, k = q(blocks), k_harmonic(blocks)
    assert share is not None
    assert k is not None
    truth = float(reliability(np.array(VARIANCES), share, 1 / k))
    found = generalizability(blocks, Draws(seed=f"run {seed}"))["g_q_k"]
    assert found.ci is not None
    return truth, found.ci


def severities_covered(candidates: int, raters: int, seed: int) -> list[bool]:
    """Whether the interval of each interviewer's severity holds the effect against all the others'."""
    unit, rater, score, effects = drawn(seed, units=candidates, raters=raters, variances=VARIANCES)
    found = severities(Blocks.of(unit, rater, score, raters=range(raters))).statistics
    return [
        _holds(found[number].ci, effect) for number, effect in enumerate((effects - effects.mean()).tolist())
    ]


def extremes_covered(seed: int) -> list[bool]:
    """The same for a severe and a lenient one among 24, by 0.7 points on the mean of five criteria.

    Effects are pulled toward 0 by a share that is small where an interviewer's mean is sure, as it is here.
    """
    random = np.random.default_rng(seed)
    effects = np.concatenate([[-EXTREME, EXTREME], random.normal(0, 0.2, 22)])
    unit, rater, score, own = drawn(seed, units=300, raters=24, variances=OF_MEANS)
    score = score + (effects - own)[rater]
    found = severities(Blocks.of(unit, rater, score, raters=range(24))).statistics
    return [_holds(found[number].ci, float(effects[number] - effects.mean())) for number in (0, 1)]


def named(seed: int) -> tuple[Counter[str], int, int]:
    """Which planted habits were named for what they are, other names those got, flags of clean ones."""
    found = {rater: {flag.habit for flag in some} for rater, some in flags(season(seed).ratings()).items()}
    right = Counter(habit for habit in PLANTED if habit in found[habit])
    wrong = sum(len(found[habit] - {habit}) for habit in PLANTED)
    clean = sum(len(habits) for rater, habits in found.items() if rater not in PLANTED)
    return right, wrong, clean


def difference_shown(people: tuple[int, ...], rate: float, jobs: int, seed: int) -> bool:
    """Whether a difference is found between groups whose candidates all have the same chance."""
    random = np.random.default_rng(seed)
    group = np.repeat([f"group {number}" for number in range(len(people))], people)
    job = random.integers(0, jobs, len(group)) if jobs else np.zeros(len(group), dtype=np.int64)
    chance = rate + 0.15 * (job - job.mean()) / max(job.std(), 1) if jobs else rate
    passed = random.random(len(group)) < chance
    decisions = Decisions.from_columns(
        range(len(group)), group.tolist(), passed.tolist(), job=job.tolist() if jobs else None
    )
    return adverse_impact(decisions, seed=f"run {seed}").overall.finding == "difference shown"


def _holds(interval: Interval | None, truth: float) -> bool:
    """Whether an interval holds the truth; no interval holds nothing."""
    return interval is not None and interval[0] <= truth <= interval[1]
