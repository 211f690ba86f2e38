"""The map picture: where teams stand, which roads they drove, which were closed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from math import cos, radians
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.log.record import EventLog
from sim.report.clock import clock
from sim.report.columns import cut
from sim.report.looks import HALO
from sim.report.map_data import MapData, Pair, map_data
from sim.report.map_labels import place_labels
from sim.report.names import display_names, named
from sim.report.style import BLACK, BLUE, GREY, ORANGE, PALE, RED, figure_style, new_picture
from sim.texts import in_language, language, t

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from sim.report.picture import Picture

OUTLINE = Path(__file__).parent / "geo" / "guangxi_cities.geojson"
WIDTH, HEIGHT = 9.6, 7.6  # inches
BOX = (0.03, 0.12, 0.71, 0.80)
INSET = (0.765, 0.56, 0.22, 0.30)
LEAST_SPAN = 0.15  # degrees
WIDEST = 9.0  # points, of the stretch that is driven most
ROADS = {"motorway": 1.8, "trunk": 1.6, "primary": 1.4, "secondary": 1.1}
KM_PER_DEGREE = 111.2


def map_chart(
    log: EventLog,
    scenario: Any,
    lang: str | None = None,
    names: Mapping[str, str] | None = None,
    title: str | None = None,
    extent: tuple[float, float, float, float] | None = None,
    most: float | None = None,
) -> Picture:
    """Return a schematic map of a scenario and of what its drills drove.

    Orange: stretches driven by teams and supplies, the wider the more drives in a drill (mean
    of all cases, both ways); dashed where no road of the scenario leads, as the crow flies.
    Crosses: roads that were closed or slowed, with the hours in a single drill, else with the
    share of drills.  Squares: bases with their number of teams; stars: incidents.  Outlines are
    those of the cities of Guangxi, for orientation only.

    `extent` (west, east, south, north in degrees) and `most` (the drives that the widest line
    stands for) make two maps alike.  `names`: id -> display name.  Raises `ValueError` where no
    base, incident or stretch has coordinates.
    """
    with in_language(lang or language()), figure_style():
        data = map_data(log, scenario)
        if not data.used():
            raise ValueError(t("no place of the scenario has coordinates"))
        called = {key: place.title(key, language()) for key, place in scenario.places.items()}
        called |= dict(names if names is not None else display_names(scenario, language()))
        head = title if title is not None else scenario.title(log.cases[0], language())
        return _draw(log, data, called, head, _fitted(extent or _extent(data)), most)


def _extent(data: MapData) -> tuple[float, float, float, float]:
    """Return west, east, south, north with room around all that is drawn."""
    points = [data.at[place] for place in data.used()]
    sides = []
    for values in zip(*points, strict=True):
        span = max(max(values) - min(values), LEAST_SPAN)
        middle = (max(values) + min(values)) / 2
        sides += [middle - 0.62 * span, middle + 0.62 * span]
    west, east, south, north = sides
    return west, east, south, north


def _fitted(extent: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """Return the extent made wider or higher so that it fills the frame at its latitude."""
    west, east, south, north = extent
    shape = BOX[3] * HEIGHT / (BOX[2] * WIDTH) * cos(radians((south + north) / 2))
    wide = max(east - west, (north - south) / shape)
    high = wide * shape
    x, y = (west + east) / 2, (south + north) / 2
    return x - wide / 2, x + wide / 2, y - high / 2, y + high / 2


def _draw(
    log: EventLog,
    data: MapData,
    names: Mapping[str, str],
    title: str,
    extent: tuple[float, float, float, float],
    most: float | None,
) -> Picture:
    picture = new_picture(WIDTH, HEIGHT)
    ax = picture.add_axes(BOX)
    _frame(ax, extent)
    for (a, b), kind in data.roads.items():
        xs, ys = zip(data.at[a], data.at[b], strict=True)
        ax.plot(xs, ys, color="#9AA3AB", lw=ROADS.get(kind, 0.8), zorder=2, gid="road")
    widest = most or max(data.driven.values(), default=1.0)
    for pair, number in data.driven.items():
        _stretch(ax, data, pair, WIDEST * number / widest)
    many = len(log.cases) > 1
    for pair, share in data.closed.items():
        _closure(ax, log, data, pair, share, many)
    texts = []
    for place in data.used():
        teams, sites = data.bases.get(place, []), data.sites.get(place, [])
        if teams:
            ax.plot(*data.at[place], "s", color=BLUE, ms=8, mec="white", zorder=6, gid="base")
        if sites:
            ax.plot(*data.at[place], "*", color=RED, ms=15, mec="white", zorder=7, gid="site")
        if not teams and not sites:
            ax.plot(*data.at[place], "o", color=GREY, ms=4, mec="white", zorder=5, gid="node")
        words = cut(names.get(place, place), 24)
        words += f" ×{len(teams)}" if teams else ""
        texts.append((not sites, not teams, (data.at[place], words)))
    picture.canvas.draw()
    shown = [text for *_, text in sorted(texts, key=lambda entry: entry[:2])]
    left = place_labels(ax, shown, fontsize=8.5, zorder=9, path_effects=HALO)
    _inset(picture, extent)
    _legend(picture, data, widest, many)
    picture.text(0.03, 0.965, cut(title, 80), fontsize=13, va="center")
    _notes(picture, data, left, names)
    return picture


def _frame(ax: Axes, extent: tuple[float, float, float, float]) -> None:
    west, east, south, north = extent
    for ring in outlines():
        ax.fill(*zip(*ring, strict=True), fc="white", ec="#B9C0C7", lw=0.8, zorder=1)
    ax.set_facecolor(PALE)
    ax.set_xlim(west, east)
    ax.set_ylim(south, north)
    ax.set_xticks([])
    ax.set_yticks([])
    _scale(ax)


def _scale(ax: Axes) -> None:
    """Draw a bar of a round number of kilometres, about a quarter of the width."""
    (west, east), (south, north) = ax.get_xlim(), ax.get_ylim()
    per_km = 1 / (KM_PER_DEGREE * cos(radians((south + north) / 2)))
    room = (east - west) / per_km / 4
    km = max(n for n in (1, 2, 5, 10, 20, 50, 100, 200, 500) if n <= max(room, 1))
    x, y = west + 0.03 * (east - west), south + 0.04 * (north - south)
    ax.plot([x, x + km * per_km], [y, y], color=BLACK, lw=2.5, solid_capstyle="butt", zorder=8)
    place = (x, y + 0.012 * (north - south))
    ax.annotate(f"{km} km", place, fontsize=8, zorder=9, path_effects=HALO)


def _stretch(ax: Axes, data: MapData, pair: Pair, width: float) -> None:
    xs, ys = zip(*(data.at[place] for place in pair), strict=True)
    style = "-" if pair in data.roads else (0, (3, 1.5))
    ax.plot(
        *(xs, ys),
        color=ORANGE,
        lw=max(width, 0.8),
        ls=style,
        alpha=0.85,
        solid_capstyle="round",
        zorder=3,
        gid="driven",
    )


def _closure(ax: Axes, log: EventLog, data: MapData, pair: Pair, share: float, many: bool) -> None:
    (x1, y1), (x2, y2) = (data.at[place] for place in pair)
    middle = ((x1 + x2) / 2, (y1 + y2) / 2)
    ax.plot(*middle, "x", color=BLACK, ms=10, mew=2.6, zorder=8, gid="closed")
    if many:
        words = t("closed in {share} % of drills", share=round(100 * share))
    else:
        origin = log.origins[log.cases[0]]
        words = t(", ").join(
            t("closed {start}–{end}", start=clock(origin, a), end=clock(origin, b) if b else "")
            for a, b in data.times[pair]
        )
    ax.annotate(
        *(words, middle, (0, -9)),
        textcoords="offset points",
        ha="center",
        va="top",
        fontsize=8,
        zorder=9,
        path_effects=HALO,
    )


def _inset(picture: Picture, extent: tuple[float, float, float, float]) -> None:
    from matplotlib.patches import Rectangle

    west, east, south, north = extent
    ax = picture.add_axes(INSET)
    for ring in outlines():
        ax.fill(*zip(*ring, strict=True), fc=PALE, ec="#B9C0C7", lw=0.5)
    ax.add_patch(Rectangle((west, south), east - west, north - south, fill=False, ec=RED, lw=1.3))
    ax.set_aspect(1 / cos(radians(23.8)))
    ax.set_axis_off()


def _legend(picture: Picture, data: MapData, widest: float, many: bool) -> None:
    from matplotlib.lines import Line2D

    keys: list[Any] = []
    if data.bases:
        keys.append(Line2D([], [], marker="s", color=BLUE, ms=8, ls="", label=t("base (× teams)")))
    if data.sites:
        keys.append(Line2D([], [], marker="*", color=RED, ms=13, ls="", label=t("incident")))
    if data.driven:
        words = t("{n} drives a drill", n=f"{widest:.1f}" if many else f"{widest:.0f}")
        keys.append(Line2D([], [], color=ORANGE, lw=WIDEST, alpha=0.85, label=words))
        if any(pair not in data.roads for pair in data.driven):
            dashed: Any = (0, (3, 1.5))
            words = t("as the crow flies")
            keys.append(Line2D([], [], color=ORANGE, lw=2, ls=dashed, label=words))
    if data.roads:
        keys.append(Line2D([], [], color="#9AA3AB", lw=1.4, label=t("road")))
    if data.closed:
        style: dict[str, Any] = {"marker": "x", "color": BLACK, "ms": 9, "mew": 2.4, "ls": ""}
        keys.append(Line2D([], [], **style, label=t("closed or slowed")))
    picture.legend(handles=keys, loc="upper left", bbox_to_anchor=(0.755, 0.50), labelspacing=1.0)


def _notes(picture: Picture, data: MapData, left: list[str], names: Mapping[str, str]) -> None:
    lines = [t("Schematic. Outlines of cities for orientation only; places within about 500 m.")]
    for head, places in (
        (t("without coordinates, not shown: "), [named(names, p) for p in data.hidden]),
        (t("names left out for want of room: "), left),
    ):
        if places:
            lines.append(cut(head + t(", ").join(places), 130))
    picture.text(0.03, 0.10, "\n".join(lines), fontsize=8, color=GREY, va="top")


@cache
def outlines() -> tuple[tuple[tuple[float, float], ...], ...]:
    """Return the outer rings of the cities of Guangxi, as (longitude, latitude)."""
    found = []
    for feature in json.loads(OUTLINE.read_text(encoding="utf-8"))["features"]:
        shape = feature["geometry"]
        parts = shape["coordinates"]
        for part in parts if shape["type"] == "MultiPolygon" else [parts]:
            found.append(tuple((float(x), float(y)) for x, y in part[0]))
    return tuple(found)
