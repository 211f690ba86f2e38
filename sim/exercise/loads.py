"""How busy each post is over a drill: the share of its persons at work, slot by slot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np

from sim.log.rows import Row
from sim.scenario import Scenario

SLOTS = (15, 30, 60, 120, 240)
"""Lengths of a slot in minutes: the first that cuts the drill into no more than `MOST` slots."""
MOST = 24
IDLE, OVERLOADED = 0.05, 0.85
"""Below, resp. from, this share of its persons at work a post counts as idle, as overloaded."""
_BEGINS, _ENDS = ("started", "resumed"), ("interrupted", "ended")


class Loads(NamedTuple):
    """`slot` seconds; by (office, post): `rostered` and `busy` person-seconds in each slot.

    Both are sums over all drills.
    """

    slot: int
    rostered: dict[tuple[str, str], np.ndarray]
    busy: dict[tuple[str, str], np.ndarray]

    def shares(self) -> dict[tuple[str, str], np.ndarray]:
        """Return the share of persons at work in each slot, NaN where nobody was on duty."""
        found = {}
        for post, rostered in self.rostered.items():
            busy = self.busy.get(post, np.zeros_like(rostered))
            with np.errstate(all="ignore"):
                found[post] = np.where(rostered > 0, busy / rostered, np.nan)
        return found


def empty(scenario: Scenario) -> Loads:
    """Return loads of no drill yet."""
    slot = next((m for m in SLOTS if scenario.horizon <= m * 60 * MOST), SLOTS[-1]) * 60
    return Loads(slot, {}, {})


def add(loads: Loads, scenario: Scenario, rows: Iterable[Row]) -> None:
    """Add what the rows of one drill say: shifts, and who was at work from when until when.

    Of persons that share posts the office in which they work counts.  Persons on call count as
    rostered only while they work.
    """
    count = -(-scenario.horizon // loads.slot)
    working: dict[str, tuple[tuple[str, str], int]] = {}
    for time, activity, phase, actor, _, thing, *_, extra in rows:
        if activity == "shift_begin":
            post = _post(thing)
            if post and actor in scenario.offices:
                until = min(int(extra["until"]), scenario.horizon)
                persons = int(extra["persons"])
                _spread(loads, loads.rostered, post, time, until, persons, count)
        elif phase in _BEGINS and thing in working:
            continue
        elif phase in _BEGINS:
            post = _post(thing)
            if post and post[0] in scenario.offices:
                working[thing] = post, time
        elif phase in _ENDS and thing in working:
            post, since = working.pop(thing)
            _spread(loads, loads.busy, post, since, time, 1, count)
    for post, since in working.values():
        _spread(loads, loads.busy, post, since, scenario.horizon, 1, count)


def _post(thing: str) -> tuple[str, str] | None:
    """Return office and post of `hechi-gov/duty/night-1`, `hechi-gov/leader-1`, `hechi/duty`."""
    office, slash, rest = thing.partition("/")
    if not slash:
        return None
    post = rest.partition("/")[0]
    head, dash, number = post.rpartition("-")
    return office, head if dash and number.isdecimal() else post


def _spread(
    loads: Loads,
    into: dict[tuple[str, str], np.ndarray],
    post: tuple[str, str],
    since: int,
    until: int,
    persons: int,
    count: int,
) -> None:
    """Add person-seconds of a span to the slots that it covers."""
    sums = into.setdefault(post, np.zeros(count))
    slot = loads.slot
    until = min(until, count * slot)
    for k in range(max(since, 0) // slot, -(-until // slot) if until > since else 0):
        sums[k] += persons * (min(until, (k + 1) * slot) - max(since, k * slot))


def marks(shares: Mapping[tuple[str, str], np.ndarray]) -> dict[tuple[str, str], list[str]]:
    """Return `idle`, `overloaded` or `""` for each slot of each post."""
    return {
        post: [
            "idle" if share < IDLE else "overloaded" if share >= OVERLOADED else ""
            for share in values
        ]
        for post, values in shares.items()
    }
