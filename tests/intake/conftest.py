"""Messy files are made here, not kept: `bring("a.csv", text, mapping)` imports one."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.intake import Imported, import_files


@pytest.fixture
def bring(tmp_path: Path):
    """Write a file and a mapping and import the one by the other."""

    def brought(name: str, data: str | bytes, mapping: str) -> Imported:
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        how = tmp_path / "mapping.yaml"
        how.write_text("mapping: 1\n" + mapping, encoding="utf-8")
        return import_files([path], how)

    return brought


def events(found: Imported, *columns: str) -> list[tuple]:
    """The rows of the record below its head, as texts; times as in a CSV file."""
    import csv
    import io

    from sim.log.csvfile import csv_text

    rows = csv.DictReader(io.StringIO(csv_text(found.log)))
    head = ("begin", "role", "observe")
    return [tuple(row[c] for c in columns) for row in rows if row["activity"] not in head]
