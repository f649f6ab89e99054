"""How near raters come to gold scores: the agreed scores of vignettes that everyone rates.

Measures without a verdict: who passes is for those to say who set the bar. On either side a criterion can
be "not observed", which is an empty score; that is counted apart and never turned into points.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from reports.raters.clustered import clustered_means
from reports.raters.co_raters import numbered, summed
from reports.raters.habit_indices import in_the_middle
from reports.ratings.checking import TableError, Where, check_labels, check_scores
from reports.ratings.columns import Label, Mask, encode
from reports.ratings.tables import Floats, Ints, Scale
from reports.results import Statistic

NO_NUMBERS = "There is no criterion on which both this rater and the gold have a number."
NO_SPREAD = "There is no answer that this rater scored on two criteria or more and on which the gold varies."
SAME = 1e-9

_Records: TypeAlias = Sequence[tuple[object, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How often rater and gold say that a criterion was observed, and how often they differ in that."""

    both_scored: int
    both_not_observed: int
    scored_though_not_observed: int
    not_observed_though_scored: int

    @property
    def errors(self) -> int:
        """How often the two differ in whether there was anything to score."""
        return self.scored_though_not_observed + self.not_observed_though_scored


@dataclass(frozen=True, slots=True, kw_only=True)
class Accuracy:
    """One rater beside the gold."""

    exact: Statistic
    adjacent: Statistic
    bias: Statistic
    mean_absolute_error: Statistic
    halo: Statistic
    centrality: Statistic
    coverage: Coverage


@dataclass(frozen=True, slots=True, eq=False)
class _Beside:
    """Each rating beside its gold score; not a number where one of them is "not observed"."""

    raters: tuple[Label, ...]
    rater: Ints
    unit: Ints
    score: Floats
    gold: Floats

    def where(self, rows: Mask) -> "_Beside":
        return _Beside(self.raters, self.rater[rows], self.unit[rows], self.score[rows], self.gold[rows])

    def mean(self, key: str, method: str, values: Floats, undefined_because: str) -> dict[Label, Statistic]:
        return clustered_means(
            key,
            method,
            self.raters,
            self.rater,
            self.unit,
            values,
            undefined_because=undefined_because,
            cluster_is="answer",
        )


def accuracy(
    rows: Iterable[Sequence[object]],
    gold: Iterable[Sequence[object]],
    *,
    scale: Scale,
    where: Where | None = None,
    gold_where: Where | None = None,
) -> Mapping[Label, Accuracy]:
    """Compare raters' rows of (rater, unit, criterion, score) with gold rows of (unit, criterion, score).

    Over criteria with a number on both sides: share equal, share at most one point apart, mean difference
    (bias; below 0 severe) and mean distance; centrality, the share of scores in the middle of the scale less
    that of the gold; and the halo index, the SD across criteria within an answer over that of the gold (SD
    with n below), averaged over answers where the gold varies. Standard errors are by answer, since the
    scores of one hang together; intervals from t with answers - 1 degrees of freedom. Checked by hand (see
    the tests). `where` and `gold_where` say in which file and rows a person finds what is refused; without
    them rows count from 1.

    >>> gold = [("V1", criterion, score) for criterion, score in zip("abcde", [4, 4, 1, 3, 2])]
    >>> rows = [("Iris", "V1", criterion, score) for criterion, score in zip("abcde", [4, 4, 3, 4, 4])]
    >>> iris = accuracy(rows, gold, scale=Scale(1, 5))["Iris"]
    >>> iris.exact.value, iris.adjacent.value, iris.bias.value, round(iris.halo.value, 2)
    (0.4, 0.6, 1.0, 0.34)
    """
    records, golden = [tuple(row) for row in rows], [tuple(row) for row in gold]
    beside = _beside(
        records,
        golden,
        scale,
        where or Where("ratings", range(1, len(records) + 1)),
        gold_where or Where("gold", range(1, len(golden) + 1)),
    )
    coverage = _coverage(beside)
    both = beside.where(~np.isnan(beside.score) & ~np.isnan(beside.gold))
    apart = both.score - both.gold
    middle = in_the_middle(both.score, scale) - in_the_middle(both.gold, scale)
    halo, answers = _halo(both)
    distance = np.abs(apart)
    values: dict[str, tuple[str, Floats]] = {
        "exact": ("share of scores equal to the gold", _ones(distance <= SAME)),
        "adjacent": ("share of scores at most one point from the gold", _ones(distance <= 1 + SAME)),
        "bias": ("mean of score - gold, below 0 severe, above 0 lenient", apart),
        "mean_absolute_error": ("mean distance of score and gold", distance),
        "centrality": ("share of scores in the middle of the scale less that of the gold", middle),
    }
    measures = {
        key: both.mean(f"gold_{key}", method, each, NO_NUMBERS) for key, (method, each) in values.items()
    }
    for key in ("exact", "adjacent"):
        measures[key] = {rater: _within_0_and_1(one) for rater, one in measures[key].items()}
    measures["halo"] = answers.mean(
        "gold_halo", "SD across criteria within an answer over that of the gold", halo, NO_SPREAD
    )
    return {
        rater: Accuracy(**{key: each[rater] for key, each in measures.items()}, coverage=coverage[rater])
        for rater in beside.raters
    }


