"""One way from a text, such as a loop's public id, to draws: the same text always draws the same."""

import hashlib

import numpy as np


def digest(seed: str) -> bytes:
    """The 32 bytes that a text stands for."""
    return hashlib.sha256(seed.encode()).digest()


def generator(seed: str) -> np.random.Generator:
    """A stream of random numbers that follows from a text."""
    return np.random.default_rng(int.from_bytes(digest(seed)))
