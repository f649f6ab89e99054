"""The measures that habits are named from: each rater beside co-raters on the same things and cards.

A card is all that one rater said of one candidate at one stage.
"""

from dataclasses import dataclass, field

import numpy as np

from reports.raters.cards import Cards, cards_of
from reports.raters.co_raters import Shared, shared, solve
from reports.raters.indices import Index, difference, mean_of, ratio
from reports.ratings.tables import Floats, Ints, Ratings, Scale

MIDDLE_FIFTH = 0.1
STEPS = 30

DIFFERENCE = "score beside co-raters' on the same things, in points; the typical rater is 0"
MIDDLE = "share of scores in the middle of the scale beside co-raters' on the same things"
NOISE = "SD of what candidate, criterion and severity leave unexplained, over that of the typical rater"
FLAT = "share of cards with one level on all criteria beside co-raters' on the same cards"
HALO = "mean SD within a card over that of the typical rater on the same cards"
DISCRIMINATION = (
    "how far differences between criteria follow those that co-raters see; the typical rater is 1"
)
RANGE = "SD of cards' means between candidates over that of the typical rater on the same candidates"
SPREAD = "SD of all scores over that of the typical rater on the same candidates"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Within:
    """What happens within cards, between the criteria of one candidate."""

    halo: Index
    flat: Index
    discrimination: Index


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Indices:
    """The indices of all raters of a table; `within` is None where nobody's cards have several criteria.

    `rows` are the ratings of things that somebody else rated too, on which `difference` rests.
    """

    difference: Index
    middle: Index
    noise: Index
    range: Index
    spread: Index
    within: Within | None
    typical_mean: Floats = field(repr=False)
    rows: Ints = field(repr=False)

    def all(self) -> tuple[Index, ...]:
        """Every index there is."""
        found = (self.difference, self.middle, self.noise, self.range, self.spread)
        if self.within is None:
            return found
        return (*found, self.within.halo, self.within.flat, self.within.discrimination)


def indices_of(ratings: Ratings) -> Indices:
    """Measure mean difference, middle, noise, range, spread, halo and flat cards of every rater."""
    raters = len(ratings.raters)
    seen, rows = shared(ratings.thing, ratings.rater, ratings.unit, raters)
    score = ratings.score[rows]
    severity = difference("rater_mean_difference", DIFFERENCE, seen, score)
    effects = np.nan_to_num(severity.value)
    own_mean = mean_of(seen, score)

    cards = cards_of(ratings)
    met, kept = shared(cards.number, cards.rater, cards.candidate, raters)
    mean, variance = cards.mean[kept] - effects[met.rater], cards.variance[kept]
    between, others_between = _between(met, mean)
    whole, others_whole = between + variance, others_between + met.others(variance)
    return Indices(
        difference=severity,
        middle=difference("rater_centrality", MIDDLE, seen, in_the_middle(score, ratings.scale)),
        noise=_noise(seen, score - effects[seen.rater]),
        range=ratio(
            "rater_range", RANGE, met, between, met.typical_amount(between, others_between), root=True
        ),
        spread=ratio("rater_spread", SPREAD, met, whole, met.typical_amount(whole, others_whole), root=True),
        within=_within(cards, met, variance, seen, _within_cards(ratings, cards)[rows]),
        typical_mean=own_mean - severity.value,
        rows=rows,
    )


def in_the_middle(score: Floats, scale: Scale) -> Floats:
    """1 for scores in the middle fifth of the scale or, where no level lies there, on the nearest levels.

    The 3 of 1 to 5, the 2 and 3 of 1 to 4, 40 to 60 of 0 to 100.

    >>> in_the_middle(np.array([1.0, 2.0, 3.0, 4.0]), Scale(1, 4)).tolist()
    [0.0, 1.0, 1.0, 0.0]
    """
    middle, reach = (scale.low + scale.high) / 2, MIDDLE_FIFTH * (scale.high - scale.low)
    if scale.step is not None:
        reach = max(reach, float(np.abs(scale.values - middle).min()))
    return np.asarray(np.abs(score - middle) <= reach + 1e-9, dtype=np.float64)


def _between(met: Shared, mean: Floats) -> tuple[Floats, Floats]:
    """Squared distances of a rater's cards from their mean, and of co-raters' cards on the same candidates.

    The co-raters' center is that on this rater's candidates: who saw only the strong ones is compared with
    how others spread the strong ones.
    """
    number = met.candidates[met.rater]
    unbiased = np.where(number > 1, number / np.maximum(number - 1, 1), 0.0)
    own = mean - mean_of(met, mean)[met.rater]
    others, squares = met.others(mean), met.others(mean**2)
    center = mean_of(met, others)[met.rater]
    apart = np.maximum(squares - 2 * center * others + center**2, 0.0)
    return own**2 * unbiased, apart * unbiased


def _within(cards: Cards, met: Shared, variance: Floats, seen: Shared, apart: Floats) -> Within | None:
    """Measure halo and flat cards, where cards have two criteria or more, and discrimination."""
    several = np.flatnonzero(cards.criteria >= 2)
    if not len(several):
        return None
    full, spread = met, np.sqrt(variance)
    if len(several) < len(cards.criteria):
        full, chosen = shared(
            cards.number[several], cards.rater[several], cards.candidate[several], met.raters
        )
        spread = np.sqrt(cards.variance[several][chosen])
    typical = full.typical_amount(spread, full.others(spread))
    return Within(
        halo=ratio("rater_halo", HALO, full, spread, typical),
        flat=difference("rater_flat_cards", FLAT, full, (spread == 0).astype(np.float64)),
        discrimination=_discrimination(seen, apart),
    )


def _within_cards(ratings: Ratings, cards: Cards) -> Floats:
    """Return each score less the mean of its card, both less the mean of their criterion."""
    return ratings.score - cards.criterion_means[ratings.criterion] - cards.mean[cards.card]


def _discrimination(seen: Shared, within: Floats) -> Index:
    """Covariance with the co-raters within cards, over what the typical rater would have with them.

    Noise has no part in it: whoever gives the same impression on every criterion follows nobody's
    differences, however scattered the scores. The covariance of two raters is the product of what each
    follows, so that the co-raters' own blindness is taken out.
    """
    own = within * seen.others(within)
    covariance = np.maximum(np.nan_to_num(mean_of(seen, own)), 0.0)
    share = np.divide(1.0, seen.weights, where=seen.weights > 0, out=np.zeros(seen.raters))
    follows = np.full(seen.raters, np.sqrt(covariance.mean()) if seen.raters else 0.0)
    for _ in range(STEPS):
        company = share * (seen.links @ follows)
        follows = np.sqrt(
            follows * np.divide(covariance, company, where=company > 0, out=np.zeros(seen.raters))
        )
    typical = seen.typical(follows)
    expected = share * (seen.links @ follows) * typical
    return ratio("rater_discrimination", DISCRIMINATION, seen, own, expected[seen.rater])


def _noise(seen: Shared, score: Floats) -> Index:
    """Each rater's own error variance, from squared differences between raters of the same thing.

    The squared difference of two raters has the sum of their variances as its mean (Grubbs 1948); least
    squares over all pairs gives each rater their own, so that the noise of one is not charged to others.
    """
    others, squares = seen.others(score), seen.others(score**2)
    apart = score**2 - 2 * score * others + squares
    weights, links = seen.weights, seen.links
    variances = solve(lambda x: weights * x + links @ x, seen.per_rater(seen.weight * apart), weights)
    own = apart - seen.others(variances[seen.rater])
    typical = seen.typical(variances)
    return ratio("rater_noise", NOISE, seen, own, typical[seen.rater], root=True)
