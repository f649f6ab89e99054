"""Adverse impact: do the candidates of each group pass at the same rate, and can the numbers tell at all?

29 CFR 1607.4(D) takes a selection rate under four fifths of the highest group's as evidence of adverse
impact, and says itself that few people or chance may be behind it. With equal rates of 30 % and fifty people
in each group the ratio lies under four fifths in nearly every second sample. So a ratio comes with its
interval and an exact test, and with one of three findings; one is that there are too few people to say.
"""

from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from reports.fairness.decisions import Decisions, from_frame
from reports.fairness.exact_test import exact_p_value, holm, permutation_p_value
from reports.fairness.proportions import mantel_haenszel_ratio, ratio_interval, wilson_interval
from reports.fairness.suppression import FEWEST, hidden_cells
from reports.ratings.columns import Label
from reports.results import Statistic

__all__ = ["AdverseImpact", "Comparison", "Decisions", "GroupFigures", "adverse_impact", "from_frame"]

Ints = npt.NDArray[np.int64]
Finding: TypeAlias = Literal["too few to say", "no difference shown", "difference shown"]

FOUR_FIFTHS = 0.8
FEWEST_TO_COMPARE = 10
SIGNIFICANT = 0.05
LEVEL = 0.95

HIDDEN = (
    f"Not shown: the group, or another whose numbers would follow from its own, has under {FEWEST} people."
)
SOME_HIDDEN = "Some groups cannot be shown."
FEW = f"One of the two groups has under {FEWEST_TO_COMPARE} people."
DIFFERS = "With equal rates, so great a difference would come about by chance in at most 5 of 100 cases."
OPEN = "The interval of the ratio reaches down to four fifths: these numbers cannot tell it from equality."
CLOSE = "The whole interval of the ratio lies above four fifths, and the exact test finds no difference."
ALONE = "Fewer than two groups can be shown."
NOBODY = "Nobody of the group that others are compared with passed."


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFigures:
    """One group in one comparison; without numbers where they are hidden.

    `p_value` is of the exact test against the group with the highest rate, `p_adjusted` after Holm over all
    pairs of groups. The group with the highest rate has neither, and no finding of its own.
    """

    group: Label
    people: int | None
    passed: int | None
    selection_rate: Statistic
    impact_ratio: Statistic
    impact_ratio_within_jobs: Statistic | None = None
    p_value: float | None = None
    p_adjusted: float | None = None
    finding: Finding | None = None
    because: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The groups in one decision: on a stage, on a criterion of a stage, or on the candidate as a whole.

    `not_stated` counts who stated no group and is therefore left out, None where that number is hidden.
    `p_value` is of the permutation test over all groups shown, None where there are fewer than two.
    """

    stage: Label | None
    criterion: Label | None
    highest: Label | None
    groups: tuple[GroupFigures, ...]
    not_stated: int | None
    p_value: float | None
    finding: Finding
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdverseImpact:
    """The bottom line first (29 CFR 1607.4(C)), then each stage and criterion."""

    overall: Comparison
    comparisons: tuple[Comparison, ...]


@dataclass(frozen=True, slots=True)
class _Counts:
    """People and passes, jobs x groups, the last column for no group; one row where there are no jobs."""

    stage: Label | None
    criterion: Label | None
    people: Ints
    passed: Ints


def adverse_impact(decisions: Decisions, *, seed: str) -> AdverseImpact:
    """Compare how many of each group passed, overall and for each stage and criterion.

    Overall a candidate passed who passed every decision on a stage that there is; rows on a criterion count
    for it only in a table that has no others. The highest rate is looked for among groups of ten or more.
    With jobs, the test is within jobs: candidates are compared with those they competed with.

    The finding on a group is, the first that holds:
    "too few to say" if it or the group with the highest rate has under ten people;
    "difference shown" if the exact test, after Holm's correction over all pairs of groups, gives at most .05;
    "no difference shown" if the 95 % interval of the ratio (with jobs, of both) lies above four fifths;
    "too few to say" otherwise: the interval reaches four fifths, and the test did not tell the rates apart.

    All pairs are corrected for because the highest group is chosen by looking. With equal rates, a comparison
    shows a difference at most 5 times in 100. Stages and criteria are as many comparisons: of twenty, one may
    show a difference by chance.

    >>> rows = [("A", 40, 30), ("B", 40, 12)]
    >>> group = [name for name, people, _ in rows for _ in range(people)]
    >>> outcome = [i < passed for _, people, passed in rows for i in range(people)]
    >>> found = adverse_impact(Decisions.from_columns(range(80), group, outcome), seed="loop 7").overall
    >>> found.highest, round(found.groups[1].impact_ratio.value, 2), found.finding
    ('A', 0.4, 'difference shown')
    """
    overall, parts = _overall(decisions), _parts(decisions)
    every = [overall, *parts]
    hide = hidden_cells(
        np.array([counts.people.sum(axis=0) for counts in every]),
        np.array([counts.passed.sum(axis=0) for counts in every]),
    )
    first, *rest = (
        _compare(counts, hidden, decisions.groups, seed) for counts, hidden in zip(every, hide, strict=True)
    )
    return AdverseImpact(overall=first, comparisons=tuple(rest))


def _overall(decisions: Decisions) -> _Counts:
    counted = decisions.criterion < 0
    if not counted.any():
        counted = ~counted
    application = decisions.unit[counted] * max(len(decisions.jobs), 1) + decisions.job[counted]
    _, first, number = np.unique(application, return_index=True, return_inverse=True)
    passed = np.bincount(number, ~decisions.passed[counted]) == 0
    people, passes = _count(decisions, np.flatnonzero(counted)[first], passed)
    return _Counts(None, None, people, passes)


def _parts(decisions: Decisions) -> list[_Counts]:
    """The stages and criteria that occur, in the order of their labels, a stage before its criteria."""
    if not decisions.stages and not decisions.criteria:
        return []
    width = len(decisions.criteria) + 1
    kinds, part = np.unique(decisions.stage * width + decisions.criterion + 1, return_inverse=True)
    order = np.argsort(part, kind="stable")
    parts = []
    for kind, rows in zip(kinds, np.split(order, np.flatnonzero(np.diff(part[order])) + 1), strict=True):
        stage, criterion = divmod(int(kind), width)
        people, passed = _count(decisions, rows, decisions.passed[rows])
        parts.append(
            _Counts(
                decisions.stages[stage] if decisions.stages else None,
                decisions.criteria[criterion - 1] if criterion else None,
                people,
                passed,
            )
        )
    return parts


def _count(decisions: Decisions, rows: Ints, passed: npt.NDArray[np.bool_]) -> tuple[Ints, Ints]:
    shape = max(len(decisions.jobs), 1), len(decisions.groups) + 1
    group = np.where(decisions.group[rows] < 0, len(decisions.groups), decisions.group[rows])
    cell = decisions.job[rows] * shape[1] + group
    people = np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape)
    passes = np.bincount(cell[passed], minlength=shape[0] * shape[1]).reshape(shape)
    return people, passes


def _compare(
    counts: _Counts, hidden: npt.NDArray[np.bool_], labels: tuple[Label, ...], seed: str
) -> Comparison:
    people, passed = counts.people.sum(axis=0), counts.passed.sum(axis=0)
    present = [group for group in range(len(labels)) if people[group]]
    shown = [group for group in present if not hidden[group]]
    highest = _highest(people, passed, shown)
    p_values = _pairwise(counts, shown)
    adjusted = dict(zip(p_values, holm(list(p_values.values())), strict=True))
    figures = []
    for group in present:
        if hidden[group] or highest is None:
            figures.append(_hidden(labels[group]))
            continue
        figure = _figures_of(counts, labels[group], group)
        if group != highest:
            pair = (min(group, highest), max(group, highest))
            figure = _held_against(figure, counts, group, highest, p_values[pair], adjusted[pair])
        figures.append(figure)
    finding, because = _sum_up(figures, len(shown))
    return Comparison(
        stage=counts.stage,
        criterion=counts.criterion,
        highest=None if highest is None else labels[highest],
        groups=tuple(figures),
        not_stated=None if hidden[-1] else int(people[-1]),
        p_value=permutation_p_value(counts.passed[:, shown], counts.people[:, shown], seed=seed)
        if len(shown) > 1
        else None,
        finding=finding,
        because=because,
    )


def _highest(people: Ints, passed: Ints, shown: list[int]) -> int | None:
    """The group with the highest rate among those large enough, the larger one of two that are equal."""
    enough = [group for group in shown if people[group] >= FEWEST_TO_COMPARE] or shown
    return max(enough, key=lambda group: (passed[group] / people[group], people[group], -group), default=None)


def _pairwise(counts: _Counts, shown: list[int]) -> dict[tuple[int, int], float]:
    return {
        (one, other): exact_p_value(
            counts.passed[:, one], counts.people[:, one], counts.passed[:, other], counts.people[:, other]
        )
        for one, other in combinations(shown, 2)
    }


def _figures_of(counts: _Counts, label: Label, group: int) -> GroupFigures:
    """A group by itself; its ratio is that of the highest group unless it is held against another."""
    people, passed = int(counts.people[:, group].sum()), int(counts.passed[:, group].sum())
    method = "the group with the highest rate, which the others are compared with"
    return GroupFigures(
        group=label,
        people=people,
        passed=passed,
        selection_rate=_statistic(
            "selection_rate",
            passed / people,
            people,
            "share of the group that passed, Wilson interval",
            ci=wilson_interval(passed, people, LEVEL),
        ),
        impact_ratio=_statistic("impact_ratio", 1.0, people, method)
        if passed
        else _undefined("impact_ratio", NOBODY),
    )


def _held_against(
    figure: GroupFigures, counts: _Counts, group: int, highest: int, p_value: float, p_adjusted: float
) -> GroupFigures:
    """The same group with its ratio, its test and its finding."""
    people, passed = int(counts.people[:, group].sum()), int(counts.passed[:, group].sum())
    others, others_passed = int(counts.people[:, highest].sum()), int(counts.passed[:, highest].sum())
    ratio = _undefined("impact_ratio", NOBODY)
    if others_passed:
        low, high = ratio_interval(passed, people, others_passed, others, LEVEL)
        ratio = _statistic(
            "impact_ratio",
            (passed / people) / (others_passed / others),
            people + others,
            "selection rate over the highest, 29 CFR 1607.4(D), interval of Koopman",
            ci=(float(low), float(high)),
        )
    within = _within_jobs(counts, group, highest) if len(counts.people) > 1 else None
    finding, because = _find(min(people, others), p_adjusted, [ratio, within] if within else [ratio])
    return replace(
        figure,
        impact_ratio=ratio,
        impact_ratio_within_jobs=within,
        p_value=p_value,
        p_adjusted=p_adjusted,
        finding=finding,
        because=because,
    )


def _within_jobs(counts: _Counts, group: int, highest: int) -> Statistic:
    key = "impact_ratio_within_jobs"
    people, others = counts.people[:, group], counts.people[:, highest]
    found = mantel_haenszel_ratio(counts.passed[:, group], people, counts.passed[:, highest], others, LEVEL)
    if found is None:
        return _undefined(key, "No job has people of both groups of whom some passed.")
    ratio, ci = found
    compared = int((people + others)[(people > 0) & (others > 0)].sum())
    return _statistic(
        key, ratio, compared, "Mantel-Haenszel risk ratio over jobs, interval of Greenland-Robins", ci=ci
    )


def _find(fewest: int, p_adjusted: float, ratios: list[Statistic]) -> tuple[Finding, str]:
    """Apply the rule that `adverse_impact` states, to one group against the highest."""
    if fewest < FEWEST_TO_COMPARE:
        return "too few to say", FEW
    if p_adjusted <= SIGNIFICANT:
        return "difference shown", DIFFERS
    for ratio in ratios:
        if ratio.undefined_because is not None:
            return "too few to say", ratio.undefined_because
    if any(ratio.ci is None or ratio.ci[0] <= FOUR_FIFTHS for ratio in ratios):
        return "too few to say", OPEN
    return "no difference shown", CLOSE


def _sum_up(figures: list[GroupFigures], shown: int) -> tuple[Finding, str]:
    """A difference anywhere is one; that there is none can be said only if it can be said of every group."""
    if shown < 2:
        return "too few to say", ALONE
    found = {figure.finding: figure.because for figure in figures if figure.because is not None}
    if because := found.get("difference shown"):
        return "difference shown", because
    if any(figure.people is None for figure in figures):
        return "too few to say", SOME_HIDDEN
    if because := found.get("too few to say"):
        return "too few to say", because
    return "no difference shown", CLOSE


def _hidden(label: Label) -> GroupFigures:
    return GroupFigures(
        group=label,
        people=None,
        passed=None,
        selection_rate=_undefined("selection_rate", HIDDEN),
        impact_ratio=_undefined("impact_ratio", HIDDEN),
    )


def _statistic(
    key: str, value: float, people: int, method: str, ci: tuple[float, float] | None = None
) -> Statistic:
    return Statistic(
        key=key,
        value=value,
        ci=ci,
        ci_level=LEVEL if ci else None,
        n_units=people,
        n_candidates=people,
        n_raters=0,
        method=method,
        no_interval_because=None if ci else "It is 1 by definition.",
    )


def _undefined(key: str, because: str) -> Statistic:
    return Statistic(
        key=key, value=None, n_units=0, n_candidates=0, n_raters=0, method=key, undefined_because=because
    )
