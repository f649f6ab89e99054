"""The canonical order of rows, and the rows that say the same thing twice."""

from collections.abc import Sequence

import numpy as np

from reports.ratings.columns import Codes, Ints, Mask

WIDEST = 2**62


def canonical_order(columns: Sequence[tuple[Codes, int]]) -> tuple[Ints | None, Ints]:
    """Order rows by columns of codes below their counts; the first counts most, ties stay as they are.

    Returns the order, None where the rows have it already, and the places in it whose row equals the one
    before it in every column.

    >>> canonical_order([(np.array([1, 0, 1]), 2), (np.array([0, 2, 0]), 3)])
    (array([1, 0, 2]), array([2]))
    """
    rows, width = len(columns[0][0]), 1
    for _, count in columns:
        width *= max(count, 1)
    bits = rows.bit_length()
    if width > WIDEST:
        order = np.lexsort([codes for codes, _ in reversed(columns)])
        equal = np.ones(max(rows - 1, 0), dtype=np.bool_)
        for codes, _ in columns:
            equal &= codes[order][1:] == codes[order][:-1]
        return order, _places(equal)
    key = np.zeros(rows, dtype=np.int64)
    for codes, count in columns:
        key *= count
        key += codes
    if (key[1:] >= key[:-1]).all():
        return None, _places(key[1:] == key[:-1])
    if (
        width << bits <= WIDEST
    ):  # key and position in one number: numbers are sorted faster than an index of them
        key <<= bits
        key |= np.arange(rows)
        key.sort()
        order = key & ((1 << bits) - 1)
        key >>= bits
    else:
        order = np.argsort(key, kind="stable")
        key = key[order]
    return order, _places(key[1:] == key[:-1])


def _places(equal: Mask) -> Ints:
    return np.flatnonzero(equal) + 1
