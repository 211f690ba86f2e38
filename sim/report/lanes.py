"""Where everything stands in a swimlane: heights in inches, counted downwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.report.acts import Acts, Bar, crossing
from sim.report.duties import Duty

LINE = 0.17  # one line of bars, or one track of a duty
PAD = 0.055  # above and below what a lane holds
LEAST = 0.34  # lowest lane: two lines of its name
MARKS = 0.12  # strip above the bars, in lanes with marks
HEADER = 0.30  # strip above the lanes, for occurrences and injects


@dataclass(frozen=True)
class Track:
    """The duties of one owner under one rule, on one line below his bars."""

    y: float
    duties: tuple[Duty, ...]


@dataclass(frozen=True)
class Lane:
    """One actor's lane; `bars_top`/`bars_bottom` bound his bars, marks stand above
    at `mark_y`, `tracks` lie below."""

    actor: str
    top: float
    bottom: float
    bars_top: float
    bars_bottom: float
    mark_y: float
    tracks: tuple[Track, ...]

    @property
    def middle(self) -> float:
        """Height of the middle of the bars."""
        return (self.bars_top + self.bars_bottom) / 2


@dataclass(frozen=True)
class Plan:
    """All lanes by actor, each bar's line, and the height of the whole."""

    lanes: dict[str, Lane]
    lines: dict[str, int]
    height: float

    def bar_top(self, bar: Bar) -> float:
        """Return the upper edge of a bar."""
        return self.lanes[bar.actor].bars_top + self.lines[bar.row] * LINE


def plan_lanes(actors: Sequence[str], acts: Acts, found: Sequence[Duty]) -> Plan:
    """Stack the lanes of `actors` in their order."""
    lines = crossing([bar for bar in acts.bars if bar.actor in set(actors)])
    used = dict.fromkeys(actors, 1)
    for bar in acts.bars:
        if bar.actor in used:
            used[bar.actor] = max(used[bar.actor], lines[bar.row] + 1)
    marked = {mark.actor for mark in acts.marks}
    lanes = {}
    y = HEADER
    for actor in actors:
        strip = MARKS if actor in marked else 0.0
        lanes[actor] = lane = _lane(actor, y, used[actor], strip, _by_rule(found, actor))
        y = lane.bottom
    return Plan(lanes, lines, y)


def _by_rule(found: Sequence[Duty], actor: str) -> list[tuple[Duty, ...]]:
    groups: dict[tuple[str, str, str], list[Duty]] = {}
    for duty in found:
        if duty.owner == actor and duty.applies and _has_track(duty):
            groups.setdefault((duty.rule, duty.incident, duty.recipient), []).append(duty)
    return [tuple(group) for group in groups.values()]


def _has_track(duty: Duty) -> bool:
    """Whether a duty is a matter of time or was missed; what else was found is in the tables."""
    return duty.verdict == "late" or (duty.limit is not None and not duty.only)


def _lane(actor: str, top: float, lines: int, strip: float, groups: list[tuple[Duty, ...]]) -> Lane:
    content = (lines + len(groups)) * LINE + strip
    height = max(content + 2 * PAD, LEAST)
    begin = top + (height - content) / 2
    bars_top = begin + strip
    bars_bottom = bars_top + lines * LINE
    tracks = tuple(Track(bars_bottom + (k + 0.5) * LINE, group) for k, group in enumerate(groups))
    mark_y = begin + MARKS / 2
    return Lane(actor, top, top + height, bars_top, bars_bottom, mark_y, tracks)
