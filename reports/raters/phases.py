"""What talking does: the same rater on the same thing, before the debrief and after it.

The scores given independently are the ones that agreement is measured on; this says how far they moved when
raters had heard each other. Moving is neither good nor bad: a panel can converge on the truth or on its
loudest member.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from reports.raters.clustered import clustered_means
from reports.raters.co_raters import summed
from reports.ratings.columns import Label
from reports.ratings.tables import Floats, Ints, Ratings
from reports.results import Statistic

EVERYONE = "everyone"
SAME = 1e-9
NOT_TWICE = "No thing has a score of this rater both before and after the debrief."
NOBODY_TWICE = "No thing has a score of the same rater both before and after the debrief."
NO_PANEL = "No panel of two or more scored the same thing both before and after the debrief."
NOT_APART = "Before the debrief no score differed from the mean of the others on the panel."


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How scores moved: of one rater or of all.

    `toward_panel` is how much of the distance to the mean of the others' independent scores was given up:
    0 is none of it, 1 all of it, below 0 is moving away.
    """

    n_scores: int
    n_changed: int
    share_changed: Statistic
    mean_change: Statistic
    mean_distance_moved: Statistic
    toward_panel: Statistic


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseChange:
    """The change of each rater and of all together, and the panels' spread before and after.

    `spread_before` and `spread_after` are mean SDs (n - 1 below) of a panel's scores of one thing, over the
    same panels; `unmatched_before` and `unmatched_after` count scores that the other phase has not.
    """

    everyone: Change
    raters: Mapping[Label, Change]
    spread_before: Statistic
    spread_after: Statistic
    spread_change: Statistic
    unmatched_before: int
    unmatched_after: int


def phase_change(before: Ratings, after: Ratings) -> PhaseChange:
    """Compare independent ratings with those after the debrief, matched by rater, unit, criterion and stage.

    Means with standard errors by candidate, since one debrief is about one candidate. Moving toward the
    panel is the slope through the origin of the change on the distance to the mean of the co-raters'
    independent scores of that thing, sum(change x distance) / sum(distance^2), by least squares.

    >>> from reports.ratings.tables import Scale
    >>> rows = [("Ann", "Iris", 2), ("Ann", "Ivo", 4)]
    >>> talked = [("Ann", "Iris", 3), ("Ann", "Ivo", 4)]
    >>> scale = Scale(1, 5)
    >>> change = phase_change(Ratings.from_rows(rows, scale=scale), Ratings.from_rows(talked, scale=scale))
    >>> change.raters["Iris"].mean_change.value, change.raters["Iris"].toward_panel.value
    (1.0, 0.5)
    """
    if (before.scale.low, before.scale.high) != (after.scale.low, after.scale.high):
        raise ValueError(f"The scales differ: {before.scale} before the debrief, {after.scale} after it.")
    for column in ("criteria", "stages"):
        if bool(getattr(before, column)) != bool(getattr(after, column)):
            raise ValueError(f"Only one of the two phases has {column}, so scores cannot be matched.")
    first, second = _matched(before, after)
    rater, unit = before.rater[first], before.unit[first]
    change = after.score[second] - before.score[first]

    panel = np.bincount(before.thing, minlength=before.things)[before.thing[first]]
    total = summed(before.thing, before.score, before.things)[before.thing[first]]
    others = (total - before.score[first]) / np.maximum(panel - 1, 1)
    distance = np.where(panel > 1, others - before.score[first], 0.0)
    labels = before.raters
    changes = _changes(labels, rater, unit, change, distance, 1, NOT_TWICE)
    people, nobody = len(np.unique(rater)), np.zeros_like(rater)
    together = _changes((EVERYONE,), nobody, unit, change, distance, people, NOBODY_TWICE)
    spreads = _spreads(before.thing[first], rater, unit, before.score[first], after.score[second])
    return PhaseChange(
        everyone=together[EVERYONE],
        raters={label: changes[label] for label in labels},
        spread_before=spreads[0],
        spread_after=spreads[1],
        spread_change=spreads[2],
        unmatched_before=len(before) - len(first),
        unmatched_after=len(after) - len(second),
    )


