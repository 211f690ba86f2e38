"""Deadlines of whole columns at once, for records of many cases.

Only for the plainest rules: of a case, owed by nobody by name, from rows to rows, without
exceptions.  The rest, and every case with an interval or another doubt in it, is left to the
judges of `sim.rules.kinds`, which say what a deadline means; tests hold the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.rules.acts import Rows
from sim.rules.decide import NOTHING
from sim.rules.instance import Duty
from sim.rules.limits import DIFFER
from sim.rules.scene import Scene
from sim.rules.spans import spans_about
from sim.rules.stamps import INF

MOST = 1 << 62
"""Instants of all groups must be told apart by whole numbers below this one."""


class Found(NamedTuple):
    """Clocks of one rule, one entry each: rows of the sheet, -1 = none; `number` counts from 1."""

    case: np.ndarray
    start: np.ndarray
    end: np.ndarray
    number: np.ndarray


class Judged(NamedTuple):
    """What was judged of one rule: arrays with one entry per verdict, in order of the cases."""

    name: str
    case: np.ndarray
    recurrence: np.ndarray
    verdict: np.ndarray
    reason: np.ndarray
    start_s: np.ndarray
    deadline_s: np.ndarray
    margin_s: np.ndarray
    end_s: np.ndarray
    flags: np.ndarray
    start_row: np.ndarray
    end_row: np.ndarray


def plain(duties: Mapping[str, Duty]) -> dict[str, Duty]:
    """Return the duties that can be judged by whole columns."""
    linked = {d.rule.unless.met for d in duties.values() if d.rule.unless}
    return {
        name: duty
        for name, duty in duties.items()
        if duty.rule.kind == "deadline"
        and (duty.rule.per == "case" and duty.rule.owned_by_case)
        and (duty.rule.limit is not None or duty.rule.limit_in)
        and (duty.rule.every, duty.rule.unless) == (None, None)
        and not (duty.rule.grades or duty.rule.hazards or name in linked)
        and isinstance(duty.starts, Rows)
        and isinstance(duty.acts, Rows)
        and not (duty.starts.relations or duty.acts.relations)
    }


class Bulk:
    """`judged` what was judged, `left` rule -> numbers of the cases that were not."""

    def __init__(self, duties: Mapping[str, Duty], scene: Scene):
        self.scene, self.sheet = scene, scene.sheet
        self.judged: list[Judged] = []
        self.left: dict[str, frozenset[int]] = {}
        found = plain(duties)
        if not found:
            return
        self._observe()
        inexact = self.sheet.lo != self.sheet.hi
        for name, duty in found.items():
            doubtful = self.doubtful.copy()
            for at in _rows(duty):
                doubtful[self.sheet.case_of[at[inexact[at]]]] = True
            clocks = self._clocks(duty, ~doubtful)
            if clocks is not None:
                self.left[name] = frozenset(np.flatnonzero(doubtful).tolist())
                self.judged.append(self._judge(name, duty, clocks))

    def rest(self, duties: Mapping[str, Duty], case: int) -> Mapping[str, Duty]:
        """Return the duties that are still to be judged in a case."""
        if not self.left:
            return duties
        return {n: duty for n, duty in duties.items() if case in self.left.get(n, (case,))}

    def _observe(self) -> None:
        """Note where the record of each case is complete, and which cases are not plain."""
        count, book = len(self.sheet.cases), self.scene.book
        self.since = np.full(count, INF)
        self.until = np.full(count, -INF)
        self.doubtful = np.zeros(count, dtype=bool)
        for case, observed in book.observed.items():
            spans = spans_about(observed, ("",), "")
            if len(spans) == 1:
                self.since[case], self.until[case] = spans[0]
            self.doubtful[case] = len(spans) > 1
        for case, incident in (*book.occurrences, *book.first_notices, *book.confirmations):
            self.doubtful[case] |= incident == ""

    def _clocks(self, duty: Duty, plainly: np.ndarray) -> Found | None:
        """Return every clock of a rule in the cases that are plain."""
        case_of = self.sheet.case_of
        starts, ends = (at[plainly[case_of[at]]] for at in _rows(duty))
        if duty.rule.each == "start":
            return self._each(duty, starts, ends, plainly)
        cases = np.flatnonzero(plainly)
        return Found(
            cases,
            _firsts(case_of, starts, len(plainly))[cases],
            _firsts(case_of, ends, len(plainly))[cases],
            np.zeros(len(cases), "int64"),
        )

    def _each(
        self, duty: Duty, starts: np.ndarray, ends: np.ndarray, plainly: np.ndarray
    ) -> Found | None:
        """Return a clock for every start, and one without rows for a case that has none."""
        sheet = self.sheet
        at = np.concatenate([starts, ends])
        columns = [sheet.case_of[at], *(sheet.coded(c).codes[at] for c in duty.rule.same)]
        group = pd.DataFrame(dict(enumerate(columns))).groupby(list(range(len(columns)))).ngroup()
        lo = sheet.lo[at]
        first = int(lo.min()) if len(lo) else 0
        size = (int(lo.max()) - first + 1) if len(lo) else 1
        if size * (len(at) + 1) >= MOST:
            return None
        key = group.to_numpy() * size + (lo - first)
        begin, done = key[: len(starts)], key[len(starts) :]
        order = np.lexsort((ends, done))
        done, ends = done[order], ends[order]
        k = np.searchsorted(done, begin, side="left")
        padded = np.append(ends, -1)
        k += padded[k] == starts  # a row is not its own end
        reachable = (k < len(ends)) & (np.append(done, -1)[k] // size == begin // size)
        case = sheet.case_of[starts]
        counts = np.bincount(case, minlength=len(plainly))
        number = np.arange(len(starts)) - np.searchsorted(case, case) + 1
        none = np.flatnonzero(plainly & (counts == 0))
        cases = np.concatenate([case, none])
        again = np.argsort(cases, kind="stable")
        return Found(
            cases[again],
            np.append(starts, np.full(len(none), -1))[again],
            np.append(np.where(reachable, padded[k], -1), np.full(len(none), -1))[again],
            np.append(np.where(counts[case] > 1, number, 0), np.zeros(len(none), "int64"))[again],
        )

    def _judge(self, name: str, duty: Duty, clocks: Found) -> Judged:
        """Return the verdicts; the same as `sim.rules.decide` for instants and unknown starts."""
        sheet, rule = self.sheet, duty.rule
        case, start, end, _ = clocks
        known, there = start >= 0, end >= 0
        start_lo = np.where(known, sheet.lo[start], -INF)
        start_hi = np.where(known, sheet.lo[start], INF)
        end_at = np.where(there, sheet.lo[end], INF)
        lo, hi, stated = self._deadlines(duty, case, start, start_lo, start_hi)
        needed = 1 if rule.strict else 0
        least, most = lo - end_at, hi - end_at
        seen = self.since[case] <= start_lo
        complete = np.where(seen & (start_lo <= self.until[case]), self.until[case], -INF)
        met, late = there & (least >= needed), there & (most < needed)
        never = ~there & (complete > -INF) & (complete >= hi)
        still = ~there & (complete > -INF) & (complete < lo) & ~never
        verdict = np.select([met, late | never, still], ["met", "late", "open"], "unproven")
        unseen = ~there & (complete <= -INF)
        doubt = np.where(known, "interval_straddles", "no_start")
        reasons = [met | late | still, never, unseen]
        reason = np.select(reasons, ["", "never_reported", "not_observed"], doubt)
        margin = np.where(met, least, np.where(late, most, NOTHING))
        exact = lo == hi
        shown_deadline = np.where(met, lo, np.where(late | never, hi, np.where(exact, lo, NOTHING)))
        shown_start = np.where(met | known, start_lo, np.where(late | never, start_hi, NOTHING))
        res = np.maximum(np.where(known, sheet.res[start], 1), np.where(there, sheet.res[end], 1))
        near = (met | late) & exact & (np.abs(margin) < res)
        flags = np.select([near, (met | late | never) & ~exact], ["at_resolution", "bounded"], "")
        reached = there.copy()
        for where, word, why in self._undecided(rule.each == "start", known, stated, case):
            verdict, reason = np.where(where, word, verdict), np.where(where, why, reason)
            flags = np.where(where, "", flags)
            margin, shown_deadline = (np.where(where, NOTHING, x) for x in (margin, shown_deadline))
            if rule.each != "start":
                shown_start, known = np.where(where, NOTHING, shown_start), known & ~where
            reached &= ~where
        row = np.append(np.array(sheet.text("row"), dtype=object), "")
        start_s, deadline_s, margin_s = map(_shown, (shown_start, shown_deadline, margin))
        return Judged(
            name=name,
            case=case,
            recurrence=clocks.number,
            verdict=verdict.astype(object),
            reason=reason.astype(object),
            start_s=start_s,
            deadline_s=deadline_s,
            margin_s=margin_s,
            end_s=np.where(reached, end_at, NOTHING),
            flags=flags.astype(object),
            start_row=row[np.where(known, start, -1)],
            end_row=row[np.where(reached, end, -1)],
        )

    def _undecided(
        self, each: bool, known: np.ndarray, stated: np.ndarray, case: np.ndarray
    ) -> list[tuple[np.ndarray, str, str]]:
        """Return which clocks have no verdict of their own: (where, verdict, reason)."""
        if not each:
            return [(~stated, "unproven", "no_limit")]
        observed = self.until[case] > -INF
        return [
            (known & ~stated, "unproven", "no_limit"),
            (~known & observed, "not_applicable", "not_triggered"),
            (~known & ~observed, "unproven", "not_observed"),
        ]

    def _deadlines(
        self, duty: Duty, case: np.ndarray, start: np.ndarray, lo: np.ndarray, hi: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return earliest and latest deadline, and where the record states a limit."""
        limits = duty.limits
        if limits.fixed is not None:
            seconds = limits.fixed.seconds or 0
            return lo + seconds, hi + seconds, np.ones(len(case), dtype=bool)
        common = np.full(len(self.sheet.cases), INF)
        for (number, _), value in limits.common.items():
            common[number] = value
        own = np.where(start >= 0, limits.values[start], INF)
        held = np.where(common[case] == DIFFER, own, common[case])
        stated = held < INF
        held = np.where(stated, held, 0)
        return (held, held, stated) if limits.is_due else (lo + held, hi + held, stated)


def _rows(duty: Duty) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows that start and those that end the clock of a plain duty."""
    assert isinstance(duty.starts, Rows)
    assert isinstance(duty.acts, Rows)
    return duty.starts.at, duty.acts.at


def _firsts(case_of: np.ndarray, at: np.ndarray, count: int) -> np.ndarray:
    """Return the first of some rows in each case, -1 where there is none."""
    found = np.full(count, -1)
    found[case_of[at[::-1]]] = at[::-1]
    return found


def _shown(seconds: np.ndarray) -> np.ndarray:
    """Return seconds, `NOTHING` for mere bounds."""
    return np.where(np.abs(seconds) < INF >> 1, seconds, NOTHING)
