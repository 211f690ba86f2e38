"""How far the clocks of organisations were apart, from the messages between them.

Nobody receives a message before it was sent.  With o_A what must be added to the stamps of A,
a message from A (sent at s by A's clock) to B (received at r by B's) says s + o_A ≤ r + o_B, so
o_A - o_B ≤ r - s: a difference constraint.  All of them together bound every clock against a
reference by shortest paths; messages in both directions bound it on both sides, as in NTP, and
the middle of the bounds is the estimate that a delay of the same least length both ways would
give.  A cycle of negative length means that no clocks at all fit the stamps.

Stamps to the minute may have been up to 59 s later than they say, intervals anywhere in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.errors import Problem, UnusableInput, YanlianError, did_you_mean
from sim.log.record import EventLog
from sim.rules.clockfile import Clocks, Offset, clock_of
from sim.rules.deliveries import Deliveries
from sim.rules.sheet import Sheet
from sim.rules.stamps import INF
from sim.texts import t


class ContradictoryClocks(YanlianError):
    """No offsets of the clocks fit the stamps: going round some messages, time would run back.

    `actors` are the organisations of the cycle, `rows` the rows of sending and receipt.
    """

    def __init__(self, actors: list[str], rows: list[str], seconds: int):
        self.actors, self.rows, self.seconds = actors, rows, seconds
        super().__init__(
            t(
                "no offsets of the clocks fit the stamps: going round {actors} (rows {rows}), "
                "{seconds} s are missing",
                actors=" → ".join([*actors, actors[0]]),
                rows=", ".join(rows),
                seconds=seconds,
            )
        )


class Pair(NamedTuple):
    """A message: o_sender - o_recipient ≤ `most` seconds; the rows that say so.

    `sender` and `recipient` are those by whose clocks the two rows were stamped."""

    sender: str
    recipient: str
    most: int
    rows: tuple[str, str]


@dataclass(frozen=True)
class ClockOffsets:
    """Bounds of what must be added to every clock so that it agrees with that of `reference`.

    `table`: one row per actor that takes part in a matched message: actor; `least_s`, `most_s`
    (Int64 whole seconds, NA = no bound on this side); `offset_s`, `within_s` (the middle of the
    bounds and half their distance, rounded up; NA unless bounded on both sides); `sent`,
    `received` (matched messages); `delay_s` (Float64): half of the least time there and back with
    the reference, by direct messages in both directions.
    """

    reference: str
    table: pd.DataFrame

    def off(self) -> list[str]:
        """Return the actors whose clocks cannot have agreed with it: 0 lies outside the bounds."""
        late = (self.table["least_s"] > 0).fillna(False)
        early = (self.table["most_s"] < 0).fillna(False)
        return [str(name) for name in self.table.loc[late | early, "actor"]]

    def clocks(self, source: str) -> Clocks:
        """Return the clocks that are bounded on both sides, as `score` takes them."""
        rows = self.table[self.table["offset_s"].notna() & (self.table["actor"] != self.reference)]
        return Clocks(
            clocks={
                str(row["actor"]): Offset.model_construct(
                    offset=int(row["offset_s"]), within=int(row["within_s"]), source=source
                )
                for row in rows.to_dict("records")
            }
        )


def clock_offsets(log: EventLog, reference: str = "") -> ClockOffsets:
    """Estimate the offsets of all clocks of a record from its matched messages.

    A message counts if both its sending and its receipt are rows with stamps.  `reference` is
    the actor whose clock is taken to be right, by default the one with most matched messages.
    Raises `ContradictoryClocks`; `UnusableInput` for a reference without a matched message.
    """
    return _against(list(_pairs(log)), reference)


def agreeing_offsets(log: EventLog) -> ClockOffsets:
    """Estimate the offsets against the clock with which most others may agree.

    Two clocks may agree if 0 lies between the bounds of their difference.  Of several such
    clocks the one with most matched messages is taken.  Raises `ContradictoryClocks`.
    """
    pairs = list(_pairs(log))
    first = _against(pairs, "")
    tried = [_against(pairs, str(name)) for name in first.table["actor"]]
    return min((first, *tried), key=lambda one: len(one.off()))


def _against(pairs: list[Pair], reference: str) -> ClockOffsets:
    """Return the offsets of all clocks against one of them."""
    names = sorted({name for pair in pairs for name in pair[:2]})
    sent = {name: sum(pair.sender == name for pair in pairs) for name in names}
    got = {name: sum(pair.recipient == name for pair in pairs) for name in names}
    if reference and reference not in names:
        expected = t("an actor with messages both sent and received on record")
        hint = did_you_mean(reference, names)
        raise UnusableInput([Problem("reference", 0, "", expected, reference, hint)])
    reference = reference or max(names, key=lambda name: sent[name] + got[name], default="")
    best = _best(pairs)
    reach = _distances(names, best)
    rows = []
    for k, name in enumerate(names):
        at = names.index(reference)
        most, least = reach[k, at], -reach[at, k]
        there, back = best.get((name, reference)), best.get((reference, name))
        delay = (there.most + back.most) / 2 if there and back else None
        rows.append((name, *_middle(least, most), sent[name], got[name], delay))
    columns = ["actor", "least_s", "most_s", "offset_s", "within_s", "sent", "received", "delay_s"]
    whole = dict.fromkeys(columns[1:5], "Int64")
    table = pd.DataFrame(rows, columns=columns).astype(
        {"actor": "str", **whole, "sent": "int64", "received": "int64", "delay_s": "Float64"}
    )
    return ClockOffsets(reference, table)


def _pairs(log: EventLog) -> Iterator[Pair]:
    """Yield the messages whose sending and receipt were both stamped, by two clocks."""
    sheet = Sheet(log)
    clocks = clock_of(sheet.table).to_numpy()[sheet.order].tolist()
    post = Deliveries(sheet)
    for d in range(len(post)):
        left, came = int(post.first["sent"][d]), int(post.first["received"][d])
        if left < 0 or came < 0 or clocks[left] == clocks[came]:
            continue
        a, b = sheet.stamp(left), sheet.stamp(came)
        if a.lo > -INF and b.hi < INF and clocks[left] and clocks[came]:
            most = b.hi + (b.res - 1 if b.exact else 0) - a.lo
            yield Pair(clocks[left], clocks[came], most, (a.row, b.row))


def _best(pairs: list[Pair]) -> dict[tuple[str, str], Pair]:
    """Return the tightest message of each direction."""
    best: dict[tuple[str, str], Pair] = {}
    for pair in pairs:
        key = pair[:2]
        if key not in best or pair.most < best[key].most:
            best[key] = pair
    return best


def _distances(names: list[str], best: dict[tuple[str, str], Pair]) -> np.ndarray:
    """Return the shortest way from each actor to each (Floyd and Warshall), inf without one."""
    number = {name: k for k, name in enumerate(names)}
    reach = np.full((len(names), len(names)), np.inf)
    for (a, b), pair in best.items():
        reach[number[a], number[b]] = pair.most
    np.fill_diagonal(reach, 0.0)
    for k in range(len(names)):
        reach = np.minimum(reach, reach[:, [k]] + reach[[k], :])
    if (np.diag(reach) < 0).any():
        raise _contradiction(names, best)
    return reach


def _contradiction(names: list[str], best: dict[tuple[str, str], Pair]) -> ContradictoryClocks:
    """Name the actors and rows of a cycle of negative length (Bellman and Ford)."""
    least = dict.fromkeys(names, 0)
    by: dict[str, Pair] = {}
    last = names[0]
    for _ in names:
        for pair in best.values():
            if least[pair.sender] + pair.most < least[pair.recipient]:
                least[pair.recipient] = least[pair.sender] + pair.most
                by[pair.recipient] = pair
                last = pair.recipient
    for _ in names:  # far enough back to be on the cycle for certain
        last = by[last].sender
    cycle = [by[last]]
    while cycle[-1].sender != last:
        cycle.append(by[cycle[-1].sender])
    cycle.reverse()
    rows = [row for pair in cycle for row in pair.rows]
    return ContradictoryClocks([p.sender for p in cycle], rows, -sum(p.most for p in cycle))


def _middle(least: float, most: float) -> tuple[int | None, int | None, int | None, int | None]:
    """Return bounds, their middle and half their distance, as far as there are any."""
    low = int(least) if np.isfinite(least) else None
    high = int(most) if np.isfinite(most) else None
    if low is None or high is None:
        return low, high, None, None
    middle = (low + high) // 2
    return low, high, middle, high - middle
