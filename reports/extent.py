"""On how much a statistic rests: what at least two people rated, of how many candidates, by how many."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from reports.ratings.tables import Ratings
from reports.results import Statistic


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """Things rated by at least two people, the candidates they belong to, and the people who rated them."""

    n_units: int
    n_candidates: int
    n_raters: int

    @classmethod
    def of(cls, ratings: Ratings) -> "Extent":
        """Count what two people or more rated."""
        twice = np.bincount(ratings.thing, minlength=ratings.things) >= 2
        rows = twice[ratings.thing]
        return cls(
            n_units=int(np.count_nonzero(twice)),
            n_candidates=int(np.count_nonzero(np.bincount(ratings.unit[rows]))),
            n_raters=int(np.count_nonzero(np.bincount(ratings.rater[rows]))),
        )

    def statistic(
        self,
        key: str,
        value: float | None,
        *,
        method: str,
        se: float | None = None,
        ci: tuple[float, float] | None = None,
        ci_level: float | None = None,
        undefined_because: str | None = None,
        no_interval_because: str | None = None,
    ) -> Statistic:
        """Put a statistic together that rests on this."""
        return Statistic(
            key=key,
            value=value,
            se=se,
            ci=ci,
            ci_level=None if ci is None else ci_level,
            n_units=self.n_units,
            n_candidates=self.n_candidates,
            n_raters=self.n_raters,
            method=method,
            undefined_because=undefined_because,
            no_interval_because=no_interval_because,
        )

    def undefined(self, keys: Iterable[str], because: str, *, method: str) -> dict[str, Statistic]:
        """Say of each key, in the same sentence, why it has no value."""
        return {key: self.statistic(key, None, method=method, undefined_because=because) for key in keys}
