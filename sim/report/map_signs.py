"""The signs of a map, what they mean, and what a map does not show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sim.report.columns import cut
from sim.report.map_data import MapData
from sim.report.names import named
from sim.report.style import BLACK, BLUE, GREY, ORANGE, PURPLE, RED, SKY
from sim.texts import t

if TYPE_CHECKING:
    from sim.report.picture import Picture

WIDEST = 9.0  # points, of the stretch that is driven most
BY_CLASS = {"motorway": 2.4, "trunk": 2.1, "primary": 1.8, "secondary": 1.4}
ROAD: dict[str, Any] = {"color": "#9AA3AB", "lw": 1.0}
OTHER_MODES: dict[str, dict[str, Any]] = {
    "water": {"color": SKY, "lw": 1.4, "ls": "-."},
    "air": {"color": "#9AA3AB", "lw": 1.0, "ls": ":"},
    "rail": {"color": "#9AA3AB", "lw": 1.4, "ls": "--"},
}
STRAIGHT: Any = (0, (3, 1.5))
MARKS: dict[str, dict[str, Any]] = {
    "site": {"marker": "*", "color": RED, "ms": 15, "mec": "white", "zorder": 7},
    "base": {"marker": "s", "color": BLUE, "ms": 8, "mec": "white", "zorder": 6},
    "depot": {"marker": "D", "color": PURPLE, "ms": 6.5, "mec": "white", "zorder": 5},
    "node": {"marker": "o", "color": GREY, "ms": 4, "mec": "white", "zorder": 4},
    "closed": {"marker": "x", "color": BLACK, "ms": 10, "mew": 2.6, "zorder": 8},
    "slowed": {"marker": "v", "color": "white", "ms": 8, "mec": BLACK, "mew": 1.4, "zorder": 8},
}


def kind_of(data: MapData, place: str) -> str:
    """Return what stands at a place: the most important of what does."""
    found = {"site": data.sites, "base": data.bases, "depot": data.depots}
    return next((kind for kind, places in found.items() if place in places), "node")


def road(kind: str) -> dict[str, Any]:
    """Return how a link of that kind is drawn."""
    return OTHER_MODES.get(kind) or ROAD | {"lw": BY_CLASS.get(kind, ROAD["lw"])}


def legend(picture: Picture, data: MapData, widest: float) -> None:
    """Explain the signs that are used."""
    from matplotlib.lines import Line2D

    def key(words: str, **style: Any) -> Any:
        return Line2D([], [], **{"ls": "", **style}, label=words)

    kinds = {kind_of(data, place) for place in data.used()}
    closed = {closing.slowed for found in data.closings.values() for closing in found}
    kinds |= {"slowed" if slowed else "closed" for slowed in closed}
    words = {
        "site": t("incident"),
        "base": t("base (× teams)"),
        "depot": t("depot"),
        "closed": t("road closed"),
        "slowed": t("road slowed down"),
    }
    keys = [key(text, **MARKS[kind]) for kind, text in words.items() if kind in kinds]
    if data.driven:
        number = f"{widest:.1f}" if len(data.cases) > 1 else f"{widest:.0f}"
        text = t("{n} drives a drill, both ways", n=number)
        keys.append(key(text, color=ORANGE, lw=WIDEST, ls="-", alpha=0.85))
        if any(pair not in data.roads for pair in data.driven):
            keys.append(key(t("as the crow flies"), color=ORANGE, lw=2, ls=STRAIGHT))
    shown = {kind if kind in OTHER_MODES else "road" for kind in data.roads.values()}
    roads = {"road": t("road"), "water": t("waterway"), "air": t("air route"), "rail": t("railway")}
    keys += [key(text, **{"ls": "-", **road(k)}) for k, text in roads.items() if k in shown]
    room = {"labelspacing": 1.0, "handletextpad": 1.4}
    picture.legend(handles=keys, loc="upper left", bbox_to_anchor=(0.75, 0.56), **room)


def notes(picture: Picture, data: MapData, left: list[str], names: Mapping[str, str]) -> None:
    """Say below the map what it is not, and what it does not show."""
    lines = [t("Schematic. Outlines of cities for orientation only; places within about 500 m.")]
    for head, places in (
        (t("without coordinates, not shown: "), [named(names, p) for p in data.hidden]),
        (t("names left out for want of room: "), left),
    ):
        if places:
            lines.append(cut(head + t(", ").join(places), 130))
    picture.text(0.03, 0.085, "\n".join(lines), fontsize=8, color=GREY, va="top")