def _matched(before: Ratings, after: Ratings) -> tuple[Ints, Ints]:
    """Rows of the two that are of the same rater, unit, criterion and stage, whatever their codes are."""
    keys = [np.zeros(len(ratings), dtype=np.int64) for ratings in (before, after)]
    known = np.ones(len(after), dtype=np.bool_)
    for labels, codes in (
        ("units", "unit"),
        ("criteria", "criterion"),
        ("stages", "stage"),
        ("raters", "rater"),
    ):
        here = {label: number for number, label in enumerate(getattr(before, labels))}
        there = getattr(after, labels)
        if not here and not there:
            continue
        place = np.array([here.get(label, -1) for label in there], dtype=np.int64)[getattr(after, codes)]
        known &= place >= 0
        keys = [
            keys[0] * max(len(here), 1) + getattr(before, codes),
            keys[1] * max(len(here), 1) + place,
        ]
    kept = np.flatnonzero(known)
    _, first, second = np.intersect1d(keys[0], keys[1][kept], assume_unique=True, return_indices=True)
    return first, kept[second]


def _changes(
    labels: tuple[Label, ...],
    rater: Ints,
    unit: Ints,
    change: Floats,
    distance: Floats,
    people: int,
    nothing: str,
) -> dict[Label, Change]:
    """The measures of change for each label."""

    def mean(key: str, method: str, values: Floats) -> dict[Label, Statistic]:
        return clustered_means(
            key,
            method,
            labels,
            rater,
            unit,
            values,
            undefined_because=nothing,
            cluster_is="candidate",
            people=people,
        )

    moved = np.abs(change) > SAME
    share = mean("phase_share_changed", "share of scores that changed", moved.astype(np.float64))
    by = mean("phase_mean_change", "mean of score after - score before", change)
    far = mean("phase_mean_distance_moved", "mean distance of score after and before", np.abs(change))
    toward = _toward(labels, rater, unit, change, distance, people)
    number = np.bincount(rater, minlength=len(labels)).tolist()
    changed = np.bincount(rater[moved], minlength=len(labels)).tolist()
    return {
        label: Change(
            n_scores=number[place],
            n_changed=changed[place],
            share_changed=share[label],
            mean_change=by[label],
            mean_distance_moved=far[label],
            toward_panel=toward[label],
        )
        for place, label in enumerate(labels)
    }


def _toward(
    labels: tuple[Label, ...], rater: Ints, unit: Ints, change: Floats, distance: Floats, people: int
) -> dict[Label, Statistic]:
    """Slope of the change on the distance to the co-raters, as a mean of weighted values."""
    apart = np.flatnonzero(np.abs(distance) > SAME)
    rater, unit = rater[apart], unit[apart]
    change, distance = change[apart], distance[apart]
    number = np.bincount(rater, minlength=len(labels))
    squares = summed(rater, distance**2, len(labels))
    slope = summed(rater, change * distance, len(labels)) / np.where(squares > 0, squares, 1.0)
    size = squares / np.maximum(number, 1)
    values = slope[rater] + distance * (change - slope[rater] * distance) / size[rater]
    return clustered_means(
        "phase_toward_panel",
        "share of the distance to the co-raters' mean that was given up, by least squares",
        labels,
        rater,
        unit,
        values,
        undefined_because=NOT_APART,
        cluster_is="candidate",
        people=people,
    )


def _spreads(thing: Ints, rater: Ints, unit: Ints, before: Floats, after: Floats) -> list[Statistic]:
    """Mean SD of the scores of one thing, before and after, and what it changed by."""
    numbers, place, panel = np.unique(thing, return_inverse=True, return_counts=True)
    several = panel > 1
    people = len(np.unique(rater[several[place]]))
    owner = np.zeros(len(numbers), dtype=np.int64)
    owner[place] = unit
    spreads = []
    for score in (before, after):
        mean = summed(place, score, len(numbers)) / panel
        squares = summed(place, (score - mean[place]) ** 2, len(numbers))
        spreads.append(np.sqrt(squares / np.maximum(panel - 1, 1))[several])
    earlier, later = spreads
    made = []
    for key, method, values in (
        ("phase_spread_before", "mean SD within panels before the debrief", earlier),
        ("phase_spread_after", "mean SD within panels after the debrief", later),
        ("phase_spread_change", "mean change of the SD within panels", later - earlier),
    ):
        of_all = clustered_means(
            key,
            method,
            (EVERYONE,),
            np.zeros(len(values), dtype=np.int64),
            owner[several],
            values,
            undefined_because=NO_PANEL,
            cluster_is="candidate",
            people=people,
        )
        made.append(of_all[EVERYONE])
    return made
