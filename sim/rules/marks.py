"""Marks by a scheme: after margins and verdicts, and never instead of them.

Only what is met or late is scored.  What is excused, open or unproven is never counted as zero
nor as failed, but shown apart.  What needs a person's judgement counts only where a person has
given it (`Judged`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pandas as pd

from sim.rules.patterns import Condition, holds
from sim.rules.samples import Share, exact_share
from sim.rules.scheme import VERDICTS, AnyScheme, Bands, Points, ShareOf, Words, judged_words
from sim.rules.verdicts import Verdicts

LINES = (
    *("case", "pack", "rule", "incident", "owner", "recurrence", "verdict", "reason", "margin_s"),
    *("mark", "judged_by", "points"),
)
TOTALS = ("case", "incident", "rule", "owner", "scored", "met", "points", "result", "low", "high")
NOT_SCORED = ("excused", "open", "unproven")


class Judged(NamedTuple):
    """What a person judged of one duty: a mark, word or class of the scheme, by whom and why."""

    case: str
    rule: str
    owner: str
    mark: str
    by: str
    why: str = ""


@dataclass(frozen=True)
class Marks:
    """What a scheme makes of verdicts.

    `lines`: one row per duty that the scheme marks duty by duty, columns `LINES`; `points` NaN
    where the scheme gives words.  `totals`: one row per drill (or incident, or duty), columns
    `TOTALS`: `scored` duties, `met` of them, the `points`, or the `result` with the ends of its
    exact interval of shares.  `not_scored`: verdict -> duties left out.
    """

    scheme: AnyScheme
    lines: pd.DataFrame
    totals: pd.DataFrame
    not_scored: Mapping[str, int] = field(default_factory=dict)


def marks(verdicts: Verdicts, scheme: AnyScheme, judged: Iterable[Judged] = ()) -> Marks:
    """Return what a scheme makes of verdicts.

    `judged`: what persons say of single duties (case, rule, owner); it goes to every duty that
    fits.  Words that the scheme does not leave to persons raise `ValueError`.
    """
    given = _by_duty(judged, scheme)
    table = verdicts.table[verdicts.table["verdict"].ne("late") | verdicts.failed]
    counted = table[[_fits(row, scheme.counts) for row in _records(table)]]
    scored = counted[counted["verdict"].isin(VERDICTS)]
    number = counted["verdict"].value_counts()
    apart = {word: int(number[word]) for word in NOT_SCORED if word in number}
    lines, totals = _frame([]), _totals([])
    if isinstance(scheme, Points):
        lines = _frame([_points(row, scheme, given) for row in _records(scored)])
        totals = _sums(lines, scheme, list(dict.fromkeys(table["case"])))
    elif isinstance(scheme, Words):
        lines = _frame([_word(row, scheme, given) for row in _records(scored)])
    elif isinstance(scheme, Bands):
        totals = _totals(_band(part, case, scheme) for case, part in _parts(scored, ["case"]))
    elif isinstance(scheme, ShareOf):
        keys = ["pack", "rule", "owner"]
        totals = _totals(_share(part, key, scheme) for key, part in _parts(scored, keys))
    else:
        keys = ["case", "incident"]
        lines = _frame([_line(row, "", "", None) for row in _late(scored)])
        totals = _totals(_all(part, key) for key, part in _parts(counted, keys))
    return Marks(scheme, lines[list(LINES)], totals, apart)


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(k): v for k, v in row.items()} for row in table.to_dict("records")]


def _fits(row: Mapping[str, Any], pattern: Mapping[str, Condition]) -> bool:
    return all(holds(condition, row[column]) for column, condition in pattern.items())


Given = Mapping[tuple[str, str, str], list[Judged]]


def _by_duty(judged: Iterable[Judged], scheme: AnyScheme) -> Given:
    allowed = judged_words(scheme)
    found: dict[tuple[str, str, str], list[Judged]] = {}
    for one in judged:
        if one.mark not in allowed:
            raise ValueError(f"{one.mark!r} is none of what a person may give: {allowed}")
        found.setdefault((one.case, one.rule, one.owner), []).append(one)
    return found


def _persons(row: Mapping[str, Any], given: Given) -> list[Judged]:
    return given.get((row["case"], row["rule"], row["owner"]), [])


def _line(row: Mapping[str, Any], mark: str, by: str, points: float | None) -> dict[str, Any]:
    own = {name: row[name] for name in LINES if name in row}
    return own | {"mark": mark, "judged_by": by, "points": points}


def _points(row: Mapping[str, Any], scheme: Points, given: Given) -> dict[str, Any]:
    """Return a duty's line: its class and what is added, less the parts; several add up."""
    persons = _persons(row, given)
    base = next((one.mark for one in persons if one.mark in scheme.classes), scheme.base)
    found = [
        name
        for name, mark in scheme.marks.items()
        if (mark.when is not None and _fits(row, mark.when))
        or any(one.mark == name for one in persons)
    ]
    reported = bool(row["end_row"]) or row["verdict"] == "met"
    worth = scheme.classes[base].points if base and reported else 0.0
    parts = [scheme.marks[name].part or 0.0 for name in found]
    worth += sum(scheme.marks[name].points or 0.0 for name in found)
    points = worth * max(0.0, 1 - sum(parts))
    by = "|".join(dict.fromkeys(one.by for one in persons))
    return _line(row, "|".join(found), by, points) | {"reported": reported and bool(base)}


