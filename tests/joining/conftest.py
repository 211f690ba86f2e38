"""`logs(county="time,activity,…")` reads small records; `rows(log)` shows what is in one."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.joining.inputs import read_inputs
from sim.log import EventLog
from sim.log.csvfile import csv_text

DAY = "2026-07-01T"
COLUMNS = "time,activity,phase,actor,recipient,kind,dead,incident,keeper,message,note"


def record(text: str, columns: str = COLUMNS) -> str:
    """Lines such as `9:05 reported - county city initial 3`, `-` for nothing, as CSV."""
    names = columns.split(",")
    lines = [columns]
    for line in filter(str.strip, text.splitlines()):
        cells = dict(zip(names, ["" if c == "-" else c for c in line.split()], strict=False))
        if ":" in cells["time"]:
            hour, minute, *second = cells["time"].split(":")
            cells["time"] = f"{DAY}{hour:0>2}:{minute}{''.join(f':{s}' for s in second)}+08:00"
        lines.append(",".join(cells.get(name, "") for name in names))
    return "\n".join(lines) + "\n"


@pytest.fixture
def logs(tmp_path: Path):
    """Write records and read them as inputs of `join_logs`."""

    def made(**texts: str) -> dict[str, EventLog]:
        paths = []
        for name, text in texts.items():
            path = tmp_path / f"{name}.csv"
            path.write_text(record(text), encoding="utf-8")
            paths.append(path)
        return {one.name: one.log for one in read_inputs(paths)}

    return made


def rows(log: EventLog, *columns: str) -> list[tuple]:
    """The rows of a record below its head, times as hh:mm:ss."""
    import csv
    import io

    found = []
    for row in csv.DictReader(io.StringIO(csv_text(log))):
        if row["activity"] not in ("begin", "role"):
            found.append(tuple(clock(row[name]) for name in columns))
    return found


def clock(cell: str) -> str:
    """A stamp of the day as its time alone, any other cell as it is."""
    return cell[11:].removesuffix("+08:00") if cell.startswith(DAY) else cell


def text(log: EventLog) -> str:
    """The record as its file holds it."""
    return csv_text(log)


def kinds(found) -> list[str]:
    """What was found, in short."""
    return sorted(one.kind for one in found.findings)
