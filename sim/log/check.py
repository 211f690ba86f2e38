"""What must hold between the columns of a record, wherever it comes from."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from sim.errors import Problem, shown
from sim.log.cells import MOST_PROBLEMS
from sim.log.record import RESOLUTION, EventLog
from sim.log.schema import STANDING
from sim.texts import t


def check_log(log: EventLog, file: str = "", lines: np.ndarray | None = None) -> list[Problem]:
    """Return what is wrong with a record, at most 20 problems of each kind.

    `file` and `lines` (one per row of the table) say where the rows stand; without them the
    position in the table (from 1) stands for the line.  Checked: every row has a case, an id
    that is unique in its case and an activity; an event has a time or an interval; intervals
    run forwards and hold the time; `cause` and `held_by` are rows of the same case that come
    no later (by time, at equal times by `seq`); rows of activity `role` say who and what, those of
    activity `correct` which row they replace, and no row is replaced twice.
    """
    return list(_Check(log, file, lines).problems())


class _Check:
    def __init__(self, log: EventLog, file: str, lines: np.ndarray | None):
        self.table = log.table
        self.file = file or t("record")
        self.lines = np.arange(1, len(log) + 1) if lines is None else lines

    def problems(self) -> Iterator[Problem]:
        """Yield every problem."""
        for name in ("row", "case", "activity"):
            yield from self.at(self.table[name] == "", name, t("a word"), "")
        yield from self.ids()
        yield from self.times()
        yield from self.roles()
        yield from self.corrections()
        for name in ("cause", "held_by"):
            yield from self.chain(name)

    def at(
        self, wrong: pd.Series | np.ndarray, column: str, expected: str, received: str | None = None
    ) -> Iterator[Problem]:
        """Yield a problem for each marked row; `received` is the cell where it is not given."""
        rows = np.flatnonzero(np.asarray(wrong, dtype=bool))
        for k in rows[:MOST_PROBLEMS].tolist():
            cell = received if received is not None else shown(self.table[column].iloc[k])
            yield Problem(self.file, int(self.lines[k]), column, expected, cell or t("nothing"))
        if len(rows) > MOST_PROBLEMS:
            line = int(self.lines[rows[MOST_PROBLEMS]])
            more = t("{n} more such lines", n=len(rows) - MOST_PROBLEMS)
            yield Problem(self.file, line, column, expected, more)

    def ids(self) -> Iterator[Problem]:
        """Ids are unique in their case."""
        doubled = self.table.duplicated(["case", "row"]) & (self.table["row"] != "")
        yield from self.at(doubled, "row", t("an id that is unique in its case"))

    def times(self) -> Iterator[Problem]:
        """An event has a time or an interval; intervals run forwards."""
        table = self.table
        time, lo, hi = (
            table[name].to_numpy("float64", na_value=np.nan)
            for name in ("time", "time_lo", "time_hi")
        )
        until = table["until"].to_numpy("float64", na_value=np.nan)
        slack = table[RESOLUTION].to_numpy("int64") - 1
        event = ~table["activity"].isin([*STANDING, ""]).to_numpy()
        none = event & np.isnan(time) & np.isnan(lo) & np.isnan(hi)
        yield from self.at(none, "time", t("a time, or time_lo or time_hi"), "")
        yield from self.at(lo > hi, "time_lo", t("time_lo not after time_hi"), t("a later time"))
        outside = (time + slack < lo) | (time > hi)
        yield from self.at(
            outside, "time", t("a time between time_lo and time_hi"), t("a time outside")
        )
        yield from self.at(until < time, "until", t("an end not before time"), t("an earlier time"))

    def roles(self) -> Iterator[Problem]:
        """A line of the directory names an actor and its role."""
        role = self.table["activity"] == "role"
        for name in ("actor", "actor_role"):
            yield from self.at(role & (self.table[name] == ""), name, t("a word"), "")

    def corrections(self) -> Iterator[Problem]:
        """A correction names the row that no longer counts, and the one that does instead."""
        table = self.table
        made = np.flatnonzero((table["activity"] == "correct").to_numpy())
        if not len(made):
            return
        other = t("the id of another row of the same case")
        for name, needed in (("replaces", True), ("object", False)):
            lost = np.zeros(len(table), dtype=bool)
            empty = (table[name].iloc[made] == "").to_numpy()
            lost[made] = (self.targets(name, made) < 0) & (needed | ~empty)
            yield from self.at(lost, name, other)
        same = (table["replaces"] == table["object"]).to_numpy() | (table["object"] == table["row"])
        again = table.iloc[made].duplicated(["case", "replaces"]).to_numpy()
        twice = np.zeros(len(table), dtype=bool)
        twice[made] = again | table.iloc[made].duplicated(["case", "object"]).to_numpy() & (
            table["object"].iloc[made] != ""
        )
        yield from self.at(twice, "replaces", t("a row that no other correction replaces"))
        yield from self.at(same & (table["activity"] == "correct"), "object", other)
        yield from self.at(self.in_circles(made), "object", t("corrections that end somewhere"))

    def in_circles(self, made: np.ndarray) -> np.ndarray:
        """Return which corrections lead back to themselves."""
        rows = self.table.iloc[made][["case", "replaces", "object"]]
        follower = {(case, old): new for case, old, new in rows.itertuples(index=False, name=None)}
        found = np.zeros(len(self.table), dtype=bool)
        for k, case, old in zip(made.tolist(), rows["case"], rows["replaces"], strict=True):
            row, steps = follower[case, old], 0
            while (case, row) in follower and steps <= len(follower):
                row, steps = follower[case, row], steps + 1
            found[k] = steps > len(follower)
        return found

    def chain(self, name: str) -> Iterator[Problem]:
        """Causes are earlier rows of the same case."""
        table = self.table
        given = np.flatnonzero((table[name] != "").to_numpy())
        if not len(given):
            return
        target = self.targets(name, given)
        lost = np.zeros(len(table), dtype=bool)
        lost[given] = target < 0
        yield from self.at(lost, name, t("the id of a row of the same case"))
        given, target = given[target >= 0], target[target >= 0]
        later = np.zeros(len(table), dtype=bool)
        later[given] = self.is_later(target, given)
        yield from self.at(later, name, t("an earlier row"), t("a later row, or the row itself"))

    def targets(self, name: str, given: np.ndarray) -> np.ndarray:
        """Return the positions of the rows that `name` points to, -1 where there is none."""
        table = self.table
        cases, _ = pd.factorize(table["case"])
        ids, words = pd.factorize(pd.concat([table["row"], table[name].iloc[given]]))
        size = max(len(words), 1)
        keys = pd.Index(cases * size + ids[: len(table)])
        wanted = cases[given] * size + ids[len(table) :]
        if keys.is_unique:
            return np.asarray(keys.get_indexer(wanted))
        first = ~keys.duplicated()
        return np.asarray(np.append(np.flatnonzero(first), -1)[keys[first].get_indexer(wanted)])

    def is_later(self, cause: np.ndarray, row: np.ndarray) -> np.ndarray:
        """Return which causes lie after their rows: by time, else by `seq`."""
        table = self.table
        start = table["time"].fillna(table["time_lo"]).to_numpy("float64", na_value=np.nan)
        end = table["time"].fillna(table["time_hi"]).to_numpy("float64", na_value=np.nan)
        end = end + table[RESOLUTION].to_numpy("int64") - 1
        seq = table["seq"].to_numpy("int64", na_value=0)
        unknown = np.isnan(start[cause]) | np.isnan(end[row])
        same = (
            table["time"].to_numpy("float64", na_value=np.nan)[cause]
            == table["time"].to_numpy("float64", na_value=np.nan)[row]
        )
        by_seq = (unknown | same) & (seq[cause] >= seq[row])
        return np.asarray((start[cause] > end[row]) | by_seq | (cause == row))
