"""Visits as columns of numbers, which is how a million of them fit: 50 bytes a row, no text."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Self, TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[Any]
Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]
Mask: TypeAlias = npt.NDArray[np.bool_]

TYPES: dict[str, type[np.generic]] = {
    "row": np.int64,
    "clinician": np.int32,
    "day": np.int32,
    "kind": np.int8,
    "booked": np.bool_,
    "arrived": np.bool_,
    "minutes": np.float64,
    "booked_at": np.int64,
    "begun": np.int64,
    "opened": np.int64,
    "signed": np.int64,
}


@dataclass(frozen=True, slots=True, eq=False)
class Visits:
    """The fields of `rows.Visit` as columns, with a number for each clinician and for each row."""

    row: Array
    clinician: Array
    day: Array
    kind: Array
    booked: Array
    arrived: Array
    minutes: Array
    booked_at: Array
    begun: Array
    opened: Array
    signed: Array

    def __len__(self) -> int:
        return len(self.row)

    @classmethod
    def of(cls, columns: Sequence[Sequence[object]]) -> Self:
        """Visits from a list for each column."""
        return cls(
            *(np.array(column, dtype=kind) for column, kind in zip(columns, TYPES.values(), strict=True))
        )

    @classmethod
    def joined(cls, parts: Sequence["Visits"]) -> Self:
        """All of these, one after the other."""
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in TYPES))

    def at(self, places: "Array | slice[int, int, None]") -> "Visits":
        """Those at these places, those that a mask marks, or those of a slice."""
        if isinstance(places, slice):
            return Visits(*(getattr(self, column.name)[places] for column in fields(self)))
        if places.dtype == np.bool_:
            places = np.flatnonzero(places)
        return Visits(*(getattr(self, column.name).take(places) for column in fields(self)))
