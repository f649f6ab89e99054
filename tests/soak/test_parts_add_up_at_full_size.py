"""A hundred thousand ratings, cut into parts and put together again, are measured as the whole."""

import numpy as np
import pytest

from reports.measure import Accumulator
from tests.soak.simulated import CRITERIA, PANEL, interviews

CANDIDATES = 6_667


@pytest.fixture(scope="module")
def ratings():
    return interviews(CANDIDATES, seed=1, halo=0.4)


@pytest.fixture(scope="module")
def whole(ratings):
    return numbers_of(counted(ratings).finish(at_line=3.0))


def counted(ratings) -> Accumulator:
    accumulator = Accumulator(seed="loop 7")
    accumulator.update(ratings)
    return accumulator


def numbers_of(measured) -> dict[str, list[float]]:
    of_raters = measured.statistics["rater_blup"]
    every = {key: of for key, of in measured.statistics.items() if key != "rater_blup"} | {
        f"rater_blup {rater}": of for rater, of in of_raters.items()
    }
    return {
        key: [np.nan if number is None else number for number in (of.value, of.se, *(of.ci or ()))]
        for key, of in every.items()
    }


@pytest.mark.parametrize("parts", [2, 3, 16, 101])
def test_any_split_is_the_whole(parts, ratings, whole, record_property):
    part_of = np.random.default_rng(parts).integers(0, parts, CANDIDATES)
    merged = Accumulator(seed="loop 7")
    for part in np.random.default_rng(parts).permutation(parts).tolist():
        merged.merge(counted(ratings.select(part_of[ratings.unit] == part)))

    found = numbers_of(merged.finish(at_line=3.0))

    assert found.keys() == whole.keys()
    furthest = max(np.nanmax(np.abs(np.subtract(found[key], whole[key])), initial=0) for key in whole)
    figures = {"furthest from the whole": furthest, "ratings": CANDIDATES * PANEL * CRITERIA}
    record_property("figures", {f"Cut into {parts} parts": figures | {"numbers": len(whole)}})
    assert found == {key: pytest.approx(of, rel=1e-12, abs=1e-12, nan_ok=True) for key, of in whole.items()}
