"""What is joined: records as they are, foreign files by a mapping; every row with its place."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from sim.errors import Problem, UnusableInput
from sim.files.csvrows import SEPARATORS
from sim.files.text import NoText, decoded, read_bytes
from sim.files.workbook import is_workbook
from sim.intake import Imported, import_files
from sim.joining.gather import HASHED
from sim.log.csvfile import read_with_lines
from sim.log.record import EventLog, typed
from sim.log.schema import NAMES
from sim.texts import t


@dataclass(frozen=True)
class Input:
    """A file that is to be joined: its record; `imported` where a mapping made it one."""

    name: str
    log: EventLog
    imported: Imported | None = None


def read_inputs(paths: Sequence[Path], mapping: Path | None = None) -> list[Input]:
    """Return the records of files.

    A file beside which a mapping of its name lies (`city.xlsx`, `city.yaml`) is read by that, a
    record of the program as it is, any other file by `mapping`.  Raises `UnusableInput` with
    the problems of all files, also where two files have one name.
    """
    problems: list[Problem] = []
    found: dict[str, Input] = {}
    for path in paths:
        if path.name in found:
            expected = t("different files under different names, or rows would not tell theirs")
            problems.append(Problem(str(path), 0, "", expected, path.name))
        try:
            found[path.name] = _read(path, mapping)
        except UnusableInput as error:
            problems += error.problems
    if problems:
        raise UnusableInput(problems)
    return list(found.values())


def mapping_beside(path: Path) -> Path | None:
    """Return the mapping that lies beside a file under its name, if any."""
    beside = (path.with_suffix(end) for end in (".yaml", ".yml"))
    return next((one for one in beside if one.is_file() and one != path), None)


def _read(path: Path, mapping: Path | None) -> Input:
    own = mapping_beside(path)
    if own is None and (mapping is None or is_record(path)):
        return Input(path.name, _record(path))
    chosen = own or mapping
    assert chosen is not None
    imported = import_files([path], chosen)
    return Input(path.name, imported.log, imported)


def is_record(path: Path) -> bool:
    """Whether a file is a record of the program: its header names nothing but its columns."""
    data = read_bytes(path, str(path))
    try:
        text = "" if is_workbook(data) else decoded(data[: data.find(b"\n") + 1] or data)
    except NoText:
        return False
    first = text.lstrip("\ufeff").strip()
    return any(
        {"activity"} <= {cell.strip().strip('"') for cell in first.split(sign)} <= set(NAMES)
        for sign in SEPARATORS
    )


def _record(path: Path) -> EventLog:
    """Return a record whose rows all say where they stand, and which file that is."""
    log, lines = read_with_lines(path)
    table = log.table
    digest = hashlib.sha256(read_bytes(path, str(path))).hexdigest()
    begins = table["activity"] == "begin"
    if begins.any() and all(HASHED.match(text) for text in table.loc[begins, "source"]):
        return log  # it says itself of which files it was made
    placed = pd.Series([f"{path.name}:{line}" for line in lines.tolist()], table.index, "str")
    table = table.assign(source=table["source"].mask(table["source"] == "", placed))
    whole = f"{path.name} sha256:{digest}"
    table.loc[begins, "source"] = whole
    fresh = [case for case in log.cases if case not in set(table.loc[begins, "case"])]
    taken = set(table["row"])
    name = next(f"begin{k or ''}" for k in range(len(taken) + 1) if f"begin{k or ''}" not in taken)
    head = typed(
        {
            "row": [name] * len(fresh),
            "case": fresh,
            "seq": np.full(len(fresh), 0),
            "activity": ["begin"] * len(fresh),
            "source": [whole] * len(fresh),
        },
        len(fresh),
    )
    return EventLog(pd.concat([head, table], ignore_index=True), log.origins)
