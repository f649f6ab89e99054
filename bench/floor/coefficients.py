"""All coefficients over units with their standard errors, from the table of patterns.

A pattern says how many ratings a unit has on each point. Panels of three on five points show at most 55, so
after two passes over the ratings everything is arithmetic on a few dozen rows. Definitions and standard
errors as Gwet (2014); alpha as Krippendorff (2011).
"""

import math

import numpy as np

from bench.data import Ints

Floats = np.ndarray


def patterns(unit: Ints, code: Ints, points: int) -> tuple[Floats, Floats]:
    """How often each point occurs in each distinct pattern, and how many units show the pattern."""
    base = int(np.bincount(unit).max()) + 1
    place = (float(base) ** np.arange(points))[code]
    number = np.bincount(unit, weights=place).astype(np.int64)
    shown = np.bincount(number)
    distinct = np.flatnonzero(shown)
    distinct = distinct[distinct > 0]  # numbers of units that nobody rated
    return distinct[:, np.newaxis] // base ** np.arange(points) % base, shown[distinct]


def coefficients(unit: Ints, code: Ints, points: int) -> dict[str, float]:
    """Value and standard error of every coefficient."""
    counts, freq = patterns(unit, code, points)
    counts = counts.astype(np.float64)
    total = counts.sum(axis=1)
    found: dict[str, float] = {}

    apart = np.abs(np.subtract.outer(np.arange(points), np.arange(points))).astype(np.float64)
    ordinal = apart * (apart + 1)
    identity = np.eye(points)
    weights = {
        "": identity,
        "linear": 1 - apart / apart.max(),
        "quadratic": 1 - (apart / apart.max()) ** 2,
        "ordinal": 1 - ordinal / ordinal.max(),
    }
    twice = total >= 2
    units, pairs = float(freq.sum()), np.where(twice, total * (total - 1), 1)
    shares = counts / total[:, np.newaxis]
    mean_shares = freq @ shares / units

    def keep(key: str, value: float, linearized: Floats) -> None:
        found[key] = value
        found[key + " se"] = math.sqrt(freq @ (linearized - value) ** 2 / (units * (units - 1)))

    def observed(weight: Floats) -> Floats:
        same = (counts * (counts @ weight - 1)).sum(axis=1)
        return np.asarray(np.where(twice, same / pairs, 0) * (units / (freq @ twice)))

    def corrected(key: str, agreed: Floats, chance: float, chances: Floats | None) -> None:
        value = float(freq @ agreed / units - chance) / (1 - chance)
        linearized = (agreed - chance * twice * units / (freq @ twice)) / (1 - chance)
        if chances is not None:
            linearized = linearized - 2 * (1 - value) * (chances - chance) / (1 - chance)
        keep(key, value, linearized)

    for key, weight in (("percent_agreement", identity), ("percent_agreement_adjacent", (apart <= 1) * 1.0)):
        agreed = observed(weight)
        keep(key, float(freq @ agreed / units), agreed)
    for name, weight in weights.items():
        agreed, suffix, spread = observed(weight), f"_{name}" if name else "", weight.sum()
        slope = spread / (points * (points - 1))
        chance = slope * float(mean_shares @ (1 - mean_shares))
        key = f"gwet_ac2_{name}" if name else "gwet_ac1"
        corrected(key, agreed, chance, slope * (shares @ (1 - mean_shares)))
        if name == "ordinal":
            continue
        near = weight @ mean_shares
        corrected(f"fleiss_kappa{suffix}", agreed, float(mean_shares @ near), shares @ near)
        corrected(f"brennan_prediger{suffix}", agreed, spread / points**2, None)

    counts, total, freq = counts[twice], total[twice], freq[twice]
    alphas(found, counts, total, freq)
    return found


def distances(name: str, marginal: Floats) -> Floats:
    """Krippendorff's squared distance between points."""
    points = np.arange(len(marginal), dtype=np.float64)
    if name == "nominal":
        return 1 - np.eye(len(marginal))
    at = np.cumsum(marginal) - marginal / 2 if name == "ordinal" else points
    return np.asarray(np.subtract.outer(at, at) ** 2)


def alphas(found: dict[str, float], counts: Floats, total: Floats, freq: Floats) -> None:
    """Krippendorff's alpha of the units rated twice or more, and Gwet's standard error."""
    marginal = freq @ counts
    ratings, units = float(marginal.sum()), float(freq.sum())
    for name in ("nominal", "ordinal", "interval"):
        apart = distances(name, marginal)
        within = (counts * (counts @ apart)).sum(axis=1) / (total - 1)
        expected = float(marginal @ apart @ marginal)
        value = 1 - (ratings - 1) * float(freq @ within) / expected
        found[f"krippendorff_alpha_{name}"] = value
        if name == "ordinal":  # its metric changes with the data, and has no such formula
            continue

        mean = ratings / units
        weight = 1 - apart / apart.max()
        same = (counts * (counts @ weight - 1)).sum(axis=1) / (mean * (total - 1))
        agreed = float(freq @ same) / units
        share = marginal / ratings
        near = weight @ share
        chance = float(share @ near)
        uncorrected = (agreed - chance) / (1 - chance)
        surplus = (total - mean) / mean
        corrected = agreed + (1 - agreed) / ratings
        own = (same - corrected * surplus - chance) / (1 - chance)
        chances = counts @ near / mean - chance * surplus
        linearized = own - 2 * (1 - uncorrected) * (chances - chance) / (1 - chance)
        found[f"krippendorff_alpha_{name} se"] = math.sqrt(
            freq @ (linearized - uncorrected) ** 2 / (units * (units - 1))
        )
