"""The cells of many rows at once, where they lie in the bytes of a file: found, compared and looked up there.

No cell becomes a text of its own: a column of a million cells has a few hundred different texts, and each is
read once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from reports.visits.table import Ints, Mask

NEWLINE, RETURN = 10, 13
WORD = 8
MOST_WORDS = 5
PADDING = bytes(WORD * (MOST_WORDS + 2) + 2 * 16)
WORD_TYPE = np.dtype("<u8")
SLOTS_IN_BITS = 16
MOST_KEPT = 200_000
UNKNOWN = -(2**63)

Words: TypeAlias = npt.NDArray[np.uint64]

_BITS = np.array([2 ** (8 * count) - 1 for count in range(WORD + 1)], dtype=np.uint64)
_MIXER = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(64 - SLOTS_IN_BITS)
_TWO_BYTES, _SIXTEEN = np.uint64(0xFFFF), np.uint64(16)
DATE = 10  # characters


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """A column: where each of its cells begins in a text, and how long it is."""

    text: bytes  # Padded, so that reading on behind the last cell is no harm.
    starts: Ints
    lengths: Ints

    def words(self, number: int) -> list[Words]:
        """The bytes of each cell, eight at a time, nothing where it has ended."""
        return [_kept(word, self.lengths - WORD * place) for place, word in enumerate(self._raw(number))]

    def _raw(self, number: int) -> list[Words]:
        """So many words from the beginning of each cell on, whatever they belong to."""
        size = WORD * number
        everywhere = np.ndarray((len(self.text) - size + 1,), f"V{size}", self.text, strides=(1,))
        return list(np.ascontiguousarray(everywhere[self.starts].view(WORD_TYPE).reshape(-1, number).T))

    def first(self, most: int) -> "Cells":
        """Their first characters, so many at most."""
        return Cells(self.text, self.starts, np.minimum(self.lengths, most))

    def at(self, places: Ints) -> "Cells":
        return Cells(self.text, self.starts[places], self.lengths[places])

    def after(self, dates: "Dates") -> tuple[Mask, "Cells", list[Words] | None]:
        """Which begin with the date of the same row, what follows the first ten characters, and its words."""
        first, second = self._raw(2)
        same = (first == dates.words[0]) & ((second ^ dates.words[1]) & _TWO_BYTES == 0)
        rest = Cells(self.text, self.starts + DATE, np.maximum(self.lengths - DATE, 0))
        is_short = int(self.lengths.max(initial=0)) <= 2 * WORD
        return (
            same & (self.lengths > DATE) & dates.are_whole,
            rest,
            [_kept(second >> _SIXTEEN, rest.lengths)] if is_short else None,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Dates:
    """The date of each row as bytes, for comparing."""

    words: list[Words]
    are_whole: Mask

    @classmethod
    def of(cls, cells: Cells) -> "Dates":
        return cls(cells.words(2), cells.lengths == DATE)


def _kept(words: Words, lengths: Ints) -> Words:
    """As much of each word as there is of its cell."""
    if len(lengths) and lengths.min() >= WORD:
        return words
    return np.asarray(words & _BITS.take(lengths, mode="clip"))


class Known:
    """What each text of a column means as a number, worked out when it is met first.

    A table of slots, by a mixture of a text's bytes, answers for nearly all cells at once; whatever is not in
    its slot is looked up one by one and put there.
    """

    def __init__(self, meaning: Callable[[str], int], faulty: int) -> None:
        self._meaning, self._faulty = meaning, faulty
        self._numbers: dict[bytes, int] = {}
        self._keys = [np.zeros(2**SLOTS_IN_BITS, dtype=np.uint64) for _ in range(MOST_WORDS)]
        self._values = np.full(2**SLOTS_IN_BITS, UNKNOWN, dtype=np.int64)
        self._winner = np.zeros(2**SLOTS_IN_BITS, dtype=np.int64)
        self._longest = 1

    def of(self, cells: Cells, words: list[Words] | None = None) -> Ints:
        """The number of each cell; that of a faulty one where it has none or is too long to look up."""
        if words is None:
            words = cells.words(min(int(cells.lengths.max(initial=1) + WORD - 1) // WORD or 1, MOST_WORDS))
        number = len(words)
        mixed = words[0] * _MIXER
        for word in words[1:]:
            mixed = (mixed ^ (mixed >> np.uint64(31)) ^ word) * _MIXER
        slots = (mixed >> _SHIFT).astype(np.int64)
        found, missed = self._looked_up(slots, words)
        if len(missed):
            self._winner[slots[missed]] = missed
            new = missed[self._winner[slots[missed]] == missed]  # one for each slot
            for place, keys in enumerate(self._keys):
                keys[slots[new]] = words[place][new] if place < number else 0
            self._values[slots[new]] = self._one_by_one(cells.at(new))
            found[missed], again = self._looked_up(slots[missed], [word[missed] for word in words])
            found[missed[again]] = self._one_by_one(cells.at(missed[again]))
        too_long = cells.lengths > WORD * MOST_WORDS
        return np.where(too_long, self._faulty, found) if too_long.any() else found

    def _looked_up(self, slots: Ints, words: list[Words]) -> tuple[Ints, Ints]:
        """What is in the slots, and which of them hold another text or none."""
        found = self._values.take(slots)
        hit = found != UNKNOWN
        for place in range(max(self._longest, len(words))):
            hit &= self._keys[place].take(slots) == (words[place] if place < len(words) else 0)
        self._longest = max(self._longest, len(words))
        return found, np.flatnonzero(~hit)

    def _one_by_one(self, cells: Cells) -> list[int]:
        ends = cells.starts + cells.lengths
        texts = [
            cells.text[start:end] for start, end in zip(cells.starts.tolist(), ends.tolist(), strict=True)
        ]
        return [self._number(text) for text in texts]

    def _number(self, text: bytes) -> int:
        found = self._numbers.get(text)
        if found is None:
            if len(self._numbers) >= MOST_KEPT:
                self._numbers.clear()
            try:
                found = self._meaning(text.decode("utf-8", "surrogateescape").strip())
            except ValueError:
                found = self._faulty
            self._numbers[text] = found
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """Many lines of a file: those of them that are plain, as columns, and where the others are.

    A line is plain if it has as many cells as the header, no quotation mark and no byte 0, and is not longer
    than one has any reason to be.
    """

    text: bytes
    line_ends: Ints
    plain: Ints  # Which lines are plain.
    columns: list[Cells]

    @classmethod
    def of(cls, text: bytes, separator: str, width: int, longest: int) -> "Piece":
        """Take lines apart: text that ends with a newline and has `PADDING` behind that."""
        data = np.frombuffer(text, dtype=np.uint8, count=len(text) - len(PADDING))
        newlines = data == NEWLINE
        either = data == ord(separator)
        ends = np.flatnonzero(np.logical_or(newlines, either, out=either))
        line_ends = ends[width - 1 :: width]
        is_regular = len(ends) == width * np.count_nonzero(newlines) and newlines.take(line_ends).all()
        if not is_regular:
            line_ends = np.flatnonzero(newlines)
        begins = np.concatenate([[0], line_ends[:-1] + 1])
        is_plain = line_ends - begins <= longest
        if not is_regular:
            last_cells = np.searchsorted(ends, line_ends)
            is_plain &= np.diff(last_cells, prepend=-1) == width
        for mark in (b'"', b"\0"):
            if text.find(mark, 0, len(data)) >= 0:
                is_plain[np.searchsorted(line_ends, np.flatnonzero(data == ord(mark)))] = False
        plain = np.flatnonzero(is_plain)
        if is_regular:
            in_rows = ends.reshape(-1, width)
            in_rows = in_rows if len(plain) == len(in_rows) else in_rows[plain]
        else:
            in_rows = ends[last_cells[plain, np.newaxis] + np.arange(1 - width, 1)]
        begin = begins[plain]
        columns = []
        for place in range(width):
            end = in_rows[:, place]
            columns.append(Cells(text, begin, end - begin))
            begin = end + 1
        if text.find(b"\r") >= 0 and len(plain):
            last = columns[-1]
            is_return = (last.lengths > 0) & (data[last.starts + last.lengths - 1] == RETURN)
            columns[-1] = Cells(text, last.starts, last.lengths - is_return)
        return cls(text, line_ends, plain, columns)

    def line(self, place: int) -> str:
        """One line as text."""
        begin = int(self.line_ends[place - 1]) + 1 if place else 0
        line = self.text[begin : int(self.line_ends[place])]
        return line.decode("utf-8", "surrogateescape").removesuffix("\r")
