"""Of intervals that promise 95 %, how many hold the truth: a thousand simulated seasons for each figure."""

from functools import partial

import numpy as np
import pytest

from reports.agreement.alpha import krippendorff_alpha
from reports.counting.counts import patterns_of
from tests.soak.simulated import (
    alpha_interval,
    extremes_covered,
    g_interval,
    interviews,
    severities_covered,
)

RUNS = 1000
CHUNK = 25
VERY_MANY = 200_000
HALOS = {"a halo": 0.4, "a strong halo": 0.8}


@pytest.fixture(scope="module", params=HALOS)
def halo(request) -> tuple[str, float, float]:
    """How strong a halo is, and alpha of very many candidates scored under it."""
    patterns = patterns_of(interviews(VERY_MANY, RUNS + 1, HALOS[request.param]))
    return request.param, HALOS[request.param], float(krippendorff_alpha(patterns, patterns.frequency))


def figures(covered: float, width: float | None = None, runs: int = RUNS) -> dict[str, float]:
    wide = {} if width is None else {"wide": round(width, 3)}
    return {"of the intervals hold the truth": round(covered, 3)} | wide | {"runs": runs}


@pytest.mark.parametrize("candidates", [20, 50, 200])
def test_alphas_interval_holds_the_truth(candidates, halo, cores, record_property):
    name, strength, truth = halo

    found = np.array(
        list(cores.map(partial(alpha_interval, candidates, strength), range(RUNS), chunksize=CHUNK))
    )

    covered = float(((found[:, 0] <= truth) & (truth <= found[:, 1])).mean())
    title = f"Ordinal alpha of {candidates} candidates on five criteria with {name}, truth {truth:.3f}"
    record_property("figures", {title: figures(covered, float(np.diff(found).mean()))})
    assert 0.91 <= covered <= 0.97


@pytest.mark.parametrize(("candidates", "raters"), [(60, 12), (120, 20)])
def test_the_interval_of_g_holds_the_truth(candidates, raters, cores, record_property):
    found = list(cores.map(partial(g_interval, candidates, raters), range(RUNS), chunksize=CHUNK))

    covered = float(np.mean([low <= truth <= high for truth, (low, high) in found]))
    width = float(np.mean([high - low for _, (low, high) in found]))
    title = f"G(q,k) of {candidates} candidates and {raters} interviewers"
    record_property("figures", {title: figures(covered, width)})
    assert covered >= 0.93


@pytest.mark.parametrize(("candidates", "raters", "least"), [(300, 24, 0.93), (60, 12, 0.91)])
def test_intervals_of_severities_hold_the_planted_effects(candidates, raters, least, cores, record_property):
    found = list(cores.map(partial(severities_covered, candidates, raters), range(RUNS), chunksize=CHUNK))

    covered = float(np.mean(found))
    title = f"Severities of {raters} interviewers, {candidates} candidates"
    record_property("figures", {title: figures(covered, runs=RUNS * raters)})
    assert least <= covered <= 0.98


def test_intervals_of_the_most_severe_and_the_most_lenient_hold_their_effects(cores, record_property):
    found = list(cores.map(extremes_covered, range(RUNS), chunksize=CHUNK))

    covered = float(np.mean(found))
    record_property(
        "figures", {"Severities of 0.7 points planted in two of 24": figures(covered, runs=2 * RUNS)}
    )
    assert covered >= 0.91