def _within_0_and_1(share: Statistic) -> Statistic:
    """Cut the interval of a share where no share can be."""
    return share if share.ci is None else replace(share, ci=(max(0.0, share.ci[0]), min(1.0, share.ci[1])))


def _ones(which: Mask) -> Floats:
    return which.astype(np.float64)


def _coverage(beside: _Beside) -> dict[Label, Coverage]:
    no_score, no_gold = np.isnan(beside.score), np.isnan(beside.gold)
    cell = beside.rater * 4 + 2 * no_score + no_gold
    counts = np.bincount(cell, minlength=4 * len(beside.raters)).reshape(-1, 4).tolist()
    return {
        rater: Coverage(
            both_scored=both_scored,
            scored_though_not_observed=too_much,
            not_observed_though_scored=too_little,
            both_not_observed=neither,
        )
        for rater, (both_scored, too_much, too_little, neither) in zip(beside.raters, counts, strict=True)
    }


def _halo(both: _Beside) -> tuple[Floats, _Beside]:
    """For each answer on which the gold varies, the rater's SD across criteria over that of the gold."""
    units = int(both.unit.max(initial=0)) + 1
    found, answer = numbered(both.rater * units + both.unit, len(both.raters) * units)
    spreads = []
    for values in (both.score, both.gold):
        number = np.bincount(answer, minlength=len(found))
        mean = summed(answer, values, len(found)) / number
        spreads.append(np.sqrt(summed(answer, (values - mean[answer]) ** 2, len(found)) / number))
    rater, gold = spreads
    varies = gold > SAME
    answers = _Beside(both.raters, found // units, found % units, rater, gold).where(varies)
    return answers.score / answers.gold, answers


def _beside(rows: _Records, gold: _Records, scale: Scale, where: Where, gold_where: Where) -> _Beside:
    """Check both tables, and look up the gold of every rating."""
    gold_labels, gold_codes, gold_score = _read(gold, ("unit", "criterion"), scale, gold_where)
    labels, codes, score = _read(rows, ("rater", "unit", "criterion"), scale, where)
    places = []
    for name in ("unit", "criterion"):
        place = {label: number for number, label in enumerate(gold_labels[name])}
        known = np.array([place.get(label, -1) for label in labels[name]], dtype=np.int64)
        places.append(known[codes[name]])
    unit, criterion = places
    criteria = len(gold_labels["criterion"])
    row_of = np.full(len(gold_labels["unit"]) * criteria + 1, -1, dtype=np.int64)
    row_of[gold_codes["unit"] * criteria + gold_codes["criterion"]] = np.arange(len(gold_score))
    row = row_of[np.where((unit >= 0) & (criterion >= 0), unit * criteria + criterion, -1)]
    if (row < 0).any():
        position = int(np.argmax(row < 0))
        about = " on ".join(repr(labels[name][codes[name][position]]) for name in ("unit", "criterion"))
        raise TableError(
            f"There is no gold for {about}. Add it, with an empty score if it cannot be observed.",
            file=where.file,
            row=int(where.rows[position]),
        )
    return _Beside(labels["rater"], codes["rater"], unit, score, gold_score[row])


def _read(
    records: _Records, names: tuple[str, ...], scale: Scale, where: Where
) -> tuple[dict[str, tuple[Label, ...]], dict[str, Ints], Floats]:
    """Check rows of labels and a score, refusing two for the same labels."""
    for number, record in zip(where.rows, records, strict=True):
        if len(record) != len(names) + 1:
            raise TableError(f"A row is {', '.join(names)} and score.", file=where.file, row=int(number))
    labels: dict[str, tuple[Label, ...]] = {}
    codes: dict[str, Ints] = {}
    key = np.zeros(len(records), dtype=np.int64)
    for place, name in enumerate(names):
        labels[name], number_of = check_labels(encode([record[place] for record in records]), name, where)
        codes[name] = number_of.astype(np.int64)
        key = key * max(len(labels[name]), 1) + codes[name]
    column = encode([record[-1] for record in records])
    score = check_scores(column, scale, where)[column.codes]
    order = np.argsort(key, kind="stable")
    again = np.flatnonzero(np.diff(key[order]) == 0)
    if len(again):
        second, first = min((int(order[place + 1]), int(order[place])) for place in again)
        said = ", ".join(repr(cell) for cell in records[second][:-1])
        raise TableError(
            f"There is a score for {said} in row {where.rows[first]} already. Keep one of the two.",
            file=where.file,
            row=int(where.rows[second]),
        )
    return labels, codes, score
