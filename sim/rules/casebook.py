"""What the record says about each case: who is who, what occurred, who knew and confirmed what."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.log.schema import FIELDS
from sim.rules.directory import ENTRY, Directory
from sim.rules.forecasts import forecasts
from sim.rules.sheet import Sheet
from sim.rules.stamps import INF, Stamp, earlier

Key = tuple[int, str]
"""Number of the case, id of the incident."""


class Confirmation(NamedTuple):
    """Somebody confirmed a grade."""

    stamp: Stamp
    grade: str
    actor: str


class Occurrence(NamedTuple):
    """When an incident occurred, and what its `occur` rows say of it.

    `stamp` is the inquiry's (rows without an actor), else the earliest declared; `declared`
    the earliest that an actor declared, `None` if nobody did.
    """

    stamp: Stamp | None
    declared: Stamp | None = None
    hazard: str = ""
    areas: tuple[str, ...] = ()


class Observed(NamedTuple):
    """A span in which the record of an actor, a channel or everything (both empty) is complete."""

    lo: int
    hi: int
    actor: str
    channel: str
    incident: str


class Casebook:
    """All that is known per case and incident before any rule is looked at."""

    def __init__(self, sheet: Sheet):
        self.sheet = sheet
        self.forecast = forecasts(sheet)
        self.directories = self._directories()
        self.observed = self._observed()
        self.occurrences = self._occurrences()
        self.confirmations = self._confirmations()
        self.notices, self.first_notices = self._notices()
        self.incidents = self._incidents()
        self.values = np.column_stack([sheet.numbers(name) for name in FIELDS])
        self.quantities = sheet.numbers("quantity")
        self.figures = self._figures()

    def _directories(self) -> dict[int, Directory]:
        at = self.sheet.done("role")
        entries: dict[int, list[tuple[str, ...]]] = {}
        rows = self.sheet.rows(at, *ENTRY)
        for case, entry in zip(self.sheet.case_of[at].tolist(), rows, strict=True):
            entries.setdefault(case, []).append(entry)
        known: dict[tuple[tuple[str, ...], ...], Directory] = {}
        found = {}
        for case, listed in entries.items():
            key = tuple(sorted(listed))
            if key not in known:
                known[key] = Directory(key)  # type: ignore[arg-type]
            found[case] = known[key]
        return found

    def directory(self, case: int) -> Directory:
        """Return the directory of a case, empty where it has none."""
        return self.directories.get(case) or Directory(())

    def _observed(self) -> dict[int, list[Observed]]:
        at = self.sheet.done("observe")
        until = self.sheet.instants("until")
        rows = self.sheet.rows(at, "actor", "channel", "incident")
        found: dict[int, list[Observed]] = {}
        for p, words in zip(at.tolist(), rows, strict=True):
            lo, hi = int(self.sheet.hi[p]), int(until[p])
            span = Observed(lo if lo < INF else -INF, hi, *words)
            if hi < INF:
                found.setdefault(int(self.sheet.case_of[p]), []).append(span)
        return found

    def _occurrences(self) -> dict[Key, Occurrence]:
        at = self.sheet.done("occur")
        columns = ("row", "incident", "actor", "hazard", "jurisdiction", "replaces")
        rows = list(self.sheet.rows(at, *columns))
        cases = self.sheet.case_of[at].tolist()
        replaced = {(case, row[5]) for case, row in zip(cases, rows, strict=True) if row[5]}
        found: dict[Key, Occurrence] = {}
        for p, case, (row, incident, actor, hazard, areas, _) in (
            (p, case, row) for p, case, row in zip(at.tolist(), cases, rows, strict=True)
        ):
            if (case, row) in replaced:
                continue
            before = found.get((case, incident), Occurrence(None))
            found[case, incident] = _joined(before, self._stamp(p), actor, hazard, areas)
        return {key: _settled(occurrence) for key, occurrence in found.items()}

    def _stamp(self, p: int) -> Stamp | None:
        """Return the instant of a row, `None` where it says nothing."""
        stamp = self.sheet.stamp(p)
        return stamp if stamp.known else None

    def _confirmations(self) -> dict[Key, list[Confirmation]]:
        at = self.sheet.done("confirm")
        rows = self.sheet.rows(at, "incident", "grade", "actor")
        found: dict[Key, list[Confirmation]] = {}
        for p, (incident, grade, actor) in zip(at.tolist(), rows, strict=True):
            if grade:
                key = (int(self.sheet.case_of[p]), incident)
                found.setdefault(key, []).append(Confirmation(self.sheet.stamp(p), grade, actor))
        return found

    def _notices(self) -> tuple[dict[tuple[int, str, str], Stamp], dict[Key, Stamp]]:
        """Return each actor's first notice of each incident, and anybody's; forecasts are none."""
        sheet = self.sheet
        own = sheet.done("notice", "receive", "answer")
        told = sheet.done("inject", "reported")
        each: dict[tuple[int, str, str], Stamp] = {}
        anybody: dict[Key, Stamp] = {}
        for at, column in ((own, "actor"), (told, "recipient")):
            known = (sheet.lo[at] > -INF) | (sheet.hi[at] < INF)
            at = at[known & ~self.forecast[at]]
            rows = sheet.rows(at, "incident", column)
            cases = sheet.case_of[at].tolist()
            for p, case, (incident, actor) in zip(at.tolist(), cases, rows, strict=True):
                if actor:
                    stamp, key = sheet.stamp(p), (case, incident, actor)
                    each[key] = earlier(each[key], stamp) if key in each else stamp
        for (case, incident, _), stamp in each.items():
            first = anybody.get((case, incident))
            anybody[case, incident] = earlier(first, stamp) if first else stamp
        return each, anybody

    def _incidents(self) -> dict[int, list[str]]:
        """Return the incidents of each case: those that occur, else those that are spoken of."""
        occurring: dict[int, set[str]] = {}
        spoken: dict[int, set[str]] = {}
        for case, incident in self.occurrences:
            occurring.setdefault(case, set()).add(incident)
        sent = self.sheet.done("send", "reported", "truth")
        sent = sent[~self.forecast[sent]]
        incidents = [row[0] for row in self.sheet.rows(sent, "incident")]
        keys = set(zip(self.sheet.case_of[sent].tolist(), incidents, strict=True))
        for case, incident in keys | set(self.confirmations) | set(self.first_notices):
            spoken.setdefault(case, set()).add(incident)
        every = range(len(self.sheet.cases))
        return {case: sorted(occurring.get(case) or spoken.get(case) or ()) for case in every}

    def _figures(self) -> dict[Key, list[int]]:
        """Return the rows with figures, or with a truth, of each incident; no forecasts."""
        sheet = self.sheet
        has = ~np.isnan(self.values).all(axis=1)
        has |= sheet.is_one_of("activity", ("truth",))
        found: dict[Key, list[int]] = {}
        at = np.flatnonzero(has & ~self.forecast)
        for p, (incident,) in zip(at.tolist(), sheet.rows(at, "incident"), strict=True):
            found.setdefault((int(sheet.case_of[p]), incident), []).append(p)
        return found


def _joined(
    before: Occurrence, stamp: Stamp | None, actor: str, hazard: str, areas: str
) -> Occurrence:
    """Add one `occur` row to what is known; rows without an actor speak first."""
    listed = tuple(area for area in areas.split("|") if area)
    if actor:
        both = [s for s in (before.declared, stamp) if s]
        declared = both[0] if len(both) == 1 else earlier(*both) if both else None
        return before._replace(
            declared=declared, hazard=before.hazard or hazard, areas=before.areas or listed
        )
    both = [s for s in (before.stamp, stamp) if s]
    first = both[0] if len(both) == 1 else earlier(*both) if both else None
    return Occurrence(first, before.declared, hazard or before.hazard, listed or before.areas)


def _settled(occurrence: Occurrence) -> Occurrence:
    if occurrence.stamp is None:
        return occurrence._replace(stamp=occurrence.declared)
    return occurrence
