"""Tables for the tests of the statistics: the committed published ones, and small ones written out."""

import csv
from collections.abc import Iterable
from pathlib import Path

from hypothesis import strategies as st

from reports.agreement.unit_level import UnitLevel
from reports.counting.bootstrap import Resampling
from reports.counting.counts import Counts
from reports.ratings.files import read_csv
from reports.ratings.tables import Ratings, Scale
from reports.results import Statistic

DATA = Path(__file__).parent / "data"
FIVE_POINTS = Scale(1, 5)
FLEISS = ["fleiss_kappa", "fleiss_kappa_linear", "fleiss_kappa_quadratic"]
GWET = ["gwet_ac1", "gwet_ac2_linear", "gwet_ac2_quadratic", "gwet_ac2_ordinal"]
BRENNAN = ["brennan_prediger", "brennan_prediger_linear", "brennan_prediger_quadratic"]


def measured(
    ratings: Ratings, *, seed: str = "x", samples: int = 0, least_shared: int = 1
) -> dict[str, Statistic]:
    """Every coefficient of agreement by its key."""
    resampling = Resampling(seed, samples)
    return UnitLevel(Counts.of(ratings), resampling, least_shared=least_shared).everything()


def published(name: str) -> Ratings:
    return read_csv(DATA / f"{name}.csv", scale=FIVE_POINTS)


def published_rows(name: str) -> list[tuple[str, str, str]]:
    with (DATA / f"{name}.csv").open(newline="") as file:
        return [(row["unit"], row["rater"], row["score"]) for row in csv.DictReader(file)]


def panel(*scores: Iterable[float | None], scale: Scale = FIVE_POINTS) -> Ratings:
    """Each argument is one candidate, its scores in the order of the interviewers."""
    return Ratings.from_rows(
        [
            (f"candidate {u}", f"rater {r}", score)
            for u, row in enumerate(scores)
            for r, score in enumerate(row)
        ],
        scale=scale,
    )


def pairs_of_scores(rows: Iterable[tuple[float, float]]) -> Ratings:
    """Two interviewers and a candidate for each pair of scores."""
    return panel(*rows)


@st.composite
def tables(draw: st.DrawFn, raters: int = 4, criteria: int = 1) -> list[tuple[str, str, int | None, str]]:
    """Rows of a table with holes, as (unit, rater, score, criterion)."""
    units = draw(st.integers(2, 7))
    score = st.one_of(st.none(), st.integers(1, 5))
    return [
        (f"u{unit}", f"r{rater}", draw(score), f"c{criterion}")
        for unit in range(units)
        for criterion in range(criteria)
        for rater in range(raters)
    ]
