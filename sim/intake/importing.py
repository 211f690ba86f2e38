"""Foreign files and a mapping in, the record out, with everything that could not be read."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from sim.errors import Problem, UnusableInput
from sim.intake.build import Built, build
from sim.intake.drill_clock import exercise_times
from sim.intake.fitting import fitting_rows
from sim.intake.head import head_rows
from sim.intake.load import load_mapping
from sim.intake.mapping import Mapping
from sim.intake.rows import Unread
from sim.intake.sources import Source, read_source
from sim.intake.work import Columns
from sim.log.cells import Cells
from sim.log.csvfile import log_of
from sim.log.record import EventLog
from sim.texts import t


@dataclass(frozen=True)
class Imported:
    """The record of some files; `rows` how many rows they hold, `events` how many came of them.

    `unread` are the rows (and single cells) that are not in the record, in the order of the
    files; `notes` say what a reader should know; `files` name -> sha256.
    """

    log: EventLog
    rows: int
    events: int
    unread: tuple[Unread, ...]
    notes: tuple[str, ...]
    files: dict[str, str]

    @property
    def unread_rows(self) -> int:
        """How many whole rows are not in the record."""
        return sum(one.row for one in self.unread)


def import_files(paths: Sequence[str | Path], mapping: Mapping | str | Path) -> Imported:
    """Return the record of foreign files; the same files and mapping give the same record.

    `mapping` is typed or the path of a mapping file.  Raises `UnusableInput` where the mapping
    or a file cannot be used, or not a single row can be read.
    """
    how = mapping if isinstance(mapping, Mapping) else load_mapping(mapping)
    sources = [read_source(path, how.source, needed(how)) for path in paths]
    case = Path(paths[0]).name.split(".")[0] or "case"
    built = [build(source.rows, how, case) for source in sources]
    unread = tuple(one for part in built for one in sorted(part.unread, key=lambda u: u.line))
    rows = sum(len(source.rows) for source in sources)
    events = sum(len(part.from_row) for part in built)
    if not events:
        raise UnusableInput(_nothing(paths, unread))
    log = _record(built, sources, how)
    notes = tuple(note for part in built for note in part.notes)
    files = {source.rows.file: source.sha256 for source in sources}
    rows += sum(one.row for source in sources for one in source.rows.unread)
    return Imported(log, rows, events, unread, notes, files)


def needed(mapping: Mapping) -> tuple[str, ...]:
    """Return the headings that a mapping looks for."""
    first = () if mapping.case is None else (mapping.case,)
    return tuple(dict.fromkeys((*first, *mapping.columns, *mapping.events)))


def _nothing(paths: Sequence[str | Path], unread: Sequence[Unread]) -> list[Problem]:
    problems = [Problem(str(path), 0, "", t("at least one row that can be read")) for path in paths]
    for one in unread[:20]:
        sheet = f":{one.sheet}" if one.sheet else ""
        problems.append(
            Problem(f"{one.file}{sheet}", one.line, one.column, one.expected, one.received)
        )
    return problems


def _record(built: Sequence[Built], sources: Sequence[Source], how: Mapping) -> EventLog:
    """Put the parts one below the other, with the head of each case before its first row."""
    names = list(dict.fromkeys(name for part in built for name in part.columns))
    columns = {}
    for name in names:
        parts = [p.columns.get(name, np.full(len(p.from_row), "", object)) for p in built]
        columns[name] = np.concatenate(parts)
    places = [_places(part, source) for part, source in zip(built, sources, strict=True)]
    columns["source"] = np.concatenate(places)
    lines = np.concatenate([s.rows.lines[p.from_row] for p, s in zip(built, sources, strict=True)])
    codes, cases = pd.factorize(columns["case"])
    head = head_rows([str(case) for case in cases], codes, built, sources, how)
    heads = np.repeat(np.arange(len(cases)), len(head["case"]) // len(cases))
    fitting, numbers = fitting_rows(columns, codes, how)
    joined = _stacked([(head, len(heads)), (fitting, len(numbers)), (columns, len(codes))])
    order = np.argsort(np.concatenate([heads, numbers, codes]), kind="stable")
    table = {name: values[order] for name, values in joined.items()}
    exercise_times(table, how)
    lines = np.concatenate([np.zeros(len(heads) + len(numbers), np.int64), lines])[order]
    return log_of(Cells(sources[0].rows.file, table, lines), "")[0]


def _stacked(parts: Sequence[tuple[Columns, int]]) -> Columns:
    """Return columns one below the other, with empty texts where a part lacks one."""
    every = dict.fromkeys(name for columns, _ in parts for name in columns)
    return {
        name: np.concatenate(
            [columns.get(name, np.full(length, "", object)) for columns, length in parts]
        )
        for name in every
    }


def _places(part: Built, source: Source) -> np.ndarray:
    rows = source.rows
    sheet = f"{rows.sheet}!" if rows.sheet else ""
    lines = rows.lines[part.from_row].tolist()
    return np.array([f"{rows.file}:{sheet}{line}" for line in lines], dtype=object)


def fingerprint(mapping: Mapping) -> str:
    """Return what identifies a mapping, whatever its file is called."""
    return hashlib.sha256(mapping.model_dump_json().encode()).hexdigest()
