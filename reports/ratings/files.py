"""Ratings from a file or a DataFrame. Pandas and pyarrow stay behind this door and are imported on use."""

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from reports.ratings.arrow_tables import read_parquet_sheet
from reports.ratings.checking import TableError, find_columns
from reports.ratings.columns import Column, Sheet, encode, only_used
from reports.ratings.csv_files import read_csv_sheet
from reports.ratings.greenhouse import read_scorecards
from reports.ratings.tables import INDEPENDENT, Ratings, Scale

if TYPE_CHECKING:
    import pandas as pd

READABLE = (".csv", ".tsv", ".txt", ".xlsx", ".parquet", ".json")


def read(
    path: str | Path,
    *,
    scale: Scale | None = None,
    phase: str | None = INDEPENDENT,
    sheet: str | int = 0,
) -> Ratings:
    """Ratings from a file, read as its ending says: CSV, Excel, Parquet, or an export of scorecards (.json).

    Errors number rows as a spreadsheet shows them, the header being row 1; in Parquet, which has no header
    row, the first row is 1. `sheet` is the name or place of an Excel sheet. Scorecards have a scale of their
    own, 1 to 5, which is also what is taken where no scale is given.
    """
    place = Path(path)
    scale = scale or Scale()
    suffix = place.suffix.lower()
    if suffix == ".json":
        return _some(read_scorecards(place, scale=scale, phase=phase), str(path), phase)
    if suffix == ".xlsx":
        found = _read_excel_sheet(place, sheet)
    elif suffix == ".parquet":
        found = read_parquet_sheet(place)
    elif suffix in READABLE:
        found = read_csv_sheet(place)
    else:
        endings = ", ".join(READABLE)
        raise TableError(f"Files that end in '{place.suffix}' are not read, only {endings}.", file=str(path))
    return _ratings(found, str(path), scale, phase)


def read_csv(path: str | Path, *, scale: Scale, phase: str | None = INDEPENDENT) -> Ratings:
    """Ratings from a CSV file, whatever its name. Rows are numbered as a spreadsheet shows them."""
    return _ratings(read_csv_sheet(Path(path)), str(path), scale, phase)


def from_frame(
    frame: "pd.DataFrame",
    *,
    scale: Scale,
    phase: str | None = INDEPENDENT,
    file: str | None = None,
    rows: Sequence[int] | None = None,
) -> Ratings:
    """Ratings from a DataFrame in long format; errors name rows as 1, 2, ... unless `rows` numbers them."""
    known, unused = find_columns([str(name) for name in frame.columns], file)
    columns = {name: _column_of(frame.iloc[:, place]) for name, place in known.items()}
    return Ratings.from_coded(columns, scale=scale, phase=phase, rows=rows, file=file, unused_columns=unused)


def _column_of(series: "pd.Series[Any]") -> Column:
    import pandas as pd

    if isinstance(series.dtype, pd.CategoricalDtype):
        codes, distinct = series.cat.codes.to_numpy(), series.cat.categories.tolist()
    elif series.dtype == object:  # where 1 and True would be one and the same to pandas
        return encode(series.where(series.notna(), None).tolist())
    else:
        codes, values = pd.factorize(series)
        distinct = values.tolist()
    if (codes < 0).any():
        codes = np.where(codes < 0, len(distinct), codes)
        distinct.append(None)
    return only_used(distinct, codes)


def _ratings(sheet: Sheet, file: str, scale: Scale, phase: str | None) -> Ratings:
    if not len(sheet.columns["unit"]):
        raise TableError("There is a header and no ratings below it.", file=file)
    ratings = Ratings.from_coded(
        sheet.columns, scale=scale, phase=phase, rows=sheet.rows, file=file, unused_columns=sheet.unused
    )
    return _some(ratings, file, phase)


def _some(ratings: Ratings, file: str, phase: str | None) -> Ratings:
    """Refuse a file that leaves nothing to compute with."""
    if len(ratings):
        return ratings
    if ratings.left_out and not ratings.absent:
        problem = f"No row is of phase '{phase}'. There are {', '.join(ratings.left_out)}."
        raise TableError(problem, file=file, column="phase")
    raise TableError("Every score is empty.", file=file, column="score")


def _read_excel_sheet(path: Path, sheet: str | int) -> Sheet:
    """Read the columns we know from one sheet of an Excel file; empty rows are no rows."""
    from zipfile import BadZipFile

    import pandas as pd

    file = str(path)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of what it does not read: styles, validations, other things that are no cells.
            warnings.filterwarnings("ignore", module="openpyxl")
            cells = pd.read_excel(
                path, sheet_name=sheet, header=None, dtype=object, na_filter=False, engine="openpyxl"
            )
    except OSError as error:
        raise TableError(f"Cannot be read: {error.strerror or error}.", file=file) from None
    except (BadZipFile, KeyError):
        raise TableError("Not readable as Excel. Save the file as .xlsx or as CSV.", file=file) from None
    except ValueError as error:
        raise TableError(f"{error}. Name a sheet that is there.", file=file) from None
    cells = cells.map(lambda cell: cell.strip() if isinstance(cell, str) else cell)
    if cells.empty:
        raise TableError("The sheet is empty. The first row names the columns unit, rater, score.", file=file)
    known, unused = find_columns([str(cell) for cell in cells.iloc[0]], file)
    table = cells.iloc[1:]
    table = table[(table != "").any(axis=1)]
    columns = {name: encode(table.iloc[:, place].tolist()) for name, place in known.items()}
    return Sheet(columns, table.index.to_numpy() + 1, unused)
