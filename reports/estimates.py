"""Puts a coefficient together: its value, its standard error, its interval, and on how much it rests."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from reports import counts
from reports.bootstrap import Resampling
from reports.results import Statistic
from reports.tables import Floats, Ratings

NO_PAIR = "No candidate has two independent ratings."
MIN_CANDIDATES = 2
NO_SPREAD = 1e-12


@dataclass(frozen=True, slots=True)
class Redraw:
    """How a coefficient follows from how often each of its candidates is drawn (samples x candidates)."""

    candidates: int
    statistic: Callable[[Floats], Floats]
    interval: Literal["percentile", "log_t"] = "percentile"


def estimate(
    key: str,
    ratings: Ratings,
    value: float | None,
    *,
    method: str,
    undefined_because: str | None = None,
    se: float | None = None,
    resampling: Resampling | None = None,
    redraw: Redraw | None = None,
) -> Statistic:
    """Put a statistic together; with `resampling`, its interval by drawing its candidates again.

    Where a coefficient has no standard error of its own, that of the bootstrap stands in.
    """
    twice = counts.level_counts(ratings).rated_twice()
    candidates = len(np.unique(twice.candidate))
    ci: tuple[float, float] | None = None
    no_interval: str | None = None
    if value is not None and resampling is not None and redraw is not None:
        drawn = resampling.replicates(redraw.candidates, redraw.statistic)
        if candidates < MIN_CANDIDATES:
            no_interval = "One candidate cannot be drawn again in different ways."
        elif drawn is None:
            no_interval = "Too often the candidates drawn again leave nothing to correct for chance."
        elif np.ptp(drawn) < NO_SPREAD:
            no_interval = "Whichever candidates are drawn again, the value stays the same."
        elif redraw.interval == "log_t":
            ci = resampling.log_t(value, drawn, candidates)
            method += f"; interval from {resampling.samples} samples of candidates, log(1 - value) with t"
        else:
            ci = resampling.percentile(drawn)
            method += f"; interval from {resampling.samples} samples of candidates, percentile"
        if ci is not None and drawn is not None and se is None:
            se = float(drawn.std(ddof=1))
    return Statistic(
        key=key,
        value=value,
        se=se,
        ci=ci,
        ci_level=resampling.level if ci is not None and resampling is not None else None,
        n_units=len(twice.candidate),
        n_candidates=candidates,
        n_raters=counts.raters_in_pairs(ratings),
        method=method,
        undefined_because=undefined_because,
        no_interval_because=no_interval,
    )


def all_the_same(ratings: Ratings) -> str:
    """Why nothing can be corrected for chance when every pair gave one and the same score."""
    table = counts.level_counts(ratings).rated_twice().used_levels()
    pairs = round(counts.pairs_of(table).sum())
    score = f"{table.values[0]:g}"
    article = "an" if score.startswith("8") or score in ("11", "18") else "a"
    who = f"All {pairs} pairs" if pairs > 1 else "The one pair there is"
    return f"{who} gave {article} {score}: nothing to correct for chance"
