"""Columns of an Arrow table as their distinct cells. pyarrow is imported on use and may be missing."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from reports.ratings.checking import TableError, find_columns
from reports.ratings.columns import Column, Sheet, only_used, stripped

if TYPE_CHECKING:
    import pyarrow as pa


def read_parquet_sheet(path: Path) -> Sheet:
    """Read the columns we know from a Parquet file; its rows count from 1."""
    file = str(path)
    try:
        from pyarrow import ArrowException, parquet
    except ModuleNotFoundError:
        raise TableError(
            "Reading Parquet takes pyarrow. Install the dependencies named scale: "
            "pip install --require-hashes -r requirements/scale.lock",
            file=file,
        ) from None
    try:
        with parquet.ParquetFile(path) as stored:
            names = stored.schema_arrow.names
            known, unused = find_columns([name.strip() for name in names], file)
            table = stored.read(columns=[names[place] for place in known.values()])
            table = table.select([names[place] for place in known.values()])
            columns = dict(zip(known, columns_of(table), strict=True))
    except OSError as error:
        raise TableError(f"Cannot be read: {error.strerror or error}.", file=file) from None
    except ArrowException as error:
        reason = str(error).partition("\n")[0].rstrip(".")
        raise TableError(f"Not readable as Parquet: {reason}.", file=file) from None
    return Sheet(columns, range(1, table.num_rows + 1), unused)


def columns_of(table: "pa.Table") -> list[Column]:
    """Number the distinct cells of each column, which is what Arrow calls a dictionary."""
    return [_column_of(column) for column in table.columns]


def _column_of(column: "pa.ChunkedArray") -> Column:
    import pyarrow as pa

    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    cells = column.unify_dictionaries().combine_chunks()
    distinct = cells.dictionary.to_pylist()
    codes = cells.indices
    if codes.null_count:
        codes = codes.fill_null(len(distinct))
        distinct.append(None)
    return stripped(only_used(distinct, np.from_dlpack(codes)))  # to_numpy would import pandas
