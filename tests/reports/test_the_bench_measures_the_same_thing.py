"""A ratio of times says something only where both sides answer the same question."""

import numpy as np
import pytest

from bench import product
from bench.data import POINTS, invent
from bench.floor import sides
from bench.floor.bootstrap import candidate_sums, coincidences, ordinal_alphas
from bench.floor.file import ROWS as FLOORS
from bench.floor.file import read
from bench.rows import PEERS, ROWS
from reports.agreement.alpha import krippendorff_alpha
from reports.counting.bootstrap import Resampling, things_drawn, times_drawn
from reports.counting.counts import patterns_of

DRAWN = Resampling("bench", 100)


@pytest.fixture(scope="module")
def panels():
    return invent(1500, raters=12)


@pytest.mark.parametrize("name", ["coefficients", "pairs", "reml", "mfrm"])
def test_the_floor_and_ours_give_equal_numbers(name, panels):
    floor = getattr(sides, name)(panels)(0)
    ours = getattr(product, name)(panels)(0)

    assert floor.keys() <= ours.keys()
    assert {key: ours[key] for key in floor} == pytest.approx(floor, rel=1e-9, abs=1e-9)


def test_the_order_of_the_ratings_does_not_matter_to_the_floor(panels):
    for name in ("coefficients", "pairs", "reml", "mfrm"):
        floor = getattr(sides, name)

        assert floor(panels.ordered())(0) == pytest.approx(floor(panels)(0), rel=1e-9, abs=1e-9)


def test_the_same_draws_of_candidates_give_the_same_samples(panels):
    ratings = product.table(panels)
    [ours] = [krippendorff_alpha(it, drawn) for it in [patterns_of(ratings)] for drawn in it.drawn(DRAWN)]

    sums = candidate_sums(panels.unit, panels.thing, panels.code, POINTS)
    floor = ordinal_alphas(times_drawn(DRAWN.keys(ratings.units), 100).T @ sums, POINTS)

    assert ours == pytest.approx(floor, rel=1e-9)


def test_the_same_draws_of_things_give_the_same_samples(panels):
    patterns = patterns_of(product.table(panels))
    [drawn] = things_drawn(DRAWN, patterns.frequency * patterns.twice, patterns.things)

    floor = ordinal_alphas(drawn @ coincidences(patterns.counts), POINTS)

    assert krippendorff_alpha(patterns, drawn) == pytest.approx(floor, rel=1e-9)


@pytest.mark.parametrize("name", ["unit_bootstrap", "candidate_bootstrap"])
def test_different_draws_give_about_the_same_spread(name, panels):
    [floor], [ours] = getattr(sides, name)(panels)(0).values(), getattr(product, name)(panels)(0).values()

    assert ours == pytest.approx(floor, rel=0.15)


def test_the_ratings_are_as_many_as_asked_for_and_arrive_in_no_order(panels):
    assert len(panels.code) == 1500
    assert (np.diff(panels.thing) < 0).any()
    assert set(panels.code.tolist()) == set(range(POINTS))


def test_the_floor_of_the_file_has_the_numbers_of_its_ratings(tmp_path, panels):
    file = tmp_path / "ratings.csv"
    panels.write_csv(file)
    found = read(str(file))

    for name in ("coefficients", "pairs"):
        floor = getattr(sides, name)

        assert floor(found)(0) == pytest.approx(floor(panels)(0), rel=1e-9, abs=1e-9)


def test_every_row_has_its_functions():
    assert all(hasattr(sides, row.name) and hasattr(product, row.name) for row in ROWS)
    assert all(hasattr(product, peer.ours) for peer in PEERS)
    assert set(FLOORS) == {row.name for row in ROWS} - {"mfrm"}
