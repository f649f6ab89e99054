"""How far interviewers see the same answer the same way: all about one table of ratings in one call."""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.alpha import krippendorff_alpha
from reports.bootstrap import Resampling
from reports.counts import tally
from reports.kappa import cohen_kappa, fleiss_kappa, mean_pairwise_kappa
from reports.percent import percent_agreement, percent_agreement_adjacent
from reports.results import Statistic, Tally
from reports.showing import Statement, state
from reports.tables import Label, Ratings

__all__ = [
    "Agreement",
    "AgreementReport",
    "cohen_kappa",
    "fleiss_kappa",
    "krippendorff_alpha",
    "mean_pairwise_kappa",
    "measure",
    "percent_agreement",
    "percent_agreement_adjacent",
    "report",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What may be shown about the agreement on one criterion, or on all together when `criterion` is None."""

    criterion: Label | None
    tally: Tally
    exact: Statement
    adjacent: Statement
    kappa: Statement
    alpha: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementReport:
    """What a page shows. It holds statements only: a number that may not be shown is not in it."""

    overall: Agreement
    criteria: tuple[Agreement, ...]


def report(ratings: Ratings, *, seed: str, samples: int = 1000) -> AgreementReport:
    """State the agreement overall and, where there are criteria, on each, in the order of their labels.

    The same `seed`, an identity such as the loop's public id, gives the same intervals on every call.
    """
    resampling = Resampling(seed, samples)
    return AgreementReport(
        overall=_agreement(ratings, None, resampling),
        criteria=tuple(_agreement(ratings.on(label), label, resampling) for label in ratings.criteria),
    )


def measure(ratings: Ratings, *, seed: str, samples: int = 1000) -> Mapping[str, Statistic]:
    """Compute every coefficient by its key, at full precision and whatever may be shown: for statisticians.

    Cohen's kappas are among them when there are two raters.
    """
    resampling = Resampling(seed, samples)
    statistics = [
        percent_agreement(ratings, resampling=resampling),
        percent_agreement_adjacent(ratings, resampling=resampling),
        mean_pairwise_kappa(ratings, resampling=resampling),
        fleiss_kappa(ratings, resampling=resampling),
        krippendorff_alpha(ratings, "nominal", resampling=resampling),
        krippendorff_alpha(ratings, "ordinal", resampling=resampling),
        krippendorff_alpha(ratings, "interval", resampling=resampling),
    ]
    if len(ratings.raters) == 2:
        statistics += [
            cohen_kappa(ratings, "unweighted", resampling=resampling),
            cohen_kappa(ratings, "linear", resampling=resampling),
            cohen_kappa(ratings, "quadratic", resampling=resampling),
        ]
    return {statistic.key: statistic for statistic in statistics}


def _agreement(ratings: Ratings, criterion: Label | None, resampling: Resampling) -> Agreement:
    counted = tally(ratings)

    def show(statistic: Statistic) -> Statement:
        return state(statistic, counted, of_criterion=criterion is not None)

    return Agreement(
        criterion=criterion,
        tally=counted,
        exact=show(percent_agreement(ratings, resampling=resampling)),
        adjacent=show(percent_agreement_adjacent(ratings, resampling=resampling)),
        kappa=show(mean_pairwise_kappa(ratings, resampling=resampling)),
        alpha=show(krippendorff_alpha(ratings, "ordinal", resampling=resampling)),
    )
