"""The same thing written down more than once: by two sources, or twice by one."""

from __future__ import annotations

from collections.abc import Iterable

from sim.joining.assign import assigned
from sim.joining.findings import Finding, about
from sim.joining.rows import (
    BETWEEN,
    FAR,
    Row,
    apart,
    bounds,
    distance,
    is_absent,
    keeper,
    places,
    timed,
    witness,
)
from sim.log.record import RESOLUTION
from sim.log.schema import NAMES, NUMBERS, STANDING

NEAR = 300
"""Seconds within which two sources that agree in everything else speak of one thing."""
_STAMPS = ("time", "time_lo", "time_hi")
_APART = ("row", "seq", "case", "source", "keeper", "note", "time_wall", "time_written", *_STAMPS)
_CHAIN = ("cause", "held_by", "span")
WHAT = (
    "case", "activity", "phase", "actor", "item", "order", "task", "vehicle", "warning",
    "actor_role", "team_kind",
)  # fmt: skip
"""Columns in which rows about one thing are equal; in all others one of them may be empty."""
VALUES = frozenset({*NUMBERS, "grade", "level", "elements", "pending", "place"} - {"seq"})
"""What sources may say differently of one thing."""
OPEN = tuple(n for n in NAMES if n not in (*_APART, *_CHAIN, *WHAT) and n not in VALUES)


Gone = dict[tuple[str, str], Row]
"""(case, id) of a row that was put together with another -> the other, and under `was` itself."""


def copies(rows: list[Row], window: int) -> tuple[list[Row], list[Finding], list[Finding], Gone]:
    """Return rows with every thing once, what was put together, what was not for a conflict, and
    which rows are gone.

    Rows of one source that are equal in everything are one.  Rows of several sources are
    compared pair by pair (`assigned`): they are one thing if they agree in `WHAT`, if nothing else
    differs where both say something, and if they lie within `NEAR`.  If they differ in a value,
    or lie further apart but within the window, both stay and the conflict is listed.
    """
    rows, found, gone = _twice(rows)
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[name] for name in WHAT), []).append(row)
    kept: list[Row] = []
    doubts: list[Finding] = []
    for group in groups.values():
        kept += _one_group(group, window, found, doubts, gone)
    return kept, found, doubts, gone


def _one_group(
    group: list[Row],
    window: int,
    found: list[Finding],
    doubts: list[Finding],
    gone: Gone,
) -> list[Row]:
    """Return the rows of a group with those of its sources put together, one source after another.

    The sources come in the order of their names, so the order of the files changes nothing.
    """
    by_source: dict[tuple[tuple[str, ...], str], list[Row]] = {}
    for row in group:
        by_source.setdefault(witness(row), []).append(row)
    kept: list[Row] = []
    for source in sorted(by_source):
        batch = by_source[source]
        pairs = {k: i for i, k in assigned(kept, batch, difference, window)} if kept else {}
        fresh = []
        for k, row in enumerate(batch):
            partner = kept[pairs[k]] if k in pairs else None
            conflict = unlike(partner, row) if partner else []
            if partner is None or conflict:
                doubts += conflict
                fresh.append(row)
            else:
                found += _merge(partner, row)
                gone[row["case"], row["row"]] = {"by": partner, "was": row}
        kept += fresh
    return kept


def difference(a: Row, b: Row) -> tuple[int, int, int] | None:
    """Return how far two rows are apart, in how many values, and of how much one of them is silent.

    `None` if they differ in more than that.
    """
    if not apart(a, b) or any(_differ(a, b, name) for name in OPEN):
        return None
    if a["activity"] in STANDING and any(a[name] != b[name] for name in _STAMPS):
        return None
    return distance(a, b), *compared(a, b, OPEN)


def compared(a: Row, b: Row, columns: Iterable[str]) -> tuple[int, int]:
    """Return in how many values two rows differ, and of how many columns only one speaks."""
    silent = (is_absent(a[name]) != is_absent(b[name]) for name in (*columns, *VALUES))
    return sum(_differ(a, b, name) for name in VALUES), sum(silent)


