"""Which obligations drills have put to the test, and which never were.

An obligation is a rule of a pack.  A drill touches it where a row of the record bears on it: it
was met, late or excused, or it is open or unproven and known to have applied.
What nobody on record owes, what did not apply, and registers without any entry are untouched.
Where the record leaves open whether a duty applied at all, the obligation is undecided: unproven,
and not touched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from sim.rules.verdicts import Verdicts

STATES = ("met", "late", "noted", "excused", "open", "unproven", "untouched")
"""What a drill says of an obligation; `noted`: not met, where a rule is only reported."""
WORST = ("late", "unproven", "open", "noted", "excused", "met")
"""Of several duties under one rule in one drill the first of these words stands for all."""
DOUBTFUL = ("no_obligor", "no_incident", "no_recipient", "grade_unknown", "not_observed")
"""Reasons for which a duty is unproven that leave open whether it applied."""
CELLS = (
    *("pack", "clause", "rule", "drill", "state", "touched", "n"),
    *STATES[:-1],
)
TOTALS = (
    *("pack", "clause", "rule", "drills", "touched", "undecided"),
    *(*STATES, "last"),
)
KEY = ["pack", "clause", "rule"]


@dataclass(frozen=True)
class Coverage:
    """Obligations × drills.

    `drills`: one row per drill, by date: `drill` (its case, with a number where two records call
    a case the same), `date` (its second 0, aware; `None` where the record has none).

    `cells`: one row per obligation and drill, columns `CELLS`: `state` (one of `STATES`),
    `touched`, `n` duties that were touched and how many of them were met, late, ….
    """

    drills: pd.DataFrame
    cells: pd.DataFrame

    def matrix(self) -> pd.DataFrame:
        """Return the states, one row per obligation, one column per drill.

        `""`: the drill was not judged by that pack.
        """
        keys = list(dict.fromkeys(self.cells[KEY].itertuples(index=False, name=None)))
        index = pd.MultiIndex.from_tuples(keys, names=KEY)
        wide = self.cells.pivot(index=KEY, columns="drill", values="state")
        return wide.reindex(index=index, columns=list(self.drills["drill"])).fillna("")

    def totals(self) -> pd.DataFrame:
        """Return one row per obligation, columns `TOTALS`.

        `touched` in how many of `drills`; `undecided` in how many the record leaves open whether
        it was; the states in numbers of drills; `last` the date of the last drill that touched
        it, `None` for never.
        """
        cells = self.cells
        marks = cells[[*KEY, "touched"]].assign(drills=1)
        marks["undecided"] = cells["state"].eq("unproven") & ~cells["touched"].astype(bool)
        for state in STATES:
            marks[state] = cells["state"].eq(state)
        sums = marks.groupby(KEY, sort=False).sum().astype("int64")
        dates = dict(zip(self.drills["drill"], self.drills["date"], strict=True))
        last: dict[tuple[str, ...], datetime] = {}
        for *key, drill in cells.loc[cells["touched"].astype(bool), [*KEY, "drill"]].to_numpy():
            date, before = dates[drill], last.get(tuple(key))
            if date is not None and (before is None or date > before):
                last[tuple(key)] = date
        days = [last[key].date() if key in last else None for key in sums.index]
        found = sums.reset_index()
        found["last"] = pd.Series(days, dtype=object)
        return found[list(TOTALS)]

    def never(self) -> list[tuple[str, str]]:
        """Return (pack, rule) of the obligations that no drill has touched."""
        table = self.totals()
        table = table[table["touched"].eq(0)]
        return list(zip(table["pack"], table["rule"], strict=True))


def coverage(*verdicts: Verdicts) -> Coverage:
    """Return which obligations the drills of some verdicts touched, and how.

    Every case is a drill; drills are put in the order of their dates, those of one record that
    share a date in the record's own order.  Obligations are the rules that the verdicts judged
    by, also those under which no duty ever arose (a report every day, in a drill of an hour).
    """
    taken: dict[str, int] = {}
    drills: list[tuple[str, datetime | None]] = []
    cells: list[dict[str, Any]] = []
    for one in verdicts:
        counts, doubts, clauses = _gathered(one)
        for case in dict.fromkeys([*one.origins, *map(str, one.table["case"].unique())]):
            number = taken[case] = taken.get(case, 0) + 1
            name = case if number == 1 else f"{case} ({number})"
            drills.append((name, one.origins.get(case)))
            for (pack, rule), clause in clauses.items():
                key = (case, pack, rule)
                own = {"pack": pack, "clause": clause, "rule": rule, "drill": name}
                cells.append(own | _cell(counts.get(key, {}), key in doubts))
    drills.sort(key=lambda drill: (drill[1] is None, drill[1].timestamp() if drill[1] else 0))
    dates = pd.Series([date for _, date in drills], dtype=object)
    frame = pd.DataFrame({"drill": [name for name, _ in drills], "date": dates})
    return Coverage(frame, pd.DataFrame(cells, columns=list(CELLS)))


Key = tuple[str, str, str]
"""Case, pack and rule."""


def _gathered(
    verdicts: Verdicts,
) -> tuple[dict[Key, Counter[str]], set[Key], dict[tuple[str, str], str]]:
    """Return (verdicts of the duties touched, where it is open whether one was, clauses)."""
    counts: dict[Key, Counter[str]] = {}
    doubts: set[Key] = set()
    clauses = dict(verdicts.rules)
    table = verdicts.table
    said = table["verdict"].where(table["verdict"].ne("late") | verdicts.failed, "noted")
    names = ("case", "pack", "rule", "clause", "reason")
    columns = (*(table[name] for name in names), said)
    rows = zip(*columns, touched(table), strict=True)
    for case, pack, rule, clause, reason, verdict, is_touched in rows:
        clauses.setdefault((pack, rule), clause)
        if is_touched:
            counts.setdefault((case, pack, rule), Counter())[verdict] += 1
        elif verdict == "unproven" and reason != "no_obligor":
            doubts.add((case, pack, rule))
    return counts, doubts, clauses


def _cell(counts: Mapping[str, int], doubtful: bool) -> dict[str, Any]:
    """Return the state of an obligation in a drill, from the duties that were touched."""
    state = worst(counts) if counts else "unproven" if doubtful else "untouched"
    numbers = {word: counts.get(word, 0) for word in STATES[:-1]}
    return {"state": state, "touched": bool(counts), "n": sum(counts.values())} | numbers


def touched(table: pd.DataFrame) -> pd.Series:
    """Return for every row of a verdict table whether the drill touched that duty."""
    verdict = table["verdict"]
    shown = table["evidence"].ne("") | table["deadline_s"].notna()
    shown |= verdict.eq("unproven") & ~table["reason"].isin(DOUBTFUL)
    answered = verdict.isin(("met", "late", "excused"))
    return answered | (verdict.isin(("open", "unproven")) & shown)


def worst(verdicts: Iterable[str]) -> str:
    """Return the word that stands for several verdicts, the first of `WORST` among them."""
    found = set(verdicts)
    return next((word for word in WORST if word in found), "untouched")
