"""Ratings from a DataFrame or a CSV file. Pandas stays in here and is imported on use."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reports.tables import Ratings, Scale, TableError

if TYPE_CHECKING:
    import pandas as pd

REQUIRED = ("unit", "rater", "score")
OPTIONAL = ("criterion",)


def from_frame(
    frame: "pd.DataFrame", *, scale: Scale, file: str | None = None, rows: Sequence[int] | None = None
) -> Ratings:
    """Ratings from a DataFrame in long format; errors name rows as 1, 2, ... unless `rows` numbers them."""
    names = [str(name) for name in frame.columns]
    for name in (*REQUIRED, *OPTIONAL):
        if names.count(name) > 1:
            raise TableError("The column appears twice. Keep one of the two.", file=file, column=name)
    for name in REQUIRED:
        if name not in names:
            found = ", ".join(names) or "none"
            raise TableError(f"The column is missing. Columns found: {found}.", file=file, column=name)

    def column(name: str) -> list[object]:
        series = frame.iloc[:, names.index(name)].astype(object)
        return series.where(series.notna(), None).tolist()

    known = (*REQUIRED, *OPTIONAL)
    return Ratings.from_columns(
        column("unit"),
        column("rater"),
        column("score"),
        column("criterion") if "criterion" in names else None,
        scale=scale,
        rows=rows,
        file=file,
        unused_columns=tuple(name for name in names if name not in known),
    )


def read_csv(path: str | Path, *, scale: Scale) -> Ratings:
    """Ratings from a CSV file. Rows are numbered as a spreadsheet shows them: the header is row 1."""
    import pandas as pd

    file = str(path)
    try:
        # Read without a header so that pandas neither renames columns nor takes one for an index; blank lines
        # are kept so that row numbers stay those of the file.
        cells = pd.read_csv(
            path, header=None, dtype=str, keep_default_na=False, encoding="utf-8-sig", skip_blank_lines=False
        )
    except pd.errors.EmptyDataError:
        raise TableError(
            "The file is empty. The first row names the columns unit, rater, score.", file=file
        ) from None
    except pd.errors.ParserError as error:
        raise TableError(f"Not readable as CSV: {_last_words(error)}.", file=file) from None
    except UnicodeDecodeError:
        raise TableError("Not readable as text. Save the file as CSV in UTF-8.", file=file) from None
    except OSError as error:
        raise TableError(f"Cannot be read: {error.strerror or error}.", file=file) from None

    cells = cells.fillna("").map(str.strip)
    header, table = cells.iloc[0], cells.iloc[1:]
    table = table[(table != "").any(axis=1)]
    if table.empty:
        raise TableError("There is a header and no ratings below it.", file=file)
    ratings = from_frame(
        table.set_axis(header, axis="columns"),
        scale=scale,
        file=file,
        rows=[position + 1 for position in table.index],
    )
    if len(ratings) == 0:
        raise TableError("Every score is empty.", file=file, column="score")
    return ratings


def _last_words(error: Exception) -> str:
    """Return what pandas says of a broken file, without the name of its parser."""
    return str(error).strip().removeprefix("Error tokenizing data. C error: ").rstrip(".")
