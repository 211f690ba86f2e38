"""One duty, one clock, one end: the verdict, from intervals of whole seconds.

Met only if met for every possible value, late only if late for every value, else unproven.
Figures shown are the bound nearest the limit: "at least so much to spare", "at least so late".
"""

from __future__ import annotations

from typing import NamedTuple

from sim.rules.stamps import INF, Stamp

NOTHING = -(1 << 62)
"""Stands for an absent number of seconds in `Result`."""


class Clock(NamedTuple):
    """When a duty starts and how long it may take.

    `known` is False where the record has no start and `start` only bounds it; `limit` is
    `None` where the text gives no number, `soft` is then the time after which a missing act
    counts as missing; `strict` makes a limit miss at equality.  `due` is the deadline itself,
    where the record states it: then the start does not matter.
    """

    start: Stamp
    known: bool
    limit: int | None
    soft: int
    strict: bool
    due: int | None = None

    @property
    def timed(self) -> bool:
        """Whether there is a deadline at all."""
        return self.limit is not None or self.due is not None

    def deadline(self) -> tuple[int, int]:
        """Return the earliest and the latest possible deadline; by `soft` where there is none."""
        start, _, limit, soft, _, due = self
        if due is not None:
            return due, due
        if limit is None:
            limit = soft
        return start[0] + limit, start[1] + limit


class Result(NamedTuple):
    """The verdict of one reading; seconds are `NOTHING` where there are none.

    `margin` is deadline minus end, negative when late; `chance` how likely an unproven duty was
    met, if the user has stated how instants are spread in their intervals.
    """

    verdict: str
    reason: str = ""
    start: int = NOTHING
    deadline: int = NOTHING
    margin: int = NOTHING
    flags: tuple[str, ...] = ()
    chance: float | None = None


def decide(clock: Clock, end: Stamp | None, complete: int) -> Result:
    """Return the verdict on an act at `end` (`None` or never = the record has none).

    `complete` is until when the record is complete for such acts, -INF if it is not.
    """
    there = end is not None and end.lo < INF
    if clock.limit is None and clock.due is None:
        return _without_limit(clock, end, complete) if there else _missing(clock, complete)
    if not there:
        return _missing(clock, complete)
    assert end is not None
    lo, hi = clock.deadline()
    least, most = lo - end.hi, hi - end.lo
    needed = 1 if clock.strict else 0
    flags = () if lo == hi and end.exact else ("bounded",)
    if least >= needed:
        return _result("met", clock.start.lo, lo, least, flags or _near(least, clock, end))
    if most < needed:
        return _result("late", clock.start.hi, hi, most, flags or _near(most, clock, end))
    return Result("unproven", _undecided(clock, end), *_seconds(clock, lo, hi))


def is_met(clock: Clock, end: Stamp) -> bool:
    """Whether an act at `end` would be in time for certain."""
    return clock.deadline()[0] - end.hi >= (1 if clock.strict else 0)


def is_late(clock: Clock, end: Stamp) -> bool:
    """Whether an act at `end` would be late for certain."""
    return clock.deadline()[1] - end.lo < (1 if clock.strict else 0)


def _result(verdict: str, start: int, deadline: int, margin: int, flags: tuple[str, ...]) -> Result:
    return Result(verdict, "", _shown(start), _shown(deadline), _shown(margin), flags)


def _near(margin: int, clock: Clock, end: Stamp) -> tuple[str, ...]:
    """Flag a margin that is smaller than the stamps can resolve."""
    return ("at_resolution",) if abs(margin) < max(clock.start.res, end.res) else ()


def _undecided(clock: Clock, end: Stamp) -> str:
    if end.hi >= INF:
        return "no_end_stamp"
    return "interval_straddles" if clock.known else "no_start"


def _missing(clock: Clock, complete: int) -> Result:
    """Return the verdict where no act is in the record."""
    lo, hi = clock.deadline()
    seconds = _seconds(clock, lo, hi)
    if complete <= -INF:
        return Result("unproven", "not_observed", *seconds)
    if complete >= hi:
        deadline = _shown(hi) if clock.timed else NOTHING
        flags = () if lo == hi else ("bounded",)
        return Result("late", "never_reported", _shown(clock.start.hi), deadline, flags=flags)
    if complete < lo:
        return Result("open", "", *seconds)
    return Result("unproven", "interval_straddles" if clock.known else "no_start", *seconds)


def _without_limit(clock: Clock, end: Stamp | None, complete: int) -> Result:
    """Return the verdict on an act that the text only wants at once: done is met."""
    assert end is not None
    start = _seconds(clock, *clock.deadline())
    if end.hi >= INF:
        return Result("unproven", "no_end_stamp", *start)
    late = clock.soft and end.lo > clock.start.hi + clock.soft
    return Result("met", "", *start, flags=("soft_late",) if late else ())


def _seconds(clock: Clock, lo: int, hi: int) -> tuple[int, int]:
    """Return start and deadline (between `lo` and `hi`) where they are exact."""
    first, last, _, _ = clock.start
    start = _shown(first) if first == last else NOTHING
    return start, _shown(lo) if lo == hi and clock.timed else NOTHING


def _shown(seconds: int) -> int:
    """Return seconds, `NOTHING` for mere bounds such as "after the start of time"."""
    return seconds if abs(seconds) < INF >> 1 else NOTHING
