"""The files of a drill and what stands in them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

EVENTS, VERDICTS, REPORT = "events.csv", "verdicts.csv", "report.html"
TARGETS, MAP = "targets.csv", "map.png"
TEAMS, SUPPLIES = "teams.csv", "supplies.csv"
ANIMATION = "animation.html"


def verdicts_csv(verdicts: Any) -> str:
    """Return the verdict table as CSV text, seconds as in memory."""
    from sim.files.harmless import table_csv

    return table_csv(verdicts.table)


def write_verdicts(verdicts: Any, path: Path) -> None:
    """Write the verdict table as CSV that Excel opens (UTF-8 with signature)."""
    from sim.files.atomic import write_text

    write_text(path, verdicts_csv(verdicts), encoding="utf-8-sig")


def write_map(log: Any, scenario: Any, path: Path, lang: str) -> None:
    """Write the map as a picture for other documents; none where nothing has coordinates."""
    from sim.files.atomic import write_bytes
    from sim.report.map import map_chart

    with suppress(ValueError):
        write_bytes(path, map_chart(log, scenario, lang).png())


def write_table(table: Any, path: Path) -> None:
    """Write a table as CSV that Excel opens; nothing where it is empty."""
    from sim.files.atomic import write_text
    from sim.files.harmless import table_csv

    if len(table):
        write_text(path, table_csv(table), encoding="utf-8-sig")