def unlike(a: Row, b: Row) -> list[Finding]:
    """Return why two rows that seem to be one thing stay apart."""
    found = [about("value_differs", a, b, name) for name in sorted(VALUES) if _differ(a, b, name)]
    if not found and distance(a, b) > NEAR:
        found = [about("perhaps_the_same", a, b, _stamp(a, b))]
    return found


def _differ(a: Row, b: Row, name: str) -> bool:
    return not is_absent(a[name]) and not is_absent(b[name]) and bool(a[name] != b[name])


def _stamp(a: Row, b: Row) -> str:
    return next((n for n in _STAMPS if a[n] is not None and b[n] is not None), "time")


def _twice(rows: list[Row]) -> tuple[list[Row], list[Finding], Gone]:
    """Put together the rows of one source that are equal in everything."""
    seen: dict[tuple[object, ...], Row] = {}
    kept, found = [], []
    gone: Gone = {}
    names = [name for name in NAMES if name not in ("row", "seq", "source")]
    for row in rows:
        key = (*(row[name] for name in names), tuple(sorted(witness(row)[0])))
        first = seen.setdefault(key, row)
        if first is row:
            kept.append(row)
        else:
            found.append(about("same_row", first, row))
            first["source"] = both_places(first, row)
            gone[row["case"], row["row"]] = {"by": first, "was": row}
    return kept, found, gone


def both_places(a: Row, b: Row) -> str:
    """Return where two rows stand, as one text."""
    return BETWEEN.join(sorted({*places(a), *places(b)}))


def _merge(a: Row, b: Row) -> list[Finding]:
    """Let `a` say what both say; times that differ become the span that holds both."""
    found = [about("same_thing", a, b)]
    for name in (*OPEN, *sorted(VALUES), *_CHAIN):
        if is_absent(a[name]) and not is_absent(b[name]):
            if name not in _CHAIN:
                found.append(about("filled", a, b, name))
            a[name] = b[name]
    if b["note"] and b["note"] not in a["note"]:
        a["note"] = " / ".join(filter(None, (a["note"], b["note"])))
    found += _one_time(a, b)
    ends = (a["actor"], a["recipient"])
    if a["time"] == b["time"] and keeper(a) not in ends and keeper(b) in ends:
        a["keeper"] = keeper(b)  # an end's own word, where another one says the same
    a["source"] = both_places(a, b)
    return found


def _one_time(a: Row, b: Row) -> list[Finding]:
    """Let `a` have the time that both allow, else the span from the earliest to the latest."""
    if not timed(b) or all(a[name] == b[name] for name in _STAMPS):
        return []
    finer = b["time"] is not None and (a["time"] is None or b[RESOLUTION] < a[RESOLUTION])
    if not timed(a) or (distance(a, b) == 0 and finer):
        for name in (*_STAMPS, RESOLUTION, "time_written"):
            a[name] = b[name]
        if keeper(b) != keeper(a):
            a["keeper"] = keeper(b)
        return []
    if distance(a, b) == 0 and a["time"] is not None:
        return []
    found = [about("time_differs", a, b, _stamp(a, b))] if distance(a, b) else []
    (low, high), (other_low, other_high) = bounds(a), bounds(b)
    if distance(a, b) == 0:  # two spans: what both allow
        low, high = max(low, other_low), min(high, other_high)
    else:
        low, high = min(low, other_low), max(high, other_high)
    a["time"] = None
    a["time_lo"], a["time_hi"] = None if low <= -FAR else low, None if high >= FAR else high
    return found


def renamed(rows: Iterable[Row], gone: Gone) -> None:
    """Let what points to rows that were put together point to the one that is left."""
    ids = {key: pair["by"]["row"] for key, pair in gone.items()}
    for row in rows:
        case = row["case"]
        correction = ("object",) if row["activity"] == "correct" else ()
        for column in ("cause", "held_by", "replaces", *correction):
            while (case, row[column]) in ids:
                row[column] = ids[case, row[column]]
