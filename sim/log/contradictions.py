"""Stamps of a record that contradict each other: doubts, no reason to refuse it.

Real records have such stamps: clocks differ, and people write down afterwards.  Only what is
certain is told: the earliest instant that one row allows lies after the latest of the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.log import stamps
from sim.log.corrections import counted
from sim.log.goods import goods
from sim.log.record import RESOLUTION, EventLog
from sim.texts import label, t


class Contradiction(NamedTuple):
    """Two rows that cannot both be right.

    `row` and `other` are their positions in the table (`other` should come first; -1 where there
    is none), `kind` names the doubt, `text` says it in the language in force.
    """

    kind: str
    row: int
    other: int
    text: str


class _Order(NamedTuple):
    """Rows of `first` come before those of `then` that agree with them in `same`."""

    kind: str
    first: tuple[str, ...]
    then: tuple[str, ...]
    same: tuple[str, ...]
    first_whose: str = "actor"


DONE = ("", "ended")
FORECASTS = ("signal", "warning")
ORDERS = (
    _Order("received_before_sent", ("send",), ("receive", "acknowledge"), ("message",)),
    _Order("acknowledged_before_received", ("receive",), ("acknowledge",), ("message",)),
    _Order("left_before_ordered", ("order",), ("depart", "travel", "arrive"), ("object",)),
    _Order("arrived_before_it_left", ("depart", "travel"), ("arrive",), ("actor", "object")),
    _Order("terminated_before_activated", ("activate",), ("terminate",), ("actor", "object")),
)
"""What comes first, by the columns that say that it is the same thing."""
_BEGINS = ("order", "depart", "travel")
"""Of these every phase counts as the beginning: what has been asked for or started."""


def contradictions(log: EventLog) -> list[Contradiction]:
    """Return every certain contradiction of a record, in the order of its rows.

    Rows that a correction replaces are not looked at.

    Looked at: messages that are received before they are sent or acknowledged before they are
    received; teams that leave or arrive before their order, or arrive before they leave; plans that
    are terminated before they are activated; grades that are confirmed before the same actor's
    first notice of the incident; goods that are handed over before their order, and more of
    them than were asked for; shifts that end before they begin, where the record has one of each.
    """
    return sorted(_found(log), key=lambda doubt: (doubt.row, doubt.kind))


def _found(log: EventLog) -> Iterator[Contradiction]:
    """Yield the contradictions among rows that count, at their places in the whole table."""
    counts = counted(log)
    place = {key: k for k, key in enumerate(zip(log.table["case"], log.table["row"], strict=True))}
    keys = list(zip(counts.table["case"], counts.table["row"], strict=True))
    for one in _Doubts(counts).found():
        other = place[keys[one.other]] if one.other >= 0 else -1
        yield one._replace(row=place[keys[one.row]], other=other)


class _Doubts:
    def __init__(self, log: EventLog):
        self.log = log
        self.table = log.table
        time, lo, hi = (
            self.table[name].to_numpy("float64", na_value=np.nan)
            for name in ("time", "time_lo", "time_hi")
        )
        slack = self.table[RESOLUTION].to_numpy("int64") - 1
        self.lo = np.where(np.isnan(time), lo, time)
        self.hi = np.where(np.isnan(time), hi, time + slack)

    def found(self) -> Iterator[Contradiction]:
        """Yield every contradiction."""
        for order in ORDERS:
            first = self._rows(order.first)
            then = self._rows(order.then)
            yield from self._early(order.kind, first, then, order.same)
        yield from self._confirmed()
        yield from self._shifts()
        yield from self._goods()

    def _rows(self, activities: tuple[str, ...]) -> np.ndarray:
        """Return a mask of the rows of activities, done or (of what has a beginning) begun."""
        table = self.table
        any_phase = [word for word in activities if word in _BEGINS]
        found = table["activity"].isin(activities) & table["phase"].isin(DONE)
        return np.asarray(found | table["activity"].isin(any_phase))

    def _early(
        self,
        kind: str,
        first: np.ndarray,
        then: np.ndarray,
        same: tuple[str, ...],
        keys: Mapping[str, pd.Series] | None = None,
    ) -> Iterator[Contradiction]:
        """Yield the rows of `then` that come before all those of `first` like them."""
        columns = {name: (keys or {}).get(name, self.table[name]) for name in ("case", *same)}
        frame = pd.DataFrame(columns)
        known = np.logical_and.reduce([frame[name].ne("").to_numpy() for name in same])
        first, then = first & known, then & known
        if not first.any() or not then.any():
            return
        begun = frame[first].assign(lo=self.lo[first], at=np.flatnonzero(first))
        vague = begun["lo"].isna().groupby([begun[name] for name in columns]).transform("any")
        begun = begun[~vague].sort_values("lo").drop_duplicates(list(columns))
        pairs = frame[then].assign(hi=self.hi[then], row=np.flatnonzero(then))
        pairs = pairs.merge(begun, on=list(columns))
        pairs = pairs[pairs["hi"] < pairs["lo"]]
        for row, other in zip(pairs["row"].tolist(), pairs["at"].tolist(), strict=True):
            yield self._doubt(kind, row, other)

    def _confirmed(self) -> Iterator[Contradiction]:
        """Who confirms a grade has had notice of the incident; forecasts are none."""
        table = self.table
        own = self._rows(("notice", "receive", "answer"))
        told = self._rows(("inject", "reported"))
        noticed = (own | told) & ~table["kind"].isin(FORECASTS).to_numpy()
        whose = table["actor"].where(~told, table["recipient"])
        confirms = self._rows(("confirm",))
        keys = {"actor": whose}
        yield from self._early(
            "confirmed_before_noticed", noticed, confirms, ("incident", "actor"), keys
        )

    def _shifts(self) -> Iterator[Contradiction]:
        """The one shift of a post on record does not end before it begins."""
        same = ("actor", "object")
        single = ~self.table.duplicated(["case", "activity", *same], keep=False).to_numpy()
        begins, ends = self._rows(("shift_begin",)) & single, self._rows(("shift_end",)) & single
        yield from self._early("ended_before_begun", begins, ends, same)

    def _goods(self) -> Iterator[Contradiction]:
        """Goods are handed over after their order, and no more than were asked for."""
        table = self.table
        asked, given = self._rows(("supply_order",)), self._rows(("hand_over",))
        if not asked.any() or not given.any():
            return
        orders = table["order"].mask(table["order"].eq("") & asked, table["object"])
        keys = {"order": orders}
        yield from self._early("handed_over_before_ordered", asked, given, ("order",), keys)
        rows = goods(self.log, "supply_order", "hand_over")
        line = [rows["case"], rows["order"], rows["item"]]
        pieces = rows["quantity"].astype("int64")
        wanted, got = (
            pieces.where(rows["activity"].eq(word)).groupby(line).sum(min_count=1)
            for word in ("supply_order", "hand_over")
        )
        for case, order, item in wanted.index[(got > wanted).to_numpy()]:
            like = table["case"].eq(case) & orders.eq(order) & table["item"].eq(item) & given
            last = int(np.flatnonzero(like)[-1])
            text = t(
                "{given} of {item} were handed over for the order {order}, which asks for {asked}",
                given=int(got[case, order, item]),
                item=item,
                order=order,
                asked=int(wanted[case, order, item]),
            )
            yield Contradiction("more_accepted_than_asked", last, -1, text)

    def _doubt(self, kind: str, row: int, other: int) -> Contradiction:
        text = t(
            "{later} {time} comes before {earlier} {other} (row {row})",
            later=self._name(row),
            time=self._stamp(row),
            earlier=self._name(other),
            row=self.table["row"].iloc[other],
            other=self._stamp(other),
        )
        return Contradiction(kind, row, other, text)

    def _name(self, row: int) -> str:
        at = self.table.iloc[row]
        return " ".join(word for word in (at["actor"], label("activity", at["activity"])) if word)

    def _stamp(self, row: int) -> str:
        """Return the stamp of a row as the file has it."""
        at = self.table.iloc[row]
        origin = self.log.origins[at["case"]]
        offset = origin.utcoffset()
        seconds = round(offset.total_seconds()) if offset is not None else 0
        minute = bool(at[RESOLUTION] == stamps.MINUTE)
        values = [at["time"]] if not pd.isna(at["time"]) else [at["time_lo"], at["time_hi"]]
        there = [round(origin.timestamp()) + int(value) for value in values if not pd.isna(value)]
        spelled = stamps.spell(
            np.array(there), np.full(len(there), seconds), np.full(len(there), minute)
        )
        return " – ".join(spelled)
