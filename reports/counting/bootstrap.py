"""Intervals by drawing candidates again, each with everything that was said about them.

Criteria of one candidate share the panel and its halo, so they are drawn together; drawing pieces of
candidates apart gives intervals that cover 80 % where they promise 95 %. Raters are never drawn: a rater
drawn twice would agree with themself.

Each candidate enters each sample a number of times that is Poisson with mean one and follows from the seed,
the candidate's label and the sample alone (Poisson bootstrap: Chamandy, Muralidharan, Najmi & Naidu 2012).
So the draws do not depend on the order of rows, on what else is in the table, or on how it was cut.
"""

import hashlib
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from reports.ratings.tables import Floats, Label
from reports.seeds import digest, generator

Keys: TypeAlias = npt.NDArray[np.uint64]

SAMPLES = 1000
FEWEST_SAMPLES = 100
FEWEST_DEFINED = 0.95
LEVEL = 0.95
CELLS_AT_ONCE = 4_000_000
HASHES_AT_ONCE = 1 << 15  # as fit into the cache
_PER_HASH = 4  # a hash of 64 bits holds four draws of 16 bits
_STEP = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


@dataclass(frozen=True, slots=True)
class Resampling:
    """How to draw candidates: the same `seed`, an identity such as the report's, gives the same draws."""

    seed: str
    samples: int = SAMPLES

    def __post_init__(self) -> None:
        if self.samples and self.samples < FEWEST_SAMPLES:
            raise ValueError(
                f"An interval needs at least {FEWEST_SAMPLES} samples, or none; not {self.samples}."
            )

    def keys(self, labels: Iterable[Label]) -> Keys:
        """Turn each candidate's label into the 64 bits that its draws follow from."""
        secret = digest(self.seed)
        digests = b"".join(
            hashlib.blake2b(str(label).encode(), key=secret, digest_size=8).digest() for label in labels
        )
        return np.frombuffer(digests, dtype="<u8").astype(np.uint64)

    def random(self) -> np.random.Generator:
        """A generator of its own for draws that are not about candidates."""
        return generator(self.seed)


def _ends_of_poisson() -> list[int]:
    """Which 16 bits are the first to mean one time more: Poisson with mean one, to within 1 in 65,536."""
    ends = np.cumsum([math.exp(-1) / math.factorial(times) for times in range(12)]) * 65_536
    return [int(end) for end in np.ceil(ends - 0.5).tolist() if end < 65_536]


_ENDS = _ends_of_poisson()


def times_drawn(keys: Keys, samples: int, first: int = 0) -> npt.NDArray[np.float32]:
    """How often each candidate is in each sample (candidates x samples), from sample `first` on.

    `first` is a multiple of four. The mixing is that of SplitMix64 (Steele, Lea & Flood 2014).
    """
    rounds = np.arange(first // _PER_HASH, first // _PER_HASH + -(-samples // _PER_HASH), dtype=np.uint64)
    steps = (rounds + np.uint64(1)) * _STEP
    drawn = np.empty((len(keys), samples), dtype=np.float32)
    at_once = max(1, HASHES_AT_ONCE // max(len(steps), 1))
    for start in range(0, len(keys), at_once):
        mixed = keys[start : start + at_once, np.newaxis] + steps
        mixed ^= mixed >> np.uint64(30)
        mixed *= _FIRST
        mixed ^= mixed >> np.uint64(27)
        mixed *= _SECOND
        mixed ^= mixed >> np.uint64(31)
        bits = mixed.astype("<u8", copy=False).view("<u2")
        times = np.zeros(bits.shape, dtype=np.uint8)
        for end in _ENDS:
            times += (bits >= end).view(np.uint8)
        drawn[start : start + at_once] = times[:, :samples]
    return drawn


def things_drawn(resampling: Resampling, frequency: Floats, things: int) -> Iterator[Floats]:
    """How often each pattern is in each sample of things: multinomial, however many things there are."""
    random, block = resampling.random(), max(1, CELLS_AT_ONCE // max(len(frequency), 1))
    shares = frequency / frequency.sum()
    for first in range(0, resampling.samples, block):
        rows = min(block, resampling.samples - first)
        yield random.multinomial(things, shares, size=rows).astype(np.float64)


def defined(replicates: Floats) -> Floats | None:
    """The samples that have a value, or None when too few of them have."""
    values = replicates[np.isfinite(replicates)]
    return values if len(values) >= FEWEST_DEFINED * len(replicates) and len(values) else None


def percentile(replicates: Floats, level: float = LEVEL) -> tuple[float, float]:
    """Return the middle of the samples, with equal tails."""
    tail = (1 - level) / 2
    low, high = np.quantile(replicates, [tail, 1 - tail])
    return float(low), float(high)


def log_t(value: float, replicates: Floats, candidates: int, level: float = LEVEL) -> tuple[float, float]:
    """Return an interval for a coefficient that cannot pass 1: symmetric in log(1 - value), with t."""
    reach = student_t(candidates - 1, level) * float(replicates.std(ddof=1)) / (1 - value)
    return 1 - (1 - value) * math.exp(reach), 1 - (1 - value) * math.exp(-reach)


def student_t(degrees: float, level: float = LEVEL) -> float:
    """How many standard errors an interval reaches to each side."""
    from scipy.special import stdtrit

    return float(stdtrit(degrees, (1 + level) / 2))
