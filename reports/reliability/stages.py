"""What stages add to raters: the variances that say whether another stage or another rater helps more."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from reports.counting.blocks import Blocks
from reports.ratings.tables import Floats, Ints, Ratings, Scale
from reports.reliability.criteria_model import criteria_components
from reports.reliability.dstudy import Components
from reports.reliability.reml import variance_components

NO_STAGES = "Without a stage column, stages cannot be weighed against raters."
ONE_STAGE = "There is one stage only: stages cannot be weighed against raters."
NOT_TWICE = (
    "No two candidates were scored at the same two stages: what is peculiar to a stage cannot be told."
)
UNIT_BY_RATER = (
    "Nobody met a candidate at two stages: a rater's liking for a candidate is part of the residual."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stages:
    """The variances for a plan, and what had to be left together because the data cannot tell it apart."""

    components: Components
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Seats:
    """One score for each (unit, stage, rater): the mean over criteria."""

    unit: Ints
    stage: Ints
    rater: Ints
    score: Floats

    @classmethod
    def of(cls, ratings: Ratings) -> "_Seats":
        key = (ratings.unit * len(ratings.stages) + ratings.stage) * len(ratings.raters) + ratings.rater
        seats, place = np.unique(key, return_inverse=True)
        score = np.bincount(place, weights=ratings.score) / np.bincount(place)
        rest, rater = np.divmod(seats, len(ratings.raters))
        unit, stage = np.divmod(rest, len(ratings.stages))
        return cls(unit, stage, rater, score)


def stage_components(ratings: Ratings) -> Stages | str:
    """Estimate how scores vary over candidates, stages and raters; a sentence where that cannot be done.

    Of the mean over criteria of each (unit, stage, rater). Where raters met candidates again at another
    stage: REML of the same crossed model as for criteria, stages in their place. Where nobody did, as is
    usual, unit:rater is part of the residual. REML of score ~ 1 + unit:stage + rater, each stage about its
    mean, then gives unit + unit:stage, rater and residual, and the covariance of candidates' means at two
    stages, over the pairs of stages, gives unit. Checked against components that were planted.
    """
    if not ratings.stages:
        return NO_STAGES
    seats = _Seats.of(ratings)
    if len(np.unique(seats.stage)) < 2:
        return ONE_STAGE
    met = seats.unit * len(ratings.raters) + seats.rater
    return _apart(seats) if len(np.unique(met)) == len(met) else _crossed(seats, ratings.scale)


def _crossed(seats: _Seats, scale: Scale) -> Stages | str:
    """Components where some raters met candidates at more than one stage."""
    continuous = Scale(scale.low, scale.high, None)
    found = criteria_components(
        Ratings.from_columns(seats.unit, seats.rater, seats.score, seats.stage, scale=continuous)
    )
    if because := found["var_unit"].undefined_because:
        words = {"on two criteria": "at two stages", "on the same criterion": "at the same stage"}
        for ours, theirs in {**words, "criterion": "stage", "criteria": "stages"}.items():
            because = because.replace(ours, theirs)
        return because
    names = {
        "unit": "var_unit",
        "unit_stage": "var_unit_criterion",
        "rater": "var_rater",
        "unit_rater": "var_unit_rater",
        "residual": "var_residual",
    }
    return Stages(components=Components(**{name: found[key].value or 0.0 for name, key in names.items()}))


def _apart(seats: _Seats) -> Stages | str:
    """Components where every rater met a candidate at one stage only."""
    stages = int(seats.stage.max()) + 1
    number = np.bincount(seats.stage)
    mean = np.bincount(seats.stage, weights=seats.score) / np.maximum(number, 1)
    fit = variance_components(
        Blocks.of(
            seats.unit * stages + seats.stage,
            seats.rater,
            seats.score - mean[seats.stage],
            raters=range(int(seats.rater.max()) + 1),
        )
    )
    if fit.variances is None:
        return str(fit.undefined_because)
    both, rater, residual = fit.variances
    covariance = _between_stages(seats, stages)
    if covariance is None:
        return NOT_TWICE
    unit = min(max(covariance, 0.0), both)
    components = Components(unit=unit, unit_stage=both - unit, rater=rater, residual=residual)
    return Stages(components=components, notes=(UNIT_BY_RATER,))


def _between_stages(seats: _Seats, stages: int) -> float | None:
    """The covariance of candidates' means at two stages, over those who were at both of them."""
    cell = seats.unit * stages + seats.stage
    size = (int(seats.unit.max()) + 1) * stages
    number = np.bincount(cell, minlength=size)
    means = np.bincount(cell, weights=seats.score, minlength=size) / np.maximum(number, 1)
    means, there = means.reshape(-1, stages), number.reshape(-1, stages) > 0
    products, freedom = 0.0, 0
    for one, other in combinations(range(stages), 2):
        both = there[:, one] & there[:, other]
        if both.sum() > 1:
            x, y = means[both, one], means[both, other]
            products += float((x - x.mean()) @ (y - y.mean()))
            freedom += int(both.sum()) - 1
    return products / freedom if freedom else None
