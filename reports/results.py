"""What the statistics give back: frozen, at full precision, without adjectives."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from reports.ratings.columns import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistic:
    """One number with what is needed to judge it, or the sentence why there is none.

    `n_units` counts the things rated by at least two people (a candidate, or a candidate on one criterion),
    `n_candidates` the candidates they belong to, `n_raters` the people who rated them.
    """

    key: str
    value: float | None
    se: float | None = None
    ci: tuple[float, float] | None = None
    ci_level: float | None = None
    n_units: int
    n_candidates: int
    n_raters: int
    method: str
    undefined_because: str | None = None
    no_interval_because: str | None = None

    def __post_init__(self) -> None:
        if (self.value is None) == (self.undefined_because is None):
            raise ValueError(f"{self.key}: a statistic has either a value or a sentence why it has none.")


Statistics: TypeAlias = Mapping[str, Statistic | Mapping[Label, Statistic]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What was counted, before anything is estimated: it may always be shown.

    `least_shared` is how many things two raters share at least, of those whose kappa enters the mean over
    pairs. `only_score` is the score that every counted rating has, None when there are several.
    """

    candidates: int
    candidates_rated_twice: int
    units: int
    units_rated_twice: int
    raters: int
    largest_panel: int
    pairs: int
    same: int
    within_one: int
    least_shared: int = 0
    same_side: int | None = None
    only_score: float | None = None
