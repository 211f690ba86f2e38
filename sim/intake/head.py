"""The first rows of every case: where it comes from, who is who, where it is complete."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.intake.build import Built
from sim.intake.mapping import Mapping, Organisation, Span
from sim.intake.sources import Source
from sim.intake.times import instant
from sim.log import stamps
from sim.texts import in_language, t


def head_rows(
    cases: Sequence[str],
    codes: np.ndarray,
    built: Sequence[Built],
    sources: Sequence[Source],
    how: Mapping,
) -> dict[str, np.ndarray]:
    """Return the head of every case as columns: `begin`, then `role` and `observe` rows."""
    last = _last(built)
    rows = [*_directory(how), *_spans(how, last)]
    names = dict.fromkeys(name for row in rows for name in row)
    per = len(rows) + 1
    columns = {
        name: np.tile(np.array(["", *(row.get(name, "") for row in rows)], object), len(cases))
        for name in dict.fromkeys(("activity", "note", "source", *names))
    }
    begins = np.arange(len(cases)) * per
    columns["activity"][begins] = "begin"
    with in_language("en"):  # a record is the same whatever language it was made in
        text = t("imported from {files}", files=", ".join(s.rows.file for s in sources))
    columns["note"][begins] = text
    columns["source"][begins] = " ".join(f"{s.rows.file} sha256:{s.sha256}" for s in sources)
    columns["case"] = np.repeat(np.array(list(cases), dtype=object), per)
    return columns


def _directory(how: Mapping) -> list[dict[str, str]]:
    return [
        {"actor": name, **role_row(entry)}
        for name, entry in how.organisations.items()
        if not name.startswith("~")
    ]


def role_row(entry: Organisation) -> dict[str, str]:
    """Return the row of the directory for an entry, all but who it is."""
    return {
        "activity": "role",
        "actor_role": entry.role,
        "team_kind": entry.team_kind,
        "superior": entry.superior,
        "jurisdiction": "|".join(entry.jurisdiction),
        "supervises": "|".join(entry.supervises),
        "note": entry.name,
        "source": "mapping",
    }


def _spans(how: Mapping, last: str) -> list[dict[str, str]]:
    if how.complete == "unknown":
        return []
    spans = how.complete if isinstance(how.complete, list) else [how.complete]
    return [_span(span, how, last) for span in spans if isinstance(span, Span)]


def _span(span: Span, how: Mapping, last: str) -> dict[str, str]:
    """Return a row `observe`; who keeps the file says so by his clock, and only of himself."""
    keeper = how.constants.get("keeper", "")
    return {
        "activity": "observe",
        "time": "" if span.since is None else _spelled(span.since, how),
        "until": last if span.until == "last" else _spelled(span.until, how),
        "actor": span.actor or keeper,
        "keeper": keeper,
        "channel": span.channel,
        "incident": span.incident,
        "source": "mapping",
    }


def _spelled(text: str, how: Mapping) -> str:
    found = instant(text, how.time)
    assert found is not None  # the mapping was checked
    return _iso(*found)


def _iso(utc: int, offset: int) -> str:
    return str(stamps.spell(np.array([utc]), np.array([offset]), np.array([False]))[0])


def _last(built: Sequence[Built]) -> str:
    """Return the latest stamp of all files."""
    utc = np.concatenate([part.instants.high for part in built])
    offset = np.concatenate([part.instants.offset for part in built])
    form = np.concatenate([part.instants.form for part in built])
    at = int(np.argmax(np.where(form > 0, utc, np.iinfo(np.int64).min)))
    return _iso(int(utc[at]), int(offset[at]))
