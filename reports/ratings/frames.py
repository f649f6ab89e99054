"""A small file as a DataFrame of its cells, whatever its columns: for decisions and for gold scores."""

from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from reports.ratings.checking import TableError
from reports.ratings.csv_files import last_words, separator_of

if TYPE_CHECKING:
    import pandas as pd

READABLE = (".csv", ".tsv", ".txt", ".xlsx", ".parquet")


def read_frame(path: str | Path) -> tuple["pd.DataFrame", list[int]]:
    """The cells of a CSV, Excel or Parquet file, its columns named in lower case, and the number of each row.

    Rows are numbered as a spreadsheet shows them, the header being row 1; in Parquet, which has no header
    row, the first row is 1. Rows without a cell are no rows.
    """
    file, place = str(path), Path(path)
    header = 0 if place.suffix.lower() == ".parquet" else 1
    names, table = _cells(place)
    table = table.map(lambda cell: cell.strip() if isinstance(cell, str) else cell)
    table = table[(table.notna() & (table != "")).any(axis=1)]
    if table.empty:
        raise TableError("There is nothing below the header.", file=file)
    rows = [int(number) + header + 1 for number in table.index]
    return table.set_axis([name.strip().lower() for name in names], axis="columns"), rows


def column_of(frame: "pd.DataFrame", name: str, file: str) -> list[object]:
    """The cells of one column, None where there is nothing."""
    names = list(frame.columns)
    if names.count(name) != 1:
        found = ", ".join(names)
        problem = (
            "The column appears twice. Keep one of the two." if name in names else "The column is missing."
        )
        raise TableError(f"{problem} Columns found: {found}.", file=file, column=name)
    series = frame.iloc[:, names.index(name)].astype(object)
    return list(series.where(series.notna() & (series != ""), None))


def _cells(path: Path) -> tuple[list[str], "pd.DataFrame"]:
    """The header, and every cell below it."""
    import pandas as pd

    file, suffix = str(path), path.suffix.lower()
    if suffix not in READABLE:
        endings = ", ".join(READABLE)
        raise TableError(f"Files that end in '{path.suffix}' are not read, only {endings}.", file=file)
    try:
        if suffix == ".parquet":
            stored = pd.read_parquet(path).reset_index(drop=True).astype(object)
            return [str(name) for name in stored.columns], stored
        if suffix == ".xlsx":
            cells = pd.read_excel(path, header=None, dtype=object, na_filter=False, engine="openpyxl")
        else:
            cells = pd.read_csv(
                path,
                header=None,
                sep=separator_of(path),
                dtype=object,
                na_filter=False,
                encoding="utf-8-sig",
                skip_blank_lines=False,
            )
    except OSError as error:
        raise TableError(f"Cannot be read: {error.strerror or error}.", file=file) from None
    except pd.errors.EmptyDataError:
        raise TableError("The file is empty.", file=file) from None
    except UnicodeDecodeError:
        raise TableError("Not readable as text. Save the file as CSV in UTF-8.", file=file) from None
    except (ValueError, KeyError, ImportError, BadZipFile) as error:
        reason = last_words(error).partition("\n")[0].rstrip(".")
        raise TableError(f"Not readable: {reason}.", file=file) from None
    if cells.empty:
        raise TableError("The file is empty.", file=file)
    return [str(name) for name in cells.iloc[0]], cells.iloc[1:].set_axis(range(len(cells) - 1), axis="index")
