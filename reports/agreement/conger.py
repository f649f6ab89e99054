"""Conger's kappa: many raters, each with habits of their own."""

from reports.agreement import chance
from reports.agreement.disagreement import Disagreement
from reports.counting.patterns import Patterns
from reports.ratings.tables import Floats


def conger_kappa(patterns: Patterns, levels_of_raters: Floats, distance: Disagreement) -> float | None:
    """Agreement beyond chance, chance being the mean over pairs of raters of what their own shares give.

    `levels_of_raters` counts how often each rater gave each score (raters x scores). Conger (1980); with
    missing ratings as Gwet (2014): observed agreement as for Fleiss' kappa. Raters without a rating are no
    raters. None for fewer than two raters, and where chance leaves nothing.

    >>> from reports.counting.counts import Counts
    >>> from reports.ratings.tables import Ratings, Scale
    >>> rows = [("Ann", "Iris", 1), ("Ann", "Ivo", 2), ("Ben", "Iris", 4), ("Ben", "Ivo", 4)]
    >>> counts = Counts.of(Ratings.from_rows(rows, scale=Scale(1, 5)))
    >>> patterns = counts.patterns()
    >>> nominal = Disagreement.on_points("nominal", patterns.values)
    >>> round(conger_kappa(patterns, counts.levels, nominal), 3)
    0.333
    """
    given = levels_of_raters.sum(axis=1)
    shares = levels_of_raters[given > 0] / given[given > 0, None]
    raters = len(shares)
    if raters < 2:
        return None
    # The sum over ordered pairs of different raters: all pairs less each rater with themself.
    together = shares.sum(axis=0)
    everyone = float((distance.times(together) * together).sum())
    themself = float((distance.times(shares) * shares).sum())
    by_chance = 1 - (everyone - themself) / (raters * (raters - 1))
    observed = chance.mean_over_things(
        patterns, patterns.frequency, chance.agreement_of_patterns(patterns, distance)
    )
    if by_chance >= 1 - chance.NO_DISAGREEMENT or not patterns.things:
        return None
    return (float(observed) - by_chance) / (1 - by_chance)
