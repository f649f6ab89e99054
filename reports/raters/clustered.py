"""Means by rater whose values hang together in clusters: the scores of one answer, or of one candidate."""

from collections.abc import Sequence

import numpy as np

from reports.raters.co_raters import numbered, summed
from reports.raters.indices import LEVEL, NO_SPREAD, reach_of
from reports.ratings.columns import Label
from reports.ratings.tables import Floats, Ints
from reports.results import Statistic


def clustered_means(
    key: str,
    method: str,
    raters: Sequence[Label],
    rater: Ints,
    cluster: Ints,
    values: Floats,
    *,
    undefined_because: str,
    cluster_is: str,
    people: int = 1,
) -> dict[Label, Statistic]:
    """Mean of each rater's values, its standard error by cluster, and an interval from t.

    `people` is how many raters stand behind each label, when labels are not raters.

    se = sqrt(C / (C - 1) sum over C clusters of (sum of value - mean)^2) / n (Liang & Zeger 1986): with one
    value a cluster the usual standard error of a mean.
    """
    many = int(cluster.max(initial=0)) + 1
    found, number = numbered(rater * many + cluster, len(raters) * many)
    owner = found // many
    clusters = np.bincount(owner, minlength=len(raters))
    n = np.bincount(rater, minlength=len(raters))
    mean = summed(rater, values, len(raters)) / np.where(n > 0, n, 1)
    sums = summed(number, values - mean[rater], len(found))
    corrected = clusters / np.maximum(clusters - 1, 1)
    se = np.sqrt(corrected * summed(owner, sums**2, len(raters))) / np.where(n > 0, n, 1)
    reach = reach_of(clusters - 1) * se
    made: dict[Label, Statistic] = {}
    columns = (mean.tolist(), se.tolist(), reach.tolist(), n.tolist(), clusters.tolist())
    for label, at, error, far, values_there, clusters_there in zip(raters, *columns, strict=True):
        no_interval = None
        if clusters_there == 1:
            no_interval = f"One {cluster_is} says nothing about how much it varies."
        elif error < NO_SPREAD:
            no_interval = f"It is the same for every {cluster_is}, so nothing says how much it varies."
        certain = clusters_there > 1 and no_interval is None
        made[label] = Statistic(
            key=key,
            value=at if values_there else None,
            se=error if certain else None,
            ci=(at - far, at + far) if certain else None,
            ci_level=LEVEL if certain else None,
            n_units=values_there,
            n_candidates=clusters_there,
            n_raters=people if values_there else 0,
            method=f"{method}; standard error by {cluster_is}",
            undefined_because=None if values_there else undefined_because,
            no_interval_because=no_interval if values_there else None,
        )
    return made
