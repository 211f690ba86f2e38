"""Numbers of a drill in which what a record tells wins over what would be drawn.

The k-th time that an actor begins a kind of work about an incident takes as long as the k-th on
record; what was still under way when the record ended takes longer than it had lasted.  All else
is drawn as usual.  `taken` says which numbers were taken from the record, by address: given
to another run (`given`), they go with the same things there, whatever else is changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from sim.experiment.observed import SENT, noticed, works
from sim.log import EventLog
from sim.log.journeys import each
from sim.model import Plan, Sampler, Streams
from sim.model.numbers import Address
from sim.model.plan import Bound
from sim.scenario.distributions import Distribution

_SHARED = ("consult", "review")
"""Kinds of steps of several people at once: their rows do not tell one time."""
_ALIKE = ("wait_for", "foresee")
"""Kinds of steps whose rows are those of `wait`: who does both has his waits drawn."""

_NOT_STRETCHED = (SENT, "answer", "wait")
"""What is not between hearing and passing on, or was planned to take its time."""

Key = tuple[str, str, str]
"""(actor, activity, incident)."""


def streams_of(plan: Plan) -> dict[str, tuple[str, str]]:
    """Return what a plan's streams are the time of: stream -> (actor, activity).

    Streams of steps whose time on record is not the one drawn are left out: loads by weight, work
    of who tires.
    """
    found = {}
    for actor, by_event in plan.procedures.items():
        steps = [b for group in by_event.values() for one in group for b in _all(one.steps)]
        waits = any(bound.data.kind in _ALIKE for bound in steps)
        for bound in steps:
            kind, post = str(bound.data.kind), plan.posts.get(bound.pool)
            told = kind not in _SHARED and not (waits and kind == "wait")
            tires = post is not None and post.fatigue is not None
            if told and not tires and not getattr(bound.data, "per_tonne", None):
                found[bound.timing] = (actor, kind)
    return found


def _all(steps: tuple[Bound, ...]) -> Iterator[Bound]:
    for step in steps:
        yield step
        for branch in step.branches.values():
            yield from _all(branch)


class Observed:
    """What a record of one case tells of the times of a scenario's work.

    `work[actor, activity, incident]` are (least, greatest) seconds in the order of the beginnings,
    `notices` the delay of each first notice.  Only what the scenario has is kept; of `told` pieces
    of work the record tells how long they took, or at least took.
    """

    def __init__(self, log: EventLog, plan: Plan):
        self.streams = streams_of(plan)
        known = {*self.streams.values(), *((actor, SENT) for actor in plan.procedures)}
        self.work: dict[Key, list[tuple[float, float]]] = {}
        for one in each(works(log)):
            if (one.actor, one.activity) in known:
                key = (one.actor, one.activity, one.incident)
                self.work.setdefault(key, []).append((one.low, one.high))
        every = (times for pieces in self.work.values() for times in pieces)
        self.told = sum(low > 0 or np.isfinite(high) for low, high in every)
        self.notices: dict[Address, int] = {
            (f"incident/{incident}/noticed/{actor}", 0, 0): seconds
            for (incident, actor), seconds in noticed(log).items()
        }
        self._injects = {key: one.incident or "" for key, one in plan.scenario.injects.items()}

    def incident(self, line: str) -> str:
        """Return the incident that a thing of this line is about, empty without one."""
        kind, _, rest = line.partition("/")
        key = rest.partition("/")[0]
        return key if kind == "incident" else self._injects.get(key, "") if kind == "inject" else ""


class Scaled(Sampler):
    """The numbers of one replication with the times of some streams multiplied by factors.

    The drawn seconds times the factor, rounded half up; so the random numbers stay the same.
    """

    def __init__(self, streams: Streams, column: int, factors: Mapping[str, float]):
        super().__init__(streams, column)
        self._factors = factors

    def next_seconds(self, distribution: Distribution, what: str, line: str, entity: int) -> int:
        """Return the next sample, times the factor of its stream."""
        seconds = super().next_seconds(distribution, what, line, entity)
        factor = self._factors.get(what)
        return seconds if factor is None else int(seconds * factor + 0.5)


class Held(Sampler):
    """The numbers of one replication with those of a record held.

    `stretch`: factors on the drawn times of work whose pieces the record does not show, by (actor,
    incident).
    """

    def __init__(
        self,
        streams: Streams,
        column: int,
        observed: Observed,
        stretch: Mapping[tuple[str, str], float] | None = None,
    ):
        super().__init__(streams, column, observed.notices)
        self._observed = observed
        self._stretch = stretch or {}
        self._used: dict[Key, int] = {}
        self.taken: dict[Address, int] = dict(observed.notices)

    def next_seconds(self, distribution: Distribution, what: str, line: str, entity: int) -> int:
        """Return the next time of this work on record, else a drawn one; it is counted."""
        name, attempt = self._next(what, line, entity)
        seconds = self.seconds(distribution, name, entity, attempt)
        actor, activity = self._observed.streams.get(what) or _sending(what)
        if not actor:
            return seconds
        key = (actor, activity, self._observed.incident(line))
        k = self._used.get(key, 0)
        self._used[key] = k + 1
        there = self._observed.work.get(key, ())
        low, high = there[k] if k < len(there) else (0.0, np.inf)
        if np.isfinite(high):
            seconds = int(low)
        elif low:
            seconds = max(seconds, int(low) + 1)
        elif key[::2] in self._stretch and activity not in _NOT_STRETCHED:
            seconds = int(seconds * self._stretch[key[0], key[2]] + 0.5)
        else:
            return seconds
        self.taken[name, entity, attempt] = seconds
        return seconds


def _sending(what: str) -> tuple[str, str]:
    """Return whose sending a stream is the time of: `office/hechi/relay/send/phone/time`."""
    parts: list[Any] = what.split("/")
    return (parts[1], SENT) if len(parts) >= 6 and parts[-1] == "time" else ("", "")
