"""Tables as Parquet, by DuckDB: the same table gives the same bytes."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from sim.errors import MissingExtra

_open: list[Any] = []


def connection() -> Any:
    """Return this process's connection to DuckDB: in memory, one thread, nothing from outside."""
    if not _open:
        try:
            import duckdb
        except ImportError:
            raise MissingExtra("duckdb", "store") from None
        made = duckdb.connect(":memory:")
        made.execute("SET threads = 1")
        made.execute("SET preserve_insertion_order = true")
        _open.append(made)
    return _open[0]


def to_bytes(table: pd.DataFrame) -> bytes:
    """Return a table as the bytes of a Parquet file (zstd); rows and columns in their order."""
    plain = table.copy()
    for name, kind in table.dtypes.items():
        if kind == "str":
            plain[name] = table[name].astype(object)
    at = connection().cursor()
    at.register("part", plain)
    with tempfile.TemporaryDirectory(prefix="yanlian-") as folder:
        file = Path(folder) / "part.parquet"
        at.execute(f"COPY part TO '{quoted(file)}' (FORMAT parquet, COMPRESSION zstd)")
        at.unregister("part")
        return file.read_bytes()


def read(files: Sequence[Path], with_file: bool = False) -> pd.DataFrame:
    """Return the rows of some files of the same columns, file after file.

    `with_file`: with a column `filename`.
    """
    names = ", ".join(f"'{quoted(file)}'" for file in files)
    options = ", filename = true" if with_file else ""
    query = f"SELECT * FROM read_parquet([{names}]{options})"
    found = connection().cursor().execute(query).df()
    assert isinstance(found, pd.DataFrame)
    return found


def quoted(path: Path) -> str:
    """Return a path as it stands in a text of SQL."""
    return str(path).replace("'", "''")
