"""Who is who by a pattern: the units of an export that are too many to be listed one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd

from sim.intake.head import role_row
from sim.intake.mapping import Mapping, Organisation
from sim.intake.work import Columns


def fitting_rows(columns: Columns, codes: np.ndarray, how: Mapping) -> tuple[Columns, np.ndarray]:
    """Return `role` rows for those whom a regular expression of the mapping fits.

    One row an actor and case in which it stands.  `columns` are those of the events, `codes` the
    number of each event's case; the answer: columns, and the number of each row's case.
    """
    patterns = [
        (re.compile(name[1:]), entry)
        for name, entry in how.organisations.items()
        if name.startswith("~")
    ]
    if not patterns:
        return {}, np.zeros(0, np.int64)
    entries: dict[str, Organisation | None] = dict.fromkeys(["", *how.organisations])
    rows, numbers = [], []
    for code, case, actor in _standing(columns, codes):
        if actor not in entries:
            entries[actor] = next((one for regex, one in patterns if regex.fullmatch(actor)), None)
        entry = entries[actor]
        if entry is not None:
            rows.append({**role_row(entry), "actor": actor, "case": case})
            numbers.append(code)
    names = rows[0] if rows else ()
    made = {name: np.array([row[name] for row in rows], dtype=object) for name in names}
    return made, np.array(numbers, np.int64)


def _standing(columns: Columns, codes: np.ndarray) -> Iterator[tuple[int, str, str]]:
    """Yield (number of the case, case, actor), each once, in the order of the rows."""
    cases = columns["case"]
    parts = [
        pd.DataFrame(
            {"code": codes, "case": cases, "actor": columns[name], "at": np.arange(len(codes))}
        )
        for name in ("actor", "recipient")
        if name in columns
    ]
    if parts:
        found = pd.concat(parts).drop_duplicates(["code", "actor"]).sort_values("at", kind="stable")
        yield from found[["code", "case", "actor"]].itertuples(index=False, name=None)
