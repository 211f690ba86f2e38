"""What an animation shows and when, as plain data: nothing here draws."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

import numpy as np

from sim.log.record import EventLog
from sim.report.acts import Acts, read_acts
from sim.report.animation.captions import Caption, captions
from sim.report.animation.seats import Seats, find_seats, place_names
from sim.report.animation.ways import Mover, find_movers
from sim.report.arrows import ORDERS, Arrow
from sim.report.map_data import Closing, Pair, closings_of
from sim.report.names import lane_order
from sim.report.window import Window, choose_window
from sim.texts import label, t

STANDING = frozenset({"period"})
"""Spans in which nobody does anything."""
KNOTS = 240
EVEN = 0.4
"""Part of the film that runs evenly; the rest goes by how much happens."""


@dataclass(frozen=True)
class Passing:
    """A message from one actor to another: `report`, `order`, or `failed` (it never came)."""

    start: int
    end: int
    sender: str
    recipient: str
    look: str


@dataclass(frozen=True)
class Film:
    """One case as an animation shows it; times in seconds from `origin`, within `window`.

    `actors` from the region down to the teams; `doing`: (actor, start, end, words);
    `sites`: (time, place, incident); `closings`: two places -> when the road was closed;
    `pace`: (part of the film from 0 to 1, second) by which the clock runs; `unknown`: actors,
    places and links that no map can show; `names`: id -> display name.
    """

    origin: datetime
    window: Window
    seats: Seats
    actors: list[str]
    passings: list[Passing]
    movers: list[Mover]
    doing: list[tuple[str, int, int, str]]
    sites: list[tuple[int, str, str]]
    closings: dict[Pair, list[Closing]]
    captions: list[Caption]
    pace: list[tuple[float, int]]
    unknown: list[str]
    names: Mapping[str, str]

    def second(self, part: float) -> float:
        """Return the second of the record at a part of the film."""
        return float(np.interp(part, [p for p, _ in self.pace], [s for _, s in self.pace]))


def make_film(log: EventLog, scenario: Any, names: Mapping[str, str]) -> Film:
    """Return the film of a record of one case, in the language in force.

    Raises `ValueError` where nothing in the record has a time.
    """
    acts = read_acts(log)
    if not acts.instants():
        raise ValueError(t("nothing in this record has a time"))
    seats, movers = find_seats(log.table, scenario), find_movers(log.table)
    links = scenario.links if scenario is not None else {}
    closings = closings_of(log.table, links)
    names = {**place_names(seats), **names}
    told = captions(log, names, links)
    window = _window(acts, told)
    told = [one for one in told if window.start <= one.time <= window.end]
    actors = lane_order(log.table, acts.actors())
    passings = [_passing(arrow) for arrow in acts.arrows if arrow.start <= window.end]
    doing = doing_of(acts)
    sites = _sites(log)
    instants = [x for p in passings for x in (p.start, p.end)]
    instants += [x for m in movers for leg in m.legs for x in (leg.start, leg.end)]
    instants += [caption.time for caption in told] + [start for _, start, _, _ in doing]
    return Film(
        log.origins[log.cases[0]],
        window,
        seats,
        actors,
        passings,
        movers,
        doing,
        sites,
        closings,
        told,
        pace(instants, window),
        _unknown(seats, actors, movers, sites) + _roads_unknown(log, links),
        names,
    )


def _window(acts: Acts, told: list[Caption]) -> Window:
    """Return the stretch of a swimlane, longer where something to be told comes later."""
    usual = choose_window(acts, [])
    last = max([usual.end, *(one.time for one in told if not one.road)])
    return choose_window(acts, [], (usual.start, last))


def doing_of(acts: Acts) -> list[tuple[str, int, int, str]]:
    """Return (actor, from, to, words): what each is doing, everything at one time in one entry."""
    found: list[tuple[str, int, int, str]] = []
    for actor in acts.actors():
        bars = [b for b in acts.bars if b.actor == actor and b.span not in STANDING]
        turns = sorted([(b.end, 0, b.span) for b in bars] + [(b.start, 1, b.span) for b in bars])
        now: Counter[str] = Counter()
        for (begin, starts, span), (end, *_) in pairwise([*turns, (acts.last, 0, "")]):
            now[span] += 1 if starts else -1
            words = t(", ").join(label("span", name) for name in +now)
            if words and end > begin:
                found.append((actor, begin, end, words))
    return found


def _passing(arrow: Arrow) -> Passing:
    look = "order" if arrow.activity in ORDERS else "report"
    look = look if arrow.arrived else "failed"
    return Passing(arrow.start, arrow.end, arrow.sender, arrow.recipient, look)


def _sites(log: EventLog) -> list[tuple[int, str, str]]:
    rows = log.table[log.table["activity"].eq("occur") & log.table["place"].ne("")]
    times = rows["time"].fillna(rows["time_lo"]).fillna(rows["time_hi"])
    known = rows[times.notna()].assign(time=times)
    return [(int(r["time"]), r["place"], r["incident"]) for r in known.to_dict("records")]


def _unknown(
    seats: Seats, actors: list[str], movers: list[Mover], sites: list[tuple[int, str, str]]
) -> list[str]:
    """Return the actors and places that no map can show, each once."""
    wanted = [place for mover in movers for place in mover.places()]
    wanted += [place for _, place, _ in sites]
    unplaced = [actor for actor in actors if seats.point(actor) is None]
    return list(dict.fromkeys([*unplaced, *(p for p in wanted if p not in seats.at)]))


def _roads_unknown(log: EventLog, links: Mapping[str, Any]) -> list[str]:
    rows = log.table[log.table["activity"].isin(["road_closed", "road_slowed"])]
    keys = [key for links_of in rows["links"] for key in links_of.split("|") if key]
    return [key for key in dict.fromkeys(keys) if key not in links]


def pace(instants: list[int], window: Window) -> list[tuple[float, int]]:
    """Return knots (part of the film, second): the clock runs faster where little happens.

    A second's place in the film is `EVEN` times its place in the record and for the rest the
    share of instants before it; instants of one moment count once.
    """
    length = max(window.end - window.start, 1)
    grain = max(1, length // KNOTS)
    busy = np.unique([x // grain for x in instants if window.start <= x <= window.end]) * grain
    seconds = np.linspace(window.start, window.start + length, KNOTS + 1)
    before = np.interp(seconds, busy, np.arange(1, len(busy) + 1)) if len(busy) else seconds * 0
    gone = before - before[0]
    even = (seconds - window.start) / length
    parts = EVEN * even + (1 - EVEN) * gone / gone[-1] if gone[-1] else even
    return [(round(float(p), 5), round(s)) for p, s in zip(parts, seconds, strict=True)]
