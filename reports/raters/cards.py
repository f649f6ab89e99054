"""Cards: all that one rater said of one candidate at one stage, and how much it varies within."""

from dataclasses import dataclass

import numpy as np

from reports.raters.co_raters import numbered
from reports.ratings.tables import Floats, Ints, Ratings

SAME = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Cards:
    """One entry a card, ordered by candidate, stage and rater.

    `card` says which one each rating is on, and `criterion_means` are over all ratings. `mean` is that of the
    scores less the mean of their criterion, so that cards with other criteria compare; `variance` is that of
    the scores themselves, with n below; `criteria` counts them.
    """

    card: Ints
    criterion_means: Floats
    number: Ints
    rater: Ints
    candidate: Ints
    criteria: Ints
    mean: Floats
    variance: Floats


def cards_of(ratings: Ratings) -> Cards:
    """Put together what each rater said of each candidate at each stage; `number` is the same for a panel."""
    raters, stages = len(ratings.raters), max(len(ratings.stages), 1)
    key = (ratings.unit * stages + ratings.stage) * raters + ratings.rater
    found, card = numbered(key, len(ratings.units) * stages * raters)
    criteria = np.bincount(card)
    score = ratings.score
    per_criterion = np.bincount(ratings.criterion, weights=score) / np.maximum(
        np.bincount(ratings.criterion), 1
    )
    own_mean = np.bincount(card, weights=score) / criteria
    squares = np.bincount(card, weights=(score - own_mean[card]) ** 2) / criteria
    return Cards(
        card=card,
        criterion_means=per_criterion,
        number=found // raters,
        rater=found % raters,
        candidate=found // (raters * stages),
        criteria=criteria,
        mean=np.bincount(card, weights=score - per_criterion[ratings.criterion]) / criteria,
        variance=np.where(squares > SAME**2 * (1 + own_mean**2), squares, 0.0),
    )
