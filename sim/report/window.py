"""Which stretch of time a swimlane shows."""

from __future__ import annotations

from dataclasses import dataclass

from sim.report.acts import Acts
from sim.report.duties import Duty

TAIL = 1.6
"""A tail is cut when it would make the picture more than this many times as long."""


@dataclass(frozen=True)
class Window:
    """Seconds from the case's origin; `cut` = how many drawn things begin after `end`."""

    start: int
    end: int
    cut: int = 0
    last: int = 0


def choose_window(acts: Acts, found: list[Duty], asked: tuple[int, int] | None = None) -> Window:
    """Return the stretch that holds everything that decides a duty.

    That is: occurrences, all decided duties, the deadlines of those missed or open, nine
    tenths of the messages and the arrival of teams.  What follows (work on site, journeys
    home) is shown too unless it makes the picture more than `TAIL` times as long.
    """
    instants = acts.instants()
    last = max(instants, default=acts.last)
    if asked is not None:
        return Window(int(asked[0]), int(asked[1]), _after(acts, int(asked[1])), last)
    starts = [m.time for m in acts.marks if m.activity == "occur"] + instants[:1]
    start = min(starts, default=acts.first)
    core = max([*_key_times(acts, found), start + 600])
    end = max(core, last) if last - start <= TAIL * (core - start) else core
    beyond = any(d.applies and d.deadline is not None and d.deadline > end for d in found)
    if end < last or beyond:
        end += (end - start) // 16  # room for what is said at the edge
    return Window(start, end, _after(acts, end), last)


def _key_times(acts: Acts, found: list[Duty]) -> list[int]:
    ends = sorted(arrow.end for arrow in acts.arrows)
    times = ends[: max(1, -(-len(ends) * 9 // 10))][-1:]
    times += [mark.time for mark in acts.marks if mark.activity in ("occur", "arrive")]
    for duty in found:
        if duty.applies and duty.end is not None and not duty.only:
            times.append(duty.end)
        if duty.verdict in ("late", "open") and duty.deadline is not None:
            times.append(duty.deadline)
    return times


def _after(acts: Acts, end: int) -> int:
    times = [bar.start for bar in acts.bars] + [arrow.start for arrow in acts.arrows]
    return sum(time > end for time in times)


def busy_window(acts: Acts, window: Window, share: float = 0.75) -> Window | None:
    """Return the shortest stretch with `share` of the drawn instants, if it is worth a picture.

    Worth = not longer than a third of `window`; otherwise `None`.
    """
    times = [x for x in acts.instants() if window.start <= x <= window.end]
    need = int(len(times) * share)
    if len(times) < 20:
        return None
    k = min(range(len(times) - need), key=lambda i: times[i + need] - times[i])
    start, end = times[k], times[k + need]
    pad = max(60, (end - start) // 20)
    if end - start + 2 * pad > (window.end - window.start) / 3:
        return None
    return Window(start - pad, end + pad, 0, window.last)
