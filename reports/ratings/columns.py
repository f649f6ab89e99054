"""A column as its distinct cells and a number for each row, so that a check costs what is distinct in it."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Label: TypeAlias = str | int
Ints: TypeAlias = npt.NDArray[np.int64]
Codes: TypeAlias = npt.NDArray[np.integer[Any]]
Mask: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """The distinct cells of a column, each of which occurs, and for each row the number of its cell."""

    distinct: Sequence[object]
    codes: Codes

    def __len__(self) -> int:
        return len(self.codes)

    def first(self, wanted: Sequence[bool] | Mask) -> int:
        """Return the position of the first row whose cell is among the wanted ones."""
        return int(np.argmax(np.asarray(wanted, dtype=np.bool_)[self.codes]))


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """What a file holds: the columns we know, a number for each row that a person can look up, the rest."""

    columns: Mapping[str, Column]
    rows: Sequence[int] | Ints
    unused: tuple[str, ...]


def encode(cells: Iterable[object]) -> Column:
    """Number the distinct cells of a list or an array; cells of different types are different cells.

    >>> encode(["Ivo", "Iris", "Ivo"])
    Column(distinct=['Ivo', 'Iris'], codes=array([0, 1, 0]))
    """
    if isinstance(cells, np.ndarray):
        if cells.dtype.kind in "iuf":
            return _encode_numbers(cells)
        cells = cells.tolist()
    column = list(cells)
    keys: Sequence[Hashable] = column
    if len(set(map(type, column))) > 1:  # for Python, 1 and True and 1.0 are one and the same key
        keys = list(zip(map(type, column), column, strict=True))
    try:
        found = dict(zip(keys, column, strict=True))
    except TypeError:  # a list, say, which cannot be a key
        keys = list(map(id, column))
        found = dict(zip(keys, column, strict=True))
    number = dict(zip(found, range(len(found)), strict=True))
    return Column(
        list(found.values()), np.fromiter(map(number.__getitem__, keys), dtype=np.int64, count=len(column))
    )


def stripped(column: Column) -> Column:
    """Return the column without spaces around its texts, which may make two cells one."""
    texts = [cell for cell in column.distinct if isinstance(cell, str)]
    if list(map(str.strip, texts)) == texts:
        return column
    plain = [cell.strip() if isinstance(cell, str) else cell for cell in column.distinct]
    merged = encode(plain)
    return Column(merged.distinct, merged.codes[column.codes])


def only_used(distinct: Sequence[object], codes: npt.NDArray[Any]) -> Column:
    """Return the column without the cells that no row holds."""
    used = np.bincount(codes, minlength=len(distinct)) > 0
    if used.all():
        return Column(distinct, codes)
    numbers = np.cumsum(used) - 1
    return Column(
        [distinct[place] for place in np.flatnonzero(used).tolist()], small(numbers, len(distinct))[codes]
    )


def small(numbers: npt.NDArray[Any], count: int) -> Codes:
    """Store numbers below `count` in as few bytes as they need."""
    fitting = next(kind for kind in (np.int8, np.int16, np.int32, np.int64) if count <= np.iinfo(kind).max)
    return numbers.astype(fitting, copy=False)


def _encode_numbers(array: npt.NDArray[Any]) -> Column:
    """Number by counting where the numbers lie close together, else by sorting them."""
    if array.dtype.kind != "f" and len(array):
        low, span = int(array.min()), int(array.max()) - int(array.min()) + 1
        if span <= 4 * len(array) + 1000:
            offsets = array - array.dtype.type(low)
            occurs = np.zeros(span, dtype=np.bool_)
            occurs[offsets] = True
            distinct = (np.flatnonzero(occurs) + low).tolist()
            return Column(distinct, (np.cumsum(occurs) - 1)[offsets])
    values, codes = np.unique(array, return_inverse=True)
    return Column(values.tolist(), codes)
