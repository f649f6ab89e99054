"""Intervals by drawing candidates again, each with everything that was said about them.

Criteria of one candidate share the panel and its halo, so they are drawn together; drawing pieces of
candidates apart gives intervals that cover 80 % where they promise 95 %. Raters are never drawn: a rater
drawn twice would agree with themself.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from reports.tables import Floats

CELLS_AT_ONCE = 4_000_000
FEWEST_SAMPLES = 100
FEWEST_DEFINED = 0.95


@dataclass(frozen=True, slots=True)
class Resampling:
    """How to draw candidates: the same `seed`, an identity such as the report's, gives the same draws."""

    seed: str
    samples: int = 1000
    level: float = 0.95

    def __post_init__(self) -> None:
        if self.samples < FEWEST_SAMPLES:
            raise ValueError(f"An interval needs at least {FEWEST_SAMPLES} samples, not {self.samples}.")
        if not 0 < self.level < 1:
            raise ValueError(f"A confidence level lies between 0 and 1, not at {self.level}.")

    def weights(self, candidates: int) -> Iterator[Floats]:
        """How often each candidate is drawn, a row for each sample, in blocks that fit into memory."""
        if self.samples * candidates <= CELLS_AT_ONCE:
            yield _all_drawn(self.seed, self.samples, candidates)
        else:
            yield from _drawn(self.seed, self.samples, candidates)

    def replicates(self, candidates: int, statistic: Callable[[Floats], Floats]) -> Floats | None:
        """Return the statistic of every sample, or None when it is undefined in too many of them."""
        values = np.concatenate([statistic(block) for block in self.weights(candidates)])
        defined = values[np.isfinite(values)]
        return defined if len(defined) >= FEWEST_DEFINED * self.samples else None

    def percentile(self, replicates: Floats) -> tuple[float, float]:
        """Return the middle of the replicates, with equal tails."""
        tail = (1 - self.level) / 2
        low, high = np.quantile(replicates, [tail, 1 - tail])
        return float(low), float(high)

    def log_t(self, value: float, replicates: Floats, candidates: int) -> tuple[float, float]:
        """Return an interval for a coefficient that cannot pass 1: symmetric in log(1 - value), with t."""
        from scipy.special import stdtrit

        spread = float(replicates.std(ddof=1)) / (1 - value)
        reach = float(stdtrit(candidates - 1, (1 + self.level) / 2)) * spread
        return 1 - (1 - value) * float(np.exp(reach)), 1 - (1 - value) * float(np.exp(-reach))


def _drawn(seed: str, samples: int, candidates: int) -> Iterator[Floats]:
    random = np.random.default_rng(int.from_bytes(hashlib.sha256(seed.encode()).digest()))
    block = max(1, min(samples, CELLS_AT_ONCE // max(candidates, 1)))
    for start in range(0, samples, block):
        rows = min(block, samples - start)
        drawn = random.integers(0, candidates, size=(rows, candidates))
        drawn += np.arange(rows)[:, np.newaxis] * candidates
        counts = np.bincount(drawn.ravel(), minlength=rows * candidates)
        yield counts.reshape(rows, candidates).astype(np.float64)


@lru_cache(maxsize=2)
def _all_drawn(seed: str, samples: int, candidates: int) -> Floats:
    """Every draw at once: the statistics of one criterion ask for the same draws one after another."""
    [weights] = _drawn(seed, samples, candidates)
    weights.flags.writeable = False
    return weights