def _sums(lines: pd.DataFrame, scheme: Points, cases: list[str]) -> pd.DataFrame:
    """Return one sum per drill; where the scheme takes the mean, over the reports made."""
    rows = []
    for case in cases:
        mine = lines[lines["case"].eq(case)]
        found = [name for words in mine["mark"] for name in words.split("|") if name]
        total = float(mine["points"].sum())
        total += sum(scheme.marks[name].from_total or 0.0 for name in found)
        row: dict[str, Any] = {"case": case, "scored": len(mine)}
        row |= {"met": int(mine["verdict"].eq("met").sum())}
        made = int(mine["reported"].sum()) if len(mine) else 0
        if not scheme.average:
            rows.append(row | {"points": total})
        else:
            rows.append(row | {"points": total / made if made else None})
    return _totals(rows)


def _word(row: Mapping[str, Any], scheme: Words, given: Given) -> dict[str, Any]:
    persons = _persons(row, given)
    if persons:
        return _line(row, persons[-1].mark, persons[-1].by, None)
    fitting = (n for n, w in scheme.words.items() if w.when is not None and _fits(row, w.when))
    return _line(row, next(fitting, ""), "", None)


def _decided(part: pd.DataFrame) -> Share | None:
    return exact_share(int(part["verdict"].eq("met").sum()), len(part))


def _band(part: pd.DataFrame, key: tuple[str, ...], scheme: Bands) -> dict[str, Any]:
    """Return a drill's word, and those at the ends of the interval where they differ."""
    share = _decided(part)
    assert share is not None
    row = {"case": key[0], "scored": share.n, "met": share.k, "low": share.low, "high": share.high}
    return row | {"result": band_of(share.share, scheme)}


def band_of(share: float, scheme: Bands) -> str:
    """Return the word for a share between 0 and 1, rounded half up to whole per cent."""
    percent = int(100 * share + 0.5)
    falling = sorted(scheme.bands.items(), key=lambda item: -item[1].at_least)
    return next(name for name, band in falling if percent >= band.at_least)


def _share(part: pd.DataFrame, key: tuple[str, ...], scheme: ShareOf) -> dict[str, Any]:
    share = _decided(part)
    assert share is not None
    reached = share.share >= scheme.at_least
    certain = share.low >= scheme.at_least if reached else share.high < scheme.at_least
    result = ("reached" if reached else "not_reached") if certain else "unsettled"
    row = {"rule": key[1], "owner": key[2], "scored": share.n, "met": share.k}
    return row | {"low": share.low, "high": share.high, "result": result}


def _all(part: pd.DataFrame, key: tuple[str, ...]) -> dict[str, Any]:
    verdicts = part["verdict"]
    late, met = int(verdicts.eq("late").sum()), int(verdicts.eq("met").sum())
    result = "not_reached" if late else "reached"
    if not late and (verdicts.isin(("open", "unproven")).any() or not met):
        result = "undecided"
    row = {"case": key[0], "incident": key[1], "scored": late + met, "met": met}
    return row | {"result": result}


def _late(scored: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the bottlenecks, the latest first; what never came goes before all."""
    late = scored[scored["verdict"].eq("late")].sort_values("case", kind="stable")
    return _records(late.sort_values("margin_s", kind="stable", na_position="first"))


def _parts(table: pd.DataFrame, keys: list[str]) -> list[tuple[tuple[str, ...], pd.DataFrame]]:
    applying = table[table["verdict"].ne("not_applicable")]
    return [(tuple(map(str, key)), part) for key, part in applying.groupby(keys, sort=False)]


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=[*LINES, "reported"])


def _totals(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(TOTALS))
