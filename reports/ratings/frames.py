"""A small file as a DataFrame of its cells, whatever its columns: for decisions and for gold scores."""

from pathlib import Path
from typing import TYPE_CHECKING

from reports.ratings.checking import TableError

if TYPE_CHECKING:
    import pandas as pd


def read_frame(path: str | Path) -> tuple["pd.DataFrame", list[int]]:
    """The cells of a CSV, Excel or Parquet file, its columns named in lower case, and the number of each row.

    Rows are numbered as a spreadsheet shows them, the header being row 1. Rows without a cell are no rows.
    """
    file, place = str(path), Path(path)
    try:
        cells = _cells(place)
    except OSError as error:
        raise TableError(f"Cannot be read: {error.strerror or error}.", file=file) from None
    except UnicodeDecodeError:
        raise TableError("Not readable as text. Save the file as CSV in UTF-8.", file=file) from None
    except (ValueError, KeyError, ImportError) as error:
        raise TableError(f"Not readable: {str(error).strip().rstrip('.')}.", file=file) from None
    cells = cells.map(lambda cell: cell.strip() if isinstance(cell, str) else cell)
    table = cells.iloc[1:]
    table = table[(table.notna() & (table != "")).any(axis=1)]
    if table.empty:
        raise TableError("There is nothing below the header.", file=file)
    rows = [int(number) + 1 for number in table.index]
    return table.set_axis([str(name).lower() for name in cells.iloc[0]], axis="columns"), rows


def column_of(frame: "pd.DataFrame", name: str, file: str) -> list[object]:
    """The cells of one column, None where there is nothing."""
    names = list(frame.columns)
    if names.count(name) != 1:
        found = ", ".join(map(str, names))
        problem = (
            "The column appears twice. Keep one of the two." if name in names else "The column is missing."
        )
        raise TableError(f"{problem} Columns found: {found}.", file=file, column=name)
    series = frame.iloc[:, names.index(name)].astype(object)
    return list(series.where(series.notna() & (series != ""), None))


def _cells(path: Path) -> "pd.DataFrame":
    """Every cell, the header as the first row."""
    import pandas as pd

    if path.suffix.lower() == ".xlsx":
        return pd.read_excel(path, header=None, dtype=object, na_filter=False, engine="openpyxl")
    if path.suffix.lower() == ".parquet":
        table = pd.read_parquet(path).astype(object)
        header = pd.DataFrame([list(table.columns)], columns=table.columns, dtype=object)
        return pd.concat([header, table], ignore_index=True)
    return pd.read_csv(
        path, header=None, dtype=str, keep_default_na=False, encoding="utf-8-sig", skip_blank_lines=False
    ).astype(object)
