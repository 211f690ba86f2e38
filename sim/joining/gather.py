"""Several records below each other as one: cases, ids and heads made to agree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import combinations
from pathlib import PurePath

from sim.errors import Problem, UnusableInput
from sim.joining.findings import Finding, about
from sim.joining.rows import Row, is_absent, order, rows_of
from sim.log.record import EventLog
from sim.log.schema import NAMES
from sim.texts import in_language, t

HASHED = re.compile(r"(.+?) sha256:([0-9a-f]{64})(?:\s|$)")
"""A file and its hash, as the row `begin` of a record names them in `source`."""
_POINTERS = ("row", "cause", "held_by")


def gather(logs: Mapping[str, EventLog], case: str) -> list[Row]:
    """Return the rows of records by name (of the file), each with `file`, its record's name.

    Where every record holds one case they are one, called `case` unless all have one name
    already; else cases of one name are one.  Ids of rows, and of messages between others, that
    stand in more than one record get the record's name in front.  The order of `logs` is of no
    account.
    """
    rows: list[Row] = []
    names = _cases(logs, case)
    for name in sorted(logs):
        part = rows_of(logs[name])
        for row in part:
            row["file"] = name
            row["case"] = names.get(row["case"], row["case"])
        rows += part
    if len(logs) > 1:
        _own_ids(rows)
        _own_messages(rows)
    return rows


def _cases(logs: Mapping[str, EventLog], case: str) -> dict[str, str]:
    """Return what cases are called in the joined record."""
    found = {name for log in logs.values() for name in log.cases}
    single = all(len(log.cases) == 1 for log in logs.values())
    return dict.fromkeys(found, case) if single and len(found) > 1 else {}


def _own_ids(rows: list[Row]) -> None:
    """Let ids of rows that stand in several records begin with the name of theirs."""
    seen: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        seen.setdefault((row["case"], row["row"]), set()).add(row["file"])
    clash = {key for key, files in seen.items() if len(files) > 1}
    for row in rows:
        correction = ("replaces", "object") if row["activity"] == "correct" else ()
        front = f"{PurePath(row['file']).stem}:"
        for name in (*_POINTERS, *correction):
            if (row["case"], row[name]) in clash:
                row[name] = front + row[name]
                while (row["case"], row[name]) in seen:
                    row[name] = front + row[name]


def _own_messages(rows: list[Row]) -> None:
    """Let numbers that several records give to messages between others begin with their names."""
    ends: dict[tuple[str, str], dict[str, set[frozenset[str]]]] = {}
    for row in rows:
        if row["message"]:
            per_file = ends.setdefault((row["case"], row["message"]), {})
            per_file.setdefault(row["file"], set()).add(
                frozenset((row["actor"], row["recipient"])) - {""}
            )
    clash = {
        key
        for key, per_file in ends.items()
        if not all(_alike(a, b) for a, b in combinations(per_file.values(), 2))
    }
    for row in rows:
        if (row["case"], row["message"]) in clash:
            row["message"] = f"{PurePath(row['file']).stem}:{row['message']}"


def _alike(a: set[frozenset[str]], b: set[frozenset[str]]) -> bool:
    """Whether two files may mean one message: what the one says of its two ends holds the other."""
    return any(one <= other or other <= one for one in a for other in b)


def one_head(rows: list[Row]) -> tuple[list[Row], list[Finding]]:
    """Return rows with one `begin` per case and one `role` per actor, and entries that differ."""
    found: list[Finding] = []
    kept: list[Row] = []
    begins: dict[str, Row] = {}
    roles: dict[tuple[str, str], list[Row]] = {}
    for row in sorted(rows, key=order):
        if row["activity"] == "begin":
            first = begins.setdefault(row["case"], row)
            if first is row:
                kept.append(row)
            else:
                _begin(first, row)
        elif row["activity"] == "role":
            same = roles.setdefault((row["case"], row["actor"]), [])
            if not any(_entry(one, row, found) for one in same):
                same.append(row)
                kept.append(row)
        else:
            kept.append(row)
    return kept, found


def _begin(a: Row, b: Row) -> None:
    """Let a row `begin` name the files of another one too."""
    files = dict([*HASHED.findall(a["source"]), *HASHED.findall(b["source"])])
    if files:
        a["source"] = " ".join(f"{name} sha256:{files[name]}" for name in sorted(files))
        with in_language("en"):  # a record is the same whatever language it was made in
            a["note"] = t("joined from {files}", files=", ".join(sorted(files)))
    for name in NAMES:
        if is_absent(a[name]):
            a[name] = b[name]


def once_each(rows: Iterable[Row]) -> None:
    """Raise `UnusableInput` where two records are made of one file, or of two of one name."""
    seen: dict[str, tuple[str, str]] = {}
    problems = []
    for row in (row for row in rows if row["activity"] == "begin"):
        for name, digest in HASHED.findall(row["source"]):
            before = seen.setdefault(name, (digest, row["file"]))
            if before[0] != digest:
                expected = t("different files under different names, or rows would not tell theirs")
                problems.append(Problem(name, 0, "", expected, name))
            elif before[1] != row["file"]:
                expected = t("every file once; {file} holds it already", file=before[1])
                problems.append(Problem(row["file"], 0, "", expected, name))
    if problems:
        raise UnusableInput(problems)


def _entry(a: Row, b: Row, found: list[Finding]) -> bool:
    """Fill an entry of the directory by another one of the same body; whether nothing differs."""
    skipped = ("row", "seq", "source", "keeper", "time", "time_lo", "time_hi", "time_written")
    names = [name for name in NAMES if name not in skipped]
    unlike = [n for n in names if not is_absent(a[n]) and not is_absent(b[n]) and a[n] != b[n]]
    found += [about("entry_differs", a, b, name) for name in unlike]
    if set(unlike) - {"note"}:
        return False
    for name in names:
        if is_absent(a[name]):
            a[name] = b[name]
    return True
