"""Severity and leniency of raters in score points, among those who can be compared at all."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from reports.counting.blocks import Blocks
from reports.ratings.tables import Label, Ratings
from reports.reliability.reml import VarianceComponents, variance_components
from reports.results import Statistic

LEVEL = 0.95
REACH = 1.96

ALONE = "Shares no candidate with anybody, directly or through others: there is nobody to compare with."
NOTHING_SCORED = "Has scored nobody."
NO_RATER_VARIANCE = "The variance of the raters is estimated as 0: an interval about 0 would claim too much."


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Severities:
    """What is known of each rater's severity, under the key `rater_blup`: positive = lenient.

    `shared` counts the candidates a rater shares with somebody, `corated` the others they share one with.
    Raters are comparable only within one of the `components`, each of them connected by shared candidates;
    with several (of two raters or more) `not_comparable_because` says so.
    """

    statistics: Mapping[Label, Statistic]
    shared: Mapping[Label, int]
    corated: Mapping[Label, int]
    components: tuple[tuple[Label, ...], ...]
    not_comparable_because: str | None = None


def severities(rated: Ratings | Blocks, *, fit: VarianceComponents | None = None) -> Severities:
    """Predict each rater's effect on the scores, in score points: positive = lenient, negative = severe.

    The best linear unbiased predictor (BLUP) of score = mean + unit + rater + error with REML variances, as
    lme4's `ranef`: shrunken toward 0, the more so the fewer candidates a rater saw. `se` is the conditional
    standard deviation, the interval +/- 1.96 of it. It compares people who saw the same candidates; without
    random assignment somebody lenient may have met better ones, as far as no co-rater saw them.

    Where raters fall into several groups who share no candidate, directly or through others, each has a mean
    of its own and an effect is that against the own group: one mean for all would take better candidates of a
    group for leniency of its raters. The variances are common to all groups. A `fit` that is there already
    is used when there is one group. Robinson (1991), Statistical Science 6, 15-32. Checked against lme4.

    >>> unit, rater = [0, 0, 1, 1, 2, 2, 3, 3], [0, 1, 0, 1, 0, 1, 0, 1]
    >>> blocks = Blocks.of(unit, rater, [2, 1, 4, 3, 5, 3, 3, 2], raters=["Iris", "Ivo"])
    >>> {rater: round(found.value, 2) for rater, found in severities(blocks).statistics.items()}
    {'Iris': 0.6, 'Ivo': -0.6}
    """
    blocks = rated if isinstance(rated, Blocks) else Blocks.from_ratings(rated)
    number, component = blocks.components()
    connected = blocks.corated > 0
    groups = len(np.unique(component[connected]))
    several = groups > 1
    if several or fit is None:
        fit = variance_components(blocks, mean_of_each_component=several)
    members: list[list[Label]] = [[] for _ in range(number)]
    for label, place in zip(blocks.raters, component.tolist(), strict=True):
        members[place].append(label)
    counts = zip(
        blocks.raters,
        blocks.given.sum(axis=0).tolist(),
        blocks.shared.tolist(),
        blocks.corated.tolist(),
        strict=True,
    )
    because = (
        f"The raters fall into {groups} groups who share no candidate: compare within a group only."
        if several
        else None
    )
    return Severities(
        statistics={
            label: _statistic(label, fit, given > 0, shared, corated, several)
            for label, given, shared, corated in counts
        },
        shared=dict(zip(blocks.raters, blocks.shared.tolist(), strict=True)),
        corated=dict(zip(blocks.raters, blocks.corated.tolist(), strict=True)),
        components=tuple(tuple(group) for group in members),
        not_comparable_because=because,
    )


def _statistic(
    label: Label, fit: VarianceComponents, has_scored: bool, shared: int, corated: int, several: bool
) -> Statistic:
    because = fit.undefined_because
    if not corated:
        because = ALONE if has_scored else NOTHING_SCORED
    value = None if because else fit.rater_effects[label]
    se = None if because or not fit.var_rater else fit.rater_deviations[label]
    against = "the rater's connected group" if several else "all raters"
    return Statistic(
        key="rater_blup",
        value=value,
        se=se,
        ci=(value - REACH * se, value + REACH * se) if value is not None and se is not None else None,
        ci_level=LEVEL if se is not None else None,
        n_units=shared,
        n_candidates=shared,
        n_raters=corated + 1 if corated else 0,
        method=f"predicted effect (BLUP) against {against}, REML, positive = lenient",
        undefined_because=because,
        no_interval_because=NO_RATER_VARIANCE if value is not None and se is None else None,
    )
