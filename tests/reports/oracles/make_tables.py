"""Writes the small tables that the other programs were asked about; the same ones on every machine.

A score is the level nearest to: middle + spread x (candidate + candidate on a criterion + rater + noise),
each part normal, drawn by inversion from `random.Random(seed).random()`, whose stream Python promises.
"""

import csv
import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import NormalDist

HERE = Path(__file__).parent / "tables"

# Shrout, P. E. & Fleiss, J. L. (1979). Intraclass correlations. Psychological Bulletin 86, 420-428, table 2.
SHROUT_FLEISS = ["9258", "6132", "8468", "7126", ["10", "5", "6", "9"], "6247"]

Row = Sequence[object]


def panel(
    seed: int,
    *,
    candidates: int,
    raters: int,
    per_candidate: tuple[int, int],
    scale: tuple[float, float, float],
    criteria: int = 0,
    middle: float = 0.55,
    spread: float = 0.25,
) -> list[Row]:
    """Rows of candidates who met some of the raters; `middle` and `spread` as shares of the scale."""
    stream = random.Random(seed)
    low, high, step = scale

    def normal(deviation: float) -> float:
        return NormalDist(0, deviation).inv_cdf(1 - stream.random())

    severity = [normal(0.5) for _ in range(raters)]
    rows: list[Row] = []
    for candidate in range(1, candidates + 1):
        ability = normal(1.0)
        number = per_candidate[0] + int(stream.random() * (per_candidate[1] - per_candidate[0] + 1))
        order = sorted((stream.random(), rater) for rater in range(raters))
        who = sorted(rater for _, rater in order[:number])
        for criterion in range(max(criteria, 1)):
            here = ability + (normal(0.4) if criteria else 0)
            for rater in who:
                share = middle + spread * (here + severity[rater] + normal(0.6))
                level = min(max(round(share * (high - low) / step), 0), round((high - low) / step))
                score = f"{low + step * level:g}"
                about = [f"criterion {criterion + 1}"] if criteria else []
                rows.append([f"c{candidate:03}", f"r{rater + 1}", score, *about])
    return rows


def two(pairs: Iterable[tuple[object, object, int]]) -> list[Row]:
    """Rows of two raters from (score of one, score of the other, how often)."""
    each = [(first, second) for first, second, number in pairs for _ in range(number)]
    return [
        [f"c{unit:03}", rater, score]
        for unit, pair in enumerate(each, start=1)
        for rater, score in zip(("r1", "r2"), pair, strict=True)
        if score is not None
    ]


def tables() -> dict[str, list[Row]]:
    """Every table by its name."""
    one_to_five = (1, 5, 1)
    return {
        "complete": panel(1, candidates=40, raters=3, per_candidate=(3, 3), scale=one_to_five),
        "incomplete": panel(2, candidates=60, raters=9, per_candidate=(2, 4), scale=one_to_five),
        "once_too": panel(3, candidates=40, raters=6, per_candidate=(1, 3), scale=one_to_five),
        "two_raters": panel(4, candidates=50, raters=2, per_candidate=(2, 2), scale=one_to_five),
        "two_raters_gaps": panel(5, candidates=50, raters=2, per_candidate=(1, 2), scale=one_to_five),
        "criteria": panel(6, candidates=40, raters=9, per_candidate=(2, 4), scale=one_to_five, criteria=5),
        "half_points": panel(7, candidates=40, raters=4, per_candidate=(2, 4), scale=(1, 5, 0.5)),
        "hundred": panel(8, candidates=30, raters=4, per_candidate=(2, 4), scale=(0, 100, 1)),
        "skewed": panel(9, candidates=60, raters=3, per_candidate=(3, 3), scale=one_to_five, middle=0.95),
        "paradox": two([(4, 4, 90), (4, 3, 5), (3, 4, 5)]),
        "middle_only": two([(1, 3, 6), (2, 3, 12), (3, 3, 24), (4, 3, 12), (5, 3, 6)]),
        "never_a_three": two(
            [
                (1, 1, 9),
                (1, 2, 4),
                (2, 1, 3),
                (2, 2, 8),
                (2, 4, 3),
                (4, 4, 7),
                (4, 5, 5),
                (5, 4, 2),
                (5, 5, 6),
                (5, 1, 1),
            ]
        ),
        "shrout_fleiss_1979": [
            [f"c{unit}", f"r{rater}", score]
            for unit, scores in enumerate(SHROUT_FLEISS, start=1)
            for rater, score in enumerate(scores, start=1)
        ],
    }


def main() -> None:
    """Write each table as CSV."""
    HERE.mkdir(exist_ok=True)
    for name, rows in tables().items():
        with (HERE / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["unit", "rater", "score", "criterion"][: len(rows[0])])
            writer.writerows(rows)


if __name__ == "__main__":
    main()
