"""Columns of a CSV file as their distinct cells: at once where pyarrow is installed, else piece by piece."""

import codecs
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from reports.ratings.arrow_tables import columns_of
from reports.ratings.checking import TableError, find_columns
from reports.ratings.columns import Codes, Column, Ints, Mask, Sheet, only_used, small

if TYPE_CHECKING:
    import pandas as pd

ROWS_AT_A_TIME = 400_000


def read_csv_sheet(path: Path) -> Sheet:
    """Read the columns we know. Rows are numbered as a spreadsheet shows them: the header is row 1.

    Empty rows are no rows, and a row that ends early has empty cells. Whatever is unusual about a file, the
    slower reader either understands it or says what is wrong with it.
    """
    separator = separator_of(path)
    return _read_at_once(path, separator) or _read_in_pieces(path, separator)


def separator_of(path: Path) -> str:
    """Take a tab for a .tsv file, and for a .txt file whose first line has one; else a comma."""
    suffix = path.suffix.lower()
    if suffix == ".txt" and path.is_file():
        with path.open("rb") as file:
            return "\t" if b"\t" in file.readline() else ","
    return "\t" if suffix == ".tsv" else ","


def _read_at_once(path: Path, separator: str) -> Sheet | None:
    """Read a file in which every row has as many cells as the header and a unit; None for any other."""
    try:
        from pyarrow import ArrowException, csv, dictionary, int32, string
    except ModuleNotFoundError:
        return None
    try:
        with path.open("rb") as file:
            header = file.readline().removeprefix(codecs.BOM_UTF8).decode()
        header = header.removesuffix("\n").removesuffix("\r")
        names = header.split(separator)
        if not header.strip() or len(set(names)) < len(names) or any(mark in header for mark in '"\r'):
            return None
        known, unused = find_columns([name.strip() for name in names], str(path))
        table = csv.read_csv(
            path,
            parse_options=csv.ParseOptions(
                delimiter=separator, newlines_in_values=True, ignore_empty_lines=False
            ),
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(names, dictionary(int32(), string())),
                include_columns=[names[place] for place in known.values()],
            ),
        )
    except (ArrowException, OSError, UnicodeDecodeError):
        return None
    columns = dict(zip(known, columns_of(table), strict=True))
    if not table.num_rows or "" in columns["unit"].distinct:  # an empty row has no unit either
        return None
    return Sheet(columns, range(2, table.num_rows + 2), unused)


@dataclass(slots=True)
class _Gathered:
    """The distinct cells of a column so far, without spaces around them, and the codes of each piece."""

    number: dict[str, int] = field(default_factory=dict)
    pieces: list[Codes] = field(default_factory=list)

    def add(self, cells: "pd.Series[Any]") -> None:
        """Add a piece of the column."""
        import pandas as pd

        codes, distinct = pd.factorize(cells)
        number = self.number
        numbers = np.array(
            [number.setdefault(text.strip(), len(number)) for text in distinct.tolist()], dtype=np.int64
        )
        self.pieces.append(small(numbers, len(self.number))[codes])

    def empty_in_last_piece(self) -> Ints:
        """Find the places of the empty cells in the piece that was added last."""
        return np.flatnonzero(self.pieces[-1] == self.number.get("", -1))

    def finish(self) -> Column:
        """Put the pieces together."""
        return Column(list(self.number), np.concatenate(self.pieces))


def _read_in_pieces(path: Path, separator: str) -> Sheet:
    """Read any file that can be read, or refuse it."""
    import pandas as pd

    file = str(path)
    known: dict[str, int] = {}
    unused: tuple[str, ...] = ()
    gathered: dict[str, _Gathered] = {}
    empty: list[Ints] = []
    length = 0
    try:
        # Read without a header so that pandas neither renames columns nor takes one for an index; blank lines
        # are kept so that row numbers stay those of the file. Not as categories: pandas takes those for
        # numbers where they look like some, so that 01 and 1 would be one person.
        with pd.read_csv(
            path,
            header=None,
            sep=separator,
            dtype=object,
            na_filter=False,
            encoding="utf-8-sig",
            skip_blank_lines=False,
            low_memory=False,
            chunksize=ROWS_AT_A_TIME,
        ) as pieces:
            for piece in pieces:
                rows = piece
                if not known:
                    known, unused = find_columns([cell.strip() for cell in piece.iloc[0]], file)
                    gathered = {name: _Gathered() for name in known}
                    rows = piece.iloc[1:]
                for name, place in known.items():
                    gathered[name].add(rows.iloc[:, place])
                without_unit = gathered["unit"].empty_in_last_piece()
                empty.append(without_unit[_are_empty(rows.iloc[without_unit])] + length)
                length += len(rows)
    except pd.errors.EmptyDataError:
        raise TableError(
            "The file is empty. The first row names the columns unit, rater, score.", file=file
        ) from None
    except pd.errors.ParserError as error:
        raise TableError(f"Not readable as CSV: {last_words(error)}.", file=file) from None
    except UnicodeDecodeError:
        raise TableError("Not readable as text. Save the file as CSV in UTF-8.", file=file) from None
    except OSError as error:
        raise TableError(f"Cannot be read: {error.strerror or error}.", file=file) from None

    columns = {name: column.finish() for name, column in gathered.items()}
    kept = np.delete(np.arange(length), np.concatenate(empty))
    if len(kept) < length:
        columns = {name: only_used(column.distinct, column.codes[kept]) for name, column in columns.items()}
    return Sheet(columns, kept + 2, unused)


def _are_empty(rows: "pd.DataFrame") -> Mask:
    """Tell which rows have nothing in any cell."""
    import pandas as pd

    empty = np.ones(len(rows), dtype=np.bool_)
    for place in rows.columns:
        codes, distinct = pd.factorize(rows[place])
        empty &= np.array([not text.strip() for text in distinct], dtype=np.bool_)[codes]
    return empty


def last_words(error: Exception) -> str:
    """Return what pandas says of a broken file, without the name of its parser."""
    return str(error).strip().removeprefix("Error tokenizing data. C error: ").rstrip(".")
