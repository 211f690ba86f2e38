"""What moves on the stage of an animation, in pixels and seconds: the data of every renderer."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from math import hypot
from typing import Any

from sim.report.animation.board import CARD, Card
from sim.report.animation.film import Film
from sim.report.animation.stage import Stage
from sim.report.animation.views import Point, View
from sim.report.animation.ways import Mover
from sim.report.map_data import Pair

BEND = 0.12
"""How far the way of a message bends aside, as a part of its length."""


def moves(film: Film, stage: Stage) -> dict[str, Any]:
    """Return what moves, as plain lists and numbers that JSON can hold.

    `messages`: from, to (seconds), look, and the ways [x0, y0, bend x, bend y, x1, y1] on the
    board and the maps.  `movers`: number of the team (0: on another call, or no team), whether it
    carries supplies, whether it stays to be seen at its place, and legs of [from, to, points on
    each map, `null` where not known].
    `doing`: from, to, words and where they stand on an actor's card.  `closings`: from, to
    (`null`: to the end), whether only slowed down, and the stretch.  `sites`: time, point, map.
    """
    views, cards = stage.views, stage.board.cards
    return {
        "start": film.window.start,
        "end": film.window.end,
        "pace": film.pace,
        "views": {name: view.box for name, view in views.items()},
        "messages": [
            [p.start, p.end, p.look, ways]
            for p in film.passings
            if (ways := _ways(film, stage, p.sender, p.recipient))
        ],
        "movers": [
            found for mover in _all_movers(film) if (found := _mover(film, views, cards, mover))
        ],
        "doing": [
            [start, end, words, *_status(cards[actor])]
            for actor, start, end, words in film.doing
            if actor in cards
        ],
        "closings": [
            [one.begin, one.end, one.slowed, line]
            for pair, found in film.closings.items()
            if (line := _stretch(film, views, pair))
            for one in found
        ],
        "sites": [
            [time, *view.place(film.seats.at[place]), name]
            for time, place, _ in film.sites
            if place in film.seats.at
            for name, view in views.items()
        ],
        "captions": [[one.time, _short(one.clock), one.words] for one in film.captions],
    }


def _stretch(film: Film, views: Mapping[str, View], pair: Pair) -> list[float]:
    """Return where a stretch of road stands, on the first map that holds its middle."""
    ends = [film.seats.at[place] for place in pair if place in film.seats.at]
    if len(ends) < 2:
        return []
    middle = ((ends[0][0] + ends[1][0]) / 2, (ends[0][1] + ends[1][1]) / 2)
    view = next((view for view in views.values() if view.holds(middle)), None)
    return [] if view is None else [*view.place(ends[0]), *view.place(ends[1])]


def _short(clock: str) -> str:
    """Return a clock time for the stage: of a long interval its beginning."""
    return clock if len(clock) <= 13 else clock.split("–")[0] + "–…"


def _status(card: Card) -> tuple[float, float, float]:
    """Return where the words stand that say what an actor is doing, and their width."""
    return card.x + 4, card.y + CARD - 5, card.width - 8


def _ways(film: Film, stage: Stage, sender: str, recipient: str) -> list[list[float]]:
    if sender == recipient:
        return []
    cards, found = stage.board.cards, []
    if sender in cards and recipient in cards:
        found.append(_bent(*_edges(cards[sender], cards[recipient])))
    ends = film.seats.point(sender), film.seats.point(recipient)
    if ends[0] is not None and ends[1] is not None and ends[0] != ends[1]:
        for view in stage.views.values():
            if view.holds(ends[0]) and view.holds(ends[1]):
                found.append(_bent(view.place(ends[0]), view.place(ends[1])))
    return found


def _edges(a: Card, b: Card) -> tuple[Point, Point]:
    """Return where a message leaves one card and comes to another: at their near edges."""
    (ax, ay), (bx, by) = a.middle, b.middle
    if ay == by:
        side = a.width / 2 if bx > ax else -a.width / 2
        return (ax + side, ay), (bx - side, by)
    down = CARD / 2 if by > ay else -CARD / 2
    return (ax, ay + down), (bx, by - down)


def _bent(a: Point, b: Point) -> list[float]:
    """Return the way from a to b through a point aside, so that there and back stand apart."""
    x, y = (a[0] + b[0]) / 2 - BEND * (b[1] - a[1]), (a[1] + b[1]) / 2 + BEND * (b[0] - a[0])
    return [round(value, 1) for value in (*a, x, y, *b)]


def _all_movers(film: Film) -> list[Mover]:
    """Return who moved, and the teams that stayed where they are."""
    moved = {mover.actor for mover in film.movers if not mover.vehicle}
    stay = [Mover(a, "", False, film.seats.of.get(a, "")) for a in film.actors if a not in moved]
    return [*film.movers, *stay]


def _mover(
    film: Film, views: Mapping[str, View], cards: Mapping[str, Card], mover: Mover
) -> dict[str, Any] | None:
    number = cards[mover.actor].number if mover.actor in cards else 0
    if not views:
        return None
    at, legs = film.seats.at, []
    for leg in mover.legs:
        if leg.start > film.window.end:
            continue
        points = [at[place] for place in leg.places if place in at]
        known = len(points) == len(leg.places)
        way = {name: [view.place(point) for point in points] for name, view in views.items()}
        legs.append([leg.start, leg.end, way if known else None])
    if not any(leg[2] for leg in legs) and (not number or mover.vehicle or mover.home not in at):
        return None
    home = at.get(mover.home)
    seat = {name: view.place(home) for name, view in views.items()} if home else None
    return {
        "number": number,
        "supply": mover.supply,
        "stays": not mover.vehicle,
        "home": seat,
        "legs": legs,
    }


def position(mover: Mapping[str, Any], view: str, second: float) -> tuple[Point, bool] | None:
    """Return where a mover is at a second, and whether it is on the way; `None`: not to be seen.

    Between two stamps it goes along its way at an even pace.
    """
    legs = mover["legs"]
    before = [leg for leg in legs if leg[0] <= second]
    if not before:
        return (mover["home"][view], False) if mover["stays"] and mover["home"] else None
    start, end, ways = before[-1]
    if ways is None:
        return None
    way = ways[view]
    if second > end:
        return (way[-1], False) if mover["stays"] or len(before) < len(legs) else None
    lengths = [hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(way)]
    left = sum(lengths) * (second - start) / max(end - start, 1)
    for (a, b), length in zip(pairwise(way), lengths, strict=True):
        if left <= length and length:
            return (
                a[0] + left / length * (b[0] - a[0]),
                a[1] + left / length * (b[1] - a[1]),
            ), True
        left -= length
    return way[-1], True
