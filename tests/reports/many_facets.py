"""Ratings for the tests of the many-facet model: a small table written out, and planted severities."""

from dataclasses import dataclass

import numpy as np

from reports.ratings.tables import Ratings, Scale

SMALL = {
    "Ann": {"Iris": (3, 4), "Ivo": (2, 3)},
    "Ben": {"Iris": (2, 2), "Hana": (3, 4)},
    "Cleo": {"Ivo": (1, 2), "Hana": (2, 4)},
    "Dan": {"Iris": (4, 3), "Ivo": (2, 4), "Hana": (4, 4)},
    "Eve": {"Iris": (1, 3), "Ivo": (1, 1)},
    "Finn": {"Ivo": (3, 3), "Hana": (3, 2)},
    "Gus": {"Iris": (3, 1), "Hana": (4, 3)},
    "Hal": {"Iris": (2, 3), "Ivo": (2, 1), "Hana": (1, 3)},
    "Ida": {"Iris": (4, 4), "Hana": (4, 4)},
}
FOUR_POINTS = Scale(1, 4)


def small_rows(*, pass_at: int | None = None):
    """Rows of the small table; with `pass_at` the scores are 1 and 2, below it and from it on."""
    return [
        (candidate, rater, score if pass_at is None else 1 + (score >= pass_at), criterion)
        for candidate, raters in SMALL.items()
        for rater, scores in raters.items()
        for criterion, score in zip(("clarity", "depth"), scores, strict=True)
    ]


@dataclass(frozen=True)
class Planted:
    ratings: Ratings
    severity: dict[str, float]
    difficulty: dict[str, float]
    thresholds: dict[float, float]


def planted(
    *, seed: int, candidates: int = 300, raters: int = 24, panel: int = 3, criteria: int = 5, sd: float = 1.2
) -> Planted:
    """Candidates who meet a panel of raters with known severities; every rater rates every criterion."""
    chance = np.random.default_rng(seed)
    ability = chance.normal(0, sd, candidates)
    severity = chance.normal(0, 0.6, raters)
    severity -= severity.mean()
    difficulty = np.linspace(-0.5, 0.5, criteria)
    thresholds = np.array([-1.5, -0.5, 0.5, 1.5])
    seats = chance.random((candidates, raters)).argsort(axis=1)[:, :panel]
    unit = np.repeat(np.arange(candidates), panel * criteria)
    rater = np.repeat(seats.ravel(), criteria)
    criterion = np.tile(np.arange(criteria), candidates * panel)
    logit = ability[unit] - severity[rater] - difficulty[criterion]
    chances = np.exp(np.arange(5) * logit[:, np.newaxis] - np.concatenate([[0], thresholds.cumsum()]))
    reached = chances.cumsum(axis=1) / chances.sum(axis=1, keepdims=True)
    score = 1 + (chance.random((len(unit), 1)) > reached).sum(axis=1)
    return Planted(
        Ratings.from_columns(
            [f"candidate {number}" for number in unit],
            [f"rater {number}" for number in rater],
            score,
            [f"criterion {number}" for number in criterion],
            scale=Scale(1, 5),
        ),
        {f"rater {number}": float(value) for number, value in enumerate(severity)},
        {f"criterion {number}": float(value) for number, value in enumerate(difficulty)},
        {float(score): float(value) for score, value in enumerate(thresholds, start=2)},
    )
